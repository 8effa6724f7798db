"""The page of a report: its text beside what was found, and what people put right there."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from incidex.errors import InputError
from incidex.export.formats import FORMATS, Options, demand, names, write_document
from incidex.service.accounts import Person, analyst, reader
from incidex.service.desk import Desk, desk_of
from incidex.service.pages.addresses import own_path, report_path
from incidex.service.pages.article import to_article
from incidex.service.pages.edits import EditForm
from incidex.service.pages.findings import findings_of
from incidex.service.pages.panel import panel_content
from incidex.service.pages.rendering import page


def router() -> APIRouter:
    """Return the routes."""
    made = APIRouter()
    made.add_api_route("/reports/{id}", report, methods=["GET"])
    made.add_api_route("/reports/{id}/edit", edit, methods=["POST"])
    made.add_api_route("/reports/{id}/ignore", ignore, methods=["POST"])
    made.add_api_route("/reports/{id}/remove", remove, methods=["POST"])
    made.add_api_route("/reports/{id}/export/{form}", export, methods=["GET"])
    return made


def report(
    id: str,
    request: Request,
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(reader)],
    item: str = "",
) -> Response:
    """Show the text of a report beside what was found in it."""
    analysis = desk.store.analysis(id)
    found = findings_of(analysis)
    document = analysis.document
    return page(
        request,
        "report.html",
        person=person,
        **(panel_content(analysis, item=item, marked="") if item else {"document": document, "panel": None}),
        model=analysis.model,
        found=found,
        article=to_article(analysis, found),
        incidents=desk.store.incidents_of([document.id])[document.id],
        formats=[name for name in names("document") if not FORMATS[name].several_files],
    )


def edit(
    id: str,
    form: Annotated[EditForm, Form()],
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(analyst)],
) -> Response:
    """Put one thing right, or say that it is right, wrong, or for a colleague to look at."""
    desk.store.review.edit(
        id, form.target(), form.change(), author=person.name, reason=form.reason, expected=form.expected
    )
    return RedirectResponse(own_path(form.back or report_path(id)), 303)


def ignore(
    id: str,
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(analyst)],
    value: Annotated[str, Form(max_length=500)],
    scope: Annotated[str, Form(pattern="^(report|everywhere)$")] = "report",
) -> Response:
    """Ignore a value in this report, or everywhere."""
    desk.store.ignore(value, author=person.name, document=id if scope == "report" else "")
    return RedirectResponse(report_path(id), 303)


def remove(
    id: str,
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(analyst)],
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Delete a report with everything that came from it."""
    desk.store.remove([id], author=person.name, reason=reason)
    return RedirectResponse("/", 303)


def export(id: str, form: str, desk: Annotated[Desk, Depends(desk_of)]) -> Response:
    """Return what was found in a report as a file in one of the formats of `incidex extract`."""
    if form not in names("document") or FORMATS[form].several_files:
        raise InputError(f"There is no format {form[:40]!r} for a report.\nFormats are {', '.join(names('document'))}.")
    demand(form)
    analysis = desk.store.analysis(id)
    content = write_document(form, analysis, Options()).content
    name = f"report-{analysis.document.id[:8]}{FORMATS[form].ending}"
    return Response(
        content,
        media_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
