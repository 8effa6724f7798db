"""What else there is over REST: search, jobs, ignored values, the model, formats, and texts that are not kept."""

import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from threading import BoundedSemaphore
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from incidex.errors import InputError
from incidex.export.formats import FORMATS, Options, Written, names, write_document, write_sentences
from incidex.service.accounts import Person, admin, reader
from incidex.service.login import Attempts
from incidex.service.rest.answers import (
    PLAIN,
    Cursor,
    Limit,
    Rows,
    answer,
    demanded,
    file_answer,
    json_answer,
    number_at,
    part_answer,
    place_after,
)
from incidex.service.rest.documents import TheDesk, job_dict
from incidex.service.rest.exports import Profile, Tlp

_HIT_COLUMNS = ("document", "source", "title", "published_at", "publisher", "snippet", "incidents")
_JOB_COLUMNS = ("id", "source", "author", "made_at", "state", "message", "status", "document", "incidents")
_SENTENCES = {name: FORMATS[name] for name in names("sentences")}
_DOCUMENT = {name: FORMATS[name] for name in names("document")}
# Whoever posts texts that are not kept takes the processor from nobody else for long.
_ANALYSES_AT_ONCE = BoundedSemaphore(2)

JobId = Annotated[str, Path(max_length=100, pattern=r"^[0-9a-f]+$")]
FormatName = Annotated[str, Query(max_length=40)]


