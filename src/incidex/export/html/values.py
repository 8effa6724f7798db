"""Writes the tables of times and quantities of a page: words that link to their places, and what they stand for."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from incidex.export.html.article import link_to
from incidex.export.html.layout import row, section
from incidex.export.html.markup import Html, element
from incidex.export.in_words import quantity_in_words, time_in_words
from incidex.records import Analysis, Quantity, TimeBasis, TimeExpression

_BASES = {
    TimeBasis.ABSOLUTE: "",
    TimeBasis.PUBLICATION: ", counted from the day of publication",
    TimeBasis.TEXT: ", counted from a time named before",
}
_Value = TypeVar("_Value", TimeExpression, Quantity)


def to_times(analysis: Analysis) -> Html:
    """Return a table of the times and durations in `analysis`, the same words with the same value once."""
    text = analysis.document.text
    caption = "In ISO 8601. Of two days separated by a slash, the second is not included."
    rows = (
        row([link_to(time.span, time.span.of(text)), _count(number)], _when(time), [_how(time)])
        for time, number in _once(analysis.times, lambda time: (time.span.of(text).casefold(), time_in_words(time)))
    )
    return section("times", "Times", caption, ("Words", "Time", "Read as"), rows)


def to_quantities(analysis: Analysis) -> Html:
    """Return a table of the quantities in `analysis`, the same words with the same value once."""
    text = analysis.document.text
    rows = (
        row([link_to(found.span, found.span.of(text)), _count(number)], [quantity_in_words(found)], [found.kind.value])
        for found, number in _once(analysis.quantities, lambda one: (one.span.of(text).casefold(), one.kind))
    )
    return section("quantities", "Quantities", "Numbers as written.", ("Words", "Quantity", "Of"), rows)


def _once(values: Iterable[_Value], same: Callable[[_Value], Hashable]) -> Iterable[tuple[_Value, int]]:
    """Return the first of the values with the same key, and how many there are."""
    first: dict[Hashable, _Value] = {}
    counts: dict[Hashable, int] = {}
    for value in values:
        key = same(value)
        first.setdefault(key, value)
        counts[key] = counts.get(key, 0) + 1
    return ((value, counts[key]) for key, value in first.items())


def _count(number: int) -> Html:
    return element("small", f" {number} times") if number > 1 else Html()


def _when(time: TimeExpression) -> list[str]:
    bound = f"{time.bound.value} " if time.bound else ""
    about = "about " if time.approximate else ""
    said = time_in_words(time)
    return [f"{bound}{about}{said}"] if said else [element("i", "unknown")]


def _how(time: TimeExpression) -> str:
    kind = "duration" if time.is_duration else time.granularity.value
    return f"{kind}. {time.reason}" if time.reason else f"{kind}{_BASES[time.basis] if time.basis else ''}"
