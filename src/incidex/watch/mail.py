"""Looks into mailboxes: mbox files, Maildir folders and IMAP servers. Nothing in them is changed."""

import imaplib
import os
import re
import socket
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from incidex.errors import FetchError, InputError
from incidex.ingest.addresses import find_addresses
from incidex.ingest.load import LARGEST, Raw
from incidex.ingest.reader import Reader
from incidex.store.feeds import FeedState
from incidex.watch.polls import Found, Got, Poll, mark_of

PASSWORD = "INCIDEX_IMAP_PASSWORD"
# Seconds to wait for a server; how many messages, of how many bytes together, are taken at a time.
_TIMEOUT, _MOST, _MOST_BYTES = 30.0, 1_000, 100_000_000
# How much of a message is searched for its subject.
_HEAD = 20_000
_SUBJECT = re.compile(rb"^subject:[ \t]*([^\r\n]{1,300})", re.IGNORECASE | re.MULTILINE)


def poll_mbox(state: FeedState, reader: Reader) -> Poll:
    """
    Return the messages in an mbox file.

    Raises:
        InputError: It cannot be opened.
    """
    path = Path(state.address)
    try:
        file = path.stat()
        position = {"size": str(file.st_size), "mtime": str(file.st_mtime_ns)}
        if position == state.position:
            return Poll()
        return Poll(tuple(_in_mbox(state, one, reader) for one in _messages(path)), position=position)
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror}.\nCheck your permission to read it.") from error


def poll_maildir(state: FeedState, reader: Reader) -> Poll:
    """Return the messages in a Maildir: those in `new` and `cur`, but not those that are marked as deleted."""
    found = []
    for folder in ("new", "cur"):
        try:
            files = sorted((Path(state.address) / folder).iterdir())
        except OSError as error:
            raise InputError(f"{error.filename} cannot be opened: {error.strerror}.\nCheck the mail folder.") from error
        for file in files:
            name, _, flags = file.name.partition(":2,")
            if not name.startswith(".") and "T" not in flags:
                found.append(_in_maildir(state, file, name, reader))
    return Poll(tuple(found))


def poll_imap(state: FeedState, reader: Reader, *, allow_private: bool) -> Poll:
    """
    Return the messages of a folder on an IMAP server that came since the last time.

    Raises:
        InputError: The server cannot be reached, or refuses.
    """
    url = urlsplit(state.address)
    known = state.position or {}
    try:
        with _folder(url, allow_private=allow_private) as server:
            validity = _text(server.response("UIDVALIDITY")[1])
            last = int(known["last"]) if known.get("validity") == validity else 0
            numbers = [number for number in _numbers(server.uid("SEARCH", f"UID {last + 1}:*")) if number > last]
            taken = list(_taken(state, server, numbers, reader))
    except (imaplib.IMAP4.error, OSError, ValueError) as error:
        told = error.args[0] if error.args else ""
        words = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(error)
        reason = " ".join(words.split())[:300] or type(error).__name__
        raise FetchError(
            f"The mailbox {state.address} cannot be read: {reason}.\nCheck the address and the password in {PASSWORD}."
        ) from error
    position = {"validity": validity, "last": str(taken[-1][0] if taken else last)}
    return Poll(tuple(found for _, found in taken), position=position)


@dataclass(frozen=True, slots=True)
class _Message:
    """A message in an mbox file: where it is, a hash of its bytes, and its first lines."""

    start: int
    length: int
    mark: str
    head: bytes


def _messages(path: Path) -> Iterator[_Message]:
    """Yield the messages of an mbox file. A line that begins with "From " begins one if the line before is blank."""
    start = at = 0
    whole, head, before = sha256(), b"", b"\n"
    with path.open("rb") as file:
        for line in file:
            if line.startswith(b"From ") and not before.strip():
                if at > start:
                    yield _Message(start, at - start, whole.hexdigest()[:32], head)
                start, whole, head = at + len(line), sha256(), b""
            else:
                whole.update(line)
                head += line if len(head) < _HEAD else b""
            at, before = at + len(line), line
    if at > start:
        yield _Message(start, at - start, whole.hexdigest()[:32], head)


def _in_mbox(state: FeedState, message: _Message, reader: Reader) -> Found:
    source = f"{state.address}#item-{message.mark[:12]}"

    def get() -> Got:
        if message.length > LARGEST:
            raise InputError(_too_large(source))
        with Path(state.address).open("rb") as file:
            file.seek(message.start)
            content = file.read(message.length)
        if sha256(content).hexdigest()[:32] != message.mark:
            raise FetchError(f"{state.address} was changed while it was being read.\nIt is read again later.")
        content = re.sub(rb"^>(>*From )", rb"\1", content, flags=re.MULTILINE)
        return Got(reader.read_bytes(Raw(content, source, "message/rfc822")))

    return Found(message.mark, source, _subject(message.head), get)


