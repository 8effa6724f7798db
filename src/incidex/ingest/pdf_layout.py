"""Builds paragraphs from the printed lines of a PDF: joins hyphenated words and wrapped lines, finds running heads."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

# pdfium writes U+FFFE or U+0002 for a hyphen at the end of a line; U+00AD is a soft hyphen.
_DIVIDED = re.compile(r"([^\W_]*)[\ufffe\x02](?=\s*([^\W_]*))")
_AFTER_DIVIDED = re.compile(r"(?<=[^\W_])[\ufffe\x02]\s*(?=[^\W_])")
# What follows tells a divided domain, whose hyphen may be its own: "tarn-" / "update[.]example".
_IN_DOMAIN = re.compile(
    r"[\ufffe\x02]\s*[^\W_]{1,63}(?:-[^\W_]{1,63}){0,5}(?:\[\.\]|\[dot\]|\(\.\)|\.[a-z]{2,24}(?![^\W_]))"
)
_LAST_TOKEN = re.compile(r"(?<![^\s(,;:])(?:[cC][vV][eE]-\d{4}-\d{0,6}|[\da-fA-F.\[\]()]{1,127})$")
_FIRST_TOKEN = re.compile(r"[\da-fA-F.\[\]()]{1,127}(?=[\s,;:|)]|$)")
_CVE = re.compile(r"(?i)cve-\d{4}-\d{4,7}")
# How far before a value its kind may be said, in characters.
_SAID_BEFORE = 120
_HEX = re.compile(r"[\da-fA-F]{2,}")
_HASH_LENGTHS = (32, 40, 64, 128)
_SHA256 = re.compile(r"(?i)\bsha-?(?:2-)?256\b")
_ADDRESS = re.compile(r"\d{1,3}(?:(?:\.|\[\.\]|\(\.\))\d{1,3}){3}")
_BLANK_AFTER_DIVIDED = re.compile(r"(?<=[\ufffe\x02]) +")
_HYPHENATED = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_BULLET = re.compile(r"[•●▪■◦‣·*–—-]\s|\(?\d{1,2}[.)]\s|[a-z]\)\s")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*$")
_DIGITS = re.compile(r"\d+")
# Running heads are in this outer part of a page, and recur on this share of the pages, at least on two.
_EDGE = 0.15
_OFTEN = 0.4
# The distance of lines in a paragraph, in line heights, if the report does not show it.
_PITCH = 1.05


@dataclass(frozen=True, slots=True)
class Line:
    """
    A printed line of a page.

    Attributes:
        text: Its text.
        page: The number of its page, from 1.
        height: The height of the page in points.
        left, right, top, bottom: Its position, in points from the lower left corner of the page.
        size: The height of its type in points; 0 if its position is unknown.
    """

    text: str
    page: int
    height: float
    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0
    size: float = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading, the page where it begins, and whether it is a running head."""

    text: str
    page: int
    running: bool = False


@dataclass(frozen=True, slots=True)
class _Layout:
    """
    The layout of a report.

    Attributes:
        pitch: The distance of lines in a paragraph, in line heights.
        edges: The right edge of each column, in points from the left.
    """

    pitch: float
    edges: dict[tuple[int, int, int], float]


def find_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """
    Return the paragraphs of a report in the order of `lines`; running heads are separate paragraphs.

    A paragraph that continues on the next page or in the next column is joined.
    """
    lines = _with_whole_values(lines)
    running = _running_heads(lines)
    layout = _Layout(_usual_pitch(lines), _edges(lines))
    hyphenated = _hyphenated(lines)
    groups: list[list[Line]] = []
    current: list[Line] | None = None
    for line in lines:
        if _key(line) in running and _at_edge(line):
            groups.append([line])
        elif current is not None and _goes_on(current, line, layout):
            current.append(line)
        else:
            groups.append(current := [line])
    return [_paragraph(group, running, hyphenated) for group in groups]


def _paragraph(group: Sequence[Line], running: set[tuple[str, int]], hyphenated: set[str]) -> Paragraph:
    text = " ".join(" ".join(line.text for line in group).split())
    is_running = _key(group[0]) in running and _at_edge(group[0])
    return Paragraph(_whole_words(text, hyphenated), group[0].page, is_running)


