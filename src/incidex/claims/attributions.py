"""Finds where a sentence says who did it: "was behind", "attributed to", "blamed X for"."""

import re
from collections.abc import Sequence
from functools import cache

from incidex.claims.accused import Attribution
from incidex.claims.accusers import accusing, tying
from incidex.claims.attribution_rules import agent, doer_after, doer_before, weak
from incidex.claims.clause import Word, position_of
from incidex.claims.lexicon import alternatives
from incidex.records import Span
from incidex.tables import table

_READERS = {
    "doer_before": doer_before,
    "doer_after": doer_after,
    "weak": weak,
    "agent": agent,
    "accusing": accusing,
    "tying": tying,
}


def attributions(words: Sequence[Word], text: str) -> list[Attribution]:
    """Return where a sentence of `text` says who did it, each accused once."""
    if cue_words().isdisjoint(word.lower for word in words):
        return []
    found: dict[Span, Attribution] = {}
    for match in _cues().finditer(text, words[0].start, words[-1].end):
        first, last = position_of(words, match.start()), position_of(words, match.end() - 1) + 1
        if first >= last:
            continue
        kind = match.lastgroup or ""
        for one in _READERS[kind](words, first, last):
            found.setdefault(one.accused, one)
    return list(found.values())


@cache
def _cues() -> re.Pattern[str]:
    phrases = table("incidex.claims", "attributions")
    # "linked to" is tried before "linked".
    named = (rf"(?P<{name}>\b(?:{alternatives(phrases[name])})\b)" for name in _READERS)
    return re.compile("|".join(named), re.IGNORECASE)


@cache
def cue_words() -> frozenset[str]:
    """Return the longest word of each phrase: a sentence with none of them need not be searched."""
    phrases = table("incidex.claims", "attributions")
    return frozenset(max(phrase.split(), key=len) for name in _READERS for phrase in phrases[name])
