"""Measures what the rules look at in a paragraph: its words in a normal form, its length, its ending."""

import re
from typing import NamedTuple

from incidex.records import Span
from incidex.text.blocks.layout import Paragraph

# Page furniture is short. A cookie notice runs to some 700 characters; longer paragraphs are article or comment.
LONGEST = 800

_STRAIGHT = str.maketrans("‘’‚‛´`“”„«»", "''''''\"\"\"\"\"")
# Stripped from both ends before a line is compared with whole phrases: "» Comments (12)" is "comments".
_TRIM = " 0123456789()[]{}:;,.…!?\"'<>›‹←→↑↓|·•*#+-–—&=_~@▸▶►▼▾☰✕×✓✉…/\\\u200b\ufeff"
_WIDE_BLANK = re.compile(r"\t\s*|  \s*")
_CLOSING = " \"'”’)]»*_\u00ad\u200b"


class LineFeatures(NamedTuple):
    """
    The features of a paragraph.

    Attributes:
        span: Its position.
        gap: Whether a blank line precedes it.
        item: Whether it begins with a bullet or a number.
        raw: Its first characters, with white space as single spaces.
        plain: `raw` in lower case with straight quotes.
        bare: `plain` without digits and punctuation at either end; empty if there is no letter.
        words: The number of words of the whole paragraph.
        columns: The number of parts that tabs and double spaces divide its beginning into.
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
        """Whether its length and ending are those of a paragraph of prose."""
        return self.ends and self.words >= 10

    @property
    def headline_like(self) -> bool:
        """Whether it could be a headline: some words, no bullet, no final punctuation."""
        return 5 <= self.words <= 22 and not self.ends and not self.item and self.raw[-1] not in ":,;"


def line_features(text: str, paragraph: Paragraph) -> LineFeatures:
    """Return the features of `paragraph` in `text`."""
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
        bare=plain.removesuffix("[edit]").strip(_TRIM),  # wikis append it to headings
        words=len(whole),
        columns=len(_WIDE_BLANK.split(text[span.start : min(span.end, span.start + LONGEST)])),
        ends="".join(whole[-2:]).rstrip(_CLOSING).endswith((".", "!", "?", "…")),
    )


def plain_form(text: str) -> str:
    """Return the beginning of `text` in lower case, with single spaces and straight quotes, for comparison."""
    line = " ".join(text.split())[:LONGEST]
    return (line if line.isascii() else line.translate(_STRAIGHT)).lower()
