"""Fetches feeds and pages politely: one at a time from each host, with pauses, robots.txt, and rest after errors."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Lock
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from incidex.errors import FetchError
from incidex.ingest.fetch import Page, StatusError, fetch, user_agent

if TYPE_CHECKING:
    from protego import Protego

LARGEST = 15_000_000
# In seconds: for a page in all, between two pages of one host, the longest that a host may wish for that.
_TOTAL, _PAUSE, _LONGEST_PAUSE = 30.0, 1.0, 30.0
# A host that failed so often in a row is left alone for a while, in seconds.
_MOST_FAILURES, _REST = 3, 600.0
# How long robots.txt is kept, in seconds, and how much of it is read.
_KEPT, _LARGEST_RULES = 86_400.0, 500_000


class Refused(FetchError):
    """A page that robots.txt asks programs not to fetch."""


class Client:
    """Fetches pages for several threads, never two of one host at a time."""

    def __init__(
        self, *, allow_private: bool = False, pause: float = _PAUSE, total: float = _TOTAL, stop: Event | None = None
    ) -> None:
        """
        Make a client.

        Args:
            allow_private: Whether to connect to private and loopback addresses.
            pause: Seconds between two pages of one host.
            total: The timeout for a page, in seconds.
            stop: Ends pauses, and lets nothing be fetched any more.
        """
        self._allow_private = allow_private
        self._pause = pause
        self._total = total
        self._stop = stop or Event()
        self._lock = Lock()
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    def feed(self, url: str, conditions: Mapping[str, str]) -> Page:
        """Return a feed, or an empty page with status 304. What a person names is not looked up in robots.txt."""
        with self._turn(url):
            return self._fetched(url, conditions=conditions, any_type=True)

    def page(self, url: str) -> Page:
        """
        Return the page of an item.

        Raises:
            Refused: robots.txt does not want it to be fetched.
            FetchError: It could not or must not be fetched, or its host has failed several times in a row.
        """
        with self._turn(url, rests=True) as host:
            rules = self._rules(url, host)
            agent = user_agent()
            if not rules.can_fetch(url, agent):
                raise Refused(f"{_shown(url)}: the robots.txt of the site asks programs not to fetch it.")
            host.pause = min(float(rules.crawl_delay(agent) or 0), _LONGEST_PAUSE)
            return self._fetched(url)

    @contextmanager
    def _turn(self, url: str, *, rests: bool = False) -> Iterator["_Host"]:
        with self._lock:
            host = self._hosts[urlsplit(url).netloc.lower()]
        with host.lock:
            if rests and host.failures >= _MOST_FAILURES and monotonic() < host.failed_at + _REST:
                raise FetchError(f"{urlsplit(url).hostname} has just failed several times.\nIt is tried again later.")
            self._stop.wait(max(0.0, host.done_at + max(self._pause, host.pause) - monotonic()))
            if self._stop.is_set():
                raise FetchError(f"{_shown(url)} was not fetched, since the program is ending.")
            try:
                yield host
            except Refused:
                raise
            except FetchError as error:
                # A page that is missing says nothing about its host.
                if not isinstance(error, StatusError) or error.status == 429 or error.status >= 500:
                    host.failures, host.failed_at = host.failures + 1, monotonic()
                raise
            else:
                host.failures = 0
            finally:
                host.done_at = monotonic()

    def _rules(self, url: str, host: "_Host") -> "Protego":
        """Return the rules in robots.txt: all is allowed if there is none, as RFC 9309 says."""
        from protego import Protego

        if host.rules is None or monotonic() > host.rules_at + _KEPT:
            parts = urlsplit(url)
            try:
                page = self._fetched(
                    f"{parts.scheme}://{parts.netloc}/robots.txt", any_type=True, largest=_LARGEST_RULES
                )
                text = page.content.decode("utf-8", "replace")
                host.rules_at = monotonic()
            except StatusError as error:
                text = "" if error.status < 500 else _NOTHING
                host.rules_at = monotonic() - (0 if error.status < 500 else _KEPT - _REST)
            host.rules = Protego.parse(text)
        return host.rules

    def _fetched(self, url: str, *, largest: int = LARGEST, **options: Any) -> Page:
        return fetch(url, allow_private=self._allow_private, total=self._total, largest=largest, **options)


# What robots.txt means while it cannot be had because of an error of the server.
_NOTHING = "User-agent: *\nDisallow: /"


class _Host:
    """What is remembered of a host; whoever changes it holds its lock."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.done_at = self.failed_at = self.rules_at = -1e9
        self.pause = 0.0
        self.failures = 0
        self.rules: Protego | None = None


def _shown(url: str) -> str:
    """Return an address for a message, without its query, which may hold secrets."""
    return url.partition("?")[0]
