"""
Says of every paragraph of a page what it is: headline, by-line, article, caption, link, notice. Nothing is ever cut.

What one rule has said, a later one does not change. First the words of each line, then the parts of a page that have a
beginning, then the place above, inside or below the article. What no rule claims is article: a lost sentence is worse
than a kept notice. The rules one by one: docs/reference/blocks.md.
"""

from collections.abc import Sequence

from incidex.records import Block, BlockKind
from incidex.text.blocks.by_position import above_article, below_article, inside_article, names, titles
from incidex.text.blocks.credits import credit_mark
from incidex.text.blocks.furniture import Mark, furniture_mark
from incidex.text.blocks.layout import find_paragraphs
from incidex.text.blocks.line_features import LineFeatures, line_features, plain_form
from incidex.text.blocks.repeats import find_repeats, repeated_captions, running_heads
from incidex.text.blocks.sections import (
    Found,
    Marks,
    author_portrait,
    comments,
    contents,
    link_lists,
    mail_headers,
    portraits,
    signature,
)

_ARTICLE = Mark(BlockKind.BODY, "article: no rule says otherwise")


def find_blocks(text: str, *, title: str | None = None) -> tuple[Block, ...]:
    """
    Return the paragraphs, headings and lines of `text` in order, each with its kind.

    The blocks do not overlap, have no white space around them, and together cover every character that is not white
    space. `title` is a headline known from elsewhere: the first block that equals it is the title. A text without any
    page furniture is article as a whole.
    """
    lines = [line_features(text, paragraph) for paragraph in find_paragraphs(text)]
    repeats = find_repeats(lines)
    marks: Marks = [None] * len(lines)
    _fill(marks, _known_title(lines, title))
    _fill(marks, mail_headers(lines, marks))
    by_words = _by_words(lines)
    _fill(marks, comments(lines, [by_words.get(index) for index in range(len(lines))]))
    _fill(marks, contents(lines, marks))
    _fill(marks, by_words)
    for section in (link_lists, portraits, signature, running_heads):
        _fill(marks, section(lines, marks))
    _fill(marks, names(lines, marks))
    _fill(marks, author_portrait(lines, marks))
    _fill(marks, repeated_captions(lines, marks, repeats))
    _fill(marks, titles(lines, marks, repeats))
    for place in (above_article, inside_article, below_article):
        _fill(marks, place(lines, marks))
    return tuple(_block(index, line, marks[index] or _ARTICLE, repeats) for index, line in enumerate(lines))


def _fill(marks: Marks, found: Found) -> None:
    """Add what a rule found to what is known, without changing that."""
    for index, mark in found.items():
        if marks[index] is None:
            marks[index] = mark


def _known_title(lines: Sequence[LineFeatures], title: str | None) -> Found:
    if not title or not title.strip():
        return {}
    wanted = plain_form(title)
    return next(
        (
            {i: Mark(BlockKind.TITLE, "equals the title of the page")}
            for i, line in enumerate(lines)
            if line.plain == wanted
        ),
        {},
    )


def _by_words(lines: Sequence[LineFeatures]) -> Found:
    """Mark what the words of a line alone say. A text of one block is article, whatever its words."""
    found: Found = {}
    known: dict[str, Mark | None] = {}
    for index, line in enumerate(lines):
        if line.raw not in known:
            known[line.raw] = credit_mark(line) or furniture_mark(line)
        if (mark := known[line.raw]) is not None:
            found[index] = mark
    # "Example Threat Report | March 2026" above everything else is a headline with a date in it.
    if 0 in found and found[0].kind is BlockKind.BYLINE:
        del found[0]
    return found if len(lines) > 1 else {}


def _block(index: int, line: LineFeatures, mark: Mark, repeats: dict[int, int]) -> Block:
    return Block(span=line.span, kind=mark.kind, reason=mark.reason, repeats=repeats.get(index))
