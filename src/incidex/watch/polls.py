"""Looks at what is watched: what is there now, without reading the items that are known already."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from incidex.errors import FetchError, InputError
from incidex.ingest.feeds.items import Item
from incidex.ingest.feeds.kinds import feed_kind
from incidex.ingest.fetch import Page
from incidex.ingest.load import Raw, load
from incidex.ingest.reader import Reader
from incidex.records import Document
from incidex.store.feeds import FeedState
from incidex.watch.polite import Client, Refused

_CONDITIONS = ("If-None-Match", "If-Modified-Since")
_WITHOUT_PAGE = "The page could not be had, so the summary in the feed was used: {reason}"


@dataclass(frozen=True, slots=True)
class Got:
    """
    The document of an item.

    Attributes:
        document: What was read.
        reason: What there is to know about it.
        is_done: Whether it is as good as it can be, so that it need not be read again.
    """

    document: Document
    reason: str = ""
    is_done: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """
    An item that is there now.

    Attributes:
        mark: A hash of its content, by which it is recognised.
        source: Its address or path.
        title: Its headline, if that is known before it is read.
        get: Reads it; called in another thread. Raises InputError if it cannot be read.
    """

    mark: str
    source: str
    title: str
    get: Callable[[], Got]


@dataclass(frozen=True, slots=True)
class Poll:
    """
    What is there now.

    Attributes:
        found: The items, the oldest first where that is known.
        title: The name of the feed.
        position: Where reading goes on, to be kept when all items are done; None to keep the present one.
        listed: Of a list of feeds: their addresses.
        minutes: The `ttl` of the feed.
        headers: The headers of the answer.
    """

    found: tuple[Found, ...] = ()
    title: str = ""
    position: dict[str, str] | None = None
    listed: tuple[str, ...] = ()
    minutes: float | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def poll_feed(state: FeedState, reader: Reader, client: Client, *, pages: bool) -> Poll:
    """
    Return what a feed has now.

    Args:
        state: The feed as it was.
        reader: Reads documents in child processes.
        client: Fetches feed and pages.
        pages: Whether the page of an item is fetched where the feed has a summary only.

    Raises:
        InputError: It cannot be fetched or read.
    """
    raw, page = _feed_of(state, client)
    if raw is None:
        return Poll(headers=page.headers if page else {})
    feed = reader.read_feed(raw)
    headers = page.headers if page else {}
    return Poll(
        # The oldest first: feeds begin with the newest.
        tuple(_item(one, reader, client, pages=pages) for one in reversed(feed.items)),
        title=feed.title,
        # Only now that it could be read: what a server sends with half a feed must not hide the other half.
        # A list is read anew each time, as what it lists is not kept.
        position=None if feed.listed else _position(raw, headers),
        listed=feed.listed,
        minutes=feed.minutes if page else None,
        headers=headers,
    )


def poll_folder(state: FeedState, reader: Reader) -> Poll:
    """Return the files in a folder. A file that has changed is another item, and a new revision of its document."""
    from incidex.ingest.expand import expand

    def found(path: str) -> Found | None:
        try:
            file = Path(path).stat()
        except OSError:  # it is gone again
            return None
        mark = mark_of(path, str(file.st_size), str(file.st_mtime_ns))
        return Found(mark, path, "", lambda: Got(reader.read(path)))

    if not Path(state.address).is_dir():
        raise InputError(f"{state.address} is no folder any more.\nCheck whether it was moved, or is not mounted.")
    paths = (path for path in expand([state.address]) if path != state.address)
    return Poll(tuple(one for path in paths if (one := found(path)) is not None))


def mark_of(*parts: str | bytes) -> str:
    """Return a hash of the content of an item."""
    whole = sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        whole.update(len(content).to_bytes(8))
        whole.update(content)
    return whole.hexdigest()[:32]


def _feed_of(state: FeedState, client: Client) -> tuple[Raw | None, Page | None]:
    """Return the bytes of a feed, or none if it has not changed, and the answer of its server."""
    position = state.position or {}
    if "://" not in state.address:
        raw = load(state.address)
        return (None if position.get("sha256") == mark_of(raw.content) else raw), None
    conditions = {name: value for name, value in position.items() if name in _CONDITIONS}
    page = client.feed(state.address, conditions)
    if page.status == 304:
        return None, page
    raw = Raw(page.content, state.address, page.media_type, page.charset)
    # Of servers that know no conditions.
    if feed_kind(raw) and position.get("sha256") == mark_of(raw.content):
        return None, page
    if not raw.content.strip():
        raise FetchError(f"{state.address} is empty.\nOpen it in a browser to see whether it has moved.")
    return raw, page


def _position(raw: Raw, headers: Mapping[str, str]) -> dict[str, str]:
    found = {"If-None-Match": headers.get("etag", ""), "If-Modified-Since": headers.get("last-modified", "")}
    return {**{name: value for name, value in found.items() if value}, "sha256": mark_of(raw.content)}


def _item(item: Item, reader: Reader, client: Client, *, pages: bool) -> Found:
    document = item.document

    def get() -> Got:
        if item.is_whole or not item.link or not pages:
            return Got(document)
        return _page(item, reader, client)

    # Ids of items repeat, change and vanish; what they say does not.
    return Found(mark_of(item.link, document.text), document.source, document.title or "", get)


def _page(item: Item, reader: Reader, client: Client) -> Got:
    """Return the page of an item, with what the feed knows about it; else the summary."""
    summary = item.document
    try:
        page = client.page(item.link)
        read = reader.read_bytes(Raw(page.content, item.link, page.media_type, page.charset))
    except Refused as error:
        return Got(summary, _WITHOUT_PAGE.format(reason=_first_line(error)))
    except InputError as error:
        return Got(summary, _WITHOUT_PAGE.format(reason=_first_line(error)), is_done=False)
    # Such as one that asks for a subscription.
    if len(read.text) < len(summary.text):
        return Got(summary, _WITHOUT_PAGE.format(reason="it has less text."))
    known: Iterable[tuple[str, str | None]] = (
        ("title", summary.title),
        ("published_at", summary.published_at),
        ("publisher", summary.publisher),
        ("author", summary.author),
    )
    missing = {name: value for name, value in known if not getattr(read, name)}
    return Got(replace(read, **missing, source=summary.source, link=summary.link))  # type: ignore[arg-type]


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
