"""The list of incidents with its filters, and two incidents side by side, to be joined or kept apart."""

from collections.abc import Iterable
from dataclasses import fields
from itertools import groupby
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from incidex.dossiers.comparison import compare_dossiers
from incidex.records import Filter, Order
from incidex.service.accounts import Person, analyst, reader
from incidex.service.desk import Desk, desk_of
from incidex.service.pages.addresses import incident_path
from incidex.service.pages.rendering import page

_SHOWN = 50
# How many values of a filter are offered.
_MOST_CHOICES = 12
_CONDITIONS = tuple(field.name for field in fields(Filter))


def router() -> APIRouter:
    """Return the routes."""
    made = APIRouter()
    made.add_api_route("/incidents", incidents, methods=["GET"])
    made.add_api_route("/compare", compare, methods=["GET"])
    made.add_api_route("/compare", decide, methods=["POST"])
    return made


def incidents(
    request: Request,
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(reader)],
    order: Order = Order.CHANGED,
    after: str | None = None,
) -> Response:
    """Show the incidents that fulfil the conditions in the address, with what they can be narrowed down by."""
    given = {name: value for name in _CONDITIONS if (value := request.query_params.get(name, "").strip())}
    found = desk.store.summaries(Filter(**given), order=order, limit=_SHOWN, after=after, facets=True)
    facets = [(facet.kind.value, facet.choices[:_MOST_CHOICES], len(facet.choices)) for facet in found.facets]

    def with_(**changes: str) -> str:
        wanted = {name: value for name, value in ({**given, "order": order.value} | changes).items() if value}
        return f"/incidents?{urlencode(wanted)}"

    return page(
        request,
        "incidents.html",
        person=person,
        found=found,
        facets=facets,
        given=given,
        order=order.value,
        with_=with_,
    )


def compare(
    request: Request,
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(reader)],
    id: Annotated[list[str] | None, Query()] = None,
) -> Response:
    """Show two incidents side by side: what both have, and what only one of them has."""
    ids = (id or [])[:2]
    dossiers = [desk.store.dossier(one) for one in ids]
    if len(dossiers) < 2 or dossiers[0].id == dossiers[1].id:
        recent = desk.store.summaries(order=Order.CHANGED, limit=_SHOWN).summaries
        return page(request, "choose.html", person=person, chosen=dossiers[:1], recent=recent)
    found = compare_dossiers(*dossiers)
    rows = [
        (field, [[one for one in group if one.side == side] for side in ("first", "both", "second")])
        for field, same in groupby(found, key=lambda one: one.field)
        for group in [list(same)]
    ]
    expected = [_last(desk, one.id) for one in dossiers]
    return page(request, "compare.html", person=person, dossiers=dossiers, rows=rows, expected=max(expected))


def decide(
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(analyst)],
    left: Annotated[str, Form()],
    right: Annotated[str, Form()],
    verdict: Annotated[str, Form(pattern="^(join|apart|unsure)$")],
    reason: Annotated[str, Form(max_length=2000)] = "",
    expected: Annotated[int | None, Form()] = None,
) -> Response:
    """Join two incidents, keep them apart for ever, or leave it to a colleague."""
    review = desk.store.review
    make = {"join": review.join, "apart": review.keep_apart, "unsure": review.leave_unsure}[verdict]
    make(left, right, author=person.name, reason=reason, expected=expected, named=_short((left, right)))
    return RedirectResponse(incident_path(left), 303)


def _last(desk: Desk, id: str) -> int:
    """Return the number of the last decision about an incident; 0 if there is none."""
    decision = desk.store.review.last_decision_about_incident(id)
    return decision.number if decision else 0


def _short(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(id[:8] for id in ids)
