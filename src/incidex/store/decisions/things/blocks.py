"""Applies edits of blocks: whether a paragraph is part of the article, and which part."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from incidex.records import Analysis, Block, BlockKind, Document, Entity, Span
from incidex.store.decisions.edits import Change, Target
from incidex.store.decisions.places import overlap
from incidex.store.decisions.things.mentions import in_order

_Outside = Callable[[Span], bool]


def edit_block(analysis: Analysis, target: Target, change: Change, number: int | None) -> Analysis:
    """
    Return `analysis` with another kind of a block and of the sentences in it.

    What was found in a block that is no part of the article is left out. What stands in one that now is part of it is
    found when the document is analysed again; only the labels of its sentences are there already.
    """
    document = with_block_kind(analysis.document, target, change, number)
    block = block_at(document, target.span)
    if block is None:
        return analysis
    inside = block.span
    sentences = tuple(
        replace(each, kind=block.kind) if inside.covers(each.span) else each for each in analysis.sentences
    )
    analysis = replace(analysis, document=document, sentences=sentences)
    return analysis if block.kind.in_article else _without(analysis, inside.overlaps)


def with_block_kind(document: Document, target: Target, change: Change, number: int | None) -> Document:
    """Return `document` with another kind of one block."""
    block = block_at(document, target.span)
    if block is None:
        return document
    kind = BlockKind(change.kind) if change.kind else block.kind
    new = replace(block, kind=kind, reason="a person", decision=number)
    return replace(document, blocks=tuple(new if each is block else each for each in document.blocks))


def block_at(document: Document, span: Span | None) -> Block | None:
    """Return the block with most of `span`; None if none has any of it."""
    every = [block for block in document.blocks if span and block.span.overlaps(span)]
    return max(every, key=lambda block: overlap(block.span, span) if span else 0, default=None)


def _without(analysis: Analysis, outside: _Outside) -> Analysis:
    events = []
    for event in analysis.events:
        mentions = (
            replace(mention, arguments=tuple(a for a in mention.arguments if not outside(a.span)))
            for mention in event.mentions
            if not outside(mention.trigger)
        )
        events.append(replace(event, mentions=tuple(mentions)))
    return replace(
        analysis,
        events=in_order(events),
        indicators=tuple(each for each in analysis.indicators if not outside(each.span)),
        entities=tuple(_entities(analysis.entities, outside)),
        times=tuple(each for each in analysis.times if not outside(each.span)),
        quantities=tuple(each for each in analysis.quantities if not outside(each.span)),
        claims=tuple(each for each in analysis.claims if not outside(each.words)),
    )


def _entities(entities: Iterable[Entity], outside: _Outside) -> Iterable[Entity]:
    for entity in entities:
        if mentions := tuple(mention for mention in entity.mentions if not outside(mention)):
            yield replace(entity, mentions=mentions)
