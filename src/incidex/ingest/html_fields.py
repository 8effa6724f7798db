"""Reads the metadata of an HTML page: title, time of publication, publisher, author."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from incidex.ingest.dates import published
from incidex.ingest.decode import unescape
from incidex.ingest.heads import Heads

_DATE_NAMES = frozenset({
    "article:published_time", "article:published", "article.published", "og:published_time", "datepublished", "date",
    "pubdate", "publishdate", "publish-date", "published_time", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.created", "parsely-pub-date", "sailthru.date", "citation_date", "citation_publication_date",
    "cxenseparse:recs:publishtime",
})  # fmt: skip
_AUTHOR_NAMES = ("author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "citation_author")
_MODIFIED = ("modified", "updated", "revised", "lastmod", "last-modified")
_LAST_COMMA = re.compile(r",\s{0,200}([}\]])")
# JSON-LD nested deeper than this does not describe an article.
_DEEPEST = 12


def find_fields(tree: Any, json_ld: Sequence[str]) -> Heads:
    """
    Return the metadata in JSON-LD, meta tags and <time>, in this order of trust; None for what is missing.

    If one source has the day and another also the time of that day, the time is used.
    """
    articles = [node for text in json_ld for node in _articles(text)]
    meta = _meta(tree)
    return Heads(
        title=_first(
            [*(_words(article.get("headline")) for article in articles), meta.get("og:title"), _heading(tree)]
        ),
        published_at=_most_precise(published(written) for written in _dates(tree, articles, meta)),
        publisher=_first([meta.get("og:site_name"), *(_name_of(article.get("publisher")) for article in articles)]),
        author=_first(
            [*(_name_of(article.get("author")) for article in articles), *(meta.get(name) for name in _AUTHOR_NAMES)]
        ),
    )


def modified_days(tree: Any, json_ld: Sequence[str]) -> frozenset[str]:
    """Return the days on which the page says, out of sight, that it was changed: "2026-05-20"."""
    written = [_words(article.get("dateModified")) for text in json_ld for article in _articles(text)]
    written += [value for name, value in _meta(tree).items() if any(word in name for word in _MODIFIED)]
    written += [time.get("datetime") for time in tree.iter("time") if _is_of_update(time)]
    return frozenset(day[:10] for value in written if value and (day := published(value)))


def _is_of_update(time: Any) -> bool:
    names = f"{time.get('itemprop') or ''} {time.get('class') or ''}".lower()
    return any(word in names for word in _MODIFIED) and "publish" not in names


def _articles(text: str) -> list[dict[str, Any]]:
    try:
        # Some templates leave a comma behind the last field.
        content = json.loads(_LAST_COMMA.sub(r"\1", text), strict=False)
    except (ValueError, RecursionError):
        return []
    return [node for node in _nodes(content, _DEEPEST) if _is_article(node)]


def _nodes(content: Any, deepest: int) -> Iterator[dict[str, Any]]:
    """Yield every object in `content`, outermost first."""
    if deepest == 0:
        return
    if isinstance(content, dict):
        yield content
    for value in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
        yield from _nodes(value, deepest - 1)


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(
        isinstance(name, str) and name.endswith(("Article", "BlogPosting", "Report", "WebPage")) for name in names
    )


def _meta(tree: Any) -> dict[str, str]:
    """Return meta tags and `itemprop` fields by lower-case name; the first of each name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta", "time", "span", "div"):
        value = _words(element.get("content") or (element.get("datetime") if element.get("itemprop") else None))
        for name in (element.get("property"), element.get("name"), element.get("itemprop")):
            if name and value:
                found.setdefault(name.strip().lower(), value)
    return found


def _dates(tree: Any, articles: Iterable[dict[str, Any]], meta: dict[str, str]) -> Iterator[str]:
    yield from (date for article in articles if (date := _words(article.get("datePublished"))))
    yield from (value for name, value in meta.items() if name in _DATE_NAMES)
    times = [element for element in tree.iter("time") if element.get("datetime") and not _is_of_update(element)]
    # Teasers of other articles have dates too, so a date must be the only one or marked as the date of publication.
    marked = [
        time for time in times if time.get("pubdate") is not None or "publish" in (time.get("class") or "").lower()
    ]
    yield from (time.get("datetime") for time in marked or times[: len(times) == 1])


def _most_precise(dates: Iterable[str | None]) -> str | None:
    """Return the first date, with the time of another one on the same day."""
    found = [date for date in dates if date]
    return max((date for date in found if date.startswith(found[0][:10])), key=len, default=None)


def _heading(tree: Any) -> str | None:
    """Return the h1 of the page if there is just one, or else its title."""
    headings = [words for element in tree.iter("h1") if (words := _words("".join(element.itertext())))]
    titles = [words for element in tree.iter("title") if (words := _words("".join(element.itertext())))]
    return headings[0] if len(headings) == 1 else _first(titles)


def _name_of(value: Any) -> str | None:
    """Return the name or names of a JSON-LD author or publisher: a string, an object, or a list of these."""
    if isinstance(value, list):
        names = [name for item in value[:20] if not isinstance(item, list) and (name := _name_of(item))]
        return ", ".join(dict.fromkeys(names)) or None
    return _words(value.get("name")) if isinstance(value, dict) else _words(value)


def _words(value: Any) -> str | None:
    if not isinstance(value, str) or value.startswith(("http://", "https://")):
        return None
    return unescape(value[:1000].encode("utf-8", "replace").decode()) or None


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)
