"""Compares the lines that were extracted from a page with those that a browser shows: headings, glued paragraphs."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from incidex.records import Span
from incidex.text.blocks.furniture import ASKS_FOR_CONSENT, furniture_mark
from incidex.text.blocks.layout import Paragraph
from incidex.text.blocks.line_features import line_features

_BLOCK_TAGS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p",
    "pre", "section", "table", "td", "th", "tr", "ul",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Headings in these are not those of the article.
_AROUND = frozenset({"nav", "footer", "aside", "form"})
# How many lines further down the text below a lost heading may come, and within how many a line is looked for.
_BELOW, _VIEW = 2, 400
_FEWEST_WORDS = 10


class Shown(NamedTuple):
    """A line as a browser shows it, and its level if it is a heading of the article, otherwise 0."""

    words: str
    level: int

    @property
    def plain(self) -> str:
        """Its letters and digits, for comparison."""
        return plain(self.words)


def shown_lines(tree: Any) -> list[Shown]:
    """Return all lines of a page in order, whether they belong to the article or not."""
    found: list[Shown] = []
    parts: list[str] = []
    level = 0
    for piece, piece_level in _pieces(tree):
        if piece == "\n":
            # "#" and "¶" are links to the heading itself.
            words = " ".join("".join(parts).split()).strip("#¶ " if level else " ")
            if words:
                found.append(Shown(words, level))
            parts, level = [], piece_level
        else:
            parts.append(piece)
    return found


def plain(line: str) -> str:
    """Return the letters and digits of `line`, in lower case."""
    return "".join(filter(str.isalnum, line.casefold()))


def prose_length(lines: Sequence[str]) -> int:
    """Return how many characters the lines have that are sentences and no notices."""
    return sum(len(line) for line in lines if _is_prose(line))


def asks_for_consent(lines: Sequence[str]) -> bool:
    """Return whether one of the lines asks for consent to cookies."""
    marks = (furniture_mark(_features(line)) for line in lines if line)
    return any(mark is not None and mark.reason == ASKS_FOR_CONSENT for mark in marks)


def completed(extracted: Sequence[str], shown: Sequence[Shown]) -> tuple[list[str], dict[str, int]]:
    """
    Return the extracted lines with the headings that were lost put back and glued lines divided, and the headings.

    Returns:
        The lines; the level of each heading among them by its words.
    """
    lines: list[str] = []
    levels: dict[str, int] = {}
    at = 0
    for line in extracted:
        start = _place(plain(line), shown, at)
        if start is None:
            lines.append(line)
            continue
        heading = _lost_heading(shown, at, start, known=lines)
        if heading is not None:
            lines.append(heading.words)
            levels[heading.words] = heading.level
        parts, at = _divided(line, shown, start)
        lines += parts
        if len(parts) == 1 and shown[start].level and plain(line) == shown[start].plain:
            levels[line] = shown[start].level
    return lines, levels


def _pieces(tree: Any) -> Iterator[tuple[str, int]]:
    """Yield the text of a page in order, with a line feed and the level of a heading where a browser begins a line."""
    from lxml.etree import iterwalk

    level = around = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if tag in ("head", "title"):
            continue
        if tag in _AROUND:
            around += 1 if event == "start" else -1
        if tag in _HEADINGS:
            level = _HEADINGS[tag] if event == "start" and not around else 0
        if tag in _BLOCK_TAGS:
            yield "\n", level
        words = element.text if event == "start" else element.tail
        # Browsers show a line feed in the source as a space.
        yield (words or "").replace("\n", " "), 0
    yield "\n", 0


def _place(wanted: str, shown: Sequence[Shown], at: int) -> int | None:
    """Return the next place where the page shows a line, or the beginning of a line that was glued from several."""
    for index in range(at, min(len(shown), at + _VIEW)):
        here = shown[index].plain
        if here and (here == wanted or (len(here) > 3 and wanted.startswith(here))):
            return index
    return None


def _lost_heading(shown: Sequence[Shown], at: int, start: int, *, known: Sequence[str]) -> Shown | None:
    """Return a heading that the page shows right above the line at `start`, but the extraction left out."""
    for index in range(start - 1, max(at - 1, start - 1 - _BELOW, -1), -1):
        line = shown[index]
        if line.level > 1 and known and len(line.plain) > 3 and line.words not in known[-3:]:
            return line if furniture_mark(_features(line.words)) is None else None
    return None


def _divided(line: str, shown: Sequence[Shown], start: int) -> tuple[list[str], int]:
    """Return the lines of the page that `line` was glued from, and the place behind them; `line` if it was not."""
    wanted, index = plain(line), start
    parts: list[str] = []
    while wanted and index < len(shown) and shown[index].plain and wanted.startswith(shown[index].plain):
        wanted = wanted[len(shown[index].plain) :]
        parts.append(shown[index].words)
        index += 1
    is_glued = not wanted and len(parts) > 1 and "|" not in line and any(map(_is_prose, parts))
    return (parts if is_glued else [line]), max(index, start + 1)


def _is_prose(line: str) -> bool:
    if len(line.split()) < _FEWEST_WORDS:
        return False
    features = _features(line)
    return features.prose and furniture_mark(features) is None


def _features(line: str) -> Any:
    return line_features(line, Paragraph(Span(0, len(line)), gap=True, item=False))
