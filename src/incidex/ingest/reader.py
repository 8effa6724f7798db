"""Reads sources that nobody vouches for: all but short plain texts are opened in child processes, within limits."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from incidex.errors import IncidexError, UnreadableSource
from incidex.ingest.decode import replace_surrogates
from incidex.ingest.ends import with_end
from incidex.ingest.feeds.items import Feed, with_sources
from incidex.ingest.kind import kind_of
from incidex.ingest.language import with_language
from incidex.ingest.load import Raw, load
from incidex.ingest.read import read_raw
from incidex.records import Document
from incidex.workers.limits import Limits
from incidex.workers.pool import Pool
from incidex.workers.worker import Failure, Reason

# Only our own linear patterns and the standard library work on these kinds.
_HARMLESS = frozenset({"text", "casie"})
# In bytes. It takes a tenth of a second to read as much text, whatever it is.
_SHORT = 200_000
# What answers in a child process.
ANSWER = f"{__name__}:answer"
_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class _Request:
    """A `Raw`, for a child, and whether it is a feed. A file name that is not UTF-8 is no text that can be sent."""

    content: bytes
    source: bytes
    media_type: str
    charset: str | None
    is_feed: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    """A document without its source, or a feed, and what libraries logged: (level, logger, message)."""

    logged: tuple[tuple[int, str, str], ...]
    document: Document | None = None
    feed: Feed | None = None


class Reader:
    """
    Reads sources as `incidex.read` does, but within limits, and so that nothing in a source can end this process.

    Thread-safe: with several threads, several sources are read at once. Use it as a context manager, or close it.
    """

    def __init__(self, limits: Limits | None = None, *, allow_private: bool = False, pool: Pool | None = None) -> None:
        """
        Make a reader. Child processes are started when they are first needed, and stay.

        Args:
            limits: What reading a source may cost, fetching it from a URL aside.
            allow_private: Whether a URL may lead to a private or loopback address.
            pool: Use this pool, made for `ANSWER`, and its limits. The reader closes it.
        """
        self._pool = pool or Pool(ANSWER, limits=limits)
        self._allow_private = allow_private

    def __enter__(self) -> Self:
        """Return the reader."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the reader."""
        self.close()

    def close(self) -> None:
        """End the child processes."""
        self._pool.close()

    def read(self, source: str) -> Document:
        """
        Return the document in `source`: a path, a URL, or "-" for standard input.

        Raises:
            UnreadableSource: It cannot be read: it is missing, empty, damaged, protected or too large, or reading it
                takes too long, too much memory, or crashes.
            FetchError: The URL could not or must not be fetched.
        """
        return self.read_bytes(load(source, allow_private=self._allow_private))

    def read_bytes(self, raw: Raw) -> Document:
        """Return the document in the bytes of a source. Raises UnreadableSource as `read` does."""
        return _finished(read_raw(raw) if _is_harmless(raw) else self._apart(raw))

    def read_feed(self, raw: Raw) -> Feed:
        """Return the feed, or list of feeds, in the bytes of a source. Raises UnreadableSource as `read` does."""
        feed = self._asked(raw, is_feed=True).feed
        if feed is None:
            raise _unreadable(raw.name, Failure(Reason.CRASH, "it gave no feed"), self._pool.limits)
        items = (replace(one, document=_finished(one.document)) for one in feed.items)
        return replace(feed, items=with_sources(items, raw.source))

    def _apart(self, raw: Raw) -> Document:
        """Return the document that a child process finds in `raw`."""
        document = self._asked(raw).document
        if document is None:
            raise _unreadable(raw.name, Failure(Reason.CRASH, "it gave no document"), self._pool.limits)
        return replace(document, source=raw.source)

    def _asked(self, raw: Raw, *, is_feed: bool = False) -> _Answer:
        from msgspec import ValidationError
        from msgspec.msgpack import decode, encode

        source = raw.source.encode("utf-8", "surrogatepass")
        try:
            found = self._pool.ask(encode(_Request(raw.content, source, raw.media_type, raw.charset, is_feed)))
            answer = decode(found, type=_Answer)
        except Failure as failure:
            if failure.trace:
                _log.warning("%s: %s", raw.name, failure.trace)
            raise _unreadable(raw.name, failure, self._pool.limits) from failure
        except ValidationError as error:
            raise _unreadable(raw.name, Failure(Reason.CRASH, str(error)), self._pool.limits) from error
        for level, name, message in answer.logged:
            logging.getLogger(name).log(level, "%s", message)
        return answer


def answer(request: bytes) -> bytes:
    """Read what a parent process sends. This runs in a child process."""
    from msgspec.msgpack import decode, encode

    asked = decode(request, type=_Request)
    raw = Raw(asked.content, asked.source.decode("utf-8", "surrogatepass"), asked.media_type, asked.charset)
    with _kept() as logged:
        if asked.is_feed:
            feed = _read_feed(raw)
            return encode(_Answer(tuple(logged), feed=feed))
        document = read_raw(raw)
    return encode(_Answer(tuple(logged), replace(_sendable(document), source="")))


def _read_feed(raw: Raw) -> Feed:
    from incidex.ingest.feeds.read import read_feed

    feed = read_feed(raw)
    return replace(feed, items=tuple(replace(one, document=_sendable(one.document)) for one in feed.items))


def _finished(document: Document) -> Document:
    return with_language(with_end(document))


def _is_harmless(raw: Raw) -> bool:
    """Whether `raw` is a short plain text; raise UnreadableSource if it is of a kind that is not read."""
    return len(raw.content) <= _SHORT and kind_of(raw) in _HARMLESS


def _sendable(document: Document) -> Document:
    """Return `document` without lone surrogates, which a page may have in its metadata."""

    def clean(text: str | None) -> str | None:
        return text and replace_surrogates(text).text

    return replace(
        document,
        title=clean(document.title),
        published_at=clean(document.published_at),
        publisher=clean(document.publisher),
        author=clean(document.author),
        warnings=tuple(replace_surrogates(warning).text for warning in document.warnings),
    )


@contextmanager
def _kept() -> Iterator[list[tuple[int, str, str]]]:
    """Collect the warnings that libraries log meanwhile."""
    handler = _Kept(logging.WARNING)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield handler.kept
    finally:
        root.removeHandler(handler)


class _Kept(logging.Handler):
    """Keeps records as (level, logger, message)."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.kept: list[tuple[int, str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append((record.levelno, record.name, record.getMessage()))


def _unreadable(name: str, failure: Failure, limits: Limits) -> IncidexError:
    """Return what a user should know about a source that gave no document."""
    if failure.reason is Reason.START:
        return IncidexError(
            f"No process could be started to read {name}: {failure.detail}.\n"
            "Allow more with --memory, or see what limits your system sets."
        )
    return UnreadableSource(f"{name} {_reason(failure, limits)}")


def _reason(failure: Failure, limits: Limits) -> str:
    other_form = "save its text to a file and use that"
    if failure.reason is Reason.TIME:
        return f"took more than {limits.seconds:g} seconds to read.\nAllow more with --timeout, or {other_form}."
    if failure.reason is Reason.MEMORY:
        return f"takes more than {limits.megabytes} MB of memory to read.\nAllow more with --memory, or {other_form}."
    if failure.reason is Reason.CRASH:
        return (
            f"is damaged, or takes more than {limits.megabytes} MB of memory to read: "
            f"what reads it crashed ({failure.detail}).\n"
            f"Open it in another program and {other_form}."
        )
    return (
        f"cannot be read: {failure.detail}.\nS{other_form[1:]}. This is a defect of Incidex: please report it, "
        "with the file if you may."
    )
