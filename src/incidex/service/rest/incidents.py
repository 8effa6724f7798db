"""Incidents over REST: list with filters, dossiers, comparisons, what changed, exports."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from incidex.dossiers.build import dossier
from incidex.dossiers.comparison import changes_since, compare_dossiers
from incidex.errors import InputError
from incidex.export.formats import FORMATS, Options, names, write_incident
from incidex.export.jsonl.incidents import to_json_changes, to_json_comparison, to_json_dossier
from incidex.records import Dossier, Filter, Order
from incidex.service.rest.answers import PLAIN, Cursor, Limit, Rows, answer, demanded, file_answer, part_answer
from incidex.service.rest.documents import Id, TheDesk
from incidex.service.rest.exports import Profile, Tlp
from incidex.store import Store

_JSON = "application/json"
_COLUMNS = (
    *("id", "title", "status", "types", "victims", "actors", "countries", "cves"),
    *("first_seen", "last_seen", "reports", "independent", "changed_at"),
)
_FORMATS = {name: FORMATS[name] for name in dict.fromkeys((*names("incident"), *names("dossier")))}

Day = Annotated[str | None, Query(pattern=r"^\d{4}(-\d{2}){0,2}$", description="2024-03-14, 2024-03 or 2024.")]
Time = Annotated[str | None, Query(pattern=r"^\d{4}(-\d{2}){0,2}(T[\d:.+Z-]{2,20})?$", description="UTC, ISO 8601.")]
Part = Annotated[str | None, Query(max_length=200, pattern=PLAIN)]


def router() -> APIRouter:
    """Return the routes."""
    routes = APIRouter(prefix="/incidents", tags=["incidents"])
    _add_list(routes)
    _add_dossiers(routes)
    _add_export(routes)
    return routes


def _add_list(routes: APIRouter) -> None:
    @routes.get("", summary="List the incidents that fulfil all conditions.")
    def list_incidents(
        request: Request,
        desk: TheDesk,
        since: Day = None,
        until: Day = None,
        changed_since: Time = None,
        type: Part = None,
        status: Part = None,
        victim: Part = None,
        actor: Part = None,
        country: Part = None,
        cve: Part = None,
        words: Part = None,
        order: Order = Order.DATE,
        facets: bool = False,
        limit: Limit = 50,
        cursor: Cursor = None,
        format: Rows = "json",
    ) -> Response:
        wanted = Filter(since, until, changed_since, type, status, victim, actor, country, cve, words)
        page = desk.store.summaries(wanted, order=order, limit=limit, after=cursor, facets=facets)
        more = {"facets": [asdict(facet) for facet in page.facets]} if facets else {}
        items = [asdict(summary) for summary in page.summaries]
        return part_answer(request, items, form=format, columns=_COLUMNS, total=page.total, next=page.next, more=more)


def _add_dossiers(routes: APIRouter) -> None:
    @routes.get("/{id}", summary="The dossier of an incident: the JSON of 'incidex show --json'.")
    def show(request: Request, desk: TheDesk, id: Id) -> Response:
        return answer(request, to_json_dossier(desk.store.dossier(id)), _JSON)

    @routes.get("/{id}/changes", summary="What reports of a day or later changed in a dossier.")
    def changes(
        request: Request, desk: TheDesk, id: Id, since: Annotated[str, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    ) -> Response:
        members = desk.store.members(id)
        made = dossier(members.incident, members.analyses, members.profiles, founded_on=members.founded_on)
        found = changes_since(since, members.incident, members.analyses, members.profiles)
        return answer(request, to_json_changes(made, since, found), _JSON)

    @routes.get("/{id}/compare/{other}", summary="What two incidents have in common, and where they differ.")
    def compare(request: Request, desk: TheDesk, id: Id, other: Id) -> Response:
        one, two = desk.store.dossier(id), desk.store.dossier(other)
        return answer(request, to_json_comparison(one, two, compare_dossiers(one, two)), _JSON)


def _add_export(routes: APIRouter) -> None:
    @routes.get("/{id}/export", summary="An incident in a format of 'incidex export' or 'incidex show', as a file.")
    def export(
        request: Request,
        desk: TheDesk,
        id: Id,
        format: Annotated[str, Query(max_length=40)],
        tlp: Tlp = "amber",
        profile: Profile = "compat",
    ) -> Response:
        from incidex.export.formats import Written, write_dossier

        form = demanded(_FORMATS, format)
        members = desk.store.members(id)
        options = Options(tlp=tlp, profile=profile)
        if form.incident:
            written = write_incident(form.name, members, options)
        else:
            made = dossier(members.incident, members.analyses, members.profiles, founded_on=members.founded_on)
            titled = Options(titles=dict(_titles(desk.store, made)), width=100)
            written = Written(write_dossier(form.name, made, titled))
        return file_answer(request, form, written, members.incident.id)


def _titles(store: Store, made: Dossier) -> Iterator[tuple[str, str]]:
    """Yield the ids of related incidents with their titles, except for incidents that no longer exist."""
    related: Iterable[Any] = made.related
    for id in related:
        with suppress(InputError):
            yield id, store.incident(id).title
