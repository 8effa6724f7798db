"""The labelled form, one sentence a line: `sentence | Label, Label`, with `O` where there is no label."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from incidex.labels import scheme
from incidex.records import Span

_BLANKS = re.compile(r"\s+")
# A form feed or a U+2028 inside a line is no line end here: people's editors count lines by these three alone.
_LINE = re.compile(r"[^\r\n]+")


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

    The label part is what stands behind the last bar that has a blank before it, so that a sentence may contain bars itself. It is not checked:
    give it to `Scheme.parsed` for that.
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
    bar = line.rfind(" |")
    # "a |b" has a bar in its last word, not a label part.
    if bar >= 0 and line[bar + 2 : bar + 3].strip():
        bar = -1
    sentence, written = (line, None) if bar < 0 else (line[:bar], line[bar + 2 :].strip())
    left = start + len(sentence) - len(sentence.lstrip())
    right = start + len(sentence.rstrip())
    return Line(number=number, span=Span(left, right) if left < right else None, written=written)
