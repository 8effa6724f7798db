"""The queue: what is least certain in all reports, to be decided one by one or several at once."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from incidex.errors import InputError
from incidex.service.accounts import Person, analyst, reader
from incidex.service.desk import Desk, desk_of
from incidex.service.pages.addresses import own_path
from incidex.service.pages.article import places
from incidex.service.pages.edits import EditForm
from incidex.service.pages.rendering import page
from incidex.service.queue_place import place_at, place_for
from incidex.store.decisions.edits import Thing, Verdict
from incidex.store.decisions.records import describe
from incidex.store.doubts import Doubt, DoubtKind

_SHOWN = 40
_MOST_LEFT = 100


def router() -> APIRouter:
    """Return the routes."""
    made = APIRouter()
    made.add_api_route("/review", queue, methods=["GET"])
    made.add_api_route("/review", decide, methods=["POST"])
    made.add_api_route("/review/left", left, methods=["GET"])
    return made


def queue(
    request: Request,
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(reader)],
    kind: str = "",
    report: str = "",
    incident: str = "",
    after: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """Show the least certain items first, of one kind, report or incident if it is given."""
    if kind and kind not in tuple(DoubtKind):
        raise InputError(f"There is no kind {kind[:40]!r}.\nChoose one of {', '.join(DoubtKind)}.")
    found = desk.store.review.queue(
        kinds=[DoubtKind(kind)] if kind else (),
        document=report,
        incident=incident,
        limit=_SHOWN,
        after=place_at(after),
    )
    titles = {one.id: one.title or one.source for one in _documents(desk, found.items)}
    chosen: dict[str, Any] = {"kind": kind, "report": report, "incident": incident}
    kept = {name: value for name, value in chosen.items() if value}
    return page(
        request,
        "review.html",
        person=person,
        items=[(one, _value(one) if one.target else "") for one in found.items],
        titles=titles,
        counts=found.counts,
        waiting=found.waiting,
        kinds=list(DoubtKind),
        here="?" + urlencode(kept),
        others="".join(f"&{name}={value}" for name, value in kept.items() if name != "kind"),
        next=f"?{urlencode({**kept, 'after': place_for(found.next)})}" if found.next else "",
        **chosen,
    )


def left(
    request: Request, desk: Annotated[Desk, Depends(desk_of)], person: Annotated[Person, Depends(reader)]
) -> Response:
    """Show what people left to their colleagues."""
    found = desk.store.review.left_unsure()
    items = [(one, describe(one.content), getattr(one.content, "document", "")) for one in found[:_MOST_LEFT]]
    return page(request, "left.html", person=person, items=items, total=len(found))


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


def _documents(desk: Desk, items: tuple[Doubt, ...]) -> Any:
    return desk.store.documents(dict.fromkeys(one.document for one in items if one.document))


def _value(one: Doubt) -> str:
    """Return what the form sends to name an item."""
    target = one.target
    if target is None or target.span is None:
        return ""
    trigger = places([target.trigger]) if target.trigger and target.thing is not Thing.EVENT else ""
    detail = "" if target.thing is Thing.EVENT else target.detail
    return "|".join((one.document, target.thing, places([target.span]), trigger, detail))


def _parsed(value: str, verdict: Verdict) -> tuple[str, EditForm]:
    parts = value.split("|")
    if len(parts) != 5 or parts[1] not in tuple(Thing):
        raise InputError(f"{value[:80]!r} names no item.\nLoad the page again.")
    document, thing, span, trigger, detail = parts
    form = EditForm(thing=Thing(thing), span=span, trigger=trigger, detail=detail, verdict=verdict, expected=0)
    return document, form
