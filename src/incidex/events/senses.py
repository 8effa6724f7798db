"""Tells triggers from words that look like one: "a status update", "dumped to disk", a file called ransom.txt."""

import re
from collections.abc import Sequence
from functools import cache

from incidex.english.lexicon import words
from incidex.english.tokens import Token, lower, tokenise
from incidex.records import Span
from incidex.tables import table

# URLs (also defanged), e-mail addresses, file names and paths. The words in them name no event.
_VALUE = re.compile(
    r"\b(?:h[tx]{2}ps?|ftp)\[?:\]?//\S+|\bwww\.\S+|[\w.+-]{1,64}(?:@|\[@\]|\[at\])[\w-]{1,64}(?:\[?\.\]?[\w-]{1,64}){1,6}"
    r"|\b[\w-]{1,80}(?:\[\.\]|\.)(?:exe|dll|js|ps1|bat|vbs|docx?|xlsx?|pdf|zip|rar|txt|html?|php|apk|jar|lnk|py|sh|7z|iso)\b"
    r"|\b[A-Za-z]:\\\S+|(?<!\S)/[\w.-]+/\S+"
)

# How many characters around a trigger are looked at, so that the time for long sentences stays linear.
_VIEW = 200


def is_event(trigger: Span, event_type: str, sentence: Span, text: str) -> bool:
    """Return whether `trigger` names an event of its type in `sentence`, as far as the words around it tell."""
    words_of_trigger = tokenise(text, trigger)
    if all(token.lower in _empty() for token in words_of_trigger):
        return False
    near = Span(max(sentence.start, trigger.start - _VIEW), min(sentence.end, trigger.end + _VIEW))
    written = near.of(text)
    inside = Span(trigger.start - near.start, trigger.end - near.start)
    if any(inside.overlaps(Span(*match.span())) for match in _VALUE.finditer(written)):
        return False
    lowered = lower(written).replace("\n", " ")
    for pattern in (*_patterns("any"), *_patterns(event_type)):
        if any(inside.overlaps(Span(*match.span())) for match in pattern.finditer(lowered)):
            return False
    return event_type != "AttackDatabreach" or not _is_robbery(tokenise(text, near))


def _is_robbery(tokens: Sequence[Token]) -> bool:
    """Return whether things were stolen, and nothing in the sentence has to do with computers."""
    found = {token.lower for token in tokens}
    return not found.isdisjoint(words("loot")) and found.isdisjoint(words("digital"))


@cache
def _empty() -> frozenset[str]:
    """Return auxiliaries and the like: "did not" alone is no trigger."""
    return words("auxiliary", "finite_auxiliary", "negation.verb", "no_argument", "determiner")


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in table("incidex.events", "senses").get(name, ()))
