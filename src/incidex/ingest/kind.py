"""Detects the format of a source: by its content first, by its name or media type second."""

import re
from functools import cache

from incidex.errors import UnreadableSource
from incidex.ingest.docx import is_docx
from incidex.ingest.load import Raw
from incidex.ingest.machine_files import reject_machine_file
from incidex.tables import table

_BY_ENDING = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".eml": "email", ".mbox": "email",
    ".json": "casie",
    ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown", ".mkd": "markdown", ".mdx": "markdown",
    ".adoc": "asciidoc", ".asciidoc": "asciidoc", ".rst": "rst", ".rest": "rst",
}  # fmt: skip
_BY_MEDIA_TYPE = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "message/rfc822": "email",
    "application/json": "casie",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "text/asciidoc": "asciidoc",
    "text/x-rst": "rst",
}
_HTML = re.compile(
    rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
# Files of these names are read as they are called, whatever they begin with.
_REPORTS = frozenset({".eml", ".html", ".htm", ".xhtml", ".md", ".markdown"})
# The line that a mailbox file (.mbox) has before each message.
_ENVELOPE = re.compile(rb"From [^\n]{1,300}\n")
_HEADER = re.compile(rb"(?:[\w-]{1,60}:[^\n]*\n(?:[ \t]+[^\n]*\n)*)")
# A press release may also begin with "From:" and "Date:". Only mail programs write these.
_MAIL_ONLY = re.compile(
    rb"^(?:mime-version|message-id|received|return-path|delivered-to):", re.IGNORECASE | re.MULTILINE
)
_FROM = re.compile(rb"^from:", re.IGNORECASE | re.MULTILINE)


def kind_of(raw: Raw) -> str:
    """
    Return "html", "pdf", "docx", "email", "casie", "markdown", "asciidoc", "rst" or "text".

    Raises:
        UnreadableSource: It is in a known format that Incidex does not read, such as a Word file or an image.
    """
    # Without its NULs, ASCII text in UTF-16 matches the same patterns.
    head = raw.content[:8192].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if is_docx(raw.content):
        return "docx"
    _reject_known_binary(raw)
    if head.startswith(b"%PDF-") or (raw.ending == ".pdf" and b"%PDF-" in head):
        return "pdf"
    if _HTML.match(head):
        return "html"
    if _is_mail(_without_envelope(head)):
        return "email"
    if raw.ending not in _REPORTS:
        reject_machine_file(raw, head)
    named = _BY_MEDIA_TYPE.get(raw.media_type) or _BY_ENDING.get(raw.ending)
    if named is None and head.startswith(b"{") and _holds_casie(raw.content):
        return "casie"
    return named or "text"


def _reject_known_binary(raw: Raw) -> None:
    for start, (what, remedy) in _known_binaries().items():
        if raw.content.startswith(start):
            raise UnreadableSource(f"{raw.name} is {what}, which Incidex does not read.\n{remedy}")


@cache
def _known_binaries() -> dict[bytes, tuple[str, str]]:
    return {
        bytes.fromhex(entry["begins"]): (entry["is"], entry["remedy"]) for entry in table("incidex.ingest", "not_read")
    }


def _without_envelope(head: bytes) -> bytes:
    match = _ENVELOPE.match(head)
    return head[match.end() :] if match else head


def _is_mail(head: bytes) -> bool:
    headers = bytearray()
    position = 0
    while (match := _HEADER.match(head, position)) is not None:
        headers += match[0]
        position = match.end()
    return bool(_FROM.search(headers) and _MAIL_ONLY.search(headers))


def _holds_casie(content: bytes) -> bool:
    """Return whether `content` is a JSON object with a string "content"."""
    import json

    try:
        holds = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(holds, dict) and isinstance(holds.get("content"), str)
