"""Says where the reading of a very long document ended."""

from collections.abc import Sequence
from dataclasses import replace

from incidex.records import Block, Document
from incidex.text.blocks.find import MOST_BLOCKS

# In characters. Rulers and marks of code between the blocks of a marked-up text are no text left out.
_LEAST = 200


def with_end(document: Document) -> Document:
    """Return `document`, with a warning if it has more than the `MOST_BLOCKS` paragraphs and lines that are read."""
    end = _unread_from(document.text, document.blocks) if len(document.blocks) >= MOST_BLOCKS else None
    if end is None:
        return document
    last = next(block for block in document.blocks if block.span.end == end)
    origin = f", {last.origin}" if last.origin else ""
    warning = (
        f"Only its first {MOST_BLOCKS:,} paragraphs and lines were read, as far as “{_tail(document.text, end)}” "
        f"(character {end:,} of {len(document.text):,}{origin}). Split it to read all of it."
    )
    return replace(document, warnings=(*document.warnings, warning))


def _unread_from(text: str, blocks: Sequence[Block]) -> int | None:
    """Return the end of the first block with text behind it that is in no block; None if there is none."""
    starts = (*(block.span.start for block in blocks[1:]), len(text))
    ends = (block.span.end for block in blocks)
    return next((end for end, start in zip(ends, starts, strict=True) if len(text[end:start].strip()) >= _LEAST), None)


def _tail(text: str, end: int) -> str:
    return " ".join(text[max(0, end - 60) : end].split())[-40:].strip()
