"""Divides reStructuredText into headings, paragraphs, list items, table rows and code."""

import re
from collections.abc import Iterator, Sequence

from incidex.ingest.markup.pieces import Line, Piece, lines_of, span_or_none
from incidex.records import BlockKind, Span

_ADORNMENT = re.compile(r"([=\-`:'\"~^_*+#<>.])\1{2,}")
_ITEM = re.compile(r"(?:[-*+•]|(?:\d{1,3}|#|[A-Za-z])[.)]|\((?:\d{1,3}|[a-z])\))[ \t]+(?=\S)")
_DIRECTIVE = re.compile(r"\.\.[ \t]+([\w:-]{1,40})::")
_BORDER = re.compile(r"\+(?:[-=]{2,}\+)+|={2,}(?:\s+={2,})+|-{2,}(?:\s+-{2,})+")
# Directives whose content is text of the article, and those whose content is code; others have none.
_TEXT = ("note", "warning", "important", "tip", "caution", "danger", "attention", "hint", "admonition", "epigraph")
_CODE = ("code", "code-block", "sourcecode", "literalinclude", "parsed-literal", "highlight")
_FIELD = re.compile(r":[\w -]{1,40}:(?:\s|$)")


def rst_pieces(text: str, start: int) -> Iterator[Piece]:
    """Yield the pieces of the reStructuredText in `text` from `start` on; together they cover all its words."""
    lines = lines_of(text, start)
    styles: list[str] = []
    at = 0
    while at < len(lines):
        if not lines[at].words:
            at += 1
            continue
        end, piece = _next(lines, at, styles)
        yield from piece
        at = end


def _next(lines: Sequence[Line], at: int, styles: list[str]) -> tuple[int, tuple[Piece, ...]]:
    """Return where the piece that begins in line `at` ends, and the piece."""
    line = lines[at]
    if heading := _heading(lines, at):
        end, style, words = heading
        if style not in styles:
            styles.append(style)
        marks = tuple(Span(one.start, one.end) for one in lines[at:end] if one is not words)
        level = styles.index(style) + 1
        return end, (Piece(line.start, lines[end - 1].end, BlockKind.HEADING, "heading in the mark-up", level, marks),)
    if line.words.startswith(".."):
        return _directive(lines, at)
    if _BORDER.fullmatch(line.words) or _ADORNMENT.fullmatch(line.words):
        return at + 1, (_mark(line, line.end),)
    if _in_table(lines, at):
        edge = span_or_none(line.start, line.start + 1) if line.words.startswith("|") else ()
        return at + 1, (Piece(line.start, line.end, BlockKind.TABLE_ROW, "row of a table", 0, edge),)
    return _paragraph(lines, at)


def _heading(lines: Sequence[Line], at: int) -> tuple[int, str, Line] | None:
    """Return the end, the style and the words of a heading, which is underlined and may be overlined."""
    over = _ADORNMENT.fullmatch(lines[at].words) is not None
    words = lines[at + over] if at + over < len(lines) else None
    under = lines[at + over + 1] if at + over + 1 < len(lines) else None
    if words is None or under is None or not words.words or (words.indent and not over):
        return None
    mark = _ADORNMENT.fullmatch(under.words)
    if mark is None or len(under.words) < min(len(words.words), 4) or _ADORNMENT.fullmatch(words.words):
        return None
    if over and under.words != lines[at].words:
        return None
    return at + over + 2, mark[1] * (1 + over), words


def _mark(line: Line, end: int) -> Piece:
    return Piece(line.start, end, BlockKind.BOILERPLATE, "mark-up without words", 0, (), False)


def _directive(lines: Sequence[Line], at: int) -> tuple[int, tuple[Piece, ...]]:
    """Return a directive or comment: that of a note is only its first line, others include the indented lines below."""
    name = _DIRECTIVE.match(lines[at].words)
    if name and name[1].lower() in _TEXT:
        head = span_or_none(lines[at].start, lines[at].start + name.end())
        return at + 1, (Piece(lines[at].start, lines[at].end, BlockKind.BODY, "note", 0, head),)
    end, last = _indented(lines, at + 1, lines[at].indent)
    if name and name[1].lower() in _CODE:
        first = Span(lines[at].start, lines[at].end)
        return end, (Piece(lines[at].start, lines[last].end, BlockKind.CODE, "code", 0, (first,), False),)
    return end, (_mark(lines[at], lines[last].end),)


def _indented(lines: Sequence[Line], at: int, indent: int) -> tuple[int, int]:
    """Return where the lines indented deeper than `indent` end, and the last of them that is not blank."""
    last = at - 1
    while at < len(lines) and (not lines[at].words or lines[at].indent > indent):
        last = at if lines[at].words else last
        at += 1
    return last + 1, last


def _in_table(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a row: between bars, or between the borders of a simple table."""
    words = lines[at].words
    if words.startswith("|") and words.endswith("|") and len(words) > 1:
        return True
    above = next((i for i in range(at - 1, -1, -1) if not lines[i].words or _BORDER.fullmatch(lines[i].words)), None)
    return above is not None and at - above <= _MOST_ROWS and bool(lines[above].words) and "  " in words


# How far above a row of a simple table its border is looked for.
_MOST_ROWS = 200


def _paragraph(lines: Sequence[Line], at: int) -> tuple[int, tuple[Piece, ...]]:
    first = lines[at]
    if at and lines[at - 1].words == "" and _opens_literal(lines, at):
        end, last = _indented(lines, at, -1 if not first.indent else first.indent - 1)
        return end, (Piece(first.start, lines[last].end, BlockKind.CODE, "code", 0, (), False),)
    if _FIELD.match(first.words):
        return at + 1, (
            Piece(first.start, first.end, BlockKind.BODY, "field", 0, (Span(first.start, first.start + 1),)),
        )
    item = _ITEM.match(first.words)
    end = at + 1
    while end < len(lines) and lines[end].words and not _ITEM.match(lines[end].words) and not _heading(lines, end):
        end += 1
    kind, reason = (BlockKind.LIST_ITEM, "item of a list") if item else (BlockKind.BODY, "paragraph")
    marks = span_or_none(first.start, first.start + item.end()) if item else ()
    return end, (Piece(first.start, lines[end - 1].end, kind, reason, 0, marks),)


def _opens_literal(lines: Sequence[Line], at: int) -> bool:
    """Whether a line begins the indented code that a paragraph ending in "::" announces."""
    above = next((line for line in reversed(lines[max(0, at - 3) : at]) if line.words), None)
    return above is not None and above.words.endswith("::") and lines[at].indent > above.indent
