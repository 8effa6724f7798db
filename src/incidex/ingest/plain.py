"""Reads plain and marked-up text, which is decoded and otherwise unchanged."""

from incidex.ingest.decode import check_text, decode, replace_surrogates
from incidex.ingest.ends import with_end
from incidex.ingest.heads import find_heads
from incidex.ingest.language import with_language
from incidex.ingest.load import Raw
from incidex.ingest.markup.form import form_of
from incidex.records import Document
from incidex.text.blocks.find import find_blocks

# In characters. The mark-up of longer texts, which are books or hostile, is not looked for: it takes minutes.
_LONGEST_MARKED_UP = 2_000_000


def from_text(text: str, *, source: str = "") -> Document:
    """
    Return the document of a plain or marked-up text; `source` is where it came from, if known.

    Raises:
        UnreadableSource: The text is empty, blank or binary.
    """
    check_text(text, name=source or "The text")
    whole = replace_surrogates(text)
    document = _document(whole.text, form_of(whole.text), source=source, warnings=whole.warnings)
    return with_language(with_end(document))


def read_text(raw: Raw, *, form: str = "") -> Document:
    """
    Return the document in `raw`; raise UnreadableSource if it is binary or blank.

    Args:
        form: "markdown", "asciidoc" or "rst" if that is known; otherwise it is found out.
    """
    decoded = decode(raw.content, name=raw.name, declared=raw.charset)
    return _document(decoded.text, form or form_of(decoded.text), source=raw.source, warnings=decoded.warnings)


def _document(text: str, form: str, *, source: str, warnings: tuple[str, ...]) -> Document:
    """Return the document of `text`, with title, date, publisher and author from its lines."""
    if form != "text" and len(text) <= _LONGEST_MARKED_UP:
        from incidex.ingest.markup.read import read_marked_up

        return read_marked_up(text, form=form, source=source, warnings=warnings)
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
