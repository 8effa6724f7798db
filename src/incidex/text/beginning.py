"""Cuts a very long text down to its beginning, so that what is sought beside labels and events takes seconds."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from incidex.records import Block, Document, Event, Sentence, Span


def beginning(
    document: Document, sentences: Sequence[Sentence], events: Sequence[Event], *, most: int
) -> tuple[Document, Sequence[Sentence], Sequence[Event]]:
    """
    Return a document, its sentences and its events up to the last sentence that ends within `most` characters.

    All spans stay what they are. Of an event that goes on behind, the mentions and arguments before are kept.
    """
    kept = sentences[: bisect_right(sentences, most, key=lambda sentence: sentence.span.end)]
    end = kept[-1].span.end if kept else 0
    blocks = tuple(_blocks(document.blocks, end))
    within = (_before(event, end) for event in events)
    return replace(document, text=document.text[:end], blocks=blocks), kept, tuple(event for event in within if event)


def _blocks(blocks: Sequence[Block], end: int) -> Iterator[Block]:
    """Yield the blocks that begin before `end`, the last one up to there."""
    for block in blocks[: bisect_left(blocks, end, key=lambda block: block.span.start)]:
        yield block if block.span.end <= end else replace(block, span=Span(block.span.start, end))


def _before(event: Event, end: int) -> Event | None:
    """Return what is told of an event before `end`; None if nothing is."""
    mentions = tuple(
        replace(mention, arguments=tuple(one for one in mention.arguments if one.span.end <= end))
        for mention in event.mentions
        if mention.trigger.end <= end
    )
    return Event(mentions) if mentions else None
