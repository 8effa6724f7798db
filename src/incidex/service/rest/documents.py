"""Reports over REST: list, add, read with what was found in them, export, remove."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, File, Path, Query, Request, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from incidex.export.formats import FORMATS, Options, names, write_document
from incidex.export.jsonl.analysis import to_dict
from incidex.export.jsonl.decisions import decision_dict
from incidex.records import Document
from incidex.service.accounts import Person, analyst
from incidex.service.desk import Desk, desk_of
from incidex.service.jobs import Job
from incidex.service.rest.answers import (
    PLAIN,
    Cursor,
    Limit,
    Rows,
    demanded,
    file_answer,
    json_answer,
    number_at,
    part_answer,
    place_after,
)
from incidex.service.rest.exports import Profile, Tlp

Id = Annotated[str, Path(max_length=200, pattern=r"^[^\x00/]+$", description="An id, or the beginning of one.")]
Reason = Annotated[str, Query(max_length=2000, pattern=PLAIN, description="Why, for those who read it later.")]
Wait = Annotated[float, Query(ge=0, le=60, description="Wait so many seconds for the report to be read.")]
TheDesk = Annotated[Desk, Depends(desk_of)]
Analyst = Annotated[Person, Depends(analyst)]

_COLUMNS = ("id", "source", "title", "published_at", "publisher", "author")
_FORMATS = {name: FORMATS[name] for name in names("document")}


class NewReport(BaseModel):
    """A report: either its text, if known with the page it comes from, or the address of a page to fetch."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field("", max_length=50_000_000, description="The text of the article.")
    source: str = Field("", max_length=2000, pattern=PLAIN, description="The page that `text` was copied from.")
    url: str = Field("", max_length=2000, pattern=PLAIN, description="The page to fetch.")


def router() -> APIRouter:
    """Return the routes."""
    routes = APIRouter(prefix="/documents", tags=["reports"])
    for add in (_add_reading, _add_adding, _add_exporting):
        add(routes)
    return routes


def _add_reading(routes: APIRouter) -> None:
    @routes.get("", summary="List the reports, the latest added first.")
    def list_documents(
        request: Request, desk: TheDesk, limit: Limit = 50, cursor: Cursor = None, format: Rows = "json"
    ) -> Response:
        part = desk.store.document_part(limit=limit, before=number_at(cursor))
        items = [document_dict(document) for document in desk.store.documents(part.ids)]
        after = None if part.next is None else place_after(part.next)
        return part_answer(request, items, form=format, columns=_COLUMNS, total=part.total, next=after)

    @routes.get("/{id}", summary="One report: its text, and the incidents that it reports.")
    def document(request: Request, desk: TheDesk, id: Id) -> Response:
        found = desk.store.document(id)
        reported = [{"id": one.id, "title": one.title} for one in desk.store.incidents_of([found.id])[found.id]]
        value = {**document_dict(found), "language": found.language, "text": found.text, "incidents": reported}
        return json_answer(request, value)

    @routes.get("/{id}/analysis", summary="What was found in a report: the JSON of 'incidex extract'.")
    def analysis(request: Request, desk: TheDesk, id: Id, all: bool = False) -> Response:
        return json_answer(request, to_dict(desk.store.analysis(id), everything=all))


def _add_adding(routes: APIRouter) -> None:
    @routes.post("", status_code=202, summary="Add a report by its text or its address; it is read soon.")
    def add(
        request: Request, desk: TheDesk, person: Analyst, new: Annotated[NewReport, Body()], wait: Wait = 0
    ) -> Response:
        job = desk.jobs.add(new.source, url=new.url, text=new.text, author=person.name)
        job = desk.jobs.wait(job.id, wait)
        headers = {"Location": f"/api/jobs/{job.id}"}
        return json_answer(request, job_dict(job), status=200 if job.state.is_over else 202, headers=headers)

    @routes.post("/files", status_code=202, summary="Add reports by their files; each becomes a job.")
    def add_files(
        request: Request, desk: TheDesk, person: Analyst, files: Annotated[list[UploadFile], File()], wait: Wait = 0
    ) -> Response:
        jobs = [desk.jobs.add(file.filename or "", content=file.file, author=person.name) for file in files]
        jobs = [desk.jobs.wait(job.id, wait) for job in jobs]
        over = all(job.state.is_over for job in jobs)
        return json_answer(request, {"items": list(map(job_dict, jobs))}, status=200 if over else 202)

    @routes.delete("/{id}", summary="Delete a report with everything that came from it. It cannot be undone.")
    def remove(request: Request, desk: TheDesk, person: Analyst, id: Id, reason: Reason = "") -> Response:
        return json_answer(request, decision_dict(desk.store.remove([id], author=person.name, reason=reason)))


def _add_exporting(routes: APIRouter) -> None:
    @routes.get("/{id}/export", summary="A report in a format of 'incidex extract', as a file.")
    def export(
        request: Request,
        desk: TheDesk,
        id: Id,
        format: Annotated[str, Query(max_length=40)],
        tlp: Tlp = "amber",
        profile: Profile = "compat",
        all: bool = False,
    ) -> Response:
        form = demanded(_FORMATS, format)
        found = desk.store.analysis(id)
        written = write_document(form.name, found, Options(everything=all, tlp=tlp, profile=profile))
        return file_answer(request, form, written, found.document.id)


def document_dict(document: Document) -> dict[str, Any]:
    """Return what a list of reports says of one."""
    return {"id": document.id, **{name: getattr(document, name) for name in _COLUMNS[1:]}}


def job_dict(job: Job) -> dict[str, Any]:
    """Return a job for JSON."""
    return asdict(job)
