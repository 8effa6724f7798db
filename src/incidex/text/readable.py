"""The text of a document as its reader sees it: with blanks in place of mark-up, so that no position changes."""

from collections.abc import Iterable
from dataclasses import replace

from incidex.records import Document, Span


def readable_text(document: Document) -> str:
    """Return the text with each character of mark-up (`Block.markup`) replaced by a space; as long as the text."""
    return blanked(document.text, (span for block in document.blocks for span in block.markup))


def readable(document: Document) -> Document:
    """Return `document` with `readable_text`, for searching: its spans hold in the document, its id does not."""
    text = readable_text(document)
    return document if text is document.text else replace(document, text=text)


def without_marks(document: Document) -> Document:
    """Return `document` with spaces for mark-up without letters and digits, so that the targets of links stay."""
    marks = (span for block in document.blocks for span in block.markup)
    text = blanked(document.text, (span for span in marks if not any(map(str.isalnum, span.of(document.text)))))
    return document if text is document.text else replace(document, text=text)


def blanked(text: str, spans: Iterable[Span]) -> str:
    """Return `text` with a space for each character of `spans`, which are in order; line breaks stay."""
    parts, end = [], 0
    for span in spans:
        parts += [text[end : span.start], _blanks(text[span.start : span.end])]
        end = span.end
    return "".join((*parts, text[end:])) if parts else text


def _blanks(words: str) -> str:
    return " " * len(words) if "\n" not in words else "".join("\n" if sign == "\n" else " " for sign in words)
