"""The queue: what is least certain in the newest reports, to be decided one by one or several at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from incidex.errors import InputError
from incidex.records import Document, Span
from incidex.service.accounts import Person, analyst, reader
from incidex.service.desk import Desk, desk_of
from incidex.service.pages.addresses import own_path
from incidex.service.pages.article import places
from incidex.service.pages.edits import EditForm
from incidex.service.pages.findings import Finding, findings_of
from incidex.service.pages.rendering import page
from incidex.store.decisions.edits import Thing, Verdict

# How many reports are looked through, and how many items are shown. Reading an analysis takes some milliseconds.
_REPORTS, _SHOWN = 30, 40
_KINDS = ("sentence", "event", "argument")


@dataclass(frozen=True, slots=True)
class Item:
    """
    Something unsure.

    Attributes:
        document: The report that it is in.
        finding: What it is.
        context: The words before it in its sentence, its own, and those after it.
        value: What the form sends to name it.
    """

    document: Document
    finding: Finding
    context: tuple[str, str, str]
    value: str


def router() -> APIRouter:
    """Return the routes."""
    made = APIRouter()
    made.add_api_route("/review", queue, methods=["GET"])
    made.add_api_route("/review", decide, methods=["POST"])
    return made


def queue(
    request: Request,
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(reader)],
    kind: str = "",
    report: str = "",
) -> Response:
    """Show the least certain items first, of one kind or report if it is given."""
    ids = [report] if report else desk.store.document_ids()[: -_REPORTS - 1 : -1]
    every = [item for id in ids for item in _items(desk, id)]
    counts = {name: sum(item.finding.thing == name for item in every) for name in _KINDS}
    found = [item for item in every if not kind or item.finding.thing == kind]
    found.sort(key=lambda item: item.finding.score or 0)
    chosen: dict[str, Any] = {"kind": kind, "report": report, "counts": counts}
    return page(
        request, "review.html", person=person, items=found[:_SHOWN], total=len(found), reports=len(ids), **chosen
    )


def decide(
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(analyst)],
    verdict: Annotated[Verdict, Form()],
    item: Annotated[list[str] | None, Form()] = None,
    back: Annotated[str, Form()] = "/review",
) -> Response:
    """Give every chosen item one verdict; each is a decision of its own, which can be undone by itself."""
    if not item:
        raise InputError("No item was chosen.\nChoose at least one of the list.")
    for value in item[:_SHOWN]:
        document, form = _parsed(value, verdict)
        desk.store.review.edit(document, form.target(), form.change(), author=person.name, expected=form.expected)
    return RedirectResponse(own_path(back), 303)


def _items(desk: Desk, id: str) -> Iterator[Item]:
    analysis = desk.store.analysis(id)
    found, text = findings_of(analysis), analysis.document.text
    for one in chain(found.every(), found.sentences):
        if one.is_unsure and one.thing in _KINDS:
            span = one.spans[0]
            around = _around(found.sentences, span)
            context = (text[around.start : span.start], one.words, text[span.end : max(around.end, span.end)])
            yield Item(analysis.document, one, context, _value(id, one))


def _around(sentences: Sequence[Finding], span: Span) -> Span:
    """Return the sentence that a span begins in; the span itself if it stands in none."""
    every = (one.spans[0] for one in sentences)
    return next((each for each in every if each.start <= span.start < each.end), span)


def _value(id: str, one: Finding) -> str:
    trigger = places([one.trigger]) if one.trigger and one.thing == "argument" else ""
    detail = "" if one.thing == "event" else one.detail
    return "|".join((id, one.thing, places(one.spans[:1]), trigger, detail))


def _parsed(value: str, verdict: Verdict) -> tuple[str, EditForm]:
    parts = value.split("|")
    if len(parts) != 5 or parts[1] not in tuple(Thing):
        raise InputError(f"{value[:80]!r} names no item.\nLoad the page again.")
    document, thing, span, trigger, detail = parts
    form = EditForm(thing=Thing(thing), span=span, trigger=trigger, detail=detail, verdict=verdict, expected=0)
    return document, form
