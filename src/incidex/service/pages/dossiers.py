"""The page of an incident: its dossier, what changed, and what can be done with it."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from incidex.dossiers.build import dossier as build
from incidex.dossiers.comparison import Difference, changes_since
from incidex.errors import InputError
from incidex.export.dossier_words import span_of_reports, status_in_words
from incidex.export.formats import FORMATS, Options, demand, names, write_incident
from incidex.export.html.dossier import Links, Sections
from incidex.records import Dossier
from incidex.service.accounts import Person, analyst, reader
from incidex.service.desk import Desk, desk_of
from incidex.service.pages.addresses import incident_path, place_path, report_path
from incidex.service.pages.rendering import page
from incidex.store import Store
from incidex.store.results import Members

_LINKS = Links(place=place_path, report=report_path, incident=incident_path)
# The headings that `export.html.layout.section` writes.
_HEADING = re.compile(r'<h2 id="([\w-]+)">([^<]+)</h2>')
_MEDIA = {".json": "application/json", ".html": "text/html", ".csv": "text/csv", ".md": "text/markdown"}


def router() -> APIRouter:
    """Return the routes."""
    made = APIRouter()
    made.add_api_route("/incidents/{id}", incident, methods=["GET"])
    made.add_api_route("/incidents/{id}/split", split, methods=["POST"])
    made.add_api_route("/incidents/{id}/ignore", ignore, methods=["POST"])
    made.add_api_route("/incidents/{id}/export/{form}", export, methods=["GET"])
    return made


def incident(
    id: str,
    request: Request,
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(reader)],
    since: str = "",
) -> Response:
    """Show the dossier of an incident; what is new since a day or since the last visit stands on top."""
    members = desk.store.members(id)
    made = _dossier(members)
    titles = dict(_titles(desk.store, made.related))
    writer = Sections(made, titles, links=_LINKS)
    sections = [one for one in writer.sections() if one]
    changes = _changes(since, members) if since else None
    answer = page(
        request,
        "dossier.html",
        person=person,
        dossier=made,
        about=span_of_reports(made),
        status=status_in_words(made),
        evidence=[writer.quotation(one) for one in made.status_evidence[:4]],
        sections=sections,
        contents=[heading for one in sections for heading in _HEADING.findall(one)],
        since=since,
        visited=_visited(request, made.id),
        changes=changes,
        formats=[name for name in names("incident") if not FORMATS[name].several_files],
    )
    # The day of this visit, so that the next one can ask for what is new since; read by no script.
    answer.set_cookie(
        _cookie(made.id), date.today().isoformat(), max_age=365 * 86400, path=incident_path(made.id), samesite="lax",
        httponly=True,
    )  # fmt: skip
    return answer


def split(
    id: str,
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(analyst)],
    document: Annotated[list[str] | None, Form()] = None,
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Take reports out of an incident, together."""
    if not document:
        raise InputError("No report was chosen.\nChoose those that are about another incident, but not all.")
    desk.store.split(id, document, author=person.name, reason=reason, named=id[:8])
    return RedirectResponse(report_path(document[0]), 303)


def ignore(
    id: str,
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(analyst)],
    value: Annotated[str, Form(max_length=500)],
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Leave a value out of this dossier; merging does not change."""
    desk.store.ignore(value, author=person.name, reason=reason, incident=id)
    return RedirectResponse(incident_path(id), 303)


def export(id: str, form: str, desk: Annotated[Desk, Depends(desk_of)]) -> Response:
    """Return an incident as a file in one of the formats of `incidex export`."""
    if form not in names("incident") or FORMATS[form].several_files:
        raise InputError(
            f"There is no format {form[:40]!r} for an incident.\nFormats are {', '.join(names('incident'))}."
        )
    demand(form)
    members = desk.store.members(id)
    content = write_incident(form, members, Options()).content
    ending = FORMATS[form].ending
    media = next((media for end, media in _MEDIA.items() if ending.endswith(end)), "application/octet-stream")
    name = f"incident-{members.incident.id[:8]}{ending}"
    return Response(content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _dossier(members: Members) -> Dossier:
    return build(members.incident, members.analyses, members.profiles, founded_on=members.founded_on)


def _changes(since: str, members: Members) -> list[tuple[str, list[Difference]]]:
    """Return what reports since a day brought, by field."""
    try:
        day = date.fromisoformat(since).isoformat()
    except ValueError as error:
        raise InputError(f"{since[:40]!r} is not a day.\nWrite it as 2024-05-31.") from error
    found = changes_since(day, members.incident, members.analyses, members.profiles)
    return [(field, list(group)) for field, group in groupby(found, key=lambda one: one.field)]


def _visited(request: Request, id: str) -> str:
    """Return the day of the last visit, if the browser has kept it and it is a day."""
    with suppress(ValueError):
        return date.fromisoformat(request.cookies.get(_cookie(id), "")).isoformat()
    return ""


def _cookie(id: str) -> str:
    return f"seen-{id[:8]}"


def _titles(store: Store, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the ids with the titles of their incidents, except for incidents that no longer exist."""
    for id in ids:
        with suppress(InputError):
            yield id, store.incident(id).title
