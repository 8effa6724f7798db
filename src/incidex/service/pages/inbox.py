"""The inbox: reports are added here, and a line for each says what became of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from incidex.errors import InputError
from incidex.records import Document, Incident
from incidex.service.accounts import Person, analyst, reader
from incidex.service.desk import Desk, desk_of
from incidex.service.pages.rendering import page

# How many reports the inbox shows at once.
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A report of the store with the incidents that it reports."""

    document: Document
    incidents: tuple[Incident, ...]


def router() -> APIRouter:
    """Return the routes."""
    made = APIRouter()
    made.add_api_route("/", inbox, methods=["GET"])
    made.add_api_route("/inbox", add, methods=["POST"])
    made.add_api_route("/inbox/events", events, methods=["GET"])
    return made


def inbox(
    request: Request, desk: Annotated[Desk, Depends(desk_of)], person: Annotated[Person, Depends(reader)]
) -> Response:
    """Show the forms, what is being read, and the newest reports."""
    ids = desk.store.document_ids()
    newest = ids[: -_SHOWN - 1 : -1]
    documents = desk.store.documents(newest)
    reported = desk.store.incidents_of(newest)
    lines = [Line(document, reported[id]) for id, document in zip(newest, documents, strict=True)]
    jobs = desk.jobs.all()[:_SHOWN]
    return page(request, "inbox.html", person=person, lines=lines, jobs=jobs, count=len(ids))


def add(
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(analyst)],
    text: Annotated[str, Form()] = "",
    url: Annotated[str, Form()] = "",
    files: Annotated[list[UploadFile] | None, Form()] = None,
) -> Response:
    """Take what was pasted, uploaded or named, and return to the inbox, where it can be watched."""
    count = 0
    for address in url.split():
        desk.jobs.add(url=address, author=person.name)
        count += 1
    if text.strip():
        desk.jobs.add(text=text, author=person.name)
        count += 1
    for file in files or ():
        # A form without a file sends one without a name.
        if file.filename:
            desk.jobs.add(file.filename, content=file.file, author=person.name)
            count += 1
    if not count:
        raise InputError("There is nothing to add.\nPaste an article, choose a file, or give the address of a page.")
    return RedirectResponse("/", 303)


def events(desk: Annotated[Desk, Depends(desk_of)]) -> Response:
    """Tell the page, until it is closed, that something in the list has changed."""

    async def stream() -> AsyncIterator[str]:
        async for change in desk.jobs.events():
            yield f"event: job\ndata: {change[1].state}\n\n" if change else ": still here\n\n"

    return StreamingResponse(stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})
