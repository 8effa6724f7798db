"""Finds title, date, publisher and author in the lines around an article that has no metadata."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from incidex.ingest.dates import published
from incidex.records import Block, BlockKind

# How many characters of a line, and how many blocks, are read. By-lines are short and near the top.
_LONGEST = 300
_BLOCKS = 60
# From this length on, in characters, a line is a paragraph, not a heading or a field.
_PARAGRAPH = 100
_FIELD = re.compile(
    r"(?i)(title|headline|date|published(?: on)?|release date|posted(?: on)?|authors?|source|publisher)\s*:\s*(\S.*)"
)
_SITE = re.compile(r"\s(?:\||::|»)\s+[^|]{2,40}$")
_FEWEST_WORDS = 3
# A headline that begins with its date: "2025-08-15 (Friday): ...".
_DATE_FIRST = 12
# "Source: Getty Images" is the credit of a picture.
_PICTURES = re.compile(
    r"(?i)\b(?:images?|photos?|pictures?|getty|shutterstock|i?stock|unsplash|pixabay|flickr|wikimedia)\b"
)
_DATE_FIELDS = ("date", "published", "published on", "release date", "posted", "posted on")
# "PARIS, May 6 (Agency) - ", "LONDON, May 6, 2017 (Agency) -- "
_DATELINE = re.compile(r"([A-Z][A-Z.'’-]+\b[^()\n]{0,80})\(([A-Z][\w .&'’/-]{1,40})\)\s{0,3}[-–—]")
# "CHICAGO, Jan. 9, 2026 — ", "AUSTIN, Texas, March 5, 2025 /Example Wire/ --", "Bergen (Agency) - 12 May 2026 - "
_NAME = r"[A-Z][\w.'’-]{1,20}"
_DATED = re.compile(
    rf"{_NAME}(?: {_NAME}){{0,3}}(?:, {_NAME}(?: {_NAME})?){{0,2}}(?: \(([A-Z][\w .&'’/-]{{1,40}})\))?,? ?"
    r"[-–—]{0,2} ?(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}) ?(?:[-–—]|/[A-Z])"
)
_BY = re.compile(
    r"(?i)\s*(?:(?:posted|written|published|reported|story|article|words?|text)\s+by|by|authors?\s*:)\s*:?\s+"
)
# What follows a name: a date, a job title, a newspaper.
_AFTER_NAME = re.compile(r"(?i)\s*(?:[|•·–—(<\[\d/]|,\s|\s-\s|\s(?:on|in|for|at|of|from)\s|\bupdated\b|\bpublished\b)")


@dataclass(frozen=True, slots=True)
class Heads:
    """The metadata in the lines around an article; None for what they lack."""

    title: str | None = None
    published_at: str | None = None
    publisher: str | None = None
    author: str | None = None


def find_heads(text: str, blocks: Sequence[Block]) -> Heads:
    """Return the metadata in title, by-line, date line and dateline ("PARIS, May 6 (Agency) -")."""
    # A menu of any length may stand above the headline.
    shown = (block for block in blocks if block.kind not in (BlockKind.BOILERPLATE, BlockKind.RELATED))
    lines = [(block.kind, _line(text, block)) for block in islice(shown, _BLOCKS)]
    fields = dict(_fields(lines))
    place, agency = _dateline(lines)
    return Heads(
        title=_first(without_site(line) for kind, line in lines if kind is BlockKind.TITLE)
        or fields.get("title")
        or fields.get("headline"),
        published_at=_first(published(written) for written in _dates(lines, fields, place)),
        publisher=fields.get("publisher") or fields.get("source") or agency,
        author=_author(lines) or fields.get("author") or fields.get("authors"),
    )


def without_site(title: str) -> str:
    """Return a title without the name of the site behind it: "Port hit by ransomware | Example Times"."""
    match = _SITE.search(title)
    return title[: match.start()] if match and len(title[: match.start()].split()) >= _FEWEST_WORDS else title


def _line(text: str, block: Block) -> str:
    """Return the text of a block: only the beginning of a paragraph, and nothing of other long blocks."""
    start, end = block.span.start, block.span.end
    whole = block.kind is BlockKind.BODY or end - start <= _LONGEST
    return " ".join(text[start : min(end, start + _LONGEST)].split()) if whole else ""


def _first(found: Iterator[str | None]) -> str | None:
    return next((value for value in found if value), None)


def _fields(lines: Sequence[tuple[BlockKind, str]]) -> Iterator[tuple[str, str]]:
    """Yield fields such as "Date: 6 May 2017" above the article, last first, so that the first one wins in a dict."""
    above = takewhile(lambda line: line[0] is not BlockKind.BODY or len(line[1]) < _PARAGRAPH, lines)
    for kind, line in reversed(list(above)):
        match = _FIELD.fullmatch(line) if kind is not BlockKind.CAPTION else None
        if match and "://" not in match[2] and not _PICTURES.search(match[2]):
            yield match[1].lower(), match[2].strip()


def _dates(lines: Sequence[tuple[BlockKind, str]], fields: dict[str, str], place: str) -> Iterator[str]:
    yield from (line for kind, line in lines if kind is BlockKind.DATE)
    yield from (fields[name] for name in _DATE_FIELDS if name in fields)
    yield from (line for kind, line in lines if kind is BlockKind.BYLINE)
    yield place
    yield from (line[:_DATE_FIRST] for kind, line in lines if kind is BlockKind.TITLE and line[:1].isdigit())


def _dateline(lines: Sequence[tuple[BlockKind, str]]) -> tuple[str, str | None]:
    """Return the dateline in the first lines of the article, and its agency."""
    body = [line for kind, line in lines if kind is BlockKind.BODY][:3]
    for line in body:
        if agency := _DATELINE.match(line):
            return (dated[0] if (dated := _DATED.match(line)) else agency[1]), agency[2].strip()
        if dated := _DATED.match(line):
            return dated[0], dated[1]
    return "", None


def _author(lines: Sequence[tuple[BlockKind, str]]) -> str | None:
    """Return the names in the first by-line, without "By", date and job title."""
    for line in (line for kind, line in lines if kind is BlockKind.BYLINE):
        by = _BY.match(line)
        if by is None and _FIELD.fullmatch(line):  # "Source: Harbour Post"
            continue
        names = line[by.end() :] if by else line
        end = _AFTER_NAME.search(names)
        name = (names[: end.start()] if end else names).strip(" ,;:.-")
        if name and (by or len(name.split()) > 1):
            return name
    return None