class Text(BaseModel):
    """The text of an article, which is analysed and not kept."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=1_000_000)


class Passwords(BaseModel):
    """The present password of an account, and the next one."""

    model_config = ConfigDict(extra="forbid")

    current: str = Field(max_length=1000)
    new: str = Field(max_length=1000)


def router() -> APIRouter:
    """Return the routes."""
    routes = APIRouter()
    for add in (_add_search, _add_jobs, _add_about, _add_texts, _add_administration):
        add(routes)
    return routes


def _add_search(routes: APIRouter) -> None:
    @routes.get("/search", tags=["reports"], summary="Find reports that have all words, the best match first.")
    def search(
        request: Request,
        desk: TheDesk,
        words: Annotated[str, Query(min_length=1, max_length=1000, pattern=PLAIN)],
        limit: Limit = 20,
        format: Rows = "json",
    ) -> Response:
        items = [asdict(hit) for hit in desk.store.search(words, limit=limit)]
        return part_answer(request, items, form=format, columns=_HIT_COLUMNS)

    @routes.get("/ignored", tags=["decisions"], summary="List the values that are ignored.")
    def ignored(request: Request, desk: TheDesk, format: Rows = "json") -> Response:
        items = [{"value": value} for value in desk.store.ignored()]
        return part_answer(request, items, form=format, columns=("value",), total=len(items))


def _add_jobs(routes: APIRouter) -> None:
    @routes.get("/jobs", tags=["jobs"], summary="List what was handed in, the latest first.")
    def jobs(request: Request, desk: TheDesk, limit: Limit = 100, format: Rows = "json") -> Response:
        every = desk.jobs.all()
        items = [job_dict(job) for job in every[:limit]]
        return part_answer(request, items, form=format, columns=_JOB_COLUMNS, total=len(every))

    @routes.get("/jobs/events", tags=["jobs"], summary="Changes of jobs as they happen: server-sent events.")
    async def events(
        request: Request,
        desk: TheDesk,
        since: Annotated[int | None, Query(ge=0, lt=2**31)] = None,
    ) -> StreamingResponse:
        seen = request.headers.get("last-event-id", "")
        return StreamingResponse(
            _events(desk, int(seen[:9]) if seen.isascii() and seen.isdecimal() else since),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    @routes.get("/jobs/{id}", tags=["jobs"], summary="How far a job is.")
    def job(request: Request, desk: TheDesk, id: JobId, wait: Annotated[float, Query(ge=0, le=60)] = 0) -> Response:
        return json_answer(request, job_dict(desk.jobs.wait(id, wait)))


async def _events(desk: Any, since: int | None) -> AsyncIterator[str]:
    yield "retry: 2000\n\n"
    async for event in desk.jobs.events(since):
        if event is None:
            yield ": still here\n\n"
        else:
            number, job = event
            yield f"id: {number}\nevent: job\ndata: {json.dumps(job_dict(job))}\n\n"


def _add_about(routes: APIRouter) -> None:
    @routes.get("/me", tags=["desk"], summary="Who you are here, and what you may do.")
    def me(request: Request, person: Annotated[Person, Depends(reader)]) -> Response:
        return json_answer(request, {"name": person.name, "role": person.role, "has_account": person.has_account})

    @routes.post("/me/password", tags=["desk"], summary="Change your own password. All your sessions end.")
    def change_password(
        request: Request, desk: TheDesk, person: Annotated[Person, Depends(reader)], given: Annotated[Passwords, Body()]
    ) -> Response:
        attempts: Attempts = request.app.state.attempts
        address = request.client.host if request.client else ""
        attempts.begin(person.name, address)
        with attempts.checking:
            is_right = desk.store.accounts.has_password(person.name, given.current)
        if not is_right:
            raise InputError("The present password is wrong.\nNothing was changed.")
        attempts.succeeded(person.name, address)
        desk.store.accounts.change(person.name, password=given.new, by=person.name)
        return json_answer(request, {"name": person.name})

    @routes.get("/model", tags=["desk"], summary="What the model is, from which data, with which scores.")
    def model(request: Request, desk: TheDesk) -> Response:
        return json_answer(request, {"name": desk.encoder.name, **desk.model_info()})

    @routes.get("/formats", tags=["desk"], summary="The formats that reports and incidents can be exported in.")
    def formats(request: Request) -> Response:
        sources: tuple[Literal["document", "incident", "dossier"], ...] = ("document", "incident", "dossier")
        return json_answer(request, {source: list(names(source)) for source in sources})

    @routes.get("/schemas/{name}", tags=["desk"], summary="The JSON Schema of what is returned here.")
    def schema(request: Request, name: Literal["document", "dossier", "incidents", "veris"]) -> Response:
        from incidex.export.schema import schema as text

        return answer(request, text(name), "application/schema+json")


def _add_texts(routes: APIRouter) -> None:
    @routes.post("/label", tags=["texts"], summary="The sentences of a text with their labels; nothing is kept.")
    def label(
        request: Request, desk: TheDesk, given: Annotated[Text, Body()], format: FormatName = "labelled"
    ) -> Response:
        form = demanded(_SENTENCES, format)
        document = desk.read_text(given.text)
        with _ANALYSES_AT_ONCE:
            found = desk.analyse(document, events=False)
        return file_answer(request, form, Written(write_sentences(form.name, found, Options())), "article")

    @routes.post("/extract", tags=["texts"], summary="All that is found in a text; nothing is kept.")
    def extract(
        request: Request,
        desk: TheDesk,
        given: Annotated[Text, Body()],
        format: FormatName = "jsonl",
        tlp: Tlp = "amber",
        profile: Profile = "compat",
    ) -> Response:
        form = demanded(_DOCUMENT, format)
        document = desk.read_text(given.text)
        with _ANALYSES_AT_ONCE:
            found = desk.analyse(document)
        written = write_document(form.name, found, Options(tlp=tlp, profile=profile))
        return file_answer(request, form, written, "article")


def _add_administration(routes: APIRouter) -> None:
    @routes.get("/audit", tags=["desk"], summary="Who did what, the latest first. For admins.")
    def audit(
        request: Request,
        desk: TheDesk,
        _: Annotated[Person, Depends(admin)],
        limit: Limit = 100,
        cursor: Cursor = None,
        format: Rows = "json",
    ) -> Response:
        found = desk.store.accounts.entries(limit=limit, before=number_at(cursor))
        after = place_after(found[-1].number) if len(found) == limit and found[-1].number > 1 else None
        columns = ("number", "at", "who", "action", "detail", "address")
        return part_answer(request, [asdict(one) for one in found], form=format, columns=columns, next=after)

    @routes.get("/accounts", tags=["desk"], summary="Who may use the desk, and as what. For admins.")
    def accounts(
        request: Request, desk: TheDesk, _: Annotated[Person, Depends(admin)], format: Rows = "json"
    ) -> Response:
        items = [asdict(one) for one in desk.store.accounts.all()]
        columns = ("name", "role", "made_at", "tokens")
        return part_answer(request, items, form=format, columns=columns, total=len(items))
