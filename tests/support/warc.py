"""Makes small web archives."""

import gzip
from collections.abc import Sequence
from pathlib import Path


def archive(path: Path, pages: Sequence[str], *, others: bool = False) -> None:
    """Write `pages` to a web archive, compressed if its name says so; `others` puts records between them."""
    records = [_record("warcinfo", "", b"software: tests\r\n", "application/warc-fields")]
    for number, page in enumerate(pages):
        address = f"https://news.example/{number}"
        if others:
            records += [
                _response(f"{address}/gone", "gone", status="404 Not Found"),
                _response(f"{address}.png", "PNG", media_type="image/png"),
                _record("request", address, b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
            ]
        records.append(_response(address, page))
    packed = map(gzip.compress, records) if path.name.endswith(".gz") else records
    path.write_bytes(b"".join(packed))


def _response(
    address: str, content: str, *, status: str = "200 OK", media_type: str = "text/html; charset=utf-8"
) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n\r\n"
    return _record("response", address, (head + content).encode(), "application/http; msgtype=response")


def _record(kind: str, address: str, content: bytes, media_type: str) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2026-03-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{len(content):012d}>\r\n"
        f"Content-Type: {media_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"
