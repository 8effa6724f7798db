"""
Classifies every paragraph of a page: headline, by-line, article, caption, link, notice. Nothing is ever removed.

The first rule that applies to a paragraph decides: first the words of each line, then sections of the page that start
with a heading, then the position above, inside or below the article. Everything else is article, since losing a
sentence is worse than keeping a notice. docs/reference/blocks.md describes each rule.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from incidex.records import Block, BlockKind
from incidex.text.blocks.by_position import above_article, below_article, inside_article, names, titles
from incidex.text.blocks.credits import credit_mark
from incidex.text.blocks.furniture import Mark, furniture_mark
from incidex.text.blocks.layout import find_paragraphs
from incidex.text.blocks.line_features import LineFeatures, line_features, plain_form
from incidex.text.blocks.page_sections import (
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
from incidex.text.blocks.repeats import find_repeats, repeated_captions, running_heads
from incidex.text.blocks.values import data_lines, has_indicator, has_vulnerability, indicator_lists, table_rows

# The most blocks that are found. A book of 500 pages has 5,000; one-letter lines would fill the memory.
MOST_BLOCKS = 100_000

_ARTICLE = Mark(BlockKind.BODY, "article: no rule says otherwise")


def find_blocks(text: str, *, title: str | None = None, headings: Mapping[str, int] | None = None) -> tuple[Block, ...]:
    """
    Return the paragraphs, headings and lines of `text` in order, each with its kind.

    The blocks do not overlap, do not begin or end with white space, and together cover every other character up to the
    end of the last; there are at most `MOST_BLOCKS`. `title`
    is a headline known from elsewhere: the first block equal to it is the title. `headings` are lines known to be
    headings, with their levels. A text without page furniture is all article.
    """
    lines = [line_features(text, paragraph) for paragraph in find_paragraphs(text)[:MOST_BLOCKS]]
    repeats = find_repeats(lines)
    marks: Marks = [None] * len(lines)
    _fill(marks, _known_title(lines, title))
    _fill(marks, mail_headers(lines, marks))
    data = data_lines(lines) | indicator_lists(lines)
    by_words = _by_words(lines)
    _fill(marks, comments(lines, [by_words.get(index) for index in range(len(lines))]))
    _fill(marks, contents(lines, marks))
    _fill(marks, by_words)
    levels = {index: level for index, line in enumerate(lines) if (level := (headings or {}).get(line.raw, 0))}
    _fill(marks, link_lists(lines, marks, levels), but=data)
    _fill(marks, portraits(lines, marks))
    for section in (signature, running_heads):
        _fill(marks, section(lines, marks), but=data)
    _fill(marks, names(lines, marks), but=data)
    _fill(marks, author_portrait(lines, marks))
    _fill(marks, repeated_captions(lines, marks, repeats))
    _fill(marks, titles(lines, marks, repeats, data))
    _fill(marks, above_article(lines, marks, data))
    for place in (inside_article, below_article):
        _fill(marks, place(lines, marks), but=data.union(levels))
    for index in levels:
        marks[index] = marks[index] or Mark(BlockKind.HEADING, "heading in the mark-up")
    found = (_block(index, line, marks[index] or _ARTICLE, repeats) for index, line in enumerate(lines))
    return tuple(replace(block, level=levels.get(i, 0)) if i in levels else block for i, block in enumerate(found))


def _fill(marks: Marks, found: Found, *, but: Collection[int] = ()) -> None:
    """Add the marks that a rule found, except at the indexes in `but`, keeping those that are already set."""
    for index, mark in found.items():
        if marks[index] is None and index not in but:
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
    """Mark lines by their words alone. A text of one block is article, whatever its words."""
    found: Found = {}
    known: dict[str, Mark | None] = {}
    rows = table_rows(lines)
    for index, line in enumerate(lines):
        if line.raw not in known:
            mark = credit_mark(line) or furniture_mark(line)
            is_notice = mark is not None and mark.kind is BlockKind.BOILERPLATE
            is_data = is_notice and (has_indicator(line) or has_vulnerability(line))
            known[line.raw] = None if is_data else mark
        # "| 3 May | Orvane Foods |" is not a by-line.
        if (mark := known[line.raw]) is not None and (index not in rows or mark.kind is BlockKind.BOILERPLATE):
            found[index] = mark
    # "Example Threat Report | March 2026" on the first line is a headline with a date in it.
    if 0 in found and found[0].kind is BlockKind.BYLINE:
        del found[0]
    return found if len(lines) > 1 else {}


def _block(index: int, line: LineFeatures, mark: Mark, repeats: dict[int, int]) -> Block:
    return Block(span=line.span, kind=mark.kind, reason=mark.reason, repeats=repeats.get(index))
