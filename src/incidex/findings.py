"""Finds indicators, names, times, quantities and claims. Labelling alone does not load this module."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypedDict

from incidex.claims import find_claims
from incidex.events.additions import with_added
from incidex.events.participants import accused_as_attackers
from incidex.events.references import with_names
from incidex.link.indicators import arguments_of, find_indicators
from incidex.link.names.find import find_names
from incidex.link.organisations import find_organisations
from incidex.records import (
    Block,
    Claim,
    ClaimKind,
    Document,
    Entity,
    Event,
    Indicator,
    Quantity,
    Sentence,
    Span,
    TimeExpression,
)
from incidex.text.quantities import find_quantities
from incidex.text.readable import readable, without_marks
from incidex.text.times.find import find_times

# In characters: some 160,000 words, as in a book of 500 pages.
_MOST_SEARCHED = 1_000_000


class Findings(TypedDict):
    """Attributes of an `Analysis`."""

    document: Document
    events: tuple[Event, ...]
    indicators: tuple[Indicator, ...]
    entities: tuple[Entity, ...]
    times: tuple[TimeExpression, ...]
    quantities: tuple[Quantity, ...]
    claims: tuple[Claim, ...]


def findings(document: Document, sentences: Sequence[Sentence], events: Sequence[Event]) -> Findings:
    """
    Return everything in a document but its labelled `sentences`, and its `events` with names and the accused.

    Only the beginning of a text much longer than an article is searched, with a warning on the document.
    """
    whole, found = document, events
    if len(document.text) > _MOST_SEARCHED:
        document, sentences, events = first_part(document, sentences, events, limit=_MOST_SEARCHED)
        whole = _warned(whole, len(document.text))
    # Link targets and emphasis are no text, but a target may be an indicator.
    with_targets, document = without_marks(document), readable(document)
    entities = _entities(document, sentences, events)
    claims = find_claims(document, sentences, events, entities)
    return {
        "document": whole,
        "events": with_names(
            with_added(_with_accused(found, claims), document, sentences, entities), document, sentences, entities
        ),
        "indicators": find_indicators(with_targets, organisations=arguments_of(events), entities=entities),
        "entities": entities,
        "times": find_times(document),
        "quantities": find_quantities(document),
        "claims": claims,
    }


def first_part(
    document: Document, sentences: Sequence[Sentence], events: Sequence[Event], *, limit: int
) -> tuple[Document, Sequence[Sentence], Sequence[Event]]:
    """
    Return a document, its sentences and its events up to the last sentence that ends within `limit` characters.

    Spans do not change. An event that continues after that keeps its earlier mentions and arguments.
    """
    kept = sentences[: bisect_right(sentences, limit, key=lambda sentence: sentence.span.end)]
    end = kept[-1].span.end if kept else 0
    blocks = tuple(_blocks_before(document.blocks, end))
    within = (_event_before(event, end) for event in events)
    return replace(document, text=document.text[:end], blocks=blocks), kept, tuple(event for event in within if event)


def _with_accused(events: Sequence[Event], claims: Sequence[Claim]) -> tuple[Event, ...]:
    """Return `events` with those whom a claim accuses as attackers."""
    accused = [one.accused for one in claims if one.accused and one.kind is ClaimKind.ATTRIBUTED_TO]
    return (
        tuple(Event(tuple(accused_as_attackers(event.mentions, accused))) for event in events)
        if accused
        else tuple(events)
    )


def _warned(document: Document, searched: int) -> Document:
    """Return `document` with a warning that only `searched` characters of it were searched."""
    warning = (
        f"The text has {len(document.text):,} characters; only the first {searched:,} were searched for indicators, "
        "names, times, quantities and claims. Split it to search all of it."
    )
    # A document from the store may already have it.
    return document if warning in document.warnings else replace(document, warnings=(*document.warnings, warning))


def _entities(document: Document, sentences: Sequence[Sentence], events: Sequence[Event]) -> tuple[Entity, ...]:
    """Return actors, malware, tools and organisations, in the order of their first mentions."""
    names = find_names(document, sentences)
    organisations = find_organisations(document, sentences, events=events, others=names)
    return tuple(sorted((*names, *organisations), key=lambda entity: entity.mentions[0]))


def _blocks_before(blocks: Sequence[Block], end: int) -> Iterator[Block]:
    """Yield the blocks that begin before `end`, the last one cut there."""
    for block in blocks[: bisect_left(blocks, end, key=lambda block: block.span.start)]:
        yield block if block.span.end <= end else replace(block, span=Span(block.span.start, end))


def _event_before(event: Event, end: int) -> Event | None:
    """Return an event with its mentions and arguments before `end`; None if it has none."""
    mentions = tuple(
        replace(mention, arguments=tuple(one for one in mention.arguments if one.span.end <= end))
        for mention in event.mentions
        if mention.trigger.end <= end
    )
    return Event(mentions) if mentions else None
