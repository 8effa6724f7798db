"""Divides Markdown (CommonMark with tables) into headings, paragraphs, list items, table rows and code."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from incidex.ingest.markup.pieces import Line, Piece, lines_of, span_or_none
from incidex.records import BlockKind, Span

# What stands before the words of a line: quotation marks and the bullet or number of a list item.
_LEAD = re.compile(r"(?:>[ \t]?)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:\[[ xX]\][ \t]+)?")
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_MARKS = re.compile(r"#{1,6}(?:[ \t]+|$)")
_END_OF_HEADING = re.compile(r"[ \t]+#+$|[ \t]*\{[#.][^{}]{0,80}\}$")
_UNDERLINE = re.compile(r"[=-]+")
_CODE = ("fence", "code_block")


def markdown_pieces(text: str, start: int) -> Iterator[Piece]:
    """Yield the pieces of the Markdown in `text` from `start` on, in order; together they cover all its words."""
    lines = lines_of(text, start)
    at = 0
    for first, last, kind, level in _leaves(_parser().parse(text[start:])):
        if first < at or first >= len(lines):
            continue
        yield from _left_over(lines[at:first])
        at = min(last, len(lines))
        yield from _piece(lines[first:at], kind, level)
    yield from _left_over(lines[at:])


@cache
def _parser() -> Any:
    """Return a parser of blocks; the marks inside lines are found by ourselves, since it gives no positions of them."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _leaves(tokens: Sequence[Any]) -> Iterator[tuple[int, int, BlockKind, int]]:
    """Yield the first line of each leaf, the one after its last, its kind and the level of a heading."""
    in_items = 0
    for token in tokens:
        in_items += token.nesting if token.type.startswith("list_item") else 0
        if token.map is None:
            continue
        if token.type == "heading_open":
            yield *token.map, BlockKind.HEADING, int(token.tag[1])
        elif token.type == "tr_open":
            yield *token.map, BlockKind.TABLE_ROW, 0
        elif token.type in _CODE:
            yield *token.map, BlockKind.CODE, 0
        elif token.type in ("paragraph_open", "html_block"):
            yield *token.map, BlockKind.LIST_ITEM if in_items else BlockKind.BODY, 0
        elif token.type == "hr":
            yield *token.map, BlockKind.BOILERPLATE, 0


_REASONS = {
    BlockKind.HEADING: "heading in the mark-up",
    BlockKind.TABLE_ROW: "row of a table",
    BlockKind.CODE: "code",
    BlockKind.LIST_ITEM: "item of a list",
    BlockKind.BODY: "paragraph",
    BlockKind.BOILERPLATE: "ruler",
}


def _piece(lines: Sequence[Line], kind: BlockKind, level: int) -> Iterator[Piece]:
    written = [line for line in lines if line.words]
    if not written:
        return
    start, end = written[0].start, written[-1].end
    marks = tuple(_edges(written, kind))
    yield Piece(start, end, kind, _REASONS[kind], level, marks, kind is not BlockKind.CODE)


def _edges(lines: Sequence[Line], kind: BlockKind) -> Iterator[Span]:
    """Yield the mark-up at the beginnings and ends of the lines of a piece."""
    if kind is BlockKind.CODE:
        fences = [line for line in (lines[0], lines[-1]) if line.words.startswith(("```", "~~~"))]
        yield from dict.fromkeys(Span(line.start, line.end) for line in fences)
        return
    for number, line in enumerate(lines):
        lead = (_LEAD if kind is BlockKind.LIST_ITEM and not number else _QUOTED).match(line.words)
        start = line.start + (lead.end() if lead else 0)
        if kind is BlockKind.HEADING and number and _UNDERLINE.fullmatch(line.words):
            start = line.end
        elif kind is BlockKind.HEADING and (marks := _MARKS.match(line.words, start - line.start)):
            start = line.start + marks.end()
        yield from span_or_none(line.start, min(start, line.end))
        if kind is BlockKind.HEADING and start < line.end and (end := _END_OF_HEADING.search(line.words)):
            yield from span_or_none(max(start, line.start + end.start()), line.end)
        if kind is BlockKind.TABLE_ROW and line.words.startswith("|"):
            yield Span(line.start, line.start + 1)
            if len(line.words) > 1 and line.words.endswith("|"):
                yield Span(line.end - 1, line.end)


def _left_over(lines: Sequence[Line]) -> Iterator[Piece]:
    """Yield the lines that the parser takes as mark-up without words: rulers of tables, definitions of links."""
    for line in lines:
        if line.words:
            yield Piece(line.start, line.end, BlockKind.BOILERPLATE, "mark-up without words", 0, (), False)
