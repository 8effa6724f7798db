"""The panel of a report page: what can be done with one item, or with words that somebody marked."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from incidex.errors import InputError, UnknownId
from incidex.export.annotation.segments import blocks_of
from incidex.labels import scheme
from incidex.records import Analysis, Block, BlockKind, ClaimKind, EntityKind, EventMention, Span
from incidex.service.accounts import Person, reader
from incidex.service.desk import Desk, desk_of
from incidex.service.pages.findings import Finding, findings_of
from incidex.service.pages.rendering import page

# How many triggers are offered for an argument, the nearest ones.
_MOST_TRIGGERS = 6
_LONGEST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Near:
    """
    A trigger near an item, which the item may belong to.

    Attributes:
        span: The trigger.
        words: Its words.
        number: The number of its event.
        event_type: Its event type.
        roles: The roles of that type.
    """

    span: Span
    words: str
    number: int
    event_type: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """
    What the panel shows.

    Attributes:
        item: The item; None if words are marked that are none.
        span: Its words, or those that were marked.
        words: The words themselves.
        labels: The labels of the sentence, if it is one.
        toggled: For each event type the labels that the sentence has once it is set or cleared.
        near: The triggers that it may belong to.
        block: The block that it stands in.
        expected: The number of the last decision about it; 0 if there is none.
    """

    item: Finding | None
    span: Span
    words: str
    labels: tuple[str, ...] = ()
    toggled: tuple[tuple[str, str], ...] = ()
    near: tuple[Near, ...] = ()
    block: Block | None = None
    expected: int = 0


def router() -> APIRouter:
    """Return the routes."""
    made = APIRouter()
    made.add_api_route("/reports/{id}/panel", show, methods=["GET"])
    return made


def show(
    id: str,
    request: Request,
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(reader)],
    item: str = "",
    span: Annotated[str, Query(pattern=r"^(\d{1,12}:\d{1,12})?$")] = "",
) -> Response:
    """Show the panel alone: a script puts it into the page of the report."""
    analysis = desk.store.analysis(id)
    return page(request, "panel.html", person=person, **panel_content(analysis, item=item, marked=span))


def panel_content(analysis: Analysis, *, item: str, marked: str) -> dict[str, Any]:
    """Return what the template of the panel has places for."""
    return {
        "panel": _of_words(analysis, marked) if marked else _of_item(analysis, item),
        "document": analysis.document,
        "block_kinds": list(BlockKind),
        "name_kinds": list(EntityKind),
        "claim_kinds": list(ClaimKind),
    }


def _of_item(analysis: Analysis, key: str) -> Panel:
    """Return the panel for an item. Raises UnknownId if there is none, as after somebody has rejected it."""
    found = findings_of(analysis)
    for one in chain(found.every(), found.sentences):
        if one.key == key and one.spans:
            break
    else:
        raise UnknownId("This item is not there any more.\nSomebody has changed it since: load the page again.")
    span = one.spans[0]
    labels = next((each.labels for each in analysis.sentences if each.span == span), ())
    return Panel(
        one,
        span,
        one.words[:_LONGEST_WORDS],
        labels,
        tuple(_toggled(labels)),
        tuple(_near(analysis, span)),
        _block_at(analysis, span),
        one.decision or 0,
    )


def _of_words(analysis: Analysis, written: str) -> Panel:
    start, _, end = written.partition(":")
    if not int(start) < int(end) <= len(analysis.document.text):
        raise InputError(f"{written} is no place in this report.\nLoad the page again and mark the words once more.")
    span = Span(int(start), int(end))
    words = span.of(analysis.document.text)[:_LONGEST_WORDS]
    return Panel(None, span, words, near=tuple(_near(analysis, span)), block=_block_at(analysis, span))


def _toggled(labels: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in scheme().names:
        changed = [label for label in labels if label != name] if name in labels else [*labels, name]
        yield name, scheme().written(changed)


def _near(analysis: Analysis, span: Span) -> Iterator[Near]:
    """Yield the triggers nearest to `span`, the nearest first."""
    every = [(number, one) for number, event in enumerate(analysis.events, 1) for one in event.mentions]
    every.sort(key=lambda entry: _distance(entry[1], span))
    for number, one in every[:_MOST_TRIGGERS]:
        roles = tuple(scheme().event_type(one.event_type).roles)
        yield Near(one.trigger, one.trigger.of(analysis.document.text), number, one.event_type, roles)


def _distance(mention: EventMention, span: Span) -> int:
    return max(mention.trigger.start - span.end, span.start - mention.trigger.end, 0)


def _block_at(analysis: Analysis, span: Span) -> Block | None:
    return next((one for one in blocks_of(analysis.document) if one.span.start <= span.start < one.span.end), None)
