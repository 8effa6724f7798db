"""The labelled form, one sentence a line: `sentence | Label, Label`, with `O` where there is no label."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from incidex.labels import scheme
from incidex.records import Span

_BLANKS = re.compile(r"\s+")
# A form feed or a U+2028 inside a line is no line end here: people's editors count lines by these three alone.
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
# Greedy, so that it is the last one; anchored by `match`, so that it takes linear time.
_LAST_SPACED_BAR = re.compile(r".*\s\|(?=\s|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of a labelled file.

    Attributes:
        number: Counted from 1, as editors count, blank lines included.
        span: The sentence in the file's text, without the white space around it; None if nothing stands before the bar.
        written: What stands behind the last ` | `, stripped, so "" if nothing does; None if the line has no bar.
    """

    number: int
    span: Span | None
    written: str | None


def read_lines(text: str) -> tuple[Line, ...]:
    """
    Return the lines of `text` in order, blank ones left out.

    The label part is what stands behind the last bar, so that a sentence may contain bars itself. It is not checked:
    give it to `Scheme.parsed` for that.
    """
    lines = enumerate(_LINE.finditer(text), start=1)
    return tuple(_line(number, match.start(), match[1]) for number, match in lines if match[1].strip())


def count_lines(text: str) -> int:
    """Return how many lines `text` has, blank ones included; a line end behind the last line opens no further one."""
    return sum(1 for match in _LINE.finditer(text) if match.group())


def write_line(sentence: str, labels: Collection[str]) -> str:
    """
    Return the line for `sentence`, without a line end.

    White space inside the sentence becomes one blank, so that it stays one line.
    """
    return f"{_BLANKS.sub(' ', sentence).strip()} | {scheme().written(labels)}"


def _line(number: int, start: int, line: str) -> Line:
    sentence, written = _parts(line)
    left = start + len(sentence) - len(sentence.lstrip())
    right = start + len(sentence.rstrip())
    return Line(number=number, span=Span(left, right) if left < right else None, written=written)


def _parts(line: str) -> tuple[str, str | None]:
    """
    Return the sentence and what is written behind its bar.

    Public label files also write `sentence| O` and `sentence |O`, so a last bar followed by labels alone needs no
    blanks around it. Any other bar needs them: "a|b" and "a |b" are words.
    """
    sentence, bar, tail = line.rpartition("|")
    if bar and _only_labels(tail):
        return sentence, tail.strip()
    spaced = _LAST_SPACED_BAR.match(line)
    return (line[: spaced.end() - 1], line[spaced.end() :].strip()) if spaced else (line, None)


def _only_labels(tail: str) -> bool:
    names = {name.strip() for name in tail.split(",")} - {""}
    return bool(names) and names <= {*scheme().names, scheme().none}
