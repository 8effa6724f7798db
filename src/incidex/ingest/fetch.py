"""Fetches pages: the only HTTP client, with limits on time, size and redirects, and no access to private addresses."""

import socket
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Thread, Timer
from time import monotonic
from typing import TYPE_CHECKING, Any

from incidex.errors import FetchError
from incidex.ingest.addresses import find_addresses

if TYPE_CHECKING:
    import httpx

# The maximum size of a page, in bytes after decompression.
LARGEST = 20_000_000
MOST_REDIRECTS = 5
# Timeouts in seconds: to connect, between two chunks of a response, and in total.
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
        # Feeds, under the names that servers give them.
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/xml",
        "text/xml",
        "text/x-opml",
        "application/opml+xml",
    }
)
# Servers send this, or nothing, when they do not know. Then the content decides.
_UNKNOWN_MEDIA_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream"})


@dataclass(frozen=True, slots=True)
class Page:
    """
    A response.

    Attributes:
        content: The decompressed body.
        media_type: Its media type; empty if the server does not know.
        charset: Its charset, if the server says so.
        headers: Its headers, with names in lower case.
        status: 200; or 304, if it has not changed since the version that the caller has.
    """

    content: bytes
    media_type: str
    charset: str | None
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


class StatusError(FetchError):
    """
    A server answered, but with an error.

    Attributes:
        status: The status, such as 429.
        headers: The headers of the answer, with names in lower case.
    """

    def __init__(self, message: str, status: int, headers: Mapping[str, str]) -> None:
        """See the attributes."""
        super().__init__(message)
        self.status = status
        self.headers = headers


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    total: float = TOTAL,
    conditions: Mapping[str, str] | None = None,
    largest: int | None = None,
    any_type: bool = False,
) -> Page:
    """
    Return the page at `url`, following redirects.

    Each host is resolved once, its addresses are checked, and the connection is made to a checked address, which
    defeats DNS rebinding. Proxies and credentials from the environment are not used.

    Args:
        url: An http or https URL.
        allow_private: Whether to connect to private and loopback addresses.
        total: The timeout for everything together, in seconds.
        conditions: `If-None-Match` and `If-Modified-Since` of the version that the caller has. Without them, an answer
            is an error unless its status is 200.
        largest: The maximum size, in bytes after decompression; by default `LARGEST`.
        any_type: Whether any media type will do, as for a feed, which servers call many things.

    Raises:
        StatusError: The server answered with an error.
        FetchError: It could not or must not be fetched.
    """
    import httpx

    with _deadline(total) as deadline, _client(conditions or {}) as client:
        here = _parsed(url)
        for _ in range(MOST_REDIRECTS + 1):
            with _answer(client, here, deadline, allow_private=allow_private) as response:
                if not response.has_redirect_location:
                    if conditions and response.status_code == 304:
                        return Page(b"", "", None, _headers(response), 304)
                    return _page(response, _Wanted(here, deadline, largest or LARGEST, any_type=any_type))
                here = _parsed(_joined(here, response.headers["location"]))
    raise FetchError(
        f"{_shown(httpx.URL(url))} redirects more than {MOST_REDIRECTS} times.\nOpen it in a browser and save the page."
    )


class _Deadline:
    """Closes the connection when the time is up, even while a server keeps sending byte after byte."""

    def __init__(self, seconds: float) -> None:
        self.passed = Event()
        self._ends = monotonic() + seconds
        self._stream: Any = None

    @property
    def remaining(self) -> float:
        """Seconds until the time is up, at least 0."""
        return max(0.0, self._ends - monotonic())

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Remember the latest connection; httpx calls this at each step of a request."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._stream = info["return_value"]
            if self.passed.is_set():
                self._shut()

    def cut(self) -> None:
        """Shut the connection down, which wakes up a thread waiting for a response."""
        self.passed.set()
        self._shut()

    def _shut(self) -> None:
        if self._stream is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._stream.get_extra_info("socket"), socket.SHUT_RDWR)


