"""Fetches a page: the only HTTP client, with limits on time, size and redirects, and no way to private addresses."""

import socket
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Timer
from typing import TYPE_CHECKING, Any

from incidex.errors import FetchError
from incidex.ingest.addresses import find_addresses

if TYPE_CHECKING:
    import httpx

# The largest page that is fetched, in bytes after unpacking.
LARGEST = 20_000_000
MOST_REDIRECTS = 5
# In seconds: for a connection, between two pieces of an answer, and for everything together.
_CONNECT, _READ, TOTAL = 10.0, 15.0, 60.0
_MEDIA_TYPES = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/markdown",
        "application/pdf",
        "message/rfc822",
        "application/json",
    }
)
# Servers say this, or nothing, when they do not know. Then the content tells.
_UNKNOWN_MEDIA_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream"})


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent: the unpacked bytes, and what it says they are."""

    content: bytes
    media_type: str
    charset: str | None


def fetch(url: str, *, allow_private: bool = False, total: float = TOTAL) -> Page:
    """
    Return what `url` holds, following redirects.

    Each host is looked up once, its addresses are checked, and the connection goes to a checked address, so that a name
    that changes its address in between leads nowhere. Proxies and credentials from the environment are not used.

    Args:
        url: An http or https URL.
        allow_private: Whether hosts on private and loopback addresses are fetched from.
        total: The most seconds that everything together may take.

    Raises:
        FetchError: It could not be fetched, or may not be; the message says why.
    """
    import httpx

    with _deadline(total) as deadline, _client() as client:
        here = _parsed(url)
        for _ in range(MOST_REDIRECTS + 1):
            with _answer(client, here, deadline, allow_private=allow_private) as response:
                if not response.has_redirect_location:
                    return _page(response, here, deadline)
                here = _parsed(_joined(here, response.headers["location"]))
    raise FetchError(
        f"{_shown(httpx.URL(url))} redirects more than {MOST_REDIRECTS} times.\nOpen it in a browser and save the page."
    )


class _Deadline:
    """Cuts a connection off when the time is up, also where a server sends one byte after the other for ever."""

    def __init__(self) -> None:
        self.passed = Event()
        self._stream: Any = None

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Remember the newest connection; httpx calls this at each step of a request."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._stream = info["return_value"]

    def cut(self) -> None:
        """Shut the connection, which wakes up whoever waits for an answer."""
        self.passed.set()
        if self._stream is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._stream.get_extra_info("socket"), socket.SHUT_RDWR)


@contextmanager
def _deadline(seconds: float) -> Iterator[_Deadline]:
    deadline = _Deadline()
    timer = Timer(seconds, deadline.cut)
    timer.daemon = True
    timer.start()
    try:
        yield deadline
    finally:
        timer.cancel()


def _client() -> "httpx.Client":
    import httpx

    headers = {
        "User-Agent": _user_agent(),
        "Accept": "text/html, application/pdf, text/plain, */*;q=0.5",
        "Accept-Encoding": "gzip",
    }
    return httpx.Client(headers=headers, timeout=httpx.Timeout(_READ, connect=_CONNECT), trust_env=False)


def _user_agent() -> str:
    from importlib.metadata import metadata

    about = metadata("incidex")
    pages = [str(entry).partition(", ")[2] for entry in about.get_all("Project-URL") or ()]
    return f"incidex/{about['Version']}" + (f" (+{pages[0]})" if pages else "")


def _parsed(url: str) -> "httpx.URL":
    import httpx

    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise FetchError(f"This is no address of a page: {error}.\nCheck the spelling of the URL.") from error
    if parsed.port is not None and not 0 < parsed.port < 65536:
        raise FetchError(
            f"This is no address of a page: there is no port {parsed.port}.\nCheck the spelling of the URL."
        )
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise FetchError(
            f"{_shown(parsed)} is no http or https address of a page.\nSave the page to a file and give that instead."
        )
    if parsed.userinfo:
        raise FetchError(
            f"The URL at {parsed.host} holds a user name or password; Incidex sends none.\n"
            "Fetch the page with your browser and give the file instead."
        )
    return parsed


def _joined(here: "httpx.URL", location: str) -> str:
    import httpx

    try:
        return str(here.join(location))
    except (httpx.InvalidURL, UnicodeError) as error:
        raise FetchError(
            f"{_shown(here)} redirects to something that is no address.\nOpen it in a browser and save the page."
        ) from error


def _shown(url: "httpx.URL") -> str:
    """Return the URL as it may stand in a message: without password and without query, which may hold one."""
    return str(url.copy_with(userinfo=b"", query=None, fragment=None))


@contextmanager
def _answer(
    client: "httpx.Client", url: "httpx.URL", deadline: _Deadline, *, allow_private: bool
) -> Iterator["httpx.Response"]:
    """Send the request to one checked address after the other until one is connected; read the answer inside `with`."""
    import httpx

    host = url.raw_host.decode("ascii")
    port = url.port or (443 if url.scheme == "https" else 80)
    addresses = find_addresses(host, port, allow_private=allow_private)[:4]
    extensions = {"trace": deadline.watch, "sni_hostname": host}
    try:
        for address in addresses:
            request = client.build_request(
                "GET", url.copy_with(host=address), headers={"Host": url.netloc.decode("ascii")}, extensions=extensions
            )
            try:
                response = client.send(request, stream=True)
                break
            except httpx.ConnectError:
                if address == addresses[-1] or deadline.passed.is_set():
                    raise
        with closing(response):
            yield response
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchError(_failure(error, _shown(url), late=deadline.passed.is_set())) from error


def _failure(error: Exception, shown: str, *, late: bool) -> str:
    import httpx

    if late or isinstance(error, httpx.TimeoutException):
        return f"{shown} took too long to answer.\nTry again later, or open it in a browser and save the page."
    if isinstance(error, httpx.ConnectError):
        what = "has no valid certificate" if "CERTIFICATE" in str(error).upper() else "cannot be reached"
        return f"{shown} {what}: {error}.\nCheck the URL and the network connection, or save the page from a browser."
    return f"The connection to {shown} broke off: {error}.\nTry again, or open it in a browser and save the page."


def _page(response: "httpx.Response", url: "httpx.URL", deadline: _Deadline) -> Page:
    """Read the body of the last answer."""
    shown = _shown(url)
    if response.status_code != 200:
        raise FetchError(
            f"{shown} answers with {response.status_code} ({response.reason_phrase}) and no page.\n"
            "Check the URL; if it opens in a browser, save the page there and give the file."
        )
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in _MEDIA_TYPES | _UNKNOWN_MEDIA_TYPES:
        raise FetchError(
            f"{shown} holds {media_type}, which Incidex does not read.\n"
            "It reads HTML, PDF, plain text, e-mail and CASIE JSON."
        )
    content = _body(response, shown)
    if deadline.passed.is_set():
        raise FetchError(_failure(TimeoutError(), shown, late=True))
    return Page(content, "" if media_type in _UNKNOWN_MEDIA_TYPES else media_type, response.charset_encoding)


def _body(response: "httpx.Response", shown: str) -> bytes:
    """Return the unpacked body; unpacking stops at the limit, so that a small answer cannot become a huge one."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", ""):
        raise FetchError(
            f"{shown} is packed as {encoding}, which was not asked for.\nOpen it in a browser and save the page."
        )
    unpacker = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    content = bytearray()
    for chunk in response.iter_raw():
        content += _unpacked(unpacker, chunk, LARGEST + 1 - len(content), shown) if unpacker else chunk
        if len(content) > LARGEST:
            raise FetchError(
                f"{shown} is larger than {LARGEST // 1_000_000} MB, the most that Incidex fetches.\n"
                "Download it and give the file."
            )
    if unpacker and not unpacker.eof:
        raise FetchError(
            f"The answer of {shown} is not complete.\nTry again, or open it in a browser and save the page."
        )
    return bytes(content)


def _unpacked(unpacker: Any, chunk: bytes, most: int, shown: str) -> bytes:
    try:
        unpacked: bytes = unpacker.decompress(chunk, most)
    except zlib.error as error:
        raise FetchError(
            f"The answer of {shown} is damaged: {error}.\nTry again, or open it in a browser and save the page."
        ) from error
    return unpacked
