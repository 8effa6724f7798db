"""The records of a feed as it was read, and how the markup of an item becomes a document."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from incidex.errors import UnreadableSource
from incidex.ingest.dates import published
from incidex.ingest.decode import replace_surrogates, unescape
from incidex.records import Document
from incidex.text.blocks.find import find_blocks

# An item with less text than this, in characters, is taken for a summary. What a feed calls content is believed to be
# the article earlier than what it calls a summary or description.
_WHOLE_SUMMARY, _WHOLE_CONTENT = 1_500, 150
# How a summary ends: "... [...]", "Continue reading", "Read more".
_CUT_OFF = re.compile(
    r"(?:\[?\s?(?:…|\.\.\.)\s?\]?"
    r"|\b(?:continue reading|read (?:more|on|the (?:full|rest)[\w ]{0,40})|more)\b[^.!?\n]{0,80})"
    r"\s*[»→>]*\s*\Z",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]{1,1000}>")
_SUMMARY = "The feed has only a summary of this article."


@dataclass(frozen=True, slots=True)
class Written:
    """
    An item as a feed has it.

    Attributes:
        id: What the feed calls it: `guid` or `id`; empty if nothing.
        link: The address of its page; empty if the feed gives none.
        title: Its headline, perhaps with markup.
        content: What the feed gives as the article, HTML or plain text.
        summary: What the feed gives as a summary, which in many feeds is the article.
        author: Who wrote it.
        published: The date as written.
        publisher: Where it was published, if that is not the site of the feed.
    """

    id: str = ""
    link: str = ""
    title: str = ""
    content: str = ""
    summary: str = ""
    author: str = ""
    published: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """
    An item of a feed, read.

    Attributes:
        id: As in `Written`. Feeds repeat, change and lose ids, so that nothing should rest on them.
        link: The absolute address of its page; empty if there is none.
        document: Its text with its metadata. The source is the link, or is empty.
        is_whole: Whether the text is that of the article and not a summary.
    """

    id: str
    link: str
    document: Document
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """
    A feed or a list of feeds.

    Attributes:
        title: Its name.
        items: Its articles, in the order of the feed.
        listed: Of a list of feeds: their addresses.
        minutes: How long it wants to be left alone (`ttl`); None if it does not say.
        empty: How many items have neither a text nor a title.
        left_out: How many items are beyond the most that are read.
    """

    title: str = ""
    items: tuple[Item, ...] = ()
    listed: tuple[str, ...] = ()
    minutes: float | None = None
    empty: int = 0
    left_out: int = 0


def read_item(written: Written, *, base: str, site: str) -> Item | None:
    """
    Return an item with the best text that the feed has of it; None if it has none.

    Args:
        written: The item.
        base: The address that links count from; empty for a file.
        site: The publisher of the feed.
    """
    link = clean_link(written.link, base)
    title = " ".join(_lines(written.title, "title")).strip()
    content, summary = _lines(written.content, "item"), _lines(written.summary, "item")
    is_whole = _is_whole(content, _WHOLE_CONTENT) or _is_whole(summary, _WHOLE_SUMMARY)
    lines = max(content, summary, key=_length)
    if title and (not lines or lines[0] != title):
        lines = [title, *lines]
    text = "\n\n".join(lines)
    if not text.strip():
        return None
    document = Document(
        text=text,
        blocks=find_blocks(text, title=title or None),
        source=link,
        format="html",
        title=title or None,
        published_at=published(written.published),
        publisher=_line(written.publisher or site) or None,
        author=_line(written.author) or None,
        warnings=() if is_whole else (_SUMMARY,),
    )
    return Item(written.id, link, document, is_whole)


def with_sources(items: Iterable[Item], place: str) -> tuple[Item, ...]:
    """
    Return the items, each once, with a source of its own: its link, or its place in the feed if others have that link.

    Args:
        items: The items of one feed.
        place: The path or address of the feed.
    """
    different = {(item.link, item.document.text): item for item in items}
    count = Counter(link for link, _ in different)
    return tuple(item if count[item.link] == 1 and item.link else _placed(item, place) for item in different.values())


def _placed(item: Item, place: str) -> Item:
    """Return an item whose source is the feed with a mark of its own, which does not change with its position."""
    mark = sha256(item.document.text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    document = replace(item.document, source=f"{place}#item-{mark}", link=item.link or None)
    return replace(item, document=document)


def clean_link(link: str, base: str) -> str:
    """Return an absolute http or https address without the marks of campaigns (`utm_source`); empty for all else."""
    try:
        parts = urlsplit(urljoin(base, link.strip()) if link.strip() else "")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return ""
        if "utm_" not in parts.query:
            return urlunsplit(parts)
        kept = [(name, value) for name, value in parse_qsl(parts.query, True) if not name.startswith("utm_")]
        return urlunsplit(parts._replace(query=urlencode(kept)))
    except ValueError:  # "https://[" is no address
        return ""


def _is_whole(lines: list[str], least: int) -> bool:
    return _length(lines) >= least and _CUT_OFF.search(lines[-1][-200:]) is None


def _lines(markup: str, name: str) -> list[str]:
    """Return the lines that a browser shows of a piece of HTML; the paragraphs of plain text."""
    from incidex.ingest.html_lines import shown_lines
    from incidex.ingest.html_tree import parse_html

    markup = replace_surrogates(markup).text
    if not _TAG.search(markup):
        return [line for line in map(unescape, markup.splitlines()) if line]
    try:
        tree, _ = parse_html(f"<div>{markup}</div>", name=name)
    except UnreadableSource:  # markup without text
        return []
    return [line.words for line in shown_lines(tree)] if tree is not None else []


def _line(text: str) -> str:
    return " ".join(_lines(text, "line"))[:300]


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))
