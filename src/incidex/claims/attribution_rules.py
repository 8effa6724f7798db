"""
Rules for who did it beside "was behind", "attributed to", "linked to" and "carried out by".

`incidex.claims.attributions` has the table of the rules.
"""

from collections.abc import Sequence

from incidex.claims.contents import span_of
from incidex.claims.cues import Attribution, Cue, before_helpers, copula, is_helper
from incidex.claims.known_actors import is_specific, names_attack, names_incident
from incidex.claims.nouns import actor_nouns, is_pronoun
from incidex.claims.phrases import APPOSITION_MARKS, Phrase, phrase_after, phrase_before, with_given_name
from incidex.english.lexicon import words
from incidex.english.tokens import Token

# In tokens: an attack that an actor is linked to is named no further after the cue.
_FARTHEST_ATTACK = 8


def who_is_behind(cue: Cue) -> Attribution | None:
    """ "It is not known who is behind it" """
    start = _start_of_verb(cue)
    if not start or not _asks_who(cue.tokens, start - 1):
        return None
    return Attribution(span_of(cue.tokens, start - 1, start), span_of(cue.tokens, start, cue.last), open=True)


def which_is_behind(cue: Cue) -> Attribution | None:
    """ "Which group is behind it?" """
    start = _start_of_verb(cue)
    who = _subject(cue, start)
    if start is None or who is None:
        return None
    asked = next(
        (i for i in (who.first - 1, who.first) if i >= 0 and cue.tokens[i].lower in words("question.which")), None
    )
    if asked is None:
        return None
    return Attribution(span_of(cue.tokens, asked, who.last), span_of(cue.tokens, start, cue.last), open=True)


def is_behind(cue: Cue) -> Attribution | None:
    """ "X was behind the leak", "they've been behind it" """
    start = _start_of_verb(cue)
    who = _subject(cue, start)
    if start is None or who is None or cue.before == "being":  # "confessed to being behind it"
        return None
    pronoun = is_pronoun(who.of(cue.tokens), with_verb=True)
    if not pronoun and (not is_specific(who.of(cue.tokens)) or not _is_for_attack(cue, who)):
        return None
    accused = span_of(cue.tokens, who.first, who.last)
    return Attribution(accused, span_of(cue.tokens, start, cue.last), by_report=not pronoun)


def described_as_somebodys(cue: Cue) -> Attribution | None:
    """ "attacks attributed to X", without a form of "to be", says whose they are"""
    return _attributed(cue) if cue.word == "attributed" and _start_of_passive(cue) == cue.first else None


def attributed_to(cue: Cue) -> Attribution | None:
    """ "The leak was attributed to X" """
    return _attributed(cue)


def was_linked_to(cue: Cue) -> Attribution | None:
    """ "X was linked to the attack" """
    tokens = cue.tokens
    start = before_helpers(tokens, cue.first)
    passive = any(token.lower in copula() for token in tokens[start : cue.first])
    if not passive or phrase_after(tokens, cue.last) is None or _actor(cue, strict=True):
        return None
    who = phrase_before(tokens, start)
    attack = names_attack(tokens[cue.last : cue.last + _FARTHEST_ATTACK])
    if who is None or not attack or not is_specific(who.of(tokens)):
        return None
    return Attribution(span_of(tokens, who.first, who.last), cue.span)


def hackers_linked_to(cue: Cue) -> Attribution | None:
    """ "Hackers linked to X" did it; "a group tied to X" beside a name only says more of it."""
    tied = _tied_without_verb(cue)
    who = phrase_before(cue.tokens, cue.first)
    if tied is None or who is None or not _is_actor(cue.before) or cue.before in words("cause"):
        return None
    if who.first and cue.tokens[who.first - 1].lower in APPOSITION_MARKS:
        return None
    return Attribution(span_of(cue.tokens, who.first, tied.last), cue.span, by_report=False)


def linked_to(cue: Cue) -> Attribution | None:
    """ "The attack, linked to X, ..." """
    tied = _tied_without_verb(cue)
    if tied is None or (_is_actor(cue.before) and phrase_before(cue.tokens, cue.first)):
        return None
    return Attribution(span_of(cue.tokens, tied.first, tied.last), cue.span)


def actor_tied_to(cue: Cue) -> Attribution | None:
    """ "X is linked to the army of Y" says something of X, and nothing of an attack"""
    subject = phrase_before(cue.tokens, _start_of_passive(cue))
    inside = subject.of(cue.tokens) if subject else ()
    if not inside or names_attack(inside):
        return None
    people = words("human", "unnamed_actor", "accusable") - words("pronoun.subject")
    return tied_to(cue) if is_specific(inside) or inside[-1].lower in people else None


def tied_to(cue: Cue) -> Attribution | None:
    """ "The attack was linked to X" """
    return _attributed(cue, strict=True) if _start_of_passive(cue) < cue.first else None


