"""
Tells what the list around a value is a list of: what is below "Indicators of compromise" is one without another word.

Headings are those of `text.blocks.sections`; a sentence with a colon before a list counts as well: "The worm calls
these domains:".
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from incidex.english.lexicon import words
from incidex.english.patterns import alternatives
from incidex.records import Block, BlockKind, Document, Span
from incidex.text.blocks.sections import kind_of_heading, outline

INDICATORS, VICTIMS, REFERENCES, OTHER = "indicators", "victims", "references", "other"

_MOST_WORDS_OF_LEAD = 40
_FEWEST_WORDS_OF_PROSE = 10
# Words beside the values of a line that is an entry of a list, and of a row of a table.
_MOST_BESIDE, _MOST_IN_ROW = 8, 32
_LINE = re.compile(r"[^\n]+")
_ENDS_SENTENCE = re.compile(r"[a-z]{2,}[.!?][\"”’)]*(?:\s|$)")
_VALUE = re.compile(r"[0-9a-fA-F]{16}|\d\.\d|\w\.\w|[\\@|,;]")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class Section:
    """
    What a list is about.

    Attributes:
        kind: "indicators", "victims", "references", or another kind of `text.blocks.sections.Section`.
        heading: The heading or sentence above it that says so.
    """

    kind: str = OTHER
    heading: str = ""


class Sections:
    """Tells in which section a position of the text lies, and what line it is in."""

    def __init__(self, document: Document, blocks: Sequence[Block]) -> None:
        """Read the headings of `document`, and the sentences before the lists in `blocks`."""
        self._text = document.text
        self._outline = outline(document)
        self._lines = list(_lines(document.text, blocks))
        self._starts = [span.start for span in self._lines]
        lines = [span.of(document.text) for span in self._lines]
        self._leads = list(_leads(lines))
        self._labels = list(_labels(lines))
        title = next((block for block in blocks if block.kind is BlockKind.TITLE), None)
        self._title = title.span.of(document.text) if title else ""

    def at(self, position: int) -> Section:
        """Return the section at `position`."""
        lead = self._leads[self._index(position)] if self._leads else None
        if lead is not None:
            return lead
        section = self._outline.section_at(position)
        if section and section.kind:
            return Section(section.kind, section.headings[-1])
        is_list = not section and kind_of_heading(self._title) == INDICATORS
        return Section(INDICATORS, self._title) if is_list else Section(OTHER, section.headings[-1] if section else "")

    def label_at(self, position: int) -> str:
        """Return the short line above the list at `position`, such as "JA3"; empty if there is none."""
        return self._labels[self._index(position)] if self._labels else ""

    def line_at(self, position: int) -> Span:
        """Return the line at `position`."""
        return self._lines[self._index(position)]

    def is_listed(self, values: Sequence[Span]) -> bool:
        """Return whether the line of `values`, which are in order, is an entry of a list and no sentence."""
        rest = self._beside(values)
        if _ENDS_SENTENCE.search(rest):
            return False
        in_row = rest.count("|") >= 2 or rest.count("\t") >= 2 or rest.count(",") >= 3 or rest.count(";") >= 3
        return len(_WORD.findall(rest)) <= (_MOST_IN_ROW if in_row else _MOST_BESIDE)

    def are_alone(self, values: Sequence[Span]) -> bool:
        """Return whether the line of `values` has no word beside them."""
        return not _WORD.search(self._beside(values))

    def _beside(self, values: Sequence[Span]) -> str:
        """Return what is left of a line without the `values` in it."""
        line = self.line_at(values[0].start)
        beside, start = [], line.start
        for span in values:
            beside.append(self._text[start : max(start, span.start)])
            start = max(start, span.end)
        return " ".join([*beside, self._text[start : max(start, line.end)]])

    def _index(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)


def _lines(text: str, blocks: Sequence[Block]) -> Iterator[Span]:
    for block in blocks:
        for match in _LINE.finditer(text, block.span.start, block.span.end):
            yield Span(*match.span())


def _leads(lines: Sequence[str]) -> Iterator[Section | None]:
    """Yield for each line what the sentence before its list announces; None if it is in no such list."""
    current: Section | None = None
    for line in lines:
        length = len(line.split())
        if line.rstrip(" *_").endswith(":") and length <= _MOST_WORDS_OF_LEAD:
            current = _announced(line)
        elif kind_of_heading(line) or (length >= _FEWEST_WORDS_OF_PROSE and _ENDS_SENTENCE.search(line)):
            current = None
        yield current


def _labels(lines: Sequence[str]) -> Iterator[str]:
    """Yield for each line the last one above it that has a few words and no value."""
    current = ""
    for line in lines:
        yield current
        if not _VALUE.search(line):
            current = line if len(line.split()) <= _MOST_BESIDE else ""


def _announced(line: str) -> Section | None:
    words_of_line = line.lower()
    if kind_of_heading(line):
        return None
    if _any_of("listed_victim").search(words_of_line):
        return Section(VICTIMS, line.strip())
    if not _any_of("listed_value").search(words_of_line):
        return None
    if _any_of("genuine").search(words_of_line) or _any_of("version_word").search(words_of_line):
        return Section(OTHER, line.strip())
    hostile = _any_of("sign_of_malice").search(words_of_line) or _any_of("sign_of_attack").search(words_of_line)
    return Section(INDICATORS, line.strip()) if hostile else None


@cache
def _any_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(words(name), space=' ', whole=True)})")