def _with_whole_values(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with each hash, address or number that is divided at the end of one moved there as a whole."""
    whole: list[Line] = []
    for line in lines:
        before = whole[-2].text if len(whole) > 1 else ""
        rest = _rest_of_value(before, whole[-1].text, line.text) if whole else 0
        if rest:
            rest += len(line.text[rest:]) - len(line.text[rest:].lstrip(".,;:)"))
            whole[-1] = replace(whole[-1], text=whole[-1].text + line.text[:rest])
            line = replace(line, text=line.text[rest:].lstrip(" "))
        if line.text:
            whole.append(line)
    return whole


def _rest_of_value(before: str, above: str, below: str) -> int:
    """
    Return how many characters of a line belong to the value at the end of the line above; 0 if none do.

    Two hashes of 32 digits below each other are one of 64 only if the text before says SHA-256.
    """
    left, right = _LAST_TOKEN.search(above), _FIRST_TOKEN.match(below)
    if left is None or right is None:
        return 0
    first, second = left[0], right[0].rstrip(".")
    if first.lower().startswith("cve-"):
        return len(second) if _CVE.fullmatch(first + second) and not _CVE.fullmatch(first) else 0
    if _HEX.fullmatch(first) and _HEX.fullmatch(second) and len(first + second) in _HASH_LENGTHS:
        both_whole = len(first) in _HASH_LENGTHS and len(second) in _HASH_LENGTHS
        said = _SHA256.search(f"{before} {above}"[-_SAID_BEFORE:]) is not None
        return len(second) if said or not both_whole else 0
    divided = not _ADDRESS.fullmatch(first) and not _ADDRESS.fullmatch(second) and "." in first
    return len(second) if divided and _ADDRESS.fullmatch(first + second) else 0


def _running_heads(lines: Sequence[Line]) -> set[tuple[str, int]]:
    """Return the lines at the edge of pages that recur on many of them, ignoring page numbers."""
    pages: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for line in lines:
        if _at_edge(line):
            pages[_key(line)].add(line.page)
    enough = max(2, _OFTEN * max((line.page for line in lines), default=0))
    return {key for key, found in pages.items() if len(found) >= enough}


def _key(line: Line) -> tuple[str, int]:
    """Return what identifies a running head. The size distinguishes it from the title that it repeats."""
    return _DIGITS.sub("#", " ".join(line.text.split())), round(line.size)


def _at_edge(line: Line) -> bool:
    return line.size > 0 and not _EDGE * line.height < line.bottom < (1 - _EDGE) * line.height


def _usual_pitch(lines: Sequence[Line]) -> float:
    """Return the distance of lines in a paragraph: the lower quartile, as paragraphs are further apart."""
    steps = [_step(a, b) for a, b in pairwise(lines) if a.page == b.page and _same_size(a, b)]
    steps = sorted(step for step in steps if 0.8 < step < 3)
    return steps[len(steps) // 4] if steps else _PITCH


def _edges(lines: Sequence[Line]) -> dict[tuple[int, int, int], float]:
    edges: defaultdict[tuple[int, int, int], float] = defaultdict(float)
    for line in lines:
        edges[_column(line)] = max(edges[_column(line)], line.right)
    return edges


def _column(line: Line) -> tuple[int, int, int]:
    """Return page, size and rough left edge, which identify a column of text."""
    return line.page, round(line.size), round(line.left / (4 * line.size or 1))


def _step(a: Line, b: Line) -> float:
    """Return the distance of line `b` below line `a`, in line heights."""
    return (a.bottom - b.top) / b.size + 1 if b.size > 0 else 0


def _same_size(a: Line, b: Line) -> bool:
    return a.size > 0 and b.size > 0 and 0.87 < a.size / b.size < 1.15


def _goes_on(group: Sequence[Line], line: Line, layout: _Layout) -> bool:
    """Whether `line` is the next line of the paragraph."""
    last = group[-1]
    if _BULLET.match(line.text) or (last.size > 0 and line.size > 0 and not _same_size(last, line)):
        return False
    if _is_open(last.text, line.text):
        return True
    step = _step(last, line)
    if last.page != line.page or step < -0.5:  # the next page, or the top of the next column
        return False
    indented = _SENTENCE_END.search(last.text) and line.left > min(one.left for one in group[-9:]) + 0.8 * line.size
    return step < 1.3 * layout.pitch and not indented and not _had_room(last, line, layout)


def _is_open(text: str, after: str) -> bool:
    """Whether a sentence clearly continues in the next line."""
    return text[-1] in ",-\ufffe\x02\u00ad" or (not _SENTENCE_END.search(text) and after[0].islower())


def _had_room(last: Line, line: Line, layout: _Layout) -> bool:
    """Whether the first word of `line` would have fitted in the line before, which therefore ended on purpose."""
    word = len(line.text.split(maxsplit=1)[0]) + 1
    width = word * (line.right - line.left) / len(line.text)
    # The slack allows for words in wider type, such as file names and commands.
    return last.right + 1.3 * width + 2 * last.size < layout.edges.get(_column(last), 0)


def _hyphenated(lines: Sequence[Line]) -> set[str]:
    """Return the words that are hyphenated inside a line of the report."""
    return {word.lower() for line in lines for word in _HYPHENATED.findall(line.text)}


def _whole_words(text: str, hyphenated: set[str]) -> str:
    """Join divided words; keep the hyphen of "CVE-2017-0144" and of words with a hyphen elsewhere in the report."""

    def joined(match: re.Match[str]) -> str:
        left, right = match[1], match[2]
        keeps = (
            _IN_DOMAIN.match(match.string, match.end(1))
            or not left.isalpha()
            or not right[:1].islower()
            or left.isupper()
            or f"{left}-{right}".lower() in hyphenated
        )
        return f"{left}-" if keeps else f"{left}\ufffe"

    text = _BLANK_AFTER_DIVIDED.sub("", text.replace("\u00ad ", "").replace("\u00ad", ""))
    marked = _DIVIDED.sub(joined, text)
    return _AFTER_DIVIDED.sub("", marked).replace("\ufffe", "").replace("\x02", "")
