"""Adds how many victims there are where a number stands before them: "more than 50 organizations were hit"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from incidex.english.lexicon import values, words
from incidex.english.patterns import alternatives
from incidex.labels import scheme
from incidex.records import Argument, EventMention, Span
from incidex.text.numbers import DIGITS, number_word

_ROLE, _TYPE = "Number-of-Victim", "Number"
# In characters, before a victim: "as many as one hundred and fifty thousand".
_LEAD = 48


def with_counts(mentions: Sequence[EventMention], text: str) -> list[EventMention]:
    """Return `mentions` with the numbers of victims that have no number yet."""
    takes = {one.name for one in scheme().event_types if _ROLE in one.roles}
    return [_counted(one, text) if one.event_type in takes else one for one in mentions]


def _counted(mention: EventMention, text: str) -> EventMention:
    given = [argument.span for argument in mention.arguments if argument.role == _ROLE]
    found = {
        span: Argument(span, _TYPE, _ROLE, argument.score)
        for argument in mention.arguments
        if argument.role == "Victim" and (span := _number(argument.span, text))
        if not any(span.overlaps(other) for other in given)
    }
    if not found:
        return mention
    arguments = sorted((*mention.arguments, *found.values()), key=lambda argument: argument.span)
    return replace(mention, arguments=tuple(arguments))


def _number(victim: Span, text: str) -> Span | None:
    """Return the number before a victim or at its beginning; None if there is none, or it counts something else."""
    match = _victims().search(text, max(0, victim.start - _LEAD), victim.end)
    return Span(*match.span("number")) if match and match.end() == victim.end else None


@cache
def _victims() -> re.Pattern[str]:
    """Return a pattern for a number with the people or organisations that it counts, at the end of a text."""
    counted = alternatives(words("counted.people", "organisation", forms=("plural",)))
    large = alternatives(values("magnitude"))
    # Neither a year ("in 2021 hospitals were hit") nor a version ("Desk 2.5 users") counts anybody.
    number = (
        rf"(?:(?:{DIGITS}) (?:{large})|(?!(?:19|20)\d\d\b(?![,.]\d)|\d+\.\d+ )(?:{DIGITS})"
        rf"|(?!one\b)(?:{number_word()})(?: (?:{large}))?)"
    )
    return re.compile(
        rf"(?<![\w.,$€£-])(?P<number>{number})(?: (?:[a-z][a-z-]{{2,20}})){{0,2}} (?:{counted})$", re.IGNORECASE
    )
