"""What a paragraph looks like to the rules: its words in a plain form, how long it is and how it ends."""

import re
from typing import NamedTuple

from incidex.records import Span
from incidex.text.blocks.layout import Paragraph

# Page furniture is short. A cookie notice runs to some 700 characters; longer paragraphs are article or comment.
LONGEST = 800

_STRAIGHT = str.maketrans("‘’‚‛´`“”„«»", "''''''\"\"\"\"\"")
# Deleted from both ends before a line is compared with whole lines of the lexicon: "» Comments (12)" is "comments".
_TRIM = " 0123456789()[]{}:;,.…!?\"'<>›‹←→↑↓|·•*#+-–—&=_~@▸▶►▼▾☰✕×✓✉…/\\\u200b\ufeff"
_WIDE_BLANK = re.compile(r"\t\s*|  \s*")
_CLOSING = " \"'”’)]»*_\u00ad\u200b"


class LineFeatures(NamedTuple):
    """
    A paragraph as the rules see it.

    Attributes:
        span: Where it stands.
        gap: Whether a blank line stands before it.
        item: Whether it begins with a bullet or a number.
        raw: Its first characters as they stand, white space as single blanks.
        plain: `raw` in lower case with straight quotes.
        bare: `plain` without digits and signs at either end; empty if there is no letter.
        words: The number of words of the whole paragraph.
        columns: How many parts tabs and double blanks divide its beginning into.
        ends: Whether it ends as a sentence does.
    """

    span: Span
    gap: bool
    item: bool
    raw: str
    plain: str
    bare: str
    words: int
    columns: int
    ends: bool

    @property
    def prose(self) -> bool:
        """Whether it is long enough, and ends, as a paragraph of an article does."""
        return self.ends and self.words >= 10

    @property
    def headline_like(self) -> bool:
        """Whether it could be a headline: some words, no bullet, no end of a sentence, no colon."""
        return 5 <= self.words <= 22 and not self.ends and not self.item and self.raw[-1] not in ":,;"


def line_features(text: str, paragraph: Paragraph) -> LineFeatures:
    """Return what `paragraph` of `text` looks like."""
    span = paragraph.span
    whole = text[span.start : span.end].split()
    raw = " ".join(whole[:LONGEST])[:LONGEST]
    plain = (raw if raw.isascii() else raw.translate(_STRAIGHT)).lower()
    return LineFeatures(
        span=span,
        gap=paragraph.gap,
        item=paragraph.item,
        raw=raw,
        plain=plain,
        bare=plain.removesuffix("[edit]").strip(_TRIM),  # as wikis write behind headings
        words=len(whole),
        columns=len(_WIDE_BLANK.split(text[span.start : min(span.end, span.start + LONGEST)])),
        ends="".join(whole[-2:]).rstrip(_CLOSING).endswith((".", "!", "?", "…")),
    )


def plain_form(text: str) -> str:
    """Return the beginning of `text` with single blanks, straight quotes and small letters: the form to compare."""
    line = " ".join(text.split())[:LONGEST]
    return (line if line.isascii() else line.translate(_STRAIGHT)).lower()
