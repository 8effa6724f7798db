"""
Rules for who accuses whom beside "blamed", "accused of", "suspects" and "attributed it to".

`incidex.claims.attributions` has the table of the rules.
"""

from collections.abc import Sequence
from itertools import pairwise

from incidex.claims.contents import span_of
from incidex.claims.cues import Attribution, Cue, copula, is_helper
from incidex.claims.known_actors import is_specific, names_attack, names_incident
from incidex.claims.phrases import Phrase, phrase_after, phrase_before, speaks, with_given_name
from incidex.claims.reporting_verbs import reporting_verbs
from incidex.claims.verb_groups import verb_group
from incidex.english.lexicon import words
from incidex.english.tokens import Token

# In tokens, counted from the verb.
_FARTHEST_BLAMED = 14
_FARTHEST_REPROACH = 12
_FARTHEST_COPULA = 3
_FARTHEST_NOUN = 3
_ENDS_OF_BLAMED = frozenset({".", ";", ",", "for", "that"})
_BETWEEN_ATTACKS = frozenset({".", ";", ",", "that"})


def is_accused_of(cue: Cue) -> Attribution | None:
    """ "X has been accused of ...", "X is suspected of ..." """
    if _is_noun(cue) or not _is_passive(cue) or cue.after not in words("charge_preposition"):
        return None
    who = phrase_before(cue.tokens, _start_of_verb(cue))
    if who is None or not _can_be_accused(who.of(cue.tokens)) or _is_reproached(cue):
        return None
    return Attribution(span_of(cue.tokens, who.first, who.last), cue.span, suspected=_is_suspicion(cue))


def blames_it_on(cue: Cue) -> Attribution | None:
    """ "X blamed the attack on Y" """
    if cue.word not in words("blames_on") or _is_noun(cue) or _is_passive(cue):
        return None
    return _blamed_on(cue)


def blames(cue: Cue) -> Attribution | None:
    """ "X blamed Y for the attack", "X suspects Y of the theft" """
    who = _blamed(cue)
    speaker = _accuser(cue)
    if who is None or (_is_suspicion(cue) and speaker is None):
        return None
    accused = span_of(cue.tokens, who.first, who.last)
    return Attribution(accused, cue.span, speaker, suspected=_is_suspicion(cue))


def suspected(cue: Cue) -> Attribution | None:
    """ "suspected Russian hackers", where nobody is said to suspect them"""
    who = _blamed(cue)
    if who is None or cue.word not in words("suspicion", forms=("past",)) or _accuser(cue):
        return None
    return Attribution(span_of(cue.tokens, who.first, who.last), cue.span, suspected=True)


def pins_it_on(cue: Cue) -> Attribution | None:
    """ "X pinned the attack on Y" """
    return _blamed_on(cue) if cue.word in words("blames_on") else None


def attributes_to(cue: Cue) -> Attribution | None:
    """ "X attributed the attack to Y", "X has linked Y to the attack" """
    tokens = cue.tokens
    to = cue.find("to", within=_FARTHEST_BLAMED)
    if to is None or not _BETWEEN_ATTACKS.isdisjoint(token.lower for token in tokens[cue.last : to]):
        return None
    speaker = _who_attributes(cue)
    if speaker is None or _describes_group(cue, speaker):
        return None
    who = _who_is_linked(cue, to)
    strict = cue.word not in words("tying.anybody")
    if who is None or not is_specific(who.of(tokens), strict=strict):
        return None
    return Attribution(span_of(tokens, who.first, who.last), span_of(tokens, cue.first, cue.first + 1), speaker)


def held_responsible(cue: Cue) -> Attribution | None:
    """ "X holds Y responsible for the attack" """
    tokens = cue.tokens
    who = phrase_before(tokens, cue.first)
    if who is None or who.first < 2 or tokens[who.first - 1].lower not in words("holding"):
        return None
    group = verb_group(tokens, who.first - 1)
    speaker = phrase_before(tokens, group.first)
    if group.passive or group.negated or not is_specific(who.of(tokens)) or not speaker or not speaks(tokens, speaker):
        return None
    return Attribution(span_of(tokens, who.first, who.last), cue.span, speaker)


def _is_noun(cue: Cue) -> bool:
    """Whether a cue is no verb: "the accused", "all suspects"."""
    return cue.word in words("blame_noun") and cue.before in words("before_accused_noun")


def _is_passive(cue: Cue) -> bool:
    return any(token.lower in copula() for token in cue.tokens[max(0, cue.first - _FARTHEST_COPULA) : cue.first])


def _is_suspicion(cue: Cue) -> bool:
    return cue.word in words("suspicion")


def _start_of_verb(cue: Cue) -> int:
    """Return where the auxiliaries and adverbs before a cue begin."""
    start = cue.first
    while start > 0 and _belongs_to_verb(cue.tokens[start - 1].lower):
        start -= 1
    return start


def _belongs_to_verb(word: str) -> bool:
    return is_helper(word) or word in words("verb_group.adverb")


