"""The entry point of ingestion: reads any source into a document."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from incidex.errors import UnreadableSource
from incidex.ingest.ends import with_end
from incidex.ingest.kind import kind_of
from incidex.ingest.language import with_language
from incidex.ingest.load import Raw, load
from incidex.ingest.plain import read_text
from incidex.records import Document


def read(source: str | Path, *, allow_private: bool = False) -> Document:
    """
    Return the document in `source`.

    The format is detected by content, or else by file extension or the web server's media type. A text that is not in
    English gets a warning (`Document.warnings`). The source is read in this process and without limits on memory and
    time, which a hostile one may use up: `incidex.ingest.reader.Reader` has limits.

    Args:
        source: A file (plain text, Markdown, AsciiDoc, reStructuredText, HTML, PDF, .docx, .eml, CASIE JSON), an http
            or https URL, or "-" for standard input.
        allow_private: Whether a URL may lead to a private or loopback address.

    Raises:
        UnreadableSource: It cannot be read: it is missing, empty, damaged, protected or too large.
        FetchError: The URL could not or must not be fetched.
    """
    return with_language(with_end(read_raw(load(str(source), allow_private=allow_private))))


def read_raw(raw: Raw) -> Document:
    """Return the document in the bytes of a source, without its language. Raises UnreadableSource."""
    try:
        return _READERS[kind_of(raw)](raw)
    except RecursionError as error:
        raise UnreadableSource(
            f"{raw.name} has parts inside each other, some hundred deep.\nSave its text to a file and use that."
        ) from error


# Readers are imported when needed: plain text, the most common source, needs none of them.
def _html(raw: Raw) -> Document:
    from incidex.ingest.html import read_html

    return read_html(raw)


def _pdf(raw: Raw) -> Document:
    from incidex.ingest.pdf import read_pdf

    return read_pdf(raw)


def _marked_up(form: str) -> Callable[[Raw], Document]:
    return partial(read_text, form=form)


def _casie(raw: Raw) -> Document:
    from incidex.ingest.casie import read_casie

    return read_casie(raw)


def _docx(raw: Raw) -> Document:
    from incidex.ingest.docx import read_docx

    return read_docx(raw)


def _mail(raw: Raw) -> Document:
    from incidex.ingest.email import read_email

    return read_email(raw, readers=_PARTS, other=_by_content)


def _by_content(raw: Raw) -> Document:
    """Read an attachment of a media type that says nothing, such as application/octet-stream."""
    kind = kind_of(raw)
    return _attached_mail(raw) if kind == "email" else _READERS[kind](raw)


def _attached_mail(raw: Raw) -> Document:
    """Read a forwarded e-mail, but not one forwarded inside it."""
    from incidex.ingest.email import read_email

    readers = {kind: reader for kind, reader in _PARTS.items() if kind != "message/rfc822"}
    return read_email(raw, readers=readers, with_headers=True)


_READERS: dict[str, Callable[[Raw], Document]] = {
    "text": read_text,
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "email": _mail,
    "casie": _casie,
    **{form: _marked_up(form) for form in ("markdown", "asciidoc", "rst")},
}
_PARTS: dict[str, Callable[[Raw], Document]] = {
    "text/html": _html,
    "text/plain": read_text,
    "application/pdf": _pdf,
    "message/rfc822": _attached_mail,
}
