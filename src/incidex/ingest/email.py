"""Reads e-mail (.eml): the subject as title, the body as HTML or plain text, and the attachments that can be read."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

from incidex.errors import UnreadableSource
from incidex.ingest.dates import published
from incidex.ingest.decode import without_half_characters
from incidex.ingest.load import Raw
from incidex.records import Block, Document, Span
from incidex.text.blocks.find import find_blocks

# Mails have some ten parts. The parser of the standard library takes time by the number of nested ones, and recurses.
_MOST_PARTS = 100
# The longest header that is looked at, in characters.
_LONGEST_HEADER = 2_000
_BOUNDARY = re.compile(rb"boundary\s*=|^content-type:\s*message/", re.IGNORECASE | re.MULTILINE)
_SENDER = re.compile(r"([^<>]*)<([^<>]*)>")
_BLANK = re.compile(r"\s+")

Reader = Callable[[Raw], Document]


def read_email(raw: Raw, *, readers: Mapping[str, Reader]) -> Document:
    """
    Return the mail: subject, body and attachments as one text, each attachment's blocks with its name as origin.

    The HTML form of the body is taken where there is one with text in it. Attachments that cannot be read are named in
    a warning.

    Args:
        raw: The mail.
        readers: How a part is read, by its media type; other parts are left out with a warning.

    Raises:
        UnreadableSource: The mail is damaged, or has neither a body nor an attachment that can be read.
    """
    message = _parsed(raw)
    warnings: list[str] = []
    parts = list(_parts(message))
    body = _body(parts, raw, readers, warnings)
    attached = list(_attachments(parts, raw, readers, warnings))
    if body is None and not attached:
        raise UnreadableSource("\n".join([f"{raw.name} is an e-mail without text that can be read.", *warnings]))
    title = _header(message, "subject")
    author, address = _sender(_header(message, "from") or "")
    text, blocks = _together(title, body, attached)
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
    Parse the mail with the older policy of the standard library.

    The newer one parses each header by a grammar, which takes minutes on hostile ones and fails on some broken ones.
    """
    if len(_BOUNDARY.findall(raw.content)) > _MOST_PARTS:
        raise UnreadableSource(
            f"{raw.name} has more than {_MOST_PARTS} parts inside each other, far more than an e-mail has.\n"
            "Save its text from your mail program and give that."
        )
    return message_from_bytes(raw.content)


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts that hold something, in order; a forwarded mail is one part."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _parts(part)


def _body(parts: list[Message], raw: Raw, readers: Mapping[str, Reader], warnings: list[str]) -> Document | None:
    """Take the body out of `parts`: of its HTML and its plain form the first that can be read."""
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
    parts: Sequence[Message], raw: Raw, readers: Mapping[str, Reader], warnings: list[str]
) -> Iterator[tuple[str, Document]]:
    """Yield the name and the content of each attachment that can be read."""
    for part in parts:
        kind = part.get_content_type()
        name = _file_name(part) or f"without a name ({kind})"
        # Pictures belong to the look of a mail; nobody expects them to be read.
        if kind.startswith("image/"):
            continue
        if kind not in readers:
            warnings.append(f"The attachment {name} was left out: {kind} is not read.")
            continue
        try:
            document = readers[kind](_content(part, name))
        except UnreadableSource as error:
            warnings.append(f"The attachment {name} was left out: {str(error).partition(chr(10))[0]}")
            continue
        warnings.extend(f"{name}: {warning}" for warning in document.warnings)
        yield name, document


def _content(part: Message, name: str) -> Raw:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        inner = next((inner for inner in part.walk() if inner is not part), None)
        return Raw(inner.as_bytes() if inner else b"", name, kind)
    content = part.get_payload(decode=True)
    return Raw(content if isinstance(content, bytes) else b"", name, kind, part.get_content_charset())


def _file_name(part: Message) -> str | None:
    name = part.get_filename()
    return _cleaned(name) or None if name else None


def _header(message: Message, name: str) -> str | None:
    """Return a header in words; encoded ones decoded, broken ones as they stand."""
    value = str(message.get(name, ""))[:_LONGEST_HEADER]
    try:
        return _cleaned(str(make_header(decode_header(value)))) or None
    except (HeaderParseError, LookupError, ValueError):
        return _cleaned(value) or None


def _sender(written: str) -> tuple[str, str]:
    """Return name and address in "Jane Roe <jane@news.example>" (the standard library recurses on hostile ones)."""
    match = _SENDER.fullmatch(written)
    if match:
        return match[1].strip(" \"'"), match[2].strip()
    return ("", written) if "@" in written and " " not in written else (written, "")


def _cleaned(words: str) -> str:
    return _BLANK.sub(" ", without_half_characters(words.replace("\0", "")).text).strip()


def _together(
    title: str | None, body: Document | None, attached: Sequence[tuple[str, Document]]
) -> tuple[str, tuple[Block, ...]]:
    """Return one text of title, body and attachments, with the blocks of all of them."""
    texts: list[str] = []
    blocks: list[Block] = []

    def add(text: str, found: Sequence[Block], origin: str) -> None:
        start = sum(len(part) + 2 for part in texts)
        first = len(blocks)
        texts.append(text)
        blocks.extend(_moved(block, start, first, origin) for block in found)

    front = f"{title}\n\n" if title and body and not body.text.startswith(title) else ""
    if body:
        text = front + body.text
        add(text, find_blocks(text, title=title), "")
    for name, document in attached:
        add(document.text, document.blocks, f"attachment {name}")
    return "\n\n".join(texts), tuple(blocks)


def _moved(block: Block, start: int, first: int, origin: str) -> Block:
    """Return `block` as it stands in the whole text: `start` characters and `first` blocks later."""
    span = Span(block.span.start + start, block.span.end + start)
    repeats = None if block.repeats is None else block.repeats + first
    places = [place for place in (origin, block.origin) if place]
    return replace(block, span=span, repeats=repeats, origin=", ".join(places))