def _in_maildir(state: FeedState, file: Path, name: str, reader: Reader) -> Found:
    # Mail programs move files from `new` to `cur` and change the flags behind the name.
    source = f"{state.address}#item-{mark_of(name)[:12]}"

    def get() -> Got:
        try:
            content = file.read_bytes()[: LARGEST + 1]
        except OSError as error:
            raise InputError(f"{file} cannot be opened: {error.strerror}.\nIt may have been moved.") from error
        return Got(reader.read_bytes(Raw(content, source, "message/rfc822")))

    return Found(mark_of(name), source, "", get)


def _taken(
    state: FeedState, server: imaplib.IMAP4, numbers: Iterable[int], reader: Reader
) -> Iterator[tuple[int, Found]]:
    """Yield the messages with these numbers, until there are many: the next time goes on from there."""
    size = 0
    for number in sorted(numbers)[:_MOST]:
        answer = re.search(r"RFC822\.SIZE (\d+)", _text(server.uid("FETCH", str(number), "(RFC822.SIZE)")[1]))
        length = int(answer[1]) if answer else LARGEST + 1
        size += length
        if size > _MOST_BYTES and length <= LARGEST and size > length:
            return
        yield number, _on_server(state, server, number, reader) if length <= LARGEST else _refused(state, number)


def _on_server(state: FeedState, server: imaplib.IMAP4, number: int, reader: Reader) -> Found:
    # PEEK leaves the message unread for the people whose mailbox it is.
    _, answer = server.uid("FETCH", str(number), "(BODY.PEEK[])")
    content = next((part[1] for part in answer if isinstance(part, tuple)), b"")
    mark = mark_of(content)
    raw = Raw(content, f"{state.address}#item-{mark[:12]}", "message/rfc822")
    return Found(mark, raw.source, _subject(content[:_HEAD]), lambda: Got(reader.read_bytes(raw)))


def _refused(state: FeedState, number: int) -> Found:
    source = f"{state.address}#item-{number}"

    def get() -> Got:
        raise InputError(_too_large(source))

    return Found(mark_of(str(number)), source, "", get)


def _too_large(source: str) -> str:
    return f"{source} is larger than {LARGEST // 1_000_000} MB.\nSave it as a file, take it apart, and add that."


def _subject(head: bytes) -> str:
    found = _SUBJECT.search(head)
    try:
        return str(make_header(decode_header(found[1].decode("utf-8", "replace").strip()))) if found else ""
    except (MessageError, LookupError, ValueError):
        return ""


@contextmanager
def _folder(url: SplitResult, *, allow_private: bool) -> Iterator[imaplib.IMAP4]:
    """Log in and open a folder for reading only."""
    host, user = url.hostname or "", unquote(url.username or "")
    is_secure = url.scheme == "imaps"
    port = url.port or (993 if is_secure else 143)
    address = find_addresses(host, port, allow_private=allow_private)[0]
    if not is_secure and not address.strip("[]").startswith(("127.", "::1")):
        raise FetchError(f"{host} would get the password unprotected.\nUse imaps:// instead of imap://.")
    server: imaplib.IMAP4 = _Secure(host, port, address) if is_secure else imaplib.IMAP4(address, port, _TIMEOUT)
    try:
        if user:
            server.login(user, os.environ.get(PASSWORD, ""))
        name = unquote(url.path.strip("/")) or "INBOX"
        quoted = re.sub(r'(["\\])', r"\\\1", name)
        status, answer = server.select(f'"{quoted}"', readonly=True)
        if status != "OK":
            raise imaplib.IMAP4.error(_text(answer))
        yield server
    finally:
        server.shutdown()


class _Secure(imaplib.IMAP4_SSL):
    """A connection with TLS to an address that was checked, for the name that the user gave."""

    def __init__(self, host: str, port: int, address: str) -> None:
        self._address = address
        super().__init__(host, port, ssl_context=ssl.create_default_context(), timeout=_TIMEOUT)

    def _create_socket(self, timeout: float | None) -> Any:
        plain = socket.create_connection((self._address.strip("[]"), self.port), timeout)
        return self.ssl_context.wrap_socket(plain, server_hostname=self.host)


def _numbers(answer: tuple[str, list[Any]]) -> list[int]:
    return [int(word) for part in answer[1] if part for word in part.split()]


def _text(answer: list[Any]) -> str:
    flat = (part[0] if isinstance(part, tuple) else part for part in answer if part)
    return " ".join(part.decode("utf-8", "replace") for part in flat if isinstance(part, bytes))
