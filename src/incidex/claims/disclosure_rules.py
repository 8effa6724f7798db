"""
Rules for statements by what somebody makes known, issues or is not aware of, rather than says.

`incidex.claims.statements` has the table of the rules.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from incidex.claims.contents import STOPS, clause_end, trimmed
from incidex.claims.known_actors import names_incident
from incidex.claims.nouns import is_bystander, is_name
from incidex.claims.phrases import phrase_after, phrase_before, speaks
from incidex.claims.reporting_words import ReportingWord, Statement
from incidex.english.lexicon import words
from incidex.english.tokens import Token
from incidex.records import ClaimKind

# In tokens: whom somebody notifies "of a breach", and an attack after "disclosed".
_LONGEST_HEARER = 10


def not_aware_of(word: ReportingWord) -> Statement | None:
    """ "X is not aware of any ...". What is said begins at the negation, so that it is denied."""
    tokens, group = word.tokens, word.group
    speaker = phrase_before(tokens, group.first)
    if speaker is None or not speaks(tokens, speaker, loose=True):
        return None
    return word.statement(speaker, trimmed(tokens, group.cue, clause_end(tokens, group.last)))


def issued_that(word: ReportingWord) -> Statement | None:
    """ "X issued a statement that ...", "X gave assurances that ..." """
    tokens, content = word.tokens, word.group.last + 1
    speaker = word.subject
    return word.statement(speaker, trimmed(tokens, content, clause_end(tokens, content))) if speaker else None


def disclosed(word: ReportingWord) -> Statement | None:
    """ "X disclosed a breach", "X notified customers of a breach": whoever was attacked confirms it."""
    tokens, speaker = word.tokens, word.subject
    if word.last not in words("disclosing") or speaker is None or word.verb.kind is not ClaimKind.STATES:
        return None
    if speaker.outer and tokens[speaker.outer - 1].lower in words("clause_opening", "asked_pronoun"):
        return None  # "When Acme disclosed the breach": that it did is known.
    start = _start_of_attack(word)
    attack = phrase_after(tokens, start) if start is not None else None
    if start is None or attack is None or tokens[start].lower == "that" or not names_incident(attack.of(tokens)):
        return None
    if is_bystander(speaker.of(tokens)):
        return None
    found = word.statement(speaker, trimmed(tokens, start, _end_of_attack(tokens, attack.last)))
    elsewhere = _is_of_somebody_else(tokens[start : attack.last + 2], speaker.of(tokens))
    return found if found is None or elsewhere else replace(found, kind=ClaimKind.CONFIRMS)


def accusation_denied(word: ReportingWord) -> Statement | None:
    """ "..., an accusation that X denied", "..., which X denies" """
    tokens, group = word.tokens, word.group
    behind = tokens[group.last].lower if group.last < len(tokens) else "."
    if word.verb.kind is not ClaimKind.DENIES or not (behind in STOPS or behind in words("coordinator")):
        return None
    speaker = word.subject
    if speaker is None or speaker.outer == 0:
        return None
    pronoun = tokens[speaker.outer - 1].lower
    if pronoun not in words("pronoun.relative") | {"that"}:
        return None
    noun = speaker.outer - 1 if pronoun != "that" else speaker.outer - 2
    if noun < 0 or tokens[noun].lower not in words("event_reference"):
        return None
    return word.statement(speaker, trimmed(tokens, noun, noun + 1))


def _start_of_attack(word: ReportingWord) -> int | None:
    """Return where what is disclosed begins, after whom it is disclosed to."""
    tokens, last = word.tokens, word.group.last
    if word.last not in words("informing") and word.last not in words("warns_hearer"):
        return last
    limit = min(len(tokens), last + _LONGEST_HEARER)
    for index in range(last, limit):
        in_number = tokens[index - 1].text.isdigit()  # "4,000 customers"
        if (tokens[index].lower in STOPS and not in_number) or tokens[index].lower == "that":
            return None
        if tokens[index].lower in words("before_disclosed"):
            hearers = {token.lower for token in tokens[last:index]}
            return None if hearers.isdisjoint(words("human", "bystander", "agency", "notified")) else index + 1
    return None


def _end_of_attack(tokens: Sequence[Token], index: int) -> int:
    """Return where what is disclosed ends: "a breach impacting a million customers", but not "and apologised"."""
    ends = STOPS | words("coordinator")
    return next((i for i in range(index, len(tokens)) if tokens[i].lower in ends), len(tokens))


def _is_of_somebody_else(attack: Sequence[Token], speaker: Sequence[Token]) -> bool:
    """Whether an attack is somebody else's: "Foxglove disclosed a breach at Acme"."""
    own = {token.lower for token in speaker}
    victims = (after for before, after in pairwise(attack) if before.lower in words("before_victim"))
    return any(is_name(after) and after.lower not in own for after in victims)
