"""Reads marked-up text into a document: front matter, headings, paragraphs, list items, table rows, code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from incidex.ingest.heads import Heads, find_heads
from incidex.ingest.markup.asciidoc import asciidoc_pieces
from incidex.ingest.markup.front_matter import FrontMatter, date_in_path, read_front_matter
from incidex.ingest.markup.inline import inline_markup
from incidex.ingest.markup.markdown import markdown_pieces
from incidex.ingest.markup.pieces import Piece, Splitter
from incidex.ingest.markup.rst import rst_pieces
from incidex.records import Block, BlockKind, Document, Span
from incidex.text.blocks.credits import credit_mark
from incidex.text.blocks.find import MOST_BLOCKS
from incidex.text.blocks.furniture import Mark, furniture_mark
from incidex.text.blocks.layout import Paragraph
from incidex.text.blocks.line_features import LineFeatures, line_features
from incidex.text.blocks.sections import kind_of_heading
from incidex.text.blocks.values import has_indicator, has_vulnerability
from incidex.text.readable import blanked

_SPLITTERS: dict[str, Splitter] = {"markdown": markdown_pieces, "asciidoc": asciidoc_pieces, "rst": rst_pieces}
# Only these can be a notice, a by-line or a link.
_JUDGED = (BlockKind.BODY, BlockKind.LIST_ITEM, BlockKind.CAPTION)
_ADDRESS = re.compile(r"\]\(|://|`_|\]:")


def read_marked_up(text: str, *, form: str, source: str = "", warnings: tuple[str, ...] = ()) -> Document:
    """
    Return the document of a marked-up text, which stays as it is.

    Args:
        form: "markdown", "asciidoc" or "rst".
    """
    front = read_front_matter(text)
    pieces = list(islice(_SPLITTERS[form](text, front.end if front else 0), MOST_BLOCKS))
    blocks = _titled(list(_blocks(text, pieces, form)))
    whole = (*_front_blocks(text, front), *blocks)
    readable = blanked(text, (span for block in whole for span in block.markup))
    heads = _heads(front.heads if front else Heads(), find_heads(readable, blocks), source)
    return Document(
        text=text,
        blocks=whole,
        source=source,
        format=form,
        title=heads.title,
        published_at=heads.published_at,
        publisher=heads.publisher,
        author=heads.author,
        warnings=warnings,
    )


def _heads(front: Heads, seen: Heads, source: str) -> Heads:
    return Heads(
        title=front.title or seen.title,
        published_at=front.published_at or seen.published_at or date_in_path(source),
        publisher=front.publisher or seen.publisher,
        author=front.author or seen.author,
    )


def _front_blocks(text: str, front: FrontMatter | None) -> Iterator[Block]:
    """Yield a block for each line of the front matter."""
    for match in re.finditer(r"\S(?:[^\r\n]*\S)?", text[: front.end] if front else ""):
        yield Block(Span(*match.span()), BlockKind.BOILERPLATE, "front matter")


def _blocks(text: str, pieces: Sequence[Piece], form: str) -> Iterator[Block]:
    """Yield a block for each piece; its words can say that it is a by-line, a notice or an entry under "References"."""
    judge = _Judge(text)
    for piece in pieces:
        inside = inline_markup(text, piece.start, piece.end, form=form) if piece.has_lines else []
        markup = _without_overlap((*piece.markup, *inside))
        features = _features(text, piece, markup)
        mark = judge(piece, features)
        yield Block(
            Span(piece.start, piece.end),
            mark.kind,
            mark.reason,
            level=piece.level if mark.kind is BlockKind.HEADING else 0,
            markup=markup,
        )


def _without_overlap(spans: Sequence[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _features(text: str, piece: Piece, markup: Sequence[Span]) -> LineFeatures | None:
    """Return the features of a piece without its mark-up; None if nothing is left."""
    own = text[piece.start : piece.end]
    moved = (Span(span.start - piece.start, span.end - piece.start) for span in markup)
    words = blanked(own, moved)
    start, end = len(words) - len(words.lstrip()), len(words.rstrip())
    if start >= end:
        return None
    return line_features(words, Paragraph(Span(start, end), gap=True, item=piece.kind is BlockKind.LIST_ITEM))


class _Judge:
    """Says what each piece is, in order; remembers the heading above and whether the article has begun."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._references = 0  # the level of the heading above, if it is that of a list of references
        self._seen_prose = False

    def __call__(self, piece: Piece, line: LineFeatures | None) -> Mark:
        mark = Mark(piece.kind, piece.reason)
        if line is None or piece.kind is BlockKind.BOILERPLATE:
            return Mark(BlockKind.BOILERPLATE, piece.reason if line is not None else "mark-up without words")
        if piece.kind is BlockKind.HEADING:
            self._heading(piece, line)
        elif piece.kind in _JUDGED:
            mark = self._by_words(piece, line) or mark
            self._seen_prose = self._seen_prose or (line.prose and mark.kind.in_article)
        return mark

    def _heading(self, piece: Piece, line: LineFeatures) -> None:
        if not self._references or piece.level <= self._references or kind_of_heading(line.raw) is not None:
            self._references = piece.level if kind_of_heading(line.raw) == "references" else 0

    def _by_words(self, piece: Piece, line: LineFeatures) -> Mark | None:
        if has_indicator(line):
            return None
        if self._references and _ADDRESS.search(self._text, piece.start, piece.end):
            return Mark(BlockKind.RELATED, "listed under a heading of references")
        if not self._seen_prose and piece.kind is BlockKind.BODY and (credit := credit_mark(line)):
            return credit
        found = furniture_mark(line)
        return None if found and has_vulnerability(line) else found


def _titled(blocks: list[Block]) -> list[Block]:
    """Make the first heading the title, if no heading of a higher level follows and little text stands above it."""
    headings = [index for index, block in enumerate(blocks) if block.kind is BlockKind.HEADING]
    if not headings:
        return blocks
    first = headings[0]
    highest = min(blocks[index].level for index in headings)
    if blocks[first].level > highest:
        first = next(index for index in headings if blocks[index].level == highest)
    above = sum(block.kind is BlockKind.BODY for block in blocks[:first])
    if above <= _MOST_ABOVE:
        blocks[first] = replace(blocks[first], kind=BlockKind.TITLE, reason="first heading")
    return blocks


# Paragraphs above a title: a badge, a motto, the name of the site.
_MOST_ABOVE = 3
