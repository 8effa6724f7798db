"""What the readers of marked-up text have in common: pieces of a text, and its lines."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from incidex.records import BlockKind, Span

# The line ends of CommonMark; `str.splitlines` knows more.
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")


class Piece(NamedTuple):
    """
    A part of a marked-up text that becomes a block.

    Attributes:
        start, end: Its position, without white space at either end.
        kind: Its kind by its mark-up alone.
        reason: What marks it.
        level: The level of a heading.
        markup: Mark-up at its edges, in order; that inside its lines is found later.
        has_lines: Whether there may be more mark-up in its lines.
    """

    start: int
    end: int
    kind: BlockKind
    reason: str
    level: int = 0
    markup: tuple[Span, ...] = ()
    has_lines: bool = True


Splitter = Callable[[str, int], Iterable[Piece]]


class Line(NamedTuple):
    """A line: where it starts and ends without white space, and its words; `start == end` if it is blank."""

    start: int
    end: int
    words: str
    indent: int


def lines_of(text: str, start: int) -> list[Line]:
    """Return the lines of `text` from `start` on."""
    return list(_lines(text, start))


def _lines(text: str, start: int) -> Iterator[Line]:
    while start < len(text):
        match = _LINE.match(text, start)
        if match is None:
            return
        raw = match[0].rstrip()
        words = raw.lstrip()
        first = start + len(raw) - len(words)
        yield Line(first, first + len(words), words, len(raw) - len(words))
        start = match.end()


def span_or_none(start: int, end: int) -> tuple[Span, ...]:
    """Return a tuple with the span; empty if it would be."""
    return (Span(start, end),) if start < end else ()
