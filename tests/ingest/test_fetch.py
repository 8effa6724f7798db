"""Pages are fetched within limits on time, size and redirects, and never from where they should not be."""

import gzip
import re
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from incidex.errors import FetchError
from incidex.ingest import fetch as module
from incidex.ingest import read
from incidex.ingest.addresses import find_addresses
from incidex.ingest.fetch import fetch

PAGE = "<html><title>Café hit</title><p>The attackers copied the data of the café on Friday, it said.</p>"


class Site(BaseHTTPRequestHandler):
    """A small web site with every kind of trouble."""

    seen: list[dict[str, str]] = []

    def do_GET(self) -> None:
        Site.seen.append({name.lower(): value for name, value in self.headers.items()})
        name = self.path.strip("/").partition("?")[0]
        if name.isdigit():
            self.answer(b"", status=302, location=f"/{int(name) - 1}" if int(name) > 1 else "/page")
        elif name == "drip":
            self.drip()
        else:
            getattr(self, name)()

    def page(self) -> None:
        self.answer(PAGE.encode("latin-1"), "Text/HTML; charset=ISO-8859-1")

    def unknown(self) -> None:
        self.answer(b"%PDF-1.4", "application/octet-stream")

    def picture(self) -> None:
        self.answer(b"x", "image/png")

    def missing(self) -> None:
        self.answer(b"x", status=404)

    def large(self) -> None:
        self.answer(b"x" * 5000)

    def bomb(self) -> None:
        self.answer(gzip.compress(b"x" * 50_000_000), encoding="gzip")

    def packed(self) -> None:
        self.answer(gzip.compress(PAGE.encode()), encoding="gzip")

    def cut(self) -> None:
        self.answer(gzip.compress(PAGE.encode())[:-9], encoding="gzip")

    def damaged(self) -> None:
        self.answer(b"no gzip", encoding="gzip")

    def brotli(self) -> None:
        self.answer(b"x", encoding="br")

    def elsewhere(self) -> None:
        self.answer(b"", status=301, location="ftp://a.example/x")

    def password(self) -> None:
        self.answer(b"", status=301, location="http://user:secret@a.example/x")

    def nowhere(self) -> None:
        self.answer(b"", status=301, location="http://[")

    def broken(self) -> None:
        self.answer(b"", status=301, location="http://xn--0/")

    def short(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"x")

    def drip(self) -> None:
        """Send the head of an answer, one letter after the other, for much longer than anybody waits."""
        for letter in b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 600:
            self.wfile.write(bytes([letter]))
            time.sleep(0.05)

    def answer(
        self, body: bytes, kind: str = "text/html", *, status: int = 200, location: str = "", encoding: str = ""
    ) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Location", location), ("Content-Encoding", encoding)):
            if value:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Keep quiet where a client has gone away."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with QuietServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_page(site: str) -> None:
    page = fetch(f"{site}/page", allow_private=True)
    assert (page.content.decode("latin-1"), page.media_type, page.charset) == (PAGE, "text/html", "iso-8859-1")


def test_a_page_becomes_a_document(site: str) -> None:
    document = read(f"{site}/page?x=1", allow_private=True)
    assert (document.source, document.format, document.title) == (f"{site}/page?x=1", "html", "Café hit")
    assert document.text == "Café hit\n\nThe attackers copied the data of the café on Friday, it said."


def test_packed_pages_are_unpacked(site: str) -> None:
    assert fetch(f"{site}/packed", allow_private=True).content == PAGE.encode()


def test_where_the_server_does_not_know_the_content_tells(site: str) -> None:
    assert fetch(f"{site}/unknown", allow_private=True).media_type == ""


