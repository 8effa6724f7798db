"""Reads HTML: extracts the article, its title and its metadata."""

import logging
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, cast

from incidex.errors import UnreadableSource
from incidex.ingest.decode import decode
from incidex.ingest.heads import Heads, find_heads
from incidex.ingest.html_fields import find_fields
from incidex.ingest.html_tree import parse_html
from incidex.ingest.load import Raw
from incidex.records import Document
from incidex.text.blocks.find import find_blocks

# An extraction shorter than this, in characters, is compared with others.
_SHORT = 250
# A table cell longer than this, in characters, contains sentences.
_LONGEST_CELL = 80
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})|<\?xml[^>]{0,100}encoding=[\"']([\w-]{1,40})",
    re.IGNORECASE,
)
_BLOCK_TAGS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p",
    "pre", "section", "table", "td", "th", "tr", "ul",
})  # fmt: skip


def read_html(raw: Raw) -> Document:
    """
    Return the article on the page: its extracted text with a blank line between paragraphs.

    The title is put in front if the extracted text lacks it. If no article is found, all visible text is used, with a
    warning.
    """
    decoded = decode(raw.content, name=raw.name, declared=raw.charset or _declared(raw.content))
    tree, json_ld = parse_html(decoded.text, name=raw.name)
    fields = find_fields(tree, json_ld)
    extracted, guessed = _extract(tree)
    lines, warning = _article_lines(tree, extracted)
    if not lines:
        raise UnreadableSource(
            f"{raw.name} is an HTML page without text; a script may load it.\n"
            "Open it in a browser and save the visible text to a file."
        )
    title, lines = _with_title(fields.title or guessed.title, lines)
    text = "\n\n".join(lines)
    blocks = find_blocks(text, title=title)
    seen = find_heads(text, blocks)
    return Document(
        text=text,
        blocks=blocks,
        source=raw.source,
        format="html",
        title=title or seen.title,
        published_at=fields.published_at or seen.published_at or guessed.published_at,
        publisher=fields.publisher or guessed.publisher or seen.publisher,
        author=fields.author or guessed.author or seen.author,
        warnings=decoded.warnings + ((warning,) if warning else ()),
    )


def _declared(content: bytes) -> str | None:
    match = _CHARSET.search(content, 0, 4096)
    return (match[1] or match[2]).decode("ascii") if match else None


def _extract(tree: Any) -> tuple[list[str], Heads]:
    """Return the lines and metadata of the article as trafilatura extracts them; there may be none."""
    bare_extraction = _extractor()
    # Its extensive date search falls back on the year of a copyright line.
    dates = {"original_date": True, "extensive_search": False}
    found: Any = bare_extraction(
        tree, favor_precision=True, include_comments=False, with_metadata=True, date_extraction_params=dates
    )
    lines = _lines(found)
    if _length(lines) < _SHORT:
        generous = _lines(bare_extraction(tree, favor_recall=True, include_comments=False))
        lines = max(lines, generous, key=_length)
    if found is None:
        return lines, Heads()
    return lines, Heads(title=found.title, published_at=found.date, publisher=found.sitename, author=found.author)


@cache
def _extractor() -> Callable[..., Any]:
    """Return trafilatura's function, with its log messages silenced unless logging is configured."""
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    return cast(Callable[..., Any], bare_extraction)


def _lines(found: Any) -> list[str]:
    """Return the lines of an extraction without the markup that trafilatura adds for lists and tables."""
    text = (found.text if found else None) or ""
    lines = (line for raw in text.splitlines() for line in (_cells(raw) if raw.startswith("|") else [raw]))
    return [line for line in (line.strip().removeprefix("- ") for line in lines) if line]


def _cells(row: str) -> list[str]:
    """Return a table row as one line, or one line per cell if the table is used for page layout."""
    if not any(map(str.isalnum, row)):
        return []
    cells = [cell for cell in map(str.strip, row.strip("| ").split("|")) if cell]
    return cells if max(map(len, cells)) > _LONGEST_CELL else [" | ".join(cells)]


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))


def _article_lines(tree: Any, extracted: list[str]) -> tuple[list[str], str | None]:
    """Return the extracted lines; all visible lines, with a warning, if hardly anything was extracted."""
    length = _length(extracted)
    if length >= _SHORT:
        return extracted, None
    visible = [line for line in (" ".join(line.split()) for line in "".join(_visible(tree)).split("\n")) if line]
    if _length(visible) <= 5 * length:
        return extracted, None
    return visible, "No article was found on the page; all its visible text was used."


def _visible(tree: Any) -> Iterator[str]:
    """Yield the visible text in order, with a line feed wherever a browser begins a new line."""
    from lxml.etree import iterwalk

    for event, element in iterwalk(tree, events=("start", "end")):
        if element.tag in ("head", "title"):
            continue
        if element.tag in _BLOCK_TAGS:
            yield "\n"
        words = element.text if event == "start" else element.tail
        # Browsers show a line feed in the source as a space.
        yield (words or "").replace("\n", " ")


def _with_title(title: str | None, lines: list[str]) -> tuple[str | None, list[str]]:
    """Put the title in front if the first lines lack it; prefer the form in the text if that is shorter."""
    if not title:
        return None, lines
    wanted = _plain(title)
    for line in lines[:10]:
        here = _plain(line)
        # "Headline - Example Times" as title of the page, "Headline" as heading of the article.
        if here and (here == wanted or (len(here) >= 15 and wanted.startswith(here))):
            return line, lines
    return title, [title, *lines]


def _plain(line: str) -> str:
    return "".join(filter(str.isalnum, line.casefold()))
