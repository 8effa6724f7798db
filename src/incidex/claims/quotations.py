"""Finds the quotations of a document."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from incidex.records import Document, Span

# Where curly or straight quotation marks open or close. A straight one opens after a space or bracket, before a word.
_MARK = re.compile(r"[“”]|(?P<straight>(?<![^\s(\[–—:-])\"(?=\S))|\"|\n[^\S\n]*\n")
_LONGEST_QUOTE = 3000


@dataclass(frozen=True)
class Quotes:
    """The quotations of a document, with their marks, in order and without overlap."""

    spans: tuple[Span, ...]

    def at(self, position: int) -> Span | None:
        """Return the quotation that `position` lies in."""
        index = bisect_right(self._starts, position) - 1
        return self.spans[index] if index >= 0 and position < self.spans[index].end else None

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.spans]


def quotes_of(document: Document) -> Quotes:
    """
    Return what stands between quotation marks.

    A quotation ends at its closing mark or, as the paragraphs of a long one do, where the block ends. One that is
    longer than people write is left out: there a mark is missing.
    """
    blocks = [block.span for block in document.blocks] or [Span(0, len(document.text) or 1)]
    found = [span for block in blocks for span in _quotes(document.text, block)]
    return Quotes(tuple(span for span in found if span.end - span.start <= _LONGEST_QUOTE))


def _quotes(text: str, block: Span) -> Iterator[Span]:
    opened: int | None = None
    for match in _MARK.finditer(text, block.start, block.end):
        if opened is not None and _is_inside(text[opened], match[0]):
            continue
        opens = match[0] == "“" or match["straight"] is not None
        # A second curly mark begins a new paragraph of the quotation; before a second straight one an end is missing.
        if opened is not None and (text[opened] == "“" or not opens):
            yield Span(opened, match.start() if opens else _end(match))
        opened = match.start() if opens else None
    if opened is not None and text[opened] == "“":
        yield Span(opened, block.end)


def _is_inside(opening: str, mark: str) -> bool:
    """Whether a mark neither ends a quotation nor begins another: a straight one between curly ones."""
    return mark == '"' if opening == "“" else mark.isspace()


def _end(match: re.Match[str]) -> int:
    return match.start() if match[0].isspace() else match.end()
