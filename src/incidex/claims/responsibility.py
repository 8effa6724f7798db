"""Finds where somebody claims to have done it: "claimed responsibility", "listed Acme on its leak site"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from incidex.claims.cues import helpers
from incidex.claims.known_actors import ActorToken
from incidex.claims.nouns import actor_nouns
from incidex.claims.phrases import APPOSITION_MARKS, Phrase, is_opening_adverb, phrase_after, phrase_before, speaks
from incidex.english.lexicon import words
from incidex.english.tokens import Token, position_of
from incidex.records import Span
from incidex.tables import table


@dataclass(frozen=True, slots=True)
class ResponsibilityRule:
    """
    A rule of `rules.yaml` for how somebody claims to have done it.

    Attributes:
        name: What `Claim.rule` says of the claims that it finds.
        example: A sentence that it reads.
        pattern: The words of claiming.
        by_attacker: Whether the claimant has to be called an attacker, as anybody may use the words.
        passive: Whether the claimant stands after the words.
    """

    name: str
    example: str
    pattern: re.Pattern[str]
    by_attacker: bool = False
    passive: bool = False


@dataclass(frozen=True, slots=True)
class ResponsibilityClaim:
    """Words by which somebody claims to have done it."""

    speaker: Phrase
    cue: Span
    rule: str


@cache
def responsibility_rules() -> tuple[ResponsibilityRule, ...]:
    """Return the rules in the order in which they are tried."""
    rules = table("incidex.claims", "rules")
    active = (
        ResponsibilityRule(
            one["name"], one["example"], _compiled(one["pattern"]), by_attacker=one["speaker"] == "attacker"
        )
        for one in rules["responsibility"]
    )
    passive = (
        ResponsibilityRule(one["name"], one["example"], _compiled(one["pattern"]), passive=True)
        for one in rules["claimed_by"]
    )
    return (*active, *passive)


def responsibility_claims(tokens: Sequence[Token], text: str) -> Iterator[ResponsibilityClaim]:
    """Yield where somebody in a sentence of `text` claims to have done it, once for each place."""
    if words("claiming_responsibility").isdisjoint(token.lower for token in tokens):
        return
    taken: list[Span] = []
    for rule in responsibility_rules():
        for match in rule.pattern.finditer(text, tokens[0].start, tokens[-1].end):
            cue = Span(*match.span())
            speaker = _speaker(tokens, rule, cue)
            if speaker and not any(cue.overlaps(other) for other in taken):
                taken.append(cue)
                yield ResponsibilityClaim(speaker, cue, rule.name)


def _speaker(tokens: Sequence[Token], rule: ResponsibilityRule, cue: Span) -> Phrase | None:
    """Return who claims, if it can be somebody and the claim is not negated."""
    if rule.passive:
        speaker = phrase_after(tokens, position_of(tokens, cue.end - 1) + 1)
    else:
        verb = position_of(tokens, cue.start)
        first = verb
        while first > 0 and _is_beside_verb(tokens[first - 1].lower):
            first -= 1
        if any(token.lower in words("negation.verb") for token in tokens[first:verb]):
            return None
        speaker = _subject(tokens, first) if first else None
    if speaker is None or not _can_claim(tokens, speaker):
        return None
    if rule.by_attacker and not _names_attacker(tokens, speaker):
        return None
    if tokens[speaker.first].lower in words("no_subject") or _is_officer(tokens, speaker):
        return None
    return speaker


def _is_officer(tokens: Sequence[Token], speaker: Phrase) -> bool:
    """Whether an officer, a customer or an expert speaks, who claims to have done other things: "chief executive"."""
    told = {token.lower for token in speaker.of(tokens)}
    officers = words("job_title.corporate", "staff_noun.corporate", "bystander")
    return not told.isdisjoint(officers) and not _names_attacker(tokens, speaker)


def _is_beside_verb(word: str) -> bool:
    return word in helpers() or word in words("verb_group.adverb") or word.endswith("ly")


def _names_attacker(tokens: Sequence[Token], speaker: Phrase) -> bool:
    """Whether a phrase or its apposition has a word for attackers: "a criminal", "the Pale Heron gang"."""
    beside = tokens[slice(*speaker.apposition)] if speaker.apposition else ()
    near = [*speaker.of(tokens), *beside, *_named_as(tokens, speaker.first)]
    return any(isinstance(token, ActorToken) or token.lower in _attackers() for token in near)


def _named_as(tokens: Sequence[Token], name: int) -> Sequence[Token]:
    """Return what stands before a name that it introduces: "a gang named Pale Heron", with the name at `name`."""
    naming = words("naming", forms=("past", "ing", "only"))
    return tokens[max(0, name - 3) : name] if name and tokens[name - 1].lower in naming else ()


@cache
def _attackers() -> frozenset[str]:
    """Return the nouns for attackers; "the man" and "users" need not be any."""
    others = words("pronoun.subject", "determiner", "human", "pronoun.relative") - words("actor_noun")
    return (actor_nouns() | words("unnamed_actor", "actor_noun")) - others


def _subject(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """Return the phrase before the verb, or the sentence's subject before ", claiming", "and claims" and the like."""
    before = tokens[verb - 1].lower
    participle = tokens[verb].lower.endswith("ing")
    if before not in words("coordinator") and not (participle and before in APPOSITION_MARKS):
        found = phrase_before(tokens, verb)
        if found and _can_claim(tokens, found):
            return found
    subject = _first_claimant(tokens, verb)
    if subject is None:
        return None
    # "The firm was listed by a gang, claiming to have ..." leaves open who claims.
    between = {token.lower for token in tokens[subject.last : verb]}
    return subject if between.isdisjoint(words("another_subject")) else None


def _first_claimant(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """Return the first phrase that can claim, also after a comma: "On Friday, the gang"."""
    starts = (i for i in range(verb) if i == 0 or tokens[i - 1].lower == ",")
    for start in starts:
        phrase = phrase_after(tokens, start)
        if phrase and not is_opening_adverb(tokens, phrase) and _can_claim(tokens, phrase):
            return _without_verb(tokens, phrase)
    return None


def _without_verb(tokens: Sequence[Token], phrase: Phrase) -> Phrase:
    """Return a phrase up to its word for attackers, as what follows may be a verb: "a criminal using the name"."""
    heads = [i for i in range(phrase.first, phrase.last) if tokens[i].lower in _attackers()]
    if not heads or heads[-1] + 1 >= phrase.last or tokens[heads[-1] + 1].is_capitalised:
        return phrase
    return Phrase(phrase.first, heads[-1] + 1, heads[-1] + 1)


def _can_claim(tokens: Sequence[Token], phrase: Phrase) -> bool:
    return speaks(tokens, phrase) or _names_attacker(tokens, phrase)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("\n", ""), re.IGNORECASE)
