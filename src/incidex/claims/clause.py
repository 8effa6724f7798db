"""Splits a sentence into words, and finds the quotations of a document."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from incidex.records import Document, Span

# A word with what is inside it ("Trump’s", "1.5", "co-founder", "U.S."), or one sign.
_WORD = re.compile(r"(?:[A-Z]\.){2,8}|@?[^\W_]+(?:[’'.\-–&@/_]{1,2}[^\W_]+)*|[^\w\s]|_")
# Where curly or straight quotation marks open or close. A straight one opens behind a blank or bracket, before a word.
_MARK = re.compile(r"[“”]|(?P<straight>(?<![^\s(\[–—:-])\"(?=\S))|\"|\n[^\S\n]*\n")
# In capitals these are no pronouns: "US officials", "the IT company".
_ABBREVIATED = {"US": "u.s.", "IT": "i.t."}
# No sentence that people read is longer, and what is not read costs no time.
LONGEST_SENTENCE = 3000
_LONGEST_QUOTE = 3000


class Word(NamedTuple):
    """
    A word or sign of a sentence: as written, in lower case with straight apostrophes, and where it stands.

    `actor` says that it belongs to the name of a known actor.

    A tuple, since an article has hundreds, and tuples are made three times as fast as records.
    """

    text: str
    lower: str
    start: int
    end: int
    actor: bool = False

    @property
    def capital(self) -> bool:
        """Whether it begins like a name."""
        return self.text[0].isupper() or (self.text[0] == "@" and len(self.text) > 1) or self.text[1:2].isupper()

    @property
    def letters(self) -> bool:
        """Whether it is a word rather than a sign."""
        return self.text[0].isalnum() or len(self.text) > 1


def words_of(text: str, span: Span) -> list[Word]:
    """Return the words and signs of a sentence in order; none of one that is longer than any that people read."""
    if span.end - span.start > LONGEST_SENTENCE:
        return []
    return [
        Word(match[0], _ABBREVIATED.get(match[0]) or match[0].lower().replace("’", "'"), match.start(), match.end())
        for match in _WORD.finditer(text, span.start, span.end)
    ]


@dataclass(frozen=True)
class Quotes:
    """The quotations of a document, with their marks, in order and without overlap."""

    spans: tuple[Span, ...]

    def at(self, position: int) -> Span | None:
        """Return the quotation that `position` lies in."""
        index = bisect_right(self._starts, position) - 1
        return self.spans[index] if index >= 0 and position < self.spans[index].end else None

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.spans]


def quotes_of(document: Document) -> Quotes:
    """
    Return what stands between quotation marks.

    A quotation ends at its closing mark, or, as the paragraphs of a long one do, where the block ends. One that is
    longer than people write is none: there a mark is missing.
    """
    blocks = [block.span for block in document.blocks] or [Span(0, len(document.text) or 1)]
    found = [span for block in blocks for span in _quotes(document.text, block)]
    return Quotes(tuple(span for span in found if span.end - span.start <= _LONGEST_QUOTE))


def position_of(words: Sequence[Word], start: int) -> int:
    """Return the index of the first word that ends behind `start`."""
    return bisect_right(words, start, key=lambda word: word.end)


def _quotes(text: str, block: Span) -> Iterator[Span]:
    opened: int | None = None
    for match in _MARK.finditer(text, block.start, block.end):
        mark, start = match[0], match.start()
        opens = mark == "“" or match["straight"] is not None
        if opened is not None and text[opened] == "“" and mark == '"':
            continue
        if opened is not None and (opens or mark == "”" or mark == '"' or text[opened] == "“"):
            # Behind an opening mark a second one begins a new paragraph of the quotation, or the first has no end.
            if not opens or text[opened] == "“":
                yield Span(opened, start if opens or mark.isspace() else match.end())
            opened = None
        if opens:
            opened = start
    if opened is not None and text[opened] == "“":
        yield Span(opened, block.end)
