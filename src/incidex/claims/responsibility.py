"""Finds where somebody claims to have done it: "claimed responsibility", "claims to have stolen"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from incidex.claims.cues import helpers
from incidex.claims.phrases import Phrase, phrase_after, phrase_before, speaks
from incidex.english.lexicon import words
from incidex.english.tokens import Token, position_of
from incidex.records import Span
from incidex.tables import table


@dataclass(frozen=True, slots=True)
class ResponsibilityClaim:
    """Words by which somebody claims to have done it."""

    speaker: Phrase
    cue: Span


def responsibility_claims(tokens: Sequence[Token], text: str) -> Iterator[ResponsibilityClaim]:
    """Yield where somebody in a sentence of `text` claims to have done it."""
    if words("claiming_responsibility").isdisjoint(token.lower for token in tokens):
        return
    for match in _claiming().finditer(text, tokens[0].start, tokens[-1].end):
        verb = position_of(tokens, match.start())
        first = verb
        while first > 0 and tokens[first - 1].lower in helpers() | words("verb_group.adverb"):
            first -= 1
        speaker = _speaker(tokens, first)
        negated = any(token.lower in ("not", "never") for token in tokens[first:verb])
        if speaker and not negated:
            yield ResponsibilityClaim(speaker, Span(*match.span()))


def _speaker(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """Return who claims, if it can be somebody."""
    speaker = _subject(tokens, verb) if verb else None
    if speaker is None or not speaks(tokens, speaker):
        return None
    return None if tokens[speaker.first].lower in words("no_subject") else speaker


def _subject(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """Return the phrase before the verb, or the sentence's subject before ", claiming" and "and claims"."""
    before = tokens[verb - 1].lower
    if before != "and" and (before != "," or tokens[verb].lower != "claiming"):
        return phrase_before(tokens, verb)
    subject = phrase_after(tokens, 0)
    if subject is None:
        return None
    # "The firm was listed by a gang, claiming to have ..." leaves open who claims.
    between = {token.lower for token in tokens[subject.last : verb]}
    return subject if between.isdisjoint(words("another_subject")) else None


@cache
def _claiming() -> re.Pattern[str]:
    patterns = table("incidex.claims", "rules")["responsibility"]
    return re.compile("|".join(pattern.replace("\n", "") for pattern in patterns), re.IGNORECASE)
