"""Takes feeds among the sources of a command apart: each item is a source of its own."""

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING

from incidex.cli.support.console import Console
from incidex.cli.support.options import Job
from incidex.cli.support.sources import expand_sources
from incidex.errors import InputError

if TYPE_CHECKING:
    from incidex.ingest.feeds.items import Feed
    from incidex.ingest.load import Raw
    from incidex.ingest.reader import Reader
    from incidex.records import Document

    # What is known of a source before it is read: an item of a feed, a page that was taken for a feed, or an error.
    Known = Document | Raw | InputError


def open_items(sources: Sequence[str], reader: "Reader", job: Job, console: Console) -> "ItemReader":
    """Return what reads the single sources, with folders walked and feeds taken apart unless lines are sentences."""
    found = expand_sources(sources, console, follow_links=job.reading.follow_links)
    return ItemReader(found, reader, console, allow_private=job.reading.allow_private, apart=not job.presplit)


class ItemReader:
    """
    Reads sources as `Reader` does, and the items of feeds.

    Attributes:
        sources: What to read: the items in place of their feeds.
    """

    def __init__(
        self, sources: Sequence[str], reader: "Reader", console: Console, *, allow_private: bool, apart: bool = True
    ) -> None:
        """Open the feeds among `sources`, in child processes, unless `apart` is off; nothing else is opened yet."""
        self._reader = reader
        self._console = console
        self._allow_private = allow_private
        self._known: dict[str, deque[Known]] = {}
        self.sources = tuple(one for source in sources for one in self._unpacked(source)) if apart else tuple(sources)

    def read(self, source: str) -> "Document":
        """Return the document in `source`. Raises as `Reader.read` does."""
        from incidex.ingest.load import Raw

        waiting = self._known.get(source)
        known = waiting.popleft() if waiting else None
        if isinstance(known, InputError):
            raise known
        if known is None:
            return self._reader.read(source)
        return self._reader.read_bytes(known) if isinstance(known, Raw) else known

    def _unpacked(self, source: str) -> Iterator[str]:
        """Yield the items of a feed, and of the feeds in a list; yield all else as it is."""
        from incidex.ingest.feeds.kinds import is_feed_file, may_be_feed
        from incidex.ingest.load import is_url

        if not may_be_feed(source) or not (is_url(source) or is_feed_file(source)):
            yield source
            return
        for listed in (yield from self._items(source)):
            yield from self._items(listed)

    def _items(self, source: str) -> Generator[str, None, tuple[str, ...]]:
        """Yield the items of a feed, and return the addresses of other feeds if it is a list of these."""
        from incidex.ingest.feeds.kinds import feed_kind
        from incidex.ingest.load import load

        try:
            raw = load(source, allow_private=self._allow_private)
            if feed_kind(raw) is None:
                yield self._kept(source, raw)
                return ()
            feed = self._reader.read_feed(raw)
        except InputError as error:
            yield self._kept(source, error)
            return ()
        self._tell(source, feed)
        for item in feed.items:
            yield self._kept(item.document.source, item.document)
        return feed.listed

    def _kept(self, source: str, known: "Known") -> str:
        # Two feeds may have an item in common.
        self._known.setdefault(source, deque()).append(known)
        return source

    def _tell(self, source: str, feed: "Feed") -> None:
        self._console.detail(f"{source} is a feed with {len(feed.items)} items and {len(feed.listed)} feeds")
        if feed.empty:
            self._console.message("note", f"{source}: {feed.empty} items without any text are left out.")
        if feed.left_out:
            self._console.message("warning", f"{source}: its last {feed.left_out} items are too many to be read.")