def _blamed(cue: Cue) -> Phrase | None:
    """Return whom a verb in the active voice blames: "blamed China for the attack"."""
    if _is_noun(cue) or _is_passive(cue):
        return None
    who = phrase_after(cue.tokens, cue.last)
    if who is None:
        return None
    inside = range(who.first + 1, who.last)
    end = next((i for i in inside if cue.tokens[i].lower in _before_charge(cue.word)), who.last)
    who = Phrase(who.first, end, end)
    if not _can_be_accused(who.of(cue.tokens)) or not _is_charged(cue, end) or _is_reproached(cue):
        return None
    return who


def _before_charge(verb: str) -> frozenset[str]:
    """Return the prepositions between whom a verb blames and what for."""
    return frozenset({"of"}) if verb in words("blaming.of") else words("charge_preposition") - {"of"}


def _is_charged(cue: Cue, end: int) -> bool:
    """Whether an accusation follows where the verb says other things, too: "suspects the bot may", "charges a fee"."""
    behind = [token.lower for token in cue.tokens[end : end + 2]]
    if cue.word in words("suspicion", forms=("s",)):
        return "of" in behind
    return cue.word not in words("needs_charge") or not (words("charge_preposition") - {"of"}).isdisjoint(behind)


def _is_reproached(cue: Cue) -> bool:
    """Whether somebody is blamed for an omission: "blamed Acme for refusing to patch", "accused it of misleading"."""
    reproaches = words("reproach", forms=("ing", "only"))
    ahead = cue.tokens[cue.last : cue.last + _FARTHEST_REPROACH]
    return any(one.lower in ("for", "of") and other.lower in reproaches for one, other in pairwise(ahead))


def _accuser(cue: Cue) -> Phrase | None:
    tokens = cue.tokens
    if cue.word.endswith("ing"):
        speaker = phrase_after(tokens, 0)
    else:
        in_relative_clause = cue.first > 1 and cue.before == "that"
        speaker = phrase_before(tokens, _start_of_verb(cue) - in_relative_clause)
    return speaker if speaker and speaks(tokens, speaker) else None


def _blamed_on(cue: Cue) -> Attribution | None:
    """ "X blamed the attack on Y", "X blamed the attack on Z on Y" """
    tokens = cue.tokens
    speaker = phrase_before(tokens, _start_of_verb(cue))
    if speaker is None or not speaks(tokens, speaker):
        return None
    end = cue.until(_ENDS_OF_BLAMED, within=_FARTHEST_BLAMED)
    for on in (i for i in range(end - 1, cue.last, -1) if tokens[i].lower == "on"):
        who = _named_after(tokens, on + 1)
        if who and names_attack(tokens[cue.last : on]) and is_specific(who.of(tokens)):
            return Attribution(span_of(tokens, who.first, who.last), cue.span, speaker)
    return None


def _describes_group(cue: Cue, speaker: Phrase) -> bool:
    """Whether a relative clause says whose a group is, rather than an attack: "a group that Acme linked to Russia"."""
    pronoun = speaker.outer - 1
    if pronoun < 1 or cue.tokens[pronoun].lower not in words("pronoun.relative") | {"that"}:
        return False
    if cue.tokens[pronoun - 1].lower in reporting_verbs():
        return False  # "Said that sources linked it to Russia"
    return not names_incident(cue.tokens[max(0, pronoun - _FARTHEST_NOUN) : pronoun])


def _who_attributes(cue: Cue) -> Phrase | None:
    """Return who links something to somebody; None in "The campaign was tied back to Pale Heron": nobody says so."""
    tokens = cue.tokens
    if cue.after == "by":
        speaker = phrase_after(tokens, cue.last + 1)
    else:
        start = _start_of_verb(cue)
        passive = not cue.word.endswith("ing") and any(one.lower in copula() for one in tokens[start : cue.first])
        if passive:
            return None
        speaker = phrase_before(tokens, start)
    return speaker if speaker and speaks(tokens, speaker) else None


def _who_is_linked(cue: Cue, to: int) -> Phrase | None:
    """Return the actor before or after "to": "linked North Korea to the attack", "linked the attack to North Korea"."""
    tokens = cue.tokens
    after = _named_after(tokens, to + 1)
    before = phrase_after(tokens, cue.last)
    if after is None or before is None or before.last != to or not names_attack(after.of(tokens)):
        return after
    return before if is_specific(tokens[cue.last : to], strict=True) else after


def _named_after(tokens: Sequence[Token], start: int) -> Phrase | None:
    phrase = phrase_after(tokens, start)
    return with_given_name(tokens, phrase) if phrase else None


def _can_be_accused(tokens: Sequence[Token]) -> bool:
    """Whether a phrase says who, or means people who are known though it does not name them: "the two men"."""
    known_people = tokens[0].lower in words("noun_phrase.opening") and tokens[-1].lower in words("accusable")
    return known_people or is_specific(tokens)
