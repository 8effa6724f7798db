"""Reads plain text, which is decoded and otherwise unchanged."""

from incidex.ingest.decode import check_text, decode, replace_surrogates
from incidex.ingest.heads import find_heads
from incidex.ingest.language import with_language
from incidex.ingest.load import Raw
from incidex.records import Document
from incidex.text.blocks.find import find_blocks


def from_text(text: str, *, source: str = "") -> Document:
    """
    Return the document of a plain text; `source` is where it came from, if known.

    Raises:
        UnreadableSource: The text is empty, blank or binary.
    """
    check_text(text, name=source or "The text")
    whole = replace_surrogates(text)
    return with_language(_document(whole.text, source=source, warnings=whole.warnings))


def read_text(raw: Raw) -> Document:
    """Return the document in `raw`; raise UnreadableSource if it is binary or blank."""
    decoded = decode(raw.content, name=raw.name, declared=raw.charset)
    return _document(decoded.text, source=raw.source, warnings=decoded.warnings)


def _document(text: str, *, source: str, warnings: tuple[str, ...]) -> Document:
    """Return the document of `text`, with title, date, publisher and author from its lines."""
    blocks = find_blocks(text)
    heads = find_heads(text, blocks)
    return Document(
        text=text,
        blocks=blocks,
        source=source,
        title=heads.title,
        published_at=heads.published_at,
        publisher=heads.publisher,
        author=heads.author,
        warnings=warnings,
    )
