"""Divides a document into sections by its headings, and says what a section is about, such as indicators."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from incidex.records import Block, BlockKind, Document
from incidex.tables import table
from incidex.text.readable import readable_text

# Headings of plain text have few words; those of formatted text may have more.
_MOST_WORDS = 12
_LONGEST = 120
_NUMBER = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|(?:[IVX]{1,5}|[A-H])[.)]|(?i:section|part|chapter) \w{1,4}[:.]?)\s+"
)
_LEVELS = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}(?=[.)]?\s)")
_APPENDIX = re.compile(r"(?i)(?:appendix|annexe?|anhang)\b(?: [A-Z\d]{1,3}\b)?")
# "[.]", "://", "@", a hash or an address with digits: a value, not a heading.
_VALUE = re.compile(r"://|\[\W{1,3}\]|@|\b[\da-fA-F]{32}|\d\.\d{1,3}\.\d|\|")
_TRIM = " \t#=*_~`:.-–—"
_WORD_EDGE = r"(?<![\w-]){}(?![\w-])"


@dataclass(frozen=True, slots=True)
class Section:
    """
    The part of a document from one heading to the next.

    Attributes:
        start: Where its heading begins in `Document.text`.
        level: The level of its heading, 1 for the highest.
        headings: The headings above its text, from the highest level down to its own, without marks and numbers.
        kind: "indicators", "references", "mitigations", "victims", "timeline", "appendix", "contact"; None if its
            headings do not say. A subsection is what the section around it is, unless its own heading says otherwise.
    """

    start: int
    level: int
    headings: tuple[str, ...]
    kind: str | None


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a document in order; ask it instead of the functions below when there are many positions."""

    sections: tuple[Section, ...]

    def section_at(self, position: int) -> Section | None:
        """Return the section that `position` lies in; None above the first heading."""
        index = bisect_right(self.sections, position, key=lambda section: section.start)
        return self.sections[index - 1] if index else None

    def heading_of(self, position: int) -> str:
        """Return the headings above `position`, highest first, joined with " > "; empty above the first heading."""
        section = self.section_at(position)
        return " > ".join(section.headings) if section else ""

    def kind_of(self, position: int) -> str | None:
        """Return the kind of the section that `position` lies in (see `Section.kind`)."""
        section = self.section_at(position)
        return section.kind if section else None


def outline(document: Document) -> Outline:
    """Return the sections of `document`, whether its headings are marked, as in Markdown, or only look like it."""
    text = readable_text(document)
    found: list[Section] = []
    open_sections: list[Section] = []
    for block, level in _headings(document):
        while open_sections and open_sections[-1].level >= level:
            open_sections.pop()
        words = heading_words(block.span.of(text))
        above = open_sections[-1] if open_sections else None
        kind = kind_of_heading(words) or (above.kind if above else None)
        section = Section(block.span.start, level, (*(above.headings if above else ()), words), kind)
        found.append(section)
        open_sections.append(section)
    return Outline(tuple(found))


def heading_of(document: Document, position: int) -> str:
    """Return the headings above `position`, highest first, joined with " > "; empty above the first heading."""
    return outline(document).heading_of(position)


def section_kind(document: Document, position: int) -> str | None:
    """Return the kind of the section that `position` lies in (see `Section.kind`)."""
    return outline(document).kind_of(position)


def heading_words(line: str) -> str:
    """Return a heading without marks and number: "## 5.1 Indicators:" is "Indicators"."""
    words = " ".join(line.split()).strip(_TRIM)
    number = _NUMBER.match(words)
    return words[number.end() :].lstrip(_TRIM) if number else words


def kind_of_heading(heading: str) -> str | None:
    """Return what the section under `heading` is about (see `Section.kind`), from its words alone."""
    words = heading_words(heading).lower().replace("’", "'")
    if not words or len(words) > _LONGEST:
        return None
    # "Appendix A: hashes" is a list of hashes.
    appendix = _APPENDIX.match(words)
    rest = words[appendix.end() :].strip(_TRIM + "(") if appendix else words
    for kind, (anywhere, whole) in _kinds().items():
        if rest in whole or (anywhere and anywhere.search(words)):
            return kind
    return None


def names_section(line: str) -> bool:
    """Return whether a line is the heading of a section by a word that menus of pages do not have: "Timeline"."""
    words = heading_words(line).lower()
    if not words or len(words) > _LONGEST:
        return False
    is_known = any(anywhere and anywhere.search(words) for anywhere, _ in _kinds().values())
    return is_known and (len(words.split()) <= _MOST_WORDS // 2 or _APPENDIX.match(words) is not None)


@cache
def _kinds() -> dict[str, tuple[re.Pattern[str] | None, frozenset[str]]]:
    return {
        kind: (_any_of(entry["words"]), frozenset(entry["whole"]))
        for kind, entry in table("incidex.text.blocks", "section_kinds").items()
    }


def _any_of(phrases: Sequence[str]) -> re.Pattern[str] | None:
    joined = "|".join(re.escape(" ".join(phrase.split())) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(_WORD_EDGE.format(f"(?:{joined})")) if joined else None


def _headings(document: Document) -> Iterator[tuple[Block, int]]:
    """Yield each heading with its level."""
    blocks = document.blocks
    marked = any(block.kind is BlockKind.HEADING for block in blocks)
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            yield block, block.level or 2
        elif block.kind in (BlockKind.BODY, BlockKind.RELATED, BlockKind.SUBTITLE):
            below = blocks[index + 1] if index + 1 < len(blocks) else None
            if below and _looks_like_heading(document.text, blocks[index - 1] if index else None, block, below, marked):
                yield block, _level(block.span.of(document.text))


def _looks_like_heading(text: str, above: Block | None, block: Block, below: Block, marked: bool) -> bool:
    """Whether a block of unformatted text is a heading; where others are `marked`, only if its words say so."""
    if block.span.end - block.span.start > _LONGEST:
        return False
    line = block.span.of(text)
    if "\n" in line or len(line.split()) > _MOST_WORDS or _VALUE.search(line) or line.endswith((".", "!", ",", ";")):
        return False
    if _is_kind_of_section(line):
        return True
    if marked or block.kind is not BlockKind.BODY or not (line[0].isupper() or line[0].isdigit()):
        return False
    set_apart = above is None or _gap(text, above, block)
    if _NUMBER.match(line) and set_apart:
        return True
    return set_apart and not line.endswith(":") and ": " not in line and _is_prose(below.span.of(text)[:400])


def _is_kind_of_section(line: str) -> bool:
    """Whether a line names a kind of section and little else: "Indicators of compromise", "5. References"."""
    words = heading_words(line)
    if not words or not (words[0].isupper() or line[0].isdigit()):
        return False
    return kind_of_heading(words) is not None and (len(words.split()) <= 6 or _APPENDIX.match(words) is not None)


def _gap(text: str, above: Block, block: Block) -> bool:
    return text.count("\n", above.span.end, block.span.start) > 1


def _is_prose(line: str) -> bool:
    return len(line.split()) >= 10


def _level(line: str) -> int:
    """Return the level of an unmarked heading: 1 for "5. References", 2 for "5.1 Papers", 2 without a number."""
    number = _LEVELS.match(line)
    if number:
        return number[0].count(".") + 1
    return 1 if _APPENDIX.match(line) or line.isupper() else 2
