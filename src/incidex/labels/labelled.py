"""Labelled files, one sentence per line: `sentence | Label, Label`, or `O` for no label."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from incidex.labels import scheme
from incidex.records import Span

_BLANKS = re.compile(r"\s+")
# A form feed or U+2028 does not end a line: editors count lines only by these three.
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
# Greedy, to find the last one; anchored by `match`, to take linear time.
_LAST_SPACED_BAR = re.compile(r".*\s\|(?=\s|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of a labelled file.

    Attributes:
        number: The line number from 1, counting blank lines.
        span: The sentence in the text of the file, without surrounding white space; None if it is empty.
        written: The text after the last ` | `, stripped; None if the line has no bar.
    """

    number: int
    span: Span | None
    written: str | None


def read_lines(text: str) -> tuple[Line, ...]:
    """
    Return the lines of `text` in order, without blank ones.

    The labels are the part after the last bar, so that a sentence may contain bars itself. They are not checked; use
    `Scheme.parsed` for that.
    """
    lines = enumerate(_LINE.finditer(text), start=1)
    return tuple(_line(number, match.start(), match[1]) for number, match in lines if match[1].strip())


def count_lines(text: str) -> int:
    """Return the number of lines in `text`, including blank ones; a final line break does not start another one."""
    return sum(1 for match in _LINE.finditer(text) if match.group())


def write_line(sentence: str, labels: Collection[str]) -> str:
    """
    Return the line for `sentence`, without a line break.

    White space inside the sentence becomes a single space, so that it stays on one line.
    """
    return f"{_BLANKS.sub(' ', sentence).strip()} | {scheme().written(labels)}"


def _line(number: int, start: int, line: str) -> Line:
    sentence, written = _parts(line)
    left = start + len(sentence) - len(sentence.lstrip())
    right = start + len(sentence.rstrip())
    return Line(number=number, span=Span(left, right) if left < right else None, written=written)


def _parts(line: str) -> tuple[str, str | None]:
    """
    Return the sentence and the text after its bar.

    Public label files also contain `sentence| O` and `sentence |O`, so a last bar followed only by labels needs no
    spaces around it. Any other bar needs them: "a|b" and "a |b" are words.
    """
    sentence, bar, tail = line.rpartition("|")
    if bar and _only_labels(tail):
        return sentence, tail.strip()
    spaced = _LAST_SPACED_BAR.match(line)
    return (line[: spaced.end() - 1], line[spaced.end() :].strip()) if spaced else (line, None)


def _only_labels(tail: str) -> bool:
    names = {name.strip() for name in tail.split(",")} - {""}
    return bool(names) and names <= {*scheme().names, scheme().none}
