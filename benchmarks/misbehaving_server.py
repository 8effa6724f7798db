"""A web site on the loopback address whose feeds do everything wrong that feeds do: for tests and `watch_soak.py`."""

import gzip
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

# The feeds, and whether their items have to arrive.
GOOD = ("grow", "summaries", "flip", "shared", "vanish", "busy", "later", "errors", "type", "entities", "latin", "half")
BAD = ("slow", "cut", "picture", "endless", "bomb", "loop", "broken", "away", "html", "empty")
FEEDS = tuple(f"/{name}.xml" for name in GOOD + BAD)

_Numbers = range | list[int]
_CHUNK = b"<item><title>More and more</title></item>" * 500


class Site:
    """
    What the server remembers.

    Attributes:
        requests: How often each path was asked for.
        most_at_once: The most requests that were answered at the same time, robots.txt aside.
        delivered: The titles of items in whole answers of the good feeds, which have to arrive.
        unchanged: How often 304 was the answer.
        agents: Under which names clients came.
    """

    def __init__(self, *, drip: float = 0.2) -> None:
        """Begin; `drip` is the time between two bytes of a slow answer, in seconds."""
        _bomb()  # packing it takes a while
        self.requests: Counter[str] = Counter()
        self.most_at_once = 0
        self.delivered: set[str] = set()
        self.unchanged = 0
        self.agents: set[str] = set()
        self.drip = drip
        self.now = 0
        self.lock = threading.Lock()

    def deliver(self, titles: list[str]) -> None:
        """Remember the titles of items that a client has got."""
        with self.lock:
            self.delivered.update(titles)


def title_of(feed: str, number: int) -> str:
    """Return the headline of an item, which no other item has."""
    return f"Thieves stole files of {feed.capitalize()} Works number {number}"


def text_of(feed: str, number: int) -> str:
    """Return the article of an item."""
    return (
        f"{feed.capitalize()} Works {number} said on Tuesday that thieves stole the files of {number + 2} customers. "
        f"The company of branch {number} has told the police of district {number}, and it is sorry for what happened. "
        f"Its customers were told by letter {number}, and the attackers have not been named."
    )


