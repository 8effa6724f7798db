"""
Finds the paragraphs of a plain text: which line breaks end a paragraph and which only wrap a long line.

A line is a paragraph of its own unless the text is hard-wrapped (e-mail, forum copy, PDF copy, advisories). It shows
in pairs of neighbouring lines where the first has no final punctuation and the second goes on in lower case: in wrapped
text these first lines all have about the same length, the wrap width.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from incidex.records import Span
from incidex.text.times.rules import dated_line

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
# "2025-06-20: no answer", "3 May: ..." and "14:30: ..." are entries of a timeline.
_ITEM = re.compile(
    r"(?:[-*+•·–—▪▸►◦‣●○]|\(?(?:\d{1,2}|[A-Za-z])[.)])(?=\s)|\[\d{1,3}\]\s"
    r"|(?:\d{4}-\d\d-\d\d|\d{1,2}(?: [A-Z][a-z]{2,8}){1,2}(?:,? \d{4})?|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
    r"|\d{1,2}:\d\d(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,4})?):(?=\s)"
)
# "From: ...", "Affected products: ...": a separate field, however long the line above is.
_FIELD = re.compile(r"[A-Z][\w-]{0,24}(?: [\w-]{1,24},?){0,3}:(?=\s)")
_DASH = re.compile(r"[-–—]\s+[a-z]")
# An ordinary word: "alerts@example.org" or "hxxp://..." says nothing about the line above.
_LOWER = re.compile(r"[^\W\d_]+[,;.]?(?=\s|$)")
_RULERS = ("---", "___", "===", "***", "~~~", "###")
_WORD = re.compile(r"\S+")

# A line that ends in one of these may well have been complete.
_CLOSED = frozenset(".!?:;…\"”’')]»")

# In characters. Mail and PDF copies wrap at 60 to 80, bulletins and forums at up to 120; a list of words does not wrap.
_NARROWEST, _WIDEST = 45, 120

# A wrapped line is full when the next line's first word had no room. In PDF copies letters differ in width and lines in
# length, hence the slack.
_FULL, _RAGGED = 0.85, 1.25

_MOST_LINES = 500_000

# Paragraphs and lines are named tuples because a frozen dataclass takes four times as long to make, and 10 MB of short
# lines are half a million of them.


class Paragraph(NamedTuple):
    """
    A paragraph, heading or line.

    Attributes:
        span: Its position, without the white space around it.
        gap: Whether a blank line or a page break precedes it (also true for the first).
        item: Whether it begins with a bullet, a number or a date and a colon, as a list item does.
    """

    span: Span
    gap: bool
    item: bool


def find_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """
    Return the paragraphs of `text` in order; together they cover every character that is not white space.

    Of a text with more than half a million lines, those of the first half million.
    """
    lines = _find_lines(text)
    width = _wrap_width(text, lines)
    if width is None:
        return tuple(Paragraph(Span(line.start, line.end), line.gap, line.item) for line in lines)
    return tuple(_joined(text, lines, width))


class _Line(NamedTuple):
    """
    A line that is not blank.

    Attributes:
        start, end: Its position, without white space at either end.
        content: Where it begins after quotation marks of e-mail ("> > ").
        indent: White space before it, in characters.
    """

    start: int
    end: int
    content: int
    indent: int
    gap: bool
    item: bool


def _find_lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    last, gap = 0, True
    for match in _LINE.finditer(text):
        raw = match.group()
        bare = raw.lstrip()
        if not bare:
            continue
        indent = len(raw) - len(bare)
        start = match.start() + indent
        end = start + len(bare.rstrip())
        gap = gap or (start - last > 1 and _is_gap(text, last, start)) or text[start - 1] == "\x0c"
        content, item = start, False
        # Most lines begin with a word, so that both patterns can be skipped.
        if not bare[:2].isalpha():
            quote = _QUOTE.match(text, start, end)
            content = quote.end() if quote else start
            item = _ITEM.match(text, content, end) is not None
        lines.append(_Line(start, end, content, indent, gap, item))
        if len(lines) == _MOST_LINES:
            break
        last, gap = end, content == end
    return lines


def _is_gap(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return "\x0c" in between or sum(1 for _ in _BREAK.finditer(between)) > 1


def _wrap_width(text: str, lines: Sequence[_Line]) -> int | None:
    """Return the length of full lines in a hard-wrapped text; None if the text is not hard-wrapped."""
    open_lengths = sorted(a.end - a.start for a, b in pairwise(lines) if _is_open(text, a, b))
    if not open_lengths:
        return None
    width = open_lengths[len(open_lengths) * 9 // 10]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    # One sentence a line breaks after full stops; wrapped English has two line breaks in three inside a sentence.
    full = sum(1 for a, b in pairwise(lines) if not b.gap and 1 / _RAGGED * width <= a.end - a.start <= _RAGGED * width)
    alike = sum(1 for length in open_lengths if 1 / _RAGGED * width <= length <= _RAGGED * width)
    enough = alike >= 2 or full <= 2
    return width if enough and alike >= 0.7 * len(open_lengths) and alike >= 0.3 * full else None


def _is_open(text: str, a: _Line, b: _Line) -> bool:
    """Whether the sentence in line `a` clearly continues in line `b`."""
    if b.gap or b.item or b.content >= b.end:
        return False
    return (
        text[b.content].islower()
        and text[a.end - 1] not in _CLOSED
        and _LOWER.match(text, b.content, b.end) is not None
    )


def _joined(text: str, lines: Sequence[_Line], width: int) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    first = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and _goes_on(text, lines[first], lines[index - 1], lines[index], width=width):
            continue
        begin = lines[first]
        paragraphs.append(Paragraph(Span(begin.start, lines[index - 1].end), begin.gap, begin.item))
        first = index
    return paragraphs


def _goes_on(text: str, first: _Line, a: _Line, b: _Line, *, width: int) -> bool:
    """Whether line `b` continues the paragraph from line `first` to line `a`."""
    if b.gap or _stands_alone(text, a) or _stands_alone(text, b) or (a.content > a.start) != (b.content > b.start):
        return False
    # "... said the ministry\n- which runs the register -" is a wrapped dash, not a list item.
    wrapped_dash = not first.item and text[a.end - 1] not in _CLOSED and _DASH.match(text, b.content, b.end)
    if (
        b.item
        and not wrapped_dash
        or _FIELD.match(text, b.content, b.end)
        or dated_line().match(text, b.content, b.end)
    ):
        return False
    if b.indent > a.indent + 1 and not first.item:
        return False
    length = a.end - a.start
    word = _WORD.match(text, b.content, b.end)
    room = length + 1 + (word.end() - word.start() if word else 0)
    return length <= _RAGGED * width and (room > _FULL * width or (length > 0.6 * width and _is_open(text, a, b)))


def _stands_alone(text: str, line: _Line) -> bool:
    """Whether a line is a ruler or practically empty, such as "-----" or ">"."""
    return line.end - line.content < 3 or text[line.content : line.content + 3] in _RULERS