def test_the_request_says_who_asks_and_nothing_else(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    fetch(f"{site}/page", allow_private=True)
    sent = Site.seen[-1]
    assert sent.keys() == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert re.match(r"incidex/\d+\.\d+\.\d+", sent["user-agent"])
    assert sent["host"] == site.removeprefix("http://")


def test_up_to_five_redirects_are_followed(site: str) -> None:
    assert fetch(f"{site}/5", allow_private=True).content
    with pytest.raises(FetchError, match="redirects more than 5 times"):
        fetch(f"{site}/6", allow_private=True)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("picture", "is image/png, which Incidex does not read"),
        ("missing", r"returned status 404 \(Not Found\)"),
        ("large", "is larger than 0 MB"),
        ("bomb", "is larger than 0 MB"),
        ("cut", "is incomplete"),
        ("damaged", "is corrupt"),
        ("brotli", "is compressed with br"),
        ("short", "was lost"),
        ("elsewhere", "is not an http or https URL"),
        ("password", "contains a user name or password"),
        ("nowhere", "invalid URL|No address was found"),  # as the version of httpx has it
    ],
)
def test_trouble_is_named(path: str, message: str, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 4000)
    with pytest.raises(FetchError, match=message) as caught:
        fetch(f"{site}/{path}?token=secret", allow_private=True)
    assert "secret" not in str(caught.value)


def test_time_is_limited_as_a_whole(site: str) -> None:
    begin = time.monotonic()
    with pytest.raises(FetchError, match="took too long"):
        fetch(f"{site}/drip", allow_private=True, total=0.5)
    assert time.monotonic() - begin < 5


def test_a_redirect_to_a_broken_name_is_named(site: str) -> None:
    with pytest.raises(FetchError, match="redirects to an invalid URL"):
        fetch(f"{site}/broken", allow_private=True)


def test_the_look_up_of_a_name_counts(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    def slow(*_: object, **__: object) -> list[str]:
        answered.wait(20)
        return []

    monkeypatch.setattr(module, "find_addresses", slow)
    begin = time.monotonic()
    with pytest.raises(FetchError, match="took too long"):
        fetch("http://slow.example/", allow_private=True, total=0.2)
    assert time.monotonic() - begin < 10
    answered.set()


def test_a_connection_made_too_late_is_cut() -> None:
    deadline = module._Deadline(0)
    deadline.cut()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        stream = SimpleNamespace(get_extra_info=lambda _: ours)
        deadline.watch("connection.connect_tcp.complete", {"return_value": stream})
        assert theirs.recv(1) == b""


def test_a_closed_port_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(FetchError, match="cannot be reached"):
            fetch(f"http://127.0.0.1:{taken.getsockname()[1]}/", allow_private=True)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://127.0.0.1/", "is not a public address"),
        ("http://localhost:8080/x", "is not a public address"),
        ("http://[::ffff:10.0.0.1]/", "is not a public address"),
        ("https://user:secret@news.example/", "contains a user name or password"),
        ("http://", "is not an http or https URL"),
        ("http://a.example:99999/", "Invalid URL"),
        ("http://[::1/", "Invalid URL"),
        ("http://xn--0/", "Invalid URL"),
        ("http://a.example/\x00", "Invalid URL"),
    ],
)
def test_addresses_that_are_not_fetched(url: str, message: str) -> None:
    with pytest.raises(FetchError, match=message) as caught:
        fetch(url)
    assert "secret" not in str(caught.value)


def test_redirects_to_private_addresses_are_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = find_addresses

    def public_once(host: str, port: int, *, allow_private: bool) -> list[str]:
        asked.append(host)
        return real(host, port, allow_private=len(asked) == 1)

    asked: list[str] = []
    monkeypatch.setattr(module, "find_addresses", public_once)
    with pytest.raises(FetchError, match="is not a public address"):
        fetch(f"{site}/1")
    assert asked == ["127.0.0.1", "127.0.0.1"]


def test_the_connection_goes_to_the_checked_address(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that would lead elsewhere when looked up again is not looked up again."""
    port = site.rpartition(":")[2]
    monkeypatch.setattr(module, "find_addresses", lambda *_, **__: ["127.0.0.1"])
    assert fetch(f"http://news.example:{port}/page").content == PAGE.encode("latin-1")
    assert Site.seen[-1]["host"] == f"news.example:{port}"


def test_the_next_address_is_tried(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_addresses", lambda *_, **__: ["127.0.0.2", "127.0.0.1"])
    assert fetch(f"http://news.example:{site.rpartition(':')[2]}/page").content == PAGE.encode("latin-1")