@contextmanager
def serving(site: Site) -> Iterator[str]:
    """Serve `site` and return its address."""
    handler = type("Handler", (_Handler,), {"site": site})
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Keep quiet where a client has gone away."""


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        """Answer with what the path is called after."""
        site, path = self.site, self.path.partition("?")[0]
        with site.lock:
            site.requests[path] += 1
            site.now += 1
            site.most_at_once = max(site.most_at_once, site.now)
            site.agents.add(self.headers.get("User-Agent", ""))
        try:
            if path.startswith("/page/"):
                self._page(path)
            else:
                getattr(self, f"_{path.strip('/').removesuffix('.xml').replace('.', '_')}", self._missing)()
        finally:
            with site.lock:
                site.now -= 1

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def _count(self) -> int:
        return self.site.requests[self.path.partition("?")[0]]

    def _robots_txt(self) -> None:
        self._answer(b"User-agent: *\nDisallow: /page/forbidden\n", "text/plain")

    def _missing(self) -> None:
        self._answer(b"No", "text/plain", status=404)

    def _grow(self) -> None:
        """Has one item more at each request, and knows conditions."""
        count = self._count()
        self._feed("grow", range(max(0, count - 10), count), {"ETag": f'"{count}"', "Cache-Control": "max-age=0"})

    def _half(self) -> None:
        """Sends every other time half a feed, under an ETag that would hide the rest; 304 if somebody believes it."""
        if self.headers.get("If-None-Match") == '"whole"':
            self.site.unchanged += 1
            self._answer(b"", status=304)
        elif self._count() % 2:
            whole = self._written("half", range(8))
            self._answer(whole[: len(whole) // 2] + b"<", headers={"ETag": '"half"'})
        else:
            self._feed("half", range(8), {"ETag": '"whole"'})

    def _summaries(self) -> None:
        """Has summaries only; the articles are on pages, some of them slow or missing at first."""
        items = [(title_of("summaries", n), f"/page/summaries/{n}", "Thieves came [...]", f"s{n}") for n in range(8)]
        self._send("summaries", items)

    def _flip(self) -> None:
        """Has the same items each time, in another order, with other ids, dates and marks in the links."""
        mark = random.random()
        numbers = random.sample(range(8), 8)
        items = [
            (title_of("flip", n), f"/flip/{n}?utm_source=feed{mark}", text_of("flip", n), f"{mark}{n}") for n in numbers
        ]
        self._send("flip", items)

    def _shared(self) -> None:
        """Has one id and one link for all items."""
        self._send("shared", [(title_of("shared", n), "/shared", text_of("shared", n), "same") for n in range(8)])

    def _vanish(self) -> None:
        """Has each item once only."""
        self._feed("vanish", [self._count()], {})

    def _busy(self) -> None:
        if self._count() % 2:
            self._answer(b"", status=429, headers={"Retry-After": "2"})
        else:
            self._feed("busy", range(8), {})

    def _later(self) -> None:
        if self._count() % 2:
            when = datetime.now(UTC) + timedelta(seconds=2)
            self._answer(b"", status=503, headers={"Retry-After": format_datetime(when, usegmt=True)})
        else:
            self._feed("later", range(8), {})

    def _errors(self) -> None:
        if self._count() % 3:
            self._answer(b"Oh no", status=500)
        else:
            self._feed("errors", range(8), {})

    def _type(self) -> None:
        self._feed("type", range(4), {}, kind="image/png")

    def _entities(self) -> None:
        """Uses entities that XML does not know, and an ampersand of its own."""
        body = self._written("entities", range(4)).replace(b"The company", b"The&nbsp;company & all &undefined;")
        self._whole("entities", range(4), body, {})

    def _latin(self) -> None:
        """Says that it is UTF-8 and is not."""
        body = self._written("latin", range(4)).replace(b"It is sorry", "Très désolé, it is sorry".encode("latin-1"))
        self._whole("latin", range(4), body, {})

    def _slow(self) -> None:
        self._begin()
        for letter in self._written("slow", range(50)):
            self.wfile.write(bytes([letter]))
            time.sleep(self.site.drip)

    def _cut(self) -> None:
        body = self._written("cut", range(8))
        self._begin(length=len(body))
        self.wfile.write(body[: len(body) // 2])

    def _picture(self) -> None:
        self._answer(b"\x89PNG\r\n\x1a\n" + bytes(2_000), "image/png")

    def _endless(self) -> None:
        self._begin()
        self.wfile.write(b'<?xml version="1.0"?><rss version="2.0"><channel>')
        while True:
            self.wfile.write(_CHUNK)

    def _bomb(self) -> None:
        self._answer(_bomb(), encoding="gzip")

    def _loop(self) -> None:
        self._answer(b"", status=302, headers={"Location": f"/loop.xml?{self._count()}"})

    def _broken(self) -> None:
        self._answer(b"<rss version='2.0'><channel><</channel>\x00\x01\x02" + bytes(range(256)) * 20)

    def _away(self) -> None:
        self._answer(b"", status=301, headers={"Location": "http://192.0.2.1:1/feed.xml"})

    def _html(self) -> None:
        self._answer(b"<!doctype html><title>Sign in</title><p>Please sign in to read this.</p>", "text/html")

    def _empty(self) -> None:
        self._answer(b"")

    def _page(self, path: str) -> None:
        number = int(path.rpartition("/")[2])
        if number % 4 == 1 and self._count() < 2:
            self._answer(b"", status=503)
            return
        article = text_of("summaries", number).replace(". ", ".</p><p>")
        title = title_of("summaries", number)
        self._answer(
            f"<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{article}</p>"
            "</article></body></html>".encode(),
            "text/html; charset=utf-8",
        )

    def _feed(self, name: str, numbers: _Numbers, headers: dict[str, str], *, kind: str = "text/xml") -> None:
        if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            self.site.unchanged += 1
            self._answer(b"", status=304)
            return
        self._whole(name, numbers, self._written(name, numbers), headers, kind=kind)

    def _whole(
        self, name: str, numbers: _Numbers, body: bytes, headers: dict[str, str], *, kind: str = "text/xml"
    ) -> None:
        self._answer(body, kind, headers=headers)
        self.site.deliver([title_of(name, number) for number in numbers])

    def _written(self, name: str, numbers: _Numbers) -> bytes:
        return _rss([(title_of(name, n), f"/{name}/{n}", text_of(name, n), f"{name}{n}") for n in numbers])

    def _send(self, name: str, items: list[tuple[str, str, str, str]]) -> None:
        self._answer(_rss(items))
        self.site.deliver([title for title, *_ in items])

    def _begin(self, *, length: int | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def _answer(
        self,
        body: bytes,
        kind: str = "text/xml",
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        encoding: str = "",
    ) -> None:
        self.send_response(status)
        given = {"Content-Type": kind, "Content-Encoding": encoding, **(headers or {})}
        for name, value in given.items():
            if value:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _rss(items: list[tuple[str, str, str, str]]) -> bytes:
    written = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><guid isPermaLink='false'>{id}</guid>"
        f"<description>{escape(text)}</description>"
        + (f"<content:encoded>{escape(text)}</content:encoded>" if not text.endswith("]") else "")
        + "<pubDate>Tue, 10 Mar 2026 08:30:00 GMT</pubDate></item>"
        for title, link, text, id in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content='
        f'"http://purl.org/rss/1.0/modules/content/"><channel><title>Wire</title>{written}</channel></rss>'
    ).encode()


@cache
def _bomb() -> bytes:
    return gzip.compress(b"<rss>" + b" " * 200_000_000, 9)
