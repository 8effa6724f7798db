"""Divides AsciiDoc into headings, paragraphs, list items, table rows and code."""

import re
from collections.abc import Iterator, Sequence

from incidex.ingest.markup.pieces import Line, Piece, lines_of, span_or_none
from incidex.records import BlockKind, Span

_HEADING = re.compile(r"(={1,6}|#{1,6})[ \t]+(?=\S)")
_ITEM = re.compile(r"(?:\*{1,5}|\.{1,5}|-|\d{1,3}\.)[ \t]+(?:\[[ xX*]\][ \t]+)?(?=\S)")
_CODE = re.compile(r"-{4,}|\.{4,}|\+{4,}|`{3}[\w-]{0,20}")
_COMMENT = re.compile(r"/{4,}")
_TABLE = re.compile(r"[|,:!]={3,}")
# Delimiters of quotations, examples and side notes, whose content is text.
_DELIMITER = re.compile(r"={4,}|\*{4,}|_{4,}|--|'{3,}|<{3,}|-{3}|\*{3}")
# Attributes, macros without words, comments: "[source,bash]", ":toc:", "image::a.png[]", "// a note".
_MARK = re.compile(
    r"\[[^\[\]]{0,300}\]|:!?[\w-]{1,60}!?:(?:\s.*)?|(?:image|include|toc|video|audio|ifdef|ifndef|endif)::.*|//.*|\+"
)
_BLOCK_TITLE = re.compile(r"\.(?=[^\s.])")


def asciidoc_pieces(text: str, start: int) -> Iterator[Piece]:
    """Yield the pieces of the AsciiDoc in `text` from `start` on, in order; together they cover all its words."""
    lines = lines_of(text, start)
    in_table = False
    at = 0
    while at < len(lines):
        line = lines[at]
        end = at + 1
        if _TABLE.fullmatch(line.words):
            in_table = not in_table
            yield _mark(line)
        elif fence := _CODE.fullmatch(line.words) or _COMMENT.fullmatch(line.words):
            end = _closing(lines, at, fence[0])
            yield _fenced(lines[at:end], is_code=not fence[0].startswith("/"))
        elif in_table and line.words:
            yield _row(line)
        elif line.words:
            end = _end_of(lines, at)
            yield _piece(lines[at:end])
        at = end


def _mark(line: Line) -> Piece:
    return Piece(line.start, line.end, BlockKind.BOILERPLATE, "mark-up without words", 0, (), False)


def _closing(lines: Sequence[Line], at: int, fence: str) -> int:
    """Return where the block that `fence` opens ends: after the same line again, or at the end of the text."""
    closing = "```" if fence.startswith("`") else fence
    return next((i + 1 for i in range(at + 1, len(lines)) if lines[i].words == closing), len(lines))


def _fenced(lines: Sequence[Line], *, is_code: bool) -> Piece:
    written = [line for line in lines if line.words]
    first, last = written[0], written[-1]
    marks = dict.fromkeys(Span(one.start, one.end) for one in (first, last) if one is first or one.words == first.words)
    kind, reason = (BlockKind.CODE, "code") if is_code else (BlockKind.BOILERPLATE, "comment in the mark-up")
    return Piece(first.start, last.end, kind, reason, 0, tuple(marks), False)


def _row(line: Line) -> Piece:
    marks = span_or_none(line.start, line.start + 1) if line.words.startswith("|") else ()
    return Piece(line.start, line.end, BlockKind.TABLE_ROW, "row of a table", 0, marks)


def _is_alone(line: Line) -> bool:
    """Whether a line is a piece of its own: a heading, an attribute, a delimiter."""
    words = line.words
    return any(pattern.fullmatch(words) for pattern in (_DELIMITER, _MARK, _TABLE, _CODE, _COMMENT)) or (
        _HEADING.match(words) is not None
    )


def _end_of(lines: Sequence[Line], at: int) -> int:
    """Return where the paragraph or list item in line `at` ends: at a blank line, or what begins something else."""
    if _is_alone(lines[at]) or _BLOCK_TITLE.match(lines[at].words):
        return at + 1
    end = at + 1
    while end < len(lines) and lines[end].words and not _is_alone(lines[end]) and not _ITEM.match(lines[end].words):
        end += 1
    return end


def _piece(lines: Sequence[Line]) -> Piece:
    first, end = lines[0], lines[-1].end
    if heading := _HEADING.match(first.words):
        marks = span_or_none(first.start, first.start + heading.end())
        return Piece(first.start, end, BlockKind.HEADING, "heading in the mark-up", len(heading[1]), marks)
    if _is_alone(first):
        return _mark(first)
    if item := _ITEM.match(first.words):
        return Piece(
            first.start,
            end,
            BlockKind.LIST_ITEM,
            "item of a list",
            0,
            span_or_none(first.start, first.start + item.end()),
        )
    if _BLOCK_TITLE.match(first.words):
        return Piece(first.start, end, BlockKind.CAPTION, "title of a block", 0, (Span(first.start, first.start + 1),))
    return Piece(first.start, end, BlockKind.BODY, "paragraph")