def done_by(cue: Cue) -> Attribution | None:
    """ "carried out by X", which says something only where somebody says so"""
    # Software attacks and targets, too: there X has to be an actor or a place.
    software = cue.word in words("attribution.by.software", forms=("participle",))
    who = phrase_after(cue.tokens, cue.last) if software else None
    if software and (who is None or not is_specific(who.of(cue.tokens), strict=True)):
        return None
    return _attributed(cue, by_report=False)


def _start_of_verb(cue: Cue) -> int | None:
    """Return where the verb before "behind" begins; None if it is no form of "to be"."""
    tokens, start = cue.tokens, cue.first
    while start > 0 and (is_helper(tokens[start - 1].lower) or tokens[start - 1].lower.endswith("n't")):
        start -= 1
    said = next((i for i in range(start, cue.first) if tokens[i].lower == "said"), None)
    if said and tokens[said - 1].lower not in copula():
        return None  # "Pale Heron, who Mr Kremm said was behind it"
    verb = [token.lower for token in tokens[max(0, start - 1) : cue.first]]
    return start if any(word in copula() or word.endswith(("'s", "'re")) for word in verb) else None


def _asks_who(tokens: Sequence[Token], index: int) -> bool:
    """Whether "who" at `index` is a question: not in "those who were responsible", nor in "Pale Heron, who was"."""
    who = tokens[index].lower
    if who not in words("question.who"):
        return False
    before = [token.lower for token in tokens[max(0, index - 3) : index]]
    return not words("question.asking").isdisjoint(before) or (not before and who != "whoever")


def _subject(cue: Cue, start: int | None) -> Phrase | None:
    """Return the subject of the verb that begins at `start`; None if it is "who"."""
    if not start:
        return None
    if cue.tokens[start - 1].lower in words("question.who"):
        return _cleft_subject(cue.tokens, start - 1)
    if cue.tokens[start - 1].lower in words("pronoun.contracted"):
        return Phrase(start - 1, start, start - 1)
    return phrase_before(cue.tokens, start)


def _is_for_attack(cue: Cue, who: Phrase) -> bool:
    """
    Whether somebody is behind or responsible for an attack, rather than "for checking the sender" or "the probe".

    Whoever is known to be an actor may be behind anything that is not said to answer an attack.
    """
    tokens, after = cue.tokens, cue.after
    if after.endswith("ing") and cue.tokens[cue.last - 1].lower == "for":
        attacks = after in words("attacking", forms=("ing",)) or names_incident(tokens[cue.last : cue.last + 1])
        return attacks or after in words("publicising", forms=("ing",))
    if not after or after in words("event_pronoun") or not tokens[cue.last].is_word:
        return True
    limit = min(len(tokens), cue.last + _FARTHEST_ATTACK)
    last = next((i for i in range(cue.last, limit) if tokens[i].lower in words("ends_object")), limit)
    inside = tokens[cue.last : last]
    if any(token.lower in words("answer_to_attack") for token in inside):
        return False
    actor = is_specific(who.of(tokens), strict=True) and tokens[cue.last - 1].lower != "for"
    return actor or names_incident(inside)


def _cleft_subject(tokens: Sequence[Token], who: int) -> Phrase | None:
    """Return the phrase before "who" in "it was Pale Heron who was behind the leak"."""
    phrase = phrase_before(tokens, who)
    if phrase is None or phrase.first < 2 or tokens[phrase.first - 1].lower not in copula():
        return None
    return Phrase(phrase.first, phrase.last, phrase.first) if tokens[phrase.first - 2].lower == "it" else None


def _actor(cue: Cue, *, strict: bool = False) -> Phrase | None:
    """Return the phrase after a cue, if it says who did it."""
    who = phrase_after(cue.tokens, cue.last)
    who = with_given_name(cue.tokens, who) if who else None
    return who if who and is_specific(who.of(cue.tokens), strict=strict) else None


def _attributed(cue: Cue, *, strict: bool = False, by_report: bool = True) -> Attribution | None:
    who = _actor(cue, strict=strict)
    if who is None:
        return None
    verb = cue.tokens[_start_of_passive(cue) : cue.first]
    suspected = any(token.lower in words("belief", forms=("participle",)) for token in verb)
    accused = span_of(cue.tokens, who.first, who.last)
    return Attribution(accused, cue.span, by_report=by_report, suspected=suspected)


def _tied_without_verb(cue: Cue) -> Phrase | None:
    """Return the actor in "linked to X" where no form of "to be" is before it."""
    return _actor(cue, strict=True) if _start_of_passive(cue) == cue.first else None


def _start_of_passive(cue: Cue) -> int:
    """Return where the auxiliaries and adverbs before a cue begin."""
    start = cue.first
    while start > 0 and (is_helper(cue.tokens[start - 1].lower) or cue.tokens[start - 1].lower.endswith("ly")):
        start -= 1
    return start


def _is_actor(word: str) -> bool:
    return word in words("unnamed_actor") or word in actor_nouns()
