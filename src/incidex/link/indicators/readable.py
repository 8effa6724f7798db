"""
Removes from a text what is in the middle of values and is not part of them: soft hyphens, invisible spaces, and the
back slashes of Markdown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from incidex.records import Span

# Soft hyphen, zero-width spaces and joiners, marks of direction, word joiner, byte order mark.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_NOISE = re.compile(rf"[{INVISIBLE}]+|\\(?=[\[\](){{}}_])")
_ESCAPED = re.compile(rf"\\[\[\](){{}}_]|[{INVISIBLE}]")
# A folder of a path: here a back slash before a bracket is no escape.
_FOLDER = re.compile(r"\\[^\W_]|\w:\\|%\\|^\\\\")


@dataclass(frozen=True, slots=True)
class Readable:
    """
    A part of a text without such signs.

    Attributes:
        text: What is left of it.
        positions: For each character of `text`, its place in the document.
    """

    text: str
    positions: Sequence[int]

    def span_in_document(self, span: Span) -> Span:
        """Return where `span` of `text` lies in the document."""
        return Span(self.positions[span.start], self.positions[span.end - 1] + 1)


def readable(text: str, block: Span) -> Readable | None:
    """Return a block of `text` without the signs; None if it has none of them, which is nearly always so."""
    content = block.of(text)
    if not _ESCAPED.search(content):
        return None
    kept: list[int] = []
    previous = 0
    for noise in _noise(content):
        kept.extend(range(previous, noise.start))
        previous = noise.end
    kept.extend(range(previous, len(content)))
    if not kept or len(kept) == len(content):
        return None
    return Readable("".join(content[place] for place in kept), [block.start + place for place in kept])


def _noise(content: str) -> Iterator[Span]:
    for token in re.finditer(r"\S+", content):
        path = _FOLDER.search(token[0]) is not None
        for match in _NOISE.finditer(content, token.start(), token.end()):
            if not (path and match[0] == "\\"):
                yield Span(*match.span())
