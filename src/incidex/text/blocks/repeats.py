"""Finds repeated lines: captions repeated with their credit, headlines, running heads of a PDF copy."""

import re
from collections import defaultdict
from collections.abc import Sequence

from incidex.records import BlockKind
from incidex.text.blocks.furniture import Mark
from incidex.text.blocks.line_features import LineFeatures
from incidex.text.blocks.page_sections import Found, Marks

# "Headline | Example Daily": the page title, with the name of the site after one of these.
_SITE = re.compile(r"\s+(?:[|·•»–—-]|::)\s+")
_CREDIT = re.compile(r"\s*(?:\([^()]{2,60}\)|\[[^\[\]]{2,60}\]|[|/–—-] ?[^|]{2,40})")
_NUMBER = re.compile(r"\d{1,4}")
# "Share" or "Severity: High" may occur ten times without one repeating another.
_FEWEST_WORDS = 4


def find_repeats(lines: Sequence[LineFeatures]) -> dict[int, int]:
    """Return the index of each repeated block with that of the first one, ignoring credits and the name of the site."""
    first: dict[str, int] = {}
    repeats: dict[int, int] = {}
    for index, line in enumerate(lines):
        if line.words < _FEWEST_WORDS:
            continue
        whole = line.plain
        earlier = first.get(whole)
        if earlier is not None:
            repeats[index] = earlier
        elif index and _is_with_credit(lines[index - 1], line):
            repeats[index] = index - 1
        first.setdefault(whole, index)
        if line.words <= 40 and (site := _SITE.search(line.plain)):
            first.setdefault(line.plain[: site.start()], index)
    return repeats


def repeated_captions(lines: Sequence[LineFeatures], marks: Marks, repeats: dict[int, int]) -> Found:
    """Mark lines repeated directly, perhaps with a credit, and lines that are the beginning of a later paragraph."""
    found: Found = {}
    headline = next((i for i, line in enumerate(lines) if marks[i] is None and line.words >= _FEWEST_WORDS), None)
    for index, earlier in repeats.items():
        a, b = lines[earlier], lines[index]
        if earlier == headline or index != earlier + 1 or a.words > 60 or a.item:
            continue
        if not a.ends or len(b.plain) > len(a.plain):
            found[earlier] = Mark(BlockKind.CAPTION, "a line given twice")
            found[index] = Mark(BlockKind.CAPTION, "repeats the line above")
    return found | _beginnings(lines, marks, headline)


def _beginnings(lines: Sequence[LineFeatures], marks: Marks, headline: int | None) -> Found:
    """Mark lines without a full stop that begin a later paragraph: captions taken from the article."""
    waiting: dict[str, list[int]] = defaultdict(list)
    found: Found = {}
    for index, line in enumerate(lines):
        if line.words < 8:
            continue
        key = " ".join(line.plain.split(" ", 6)[:6])
        for earlier in waiting.pop(key, ()) if line.ends else ():
            beginning = lines[earlier].plain.rstrip("'\" ")
            if line.words > lines[earlier].words + 3 and line.plain.startswith(beginning):
                found[earlier] = Mark(BlockKind.CAPTION, "beginning of a paragraph further down")
        if marks[index] is None and index != headline and line.headline_like:
            waiting[key].append(index)
    return found


def running_heads(lines: Sequence[LineFeatures], marks: Marks) -> Found:
    """Mark lines repeated with increasing page numbers, and lines with just an increasing number."""
    found: Found = {}
    numbers = [i for i, line in enumerate(lines) if _NUMBER.fullmatch(line.plain)]
    if _rises([int(lines[i].plain) for i in numbers]) and all(
        b - a > 2 for a, b in zip(numbers, numbers[1:], strict=False)
    ):
        found.update({i: Mark(BlockKind.BOILERPLATE, "page number") for i in numbers})
    groups: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if 3 <= line.words <= 14 and not line.ends and line.bare and not line.item and marks[index] is None:
            groups[line.bare].append(index)
    for bare, group in groups.items():
        if len(group) < 2:
            continue
        pages = [_page_of(lines[i], bare) for i in group]
        with_number = len(group) >= 3 and all(pages) and _rises([int(page) for page in pages])
        if with_number or all(_beside_page_number(i, found, marks) for i in group):
            found.update({i: Mark(BlockKind.BOILERPLATE, "running head") for i in group})
    return found


def _is_with_credit(a: LineFeatures, b: LineFeatures) -> bool:
    """Whether `b` is `a` followed by a credit such as "(Example Wire)"."""
    if a.words < _FEWEST_WORDS or a.words > 60 or not b.plain.startswith(a.plain):
        return False
    return _CREDIT.fullmatch(b.plain[len(a.plain) :]) is not None


def _rises(numbers: list[int]) -> bool:
    return len(numbers) >= 2 and all(a < b <= a + 2 for a, b in zip(numbers, numbers[1:], strict=False))


def _page_of(line: LineFeatures, bare: str) -> str:
    """Return the number at the end or the beginning of a line; empty if there is none."""
    around = line.plain.split(bare)
    tokens = [*line.plain[line.plain.find(bare) + len(bare) :].split(), *around[0].split()]
    return next((token for token in tokens if _NUMBER.fullmatch(token)), "")


def _beside_page_number(index: int, found: Found, marks: Marks) -> bool:
    def is_page(at: int) -> bool:
        mark = found.get(at) or (marks[at] if 0 <= at < len(marks) else None)
        return mark is not None and mark.reason == "page number"

    return is_page(index - 1) or is_page(index + 1)
