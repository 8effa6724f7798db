"""The labelled form, one sentence a line: `sentence | Label, Label`, with `O` where there is no label."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from incidex.labels import scheme
from incidex.records import Span

_BLANKS = re.compile(r"\s+")
# A form feed or a U+2028 inside a line is no line end here: people's editors count lines by these three alone.
_LINE = re.compile(r"[^\r\n]+")
_SPACED_BAR = re.compile(r"\s\|(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of a labelled file.

    Attributes:
        number: Counted from 1, as editors count, blank lines included.
        span: The sentence in the file's text, without the white space around it; None if nothing stands before the bar.
        written: What stands behind the last ` | `, stripped; None if the line has no bar.
    """

    number: int
    span: Span | None
    written: str | None


def read_lines(text: str) -> tuple[Line, ...]:
    """
    Return the lines of `text` in order, blank ones left out.

    The label part is what stands behind the last bar, so that a sentence may contain bars itself. It is not checked: give it to
    `Scheme.parsed` for that.
    """
    lines = []
    number = 1
    counted = 0
    for match in _LINE.finditer(text):
        number += _line_ends(text, counted, match.start())
        counted = match.start()
        if not match.group().isspace():
            lines.append(_line(number, match.start(), match.group()))
    return tuple(lines)


def write_line(sentence: str, labels: Collection[str]) -> str:
    """Return the line for `sentence`, without a line end. White space inside the sentence becomes one blank, so that it stays one line."""
    return f"{_BLANKS.sub(' ', sentence).strip()} | {scheme().written(labels)}"


def _line_ends(text: str, start: int, end: int) -> int:
    """Return how many line ends lie in `text[start:end]`, `\\r\\n` being one."""
    return text.count("\n", start, end) + text.count("\r", start, end) - text.count("\r\n", start, end)


def _line(number: int, start: int, line: str) -> Line:
    sentence, written = _parts(line)
    left = start + len(sentence) - len(sentence.lstrip())
    right = start + len(sentence.rstrip())
    return Line(number=number, span=Span(left, right) if left < right else None, written=written)


def _parts(line: str) -> tuple[str, str | None]:
    """
    Return the sentence and what is written behind its bar.

    Public label files also write `sentence| O` and `sentence |O`, so a last bar followed by labels alone needs no blanks around it.
    """
    sentence, bar, tail = line.rpartition("|")
    if bar and _only_labels(tail):
        return sentence, tail.strip()
    spaced = list(_SPACED_BAR.finditer(line))
    if spaced:
        return line[: spaced[-1].start()], line[spaced[-1].end() :].strip()
    return line, None


def _only_labels(tail: str) -> bool:
    known = {*scheme().names, scheme().none}
    return {name.strip() for name in tail.split(",")} - {""} <= known and bool(tail.strip(" ,"))
