"""Reads files in which each line already is a sentence, labelled or not."""

from typing import TYPE_CHECKING

from incidex.errors import UnreadableSource

if TYPE_CHECKING:
    from incidex.records import Document


def read_presplit(source: str, *, allow_private: bool = False) -> "Document":
    """
    Return the text of `source` unchanged, as a document without blocks.

    Raises:
        UnreadableSource: It cannot be read, or is no plain text.
        FetchError: The URL could not be fetched, or may not be.
    """
    from incidex.ingest.decode import decode
    from incidex.ingest.kind import kind_of
    from incidex.ingest.language import with_language
    from incidex.ingest.load import load
    from incidex.records import Document

    raw = load(source, allow_private=allow_private)
    kind = kind_of(raw)
    if kind != "text":
        raise UnreadableSource(
            f"{raw.name} is {kind}, not plain text with one sentence a line.\n"
            "Let Incidex find the sentences: incidex label without --presplit."
        )
    decoded = decode(raw.content, name=raw.name, declared=raw.charset)
    return with_language(Document(decoded.text, source=source, warnings=decoded.warnings))
