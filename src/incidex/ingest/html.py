"""Reads HTML: extracts the article, its title and its metadata."""

import logging
import re
from collections.abc import Callable, Collection, Sequence
from functools import cache
from itertools import islice
from typing import Any, cast

from incidex.errors import UnreadableSource
from incidex.ingest.dates import published, updated
from incidex.ingest.decode import decode
from incidex.ingest.heads import Heads, find_heads, without_site
from incidex.ingest.html_fields import find_fields, modified_days
from incidex.ingest.html_lines import Shown, asks_for_consent, completed, plain, prose_length, shown_lines
from incidex.ingest.html_tree import parse_html
from incidex.ingest.load import Raw
from incidex.records import Document
from incidex.text.blocks.find import find_blocks

# An extraction shorter than this, in characters, is compared with others.
_SHORT = 250
# The extraction of a page with more paragraphs, cells and the like is compared with no other, which would take time by
# the square of their number where they are short: ten seconds for 8,000 small tables.
_MOST_COMPARED = 2_000
_PARAGRAPHS = (
    "p", "div", "td", "th", "tr", "table", "caption", "col", "li", "ul", "dl", "dt", "dd", "pre", "br", "blockquote",
    "h1", "h2", "h3", "h4", "h5", "h6", "form", "fieldset", "legend", "option", "optgroup", "textarea", "center",
)  # fmt: skip
# A table cell longer than this, in characters, contains sentences.
_LONGEST_CELL = 80
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})|<\?xml[^>]{0,100}encoding=[\"']([\w-]{1,40})",
    re.IGNORECASE,
)
# Of a page with less text than this in its article, in characters, what it shows without scripts is compared.
_FEWEST_PROSE = 100
# A page of many lines of one or two words is a menu or an archive.
_MENU_LINES, _MENU_WORDS = 20, 2
# How many lines of a page are searched for its date, and how many characters such a line has.
_TOP, _LONGEST_DATE_LINE = 80, 120
_NO_ARTICLE = "No article was found on the page; all its visible text was used."
_ONLY_MENUS = "No article was found on the page, only lists of short lines; a script may load it."


def read_html(raw: Raw) -> Document:
    """
    Return the article on the page: its extracted text with a blank line between paragraphs.

    The title is put in front if the extracted text lacks it. If no article is found, all visible text is used, with a
    warning.
    """
    decoded = decode(raw.content, name=raw.name, declared=raw.charset or _declared(raw.content))
    tree, json_ld = parse_html(decoded.text, name=raw.name)
    fields = find_fields(tree, json_ld)
    shown = shown_lines(tree)
    extracted, guessed = _extract(tree)
    if prose_length(extracted) < _FEWEST_PROSE or asks_for_consent(extracted):
        extracted, shown = _without_scripts(decoded.text, raw.name, extracted, shown)
    lines, warning = _article_lines(shown, extracted)
    if not lines:
        raise UnreadableSource(
            f"{raw.name} is an HTML page without text; a script may load it.\n"
            "Open it in a browser and save the visible text to a file."
        )
    lines, levels = completed(lines, shown)
    title, lines = _with_title(without_site(fields.title or guessed.title or ""), lines)
    text = "\n\n".join(lines)
    blocks = find_blocks(text, title=title, headings=levels)
    seen = find_heads(text, blocks)
    return Document(
        text=text,
        blocks=blocks,
        source=raw.source,
        format="html",
        title=title or seen.title,
        published_at=fields.published_at or seen.published_at or _date(shown, guessed, modified_days(tree, json_ld)),
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
    # trafilatura compares its extraction with those of readability and jusText unless it is told to be fast.
    fast = sum(1 for _ in islice(tree.iter(*_PARAGRAPHS), _MOST_COMPARED + 1)) > _MOST_COMPARED
    # Its extensive date search falls back on the year of a copyright line.
    dates = {"original_date": True, "extensive_search": False}
    found: Any = bare_extraction(
        tree, fast=fast, favor_precision=True, include_comments=False, with_metadata=True, date_extraction_params=dates
    )
    lines = _lines(found)
    if _length(lines) < _SHORT:
        generous = _lines(bare_extraction(tree, fast=fast, favor_recall=True, include_comments=False))
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


def _without_scripts(html: str, name: str, extracted: list[str], shown: list[Shown]) -> tuple[list[str], list[Shown]]:
    """Return what a browser without scripts shows, and text beside the main text, if there is an article in it."""
    tree, _ = parse_html(html, name=name, without_scripts=True)
    others, all_shown = _extract(tree)[0], shown_lines(tree)
    everything = [line.words for line in all_shown]
    best = max(extracted, others, key=prose_length)
    if prose_length(best) == 0:
        best = max(best, [line for line in everything if prose_length([line])], key=prose_length)
    return (best, all_shown) if prose_length(best) > prose_length(extracted) else (extracted, shown)


def _article_lines(shown: Sequence[Shown], extracted: list[str]) -> tuple[list[str], str | None]:
    """Return the extracted lines; all visible lines, with a warning, if hardly anything was extracted."""
    length = _length(extracted)
    visible = [line.words for line in shown]
    if length < _SHORT and _length(visible) > 5 * length:
        return visible, _NO_ARTICLE
    is_menu = len(extracted) >= _MENU_LINES and prose_length(extracted) == 0
    short = sum(len(line.split()) <= _MENU_WORDS for line in extracted)
    return extracted, _ONLY_MENUS if is_menu and 3 * short > 2 * len(extracted) else None


def _date(shown: Sequence[Shown], guessed: Heads, modified: Collection[str]) -> str | None:
    """Return the date that a line near the top says the page was published on, or the guess if that is no update."""
    top = [line.words for line in shown[:_TOP] if len(line.words) <= _LONGEST_DATE_LINE]
    said = (published(line) for line in top if any(word in line.lower() for word in ("publish", "posted")))
    if date := next(filter(None, said), None):
        return date
    changed = {*modified, *(day for line in top for day in updated(line))}
    return None if guessed.published_at in changed else guessed.published_at


def _with_title(title: str, lines: list[str]) -> tuple[str | None, list[str]]:
    """Put the title in front if the first lines lack it; prefer the form in the text if that is shorter."""
    if not title:
        return None, lines
    wanted = plain(title)
    for line in lines[:10]:
        here = plain(line)
        # "Headline - Example Times" as title of the page, "Headline" as heading of the article.
        if here and (here == wanted or (len(here) >= 15 and wanted.startswith(here))):
            return line, lines
    return title, [title, *lines]
