"""Reads e-mail (.eml): subject, body (HTML or plain text) and readable attachments."""

import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import Policy, compat32
from email.utils import collapse_rfc2231_value
from typing import Any

from incidex.errors import UnreadableSource
from incidex.ingest.dates import published
from incidex.ingest.decode import replace_surrogates
from incidex.ingest.load import Raw
from incidex.records import Block, BlockKind, Document, Span
from incidex.text.blocks.find import find_blocks

# E-mails have some ten parts, digests of mailing lists a few hundred.
_MOST_PARTS = 1_000
# An e-mail that was forwarded ten times has some twenty parts inside each other. The standard library's parser
# recurses, and takes time in proportion to their number for each line.
_DEEPEST = 50
# How much of a header is read, in characters.
_LONGEST_HEADER = 2_000
_ENVELOPE = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]{1,300}\r?\n[A-Za-z-]{2,40}:")
_SENDER = re.compile(r"([^<>]*)<([^<>]*)>")
_NEVER_READ = ("audio/", "video/", "font/")
_BLANK = re.compile(r"\s+")
# What functions of the standard library raise on broken headers, transfer encodings and charsets.
_BROKEN = (MessageError, LookupError, ValueError)

Reader = Callable[[Raw], Document]


def read_email(
    raw: Raw, *, readers: Mapping[str, Reader], other: Reader | None = None, with_headers: bool = False
) -> Document:
    """
    Return subject, body and attachments of an e-mail as one text; the origin of an attachment's blocks is its name.

    An HTML body is preferred if it has text. There is a warning for each attachment that cannot be read.

    Args:
        raw: The e-mail.
        readers: A reader for each supported media type.
        other: Reads attachments of other media types by their content; without it they are left out with a warning.
        with_headers: Whether sender and date are part of the text, as in an e-mail that another one forwards.

    Raises:
        UnreadableSource: The e-mail is damaged, or has neither a readable body nor a readable attachment.
    """
    message = _parsed(raw)
    warnings: list[str] = []
    parts = list(_parts(message))
    body = _body(parts, raw, readers, warnings)
    attached = list(_attachments(parts, readers, other, warnings))
    if body is None and not attached:
        raise UnreadableSource("\n".join([f"{raw.name} is an e-mail without readable text.", *warnings]))
    title = _header(message, "subject")
    author, address = _sender(_header(message, "from") or "")
    headers = _shown_headers(message) if with_headers else ()
    text, blocks = _together(title, headers, body, attached)
    return Document(
        text=text,
        blocks=blocks,
        source=raw.source,
        format="email",
        title=title or (body.title if body else None),
        published_at=published(_header(message, "date") or ""),
        publisher=address.rpartition("@")[2] or None,
        author=author or address or None,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _parsed(raw: Raw) -> Message:
    """
    Parse the e-mail with the standard library's older policy.

    The newer one parses each header with a grammar, which takes minutes on hostile ones and fails on some broken ones.
    """
    content = _only_message(raw)
    try:
        return message_from_bytes(content, _Part)
    except _TooManyParts as error:
        raise UnreadableSource(
            f"{raw.name} has {error}.\nSave its text from your mail program and use that."
        ) from error


class _TooManyParts(Exception):
    """An e-mail has far more parts than one that somebody wrote."""


class _Part(Message):
    """A part of an e-mail, which knows how deep it is inside the others, and whose headers may be broken."""

    def __init__(self, policy: Policy = compat32) -> None:
        super().__init__(policy)
        self._depth = 0
        self._counted = [1]  # how many parts the whole e-mail has; all its parts have the same list

    def attach(self, payload: Message) -> None:  # type: ignore[override]
        """Add a part inside this one, as the parser does before it reads that part."""
        assert isinstance(payload, _Part)
        payload._depth, payload._counted = self._depth + 1, self._counted
        self._counted[0] += 1
        if payload._depth > _DEEPEST:
            raise _TooManyParts(f"more than {_DEEPEST} parts inside each other")
        if self._counted[0] > _MOST_PARTS:
            raise _TooManyParts(f"more than {_MOST_PARTS:,} parts")
        super().attach(payload)

    def get_param(self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True) -> Any:
        """Return a parameter of a header as text; `failobj` where it is broken, as in "boundary*=undefined''b"."""
        try:
            value = super().get_param(param, failobj, header, unquote)
            return collapse_rfc2231_value(value) if isinstance(value, tuple) else value
        except _BROKEN:
            return failobj


def _only_message(raw: Raw) -> bytes:
    """Return the message in a mailbox file of one message, and the content of any other file."""
    if not raw.content.startswith(b"From "):
        return raw.content
    if len(_ENVELOPE.findall(raw.content)) > 1:
        raise UnreadableSource(
            f"{raw.name} is a mailbox with several messages, and a source is one report.\n"
            "Save each message as a file of its own (.eml) and use these."
        )
    return raw.content.partition(b"\n")[2]


def _shown_headers(message: Message) -> tuple[str, ...]:
    shown = ((name, _header(message, name.lower())) for name in ("From", "Date"))
    return tuple(f"{name}: {value}" for name, value in shown if value)


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts with content, in order; a forwarded e-mail is one part."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _parts(part)


def _body(parts: list[Message], raw: Raw, readers: Mapping[str, Reader], warnings: list[str]) -> Document | None:
    """Remove the body from `parts` and return it: HTML or plain text, whichever can be read first."""
    shown = [part for part in parts if part.get_content_disposition() != "attachment" and not _file_name(part)]
    forms = [
        next((part for part in shown if part.get_content_type() == kind), None) for kind in ("text/html", "text/plain")
    ]
    reasons = []
    for form in forms:
        if form is None:
            continue
        parts.remove(form)
        try:
            document = readers[form.get_content_type()](_content(form, raw.name))
        except UnreadableSource as error:
            reasons.append(str(error).partition("\n")[0])
            continue
        parts[:] = [part for part in parts if part not in forms]
        warnings.extend(document.warnings)
        return document
    warnings.extend(reasons)
    return None


def _attachments(
    parts: Sequence[Message], readers: Mapping[str, Reader], other: Reader | None, warnings: list[str]
) -> Iterator[tuple[str, Document]]:
    """Yield the name and content of each readable attachment."""
    for part in parts:
        kind = part.get_content_type()
        name = _file_name(part) or f"without a name ({kind})"
        # Images are usually decoration, so they need no warning.
        if kind.startswith("image/"):
            continue
        reader = readers.get(kind) or other
        if reader is None or kind.startswith(_NEVER_READ):
            warnings.append(f"The attachment {name} was left out: {kind} is not supported.")
            continue
        try:
            document = reader(_content(part, name))
        except UnreadableSource as error:
            warnings.append(f"The attachment {name} was left out: {str(error).partition(chr(10))[0]}")
            continue
        warnings.extend(f"{name}: {warning}" for warning in document.warnings)
        yield name, document


def _content(part: Message, name: str) -> Raw:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        inner = next((inner for inner in part.walk() if inner is not part), None)
        return Raw(_decoded(part, _written(inner)) if inner is not None else b"", name, kind)
    try:
        content = part.get_payload(decode=True)
    except _BROKEN:
        content = str(part.get_payload()).encode(errors="replace")
    return Raw(content if isinstance(content, bytes) else b"", name, kind, part.get_content_charset())


def _written(message: Message) -> bytes:
    """Return an e-mail as bytes, which the standard library fails to write where its charsets do not fit its text."""
    try:
        return message.as_bytes()
    except _BROKEN:
        return message.as_string().encode(errors="replace")


def _decoded(part: Message, content: bytes) -> bytes:
    """Return an attached e-mail that was encoded with base64, which the standard library takes for its text."""
    if str(part.get("content-transfer-encoding", "")).strip().lower() != "base64":
        return content
    try:
        return b64decode(content)
    except ValueError:
        return content


def _file_name(part: Message) -> str | None:
    name = part.get_filename()
    return _cleaned(name) or None if name else None


def _header(message: Message, name: str) -> str | None:
    """Return a header as text, decoded if it is encoded, unchanged if it is broken."""
    value = str(message.get(name, ""))[:_LONGEST_HEADER]
    try:
        return _cleaned(str(make_header(decode_header(value)))) or None
    except _BROKEN:
        return _cleaned(value) or None


def _sender(written: str) -> tuple[str, str]:
    """Return name and address in "Jane Roe <jane@news.example>"; the standard library recurses on hostile input."""
    match = _SENDER.fullmatch(written)
    if match:
        return match[1].strip(" \"'"), match[2].strip()
    return ("", written) if "@" in written and " " not in written else (written, "")


def _cleaned(words: str) -> str:
    return _BLANK.sub(" ", replace_surrogates(words.replace("\0", "")).text).strip()


def _together(
    title: str | None, headers: Sequence[str], body: Document | None, attached: Sequence[tuple[str, Document]]
) -> tuple[str, tuple[Block, ...]]:
    """Return headers, title, body and attachments as one text, with their blocks."""
    texts: list[str] = []
    blocks: list[Block] = []
    length = 0

    def add(text: str, found: Sequence[Block], origin: str) -> None:
        nonlocal length
        start, first = length, len(blocks)
        texts.append(text)
        length += len(text) + 2
        blocks.extend(_moved(block, start, first, origin) for block in found)

    front = f"{title}\n\n" if title and body and not body.text.startswith(title) else ""
    for header in headers:
        add(header, (Block(Span(0, len(header)), BlockKind.BODY, "header of a forwarded e-mail"),), "")
    if body:
        text = front + body.text
        add(text, find_blocks(text, title=title), "")
    for name, document in attached:
        add(document.text, document.blocks, f"attachment {name}")
    return "\n\n".join(texts), tuple(blocks)


def _moved(block: Block, start: int, first: int, origin: str) -> Block:
    """Return `block` moved by `start` characters and `first` blocks."""
    span = Span(block.span.start + start, block.span.end + start)
    repeats = None if block.repeats is None else block.repeats + first
    places = [place for place in (origin, block.origin) if place]
    return replace(block, span=span, repeats=repeats, origin=", ".join(places))