@contextmanager
def _deadline(seconds: float) -> Iterator[_Deadline]:
    deadline = _Deadline(seconds)
    timer = Timer(seconds, deadline.cut)
    timer.daemon = True
    timer.start()
    try:
        yield deadline
    finally:
        timer.cancel()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the final response has to be: from where, until when, how large, and whether of any media type."""

    url: "httpx.URL"
    deadline: _Deadline
    largest: int
    any_type: bool


def _client(conditions: Mapping[str, str]) -> "httpx.Client":
    import httpx

    headers = {
        **conditions,
        "User-Agent": user_agent(),
        "Accept": "text/html, application/pdf, text/plain, */*;q=0.5",
        "Accept-Encoding": "gzip",
    }
    return httpx.Client(headers=headers, timeout=httpx.Timeout(_READ, connect=_CONNECT), trust_env=False)


def user_agent() -> str:
    """Return what this client calls itself: the program with its version and its page."""
    from importlib.metadata import metadata

    about = metadata("incidex")
    pages = [str(entry).partition(", ")[2] for entry in about.get_all("Project-URL") or ()]
    return f"incidex/{about['Version']}" + (f" (+{pages[0]})" if pages else "")


def _parsed(url: str) -> "httpx.URL":
    import httpx

    try:
        parsed = httpx.URL(url)
        # Only this decodes an international name: "http://xn--0/" is no URL.
        host = parsed.host
    except (httpx.InvalidURL, UnicodeError) as error:
        raise FetchError(f"Invalid URL: {error}.\nCheck the spelling of the URL.") from error
    if parsed.port is not None and not 0 < parsed.port < 65536:
        raise FetchError(f"Invalid URL: there is no port {parsed.port}.\nCheck the spelling of the URL.")
    if parsed.scheme not in ("http", "https") or not host:
        raise FetchError(
            f"{_shown(parsed)} is not an http or https URL.\nSave the page to a file and use that instead."
        )
    if parsed.userinfo:
        raise FetchError(
            f"The URL for {host} contains a user name or password, which Incidex does not send.\n"
            "Save the page from your browser and use the file instead."
        )
    return parsed


def _joined(here: "httpx.URL", location: str) -> str:
    import httpx

    try:
        return str(here.join(location))
    except (httpx.InvalidURL, UnicodeError) as error:
        raise FetchError(
            f"{_shown(here)} redirects to an invalid URL.\nOpen it in a browser and save the page."
        ) from error


def _shown(url: "httpx.URL") -> str:
    """Return the URL for a message, without password and without query, which may contain secrets."""
    return str(url.copy_with(userinfo=b"", query=None, fragment=None))


@contextmanager
def _answer(
    client: "httpx.Client", url: "httpx.URL", deadline: _Deadline, *, allow_private: bool
) -> Iterator["httpx.Response"]:
    """Try the checked addresses in turn until one connects; read the response inside `with`."""
    import httpx

    host = url.raw_host.decode("ascii")
    port = url.port or (443 if url.scheme == "https" else 80)
    addresses = _addresses(host, port, deadline, allow_private=allow_private)
    if not addresses:
        raise FetchError(_failure(TimeoutError(), _shown(url), late=True))
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
    except UnicodeError as error:
        # httpx looks at the target of a redirect, too.
        raise FetchError(
            f"{_shown(url)} redirects to an invalid URL.\nOpen it in a browser and save the page."
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchError(_failure(error, _shown(url), late=deadline.passed.is_set())) from error


def _addresses(host: str, port: int, deadline: _Deadline, *, allow_private: bool) -> Sequence[str]:
    """Return up to four checked addresses of `host`; none if its name server has not answered when the time is up."""
    found: SimpleQueue[Sequence[str] | FetchError] = SimpleQueue()

    def look_up() -> None:
        try:
            found.put(find_addresses(host, port, allow_private=allow_private)[:4])
        except FetchError as error:
            found.put(error)

    # A look-up cannot be interrupted, only left behind.
    Thread(target=look_up, daemon=True).start()
    try:
        answer = found.get(timeout=deadline.remaining)
    except Empty:
        return ()
    if isinstance(answer, FetchError):
        raise answer
    return answer


def _failure(error: Exception, shown: str, *, late: bool) -> str:
    import httpx

    if late or isinstance(error, httpx.TimeoutException):
        return f"{shown} took too long to answer.\nTry again later, or open it in a browser and save the page."
    if isinstance(error, httpx.ConnectError):
        what = "has no valid certificate" if "CERTIFICATE" in str(error).upper() else "cannot be reached"
        return f"{shown} {what}: {error}.\nCheck the URL and the network connection, or save the page from a browser."
    return f"The connection to {shown} was lost: {error}.\nTry again, or open it in a browser and save the page."


def _page(response: "httpx.Response", wanted: _Wanted) -> Page:
    """Return the page in the final response."""
    shown = _shown(wanted.url)
    if response.status_code != 200:
        raise StatusError(
            f"{shown} returned status {response.status_code} ({response.reason_phrase}).\n"
            "Check the URL; if it opens in a browser, save the page there and use the file.",
            response.status_code,
            _headers(response),
        )
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not wanted.any_type and media_type not in _MEDIA_TYPES | _UNKNOWN_MEDIA_TYPES:
        raise FetchError(
            f"{shown} is {media_type}, which Incidex does not read.\n"
            "It reads HTML, PDF, plain text, e-mail, feeds and CASIE JSON."
        )
    content = _body(response, shown, wanted.deadline, wanted.largest)
    known = "" if media_type in _UNKNOWN_MEDIA_TYPES else media_type
    return Page(content, known, response.charset_encoding, _headers(response))


def _headers(response: "httpx.Response") -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _body(response: "httpx.Response", shown: str, deadline: _Deadline, largest: int) -> bytes:
    """Return the decompressed body; decompression stops at the size limit, which defeats zip bombs."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", ""):
        raise FetchError(
            f"{shown} is compressed with {encoding}, which was not requested.\nOpen it in a browser and save the page."
        )
    unpacker = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    content = bytearray()
    for chunk in response.iter_raw():
        if deadline.passed.is_set():
            break
        content += _unpacked(unpacker, chunk, largest + 1 - len(content), shown) if unpacker else chunk
        if len(content) > largest:
            raise FetchError(
                f"{shown} is larger than {largest // 1_000_000} MB, the most that Incidex fetches.\n"
                "Download it and use the file."
            )
    # A connection that was cut looks like a response that has ended.
    if deadline.passed.is_set():
        raise FetchError(_failure(TimeoutError(), shown, late=True))
    if unpacker and not unpacker.eof:
        raise FetchError(
            f"The response from {shown} is incomplete.\nTry again, or open it in a browser and save the page."
        )
    return bytes(content)


def _unpacked(unpacker: Any, chunk: bytes, most: int, shown: str) -> bytes:
    try:
        unpacked: bytes = unpacker.decompress(chunk, most)
    except zlib.error as error:
        raise FetchError(
            f"The response from {shown} is corrupt: {error}.\nTry again, or open it in a browser and save the page."
        ) from error
    return unpacked
