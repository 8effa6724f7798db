"""Reads a feed or a list of feeds from its bytes, whatever is broken in it. Untrusted: run it in a child process."""

import json
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from incidex.errors import UnreadableSource
from incidex.ingest.decode import decode
from incidex.ingest.feeds.items import Feed, Item, Written, clean_link, read_item
from incidex.ingest.feeds.kinds import feed_kind
from incidex.ingest.load import Raw

# Feeds have ten to a few hundred items, and lists some hundred feeds.
_MOST_ITEMS, _MOST_LISTED = 2_000, 5_000


def read_feed(raw: Raw) -> Feed:
    """
    Return the articles of an RSS, Atom, RDF or JSON feed, or the feeds of an OPML list.

    Links count from the address of the feed if it is one.

    Raises:
        UnreadableSource: It is none of these, or so damaged that nothing was found in it.
    """
    kind = feed_kind(raw)
    if kind is None:
        raise UnreadableSource(f"{raw.name} is not a feed (RSS, Atom, RDF, JSON Feed) or a list of feeds (OPML).")
    try:
        return _READERS[kind](raw)
    except UnreadableSource:
        raise
    except Exception as error:  # noqa: BLE001 - feedparser raises whatever its parsers do on odd input
        raise UnreadableSource(_damaged(raw, type(error).__name__)) from error


def _damaged(raw: Raw, reason: str) -> str:
    return f"{raw.name} is a damaged feed: {reason}.\nOpen it in a browser: if it looks right there, please report it."


def _xml(raw: Raw) -> Feed:
    """Read RSS, Atom and RDF. An error in the XML is no error while items are found."""
    import feedparser

    headers = {"content-location": _base(raw)}
    if raw.media_type:
        headers["content-type"] = f"{raw.media_type}; charset={raw.charset}" if raw.charset else raw.media_type
    # Links within texts and harmful markup do not matter: only words are taken.
    parsed = feedparser.parse(
        BytesIO(raw.content), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
    )
    if not parsed.get("version") and not parsed.entries:
        raise UnreadableSource(_damaged(raw, "no items were found"))
    if not parsed.entries and parsed.get("bozo"):
        raise UnreadableSource(_damaged(raw, str(parsed.get("bozo_exception", "it breaks off"))[:200]))
    about = parsed.feed
    site = str(about.get("title") or "")
    return _feed(raw, site, parsed.entries, _of_entry, minutes=_number(about.get("ttl")))


def _of_entry(entry: Any) -> Written:
    contents = [str(one.get("value") or "") for one in entry.get("content") or ()]
    return Written(
        id=str(entry.get("id") or ""),
        link=str(entry.get("feedburner_origlink") or entry.get("link") or ""),
        title=str(entry.get("title") or ""),
        content=max(contents, key=len, default=""),
        summary=str(entry.get("summary") or ""),
        author=str(entry.get("author") or ""),
        # Without a date of publication, feedparser would give that of the update, with a warning.
        published=str(entry.get("published") or entry.get("updated") or ""),
        publisher=str((entry.get("source") or {}).get("title") or ""),
    )


def _json(raw: Raw) -> Feed:
    text = decode(raw.content, name=raw.name, declared=raw.charset).text
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(_damaged(raw, f"it is not valid JSON ({error})")) from error
    items = content.get("items")
    if not isinstance(items, list):
        raise UnreadableSource(_damaged(raw, 'it has no list "items"'))
    return _feed(raw, _text(content, "title"), [one for one in items if isinstance(one, dict)], _of_json)


def _of_json(item: dict[str, Any]) -> Written:
    authors = item.get("authors") or [item.get("author")]
    names = [_text(one, "name") for one in authors if isinstance(one, dict)] if isinstance(authors, list) else []
    return Written(
        id=str(item.get("id") or ""),
        link=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        content=_text(item, "content_html") or _text(item, "content_text"),
        summary=_text(item, "summary"),
        author=", ".join(filter(None, names)),
        published=_text(item, "date_published") or _text(item, "date_modified"),
    )


def _opml(raw: Raw) -> Feed:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    tree = etree.fromstring(raw.content, parser=parser)
    if tree is None:
        raise UnreadableSource(_damaged(raw, "it is not XML"))
    found = [one.get("xmlUrl") or one.get("xmlurl") or "" for one in tree.iter("outline", "Outline")]
    listed = dict.fromkeys(filter(None, (clean_link(one, _base(raw)) for one in found[:_MOST_LISTED])))
    if not listed:
        raise UnreadableSource(f"{raw.name} is a list of feeds (OPML) without the address of a feed.")
    return Feed(title=str(tree.findtext("head/title") or ""), listed=tuple(listed))


def _feed(
    raw: Raw, site: str, entries: Iterable[Any], written: Callable[[Any], Written], *, minutes: float | None = None
) -> Feed:
    listed = list(entries)
    read = [read_item(written(one), base=_base(raw), site=site) for one in listed[:_MOST_ITEMS]]
    items: list[Item] = [one for one in read if one is not None]
    return Feed(
        title=" ".join(site.split()),
        items=tuple(items),
        minutes=minutes,
        empty=len(read) - len(items),
        left_out=max(0, len(listed) - _MOST_ITEMS),
    )


def _base(raw: Raw) -> str:
    return raw.source if raw.source.startswith(("http://", "https://")) else ""


def _text(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""


def _number(written: object) -> float | None:
    try:
        number = float(str(written))
    except ValueError:
        return None
    return number if 0 < number < 1_000_000 else None


_READERS: dict[str, Callable[[Raw], Feed]] = {"xml": _xml, "json": _json, "opml": _opml}
