"""The log of decisions: who decided what, when and why; each can be undone, and an undo taken back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from incidex.errors import InputError
from incidex.service.accounts import Person, analyst, reader
from incidex.service.desk import Desk, desk_of
from incidex.service.pages.addresses import own_path
from incidex.service.pages.rendering import page
from incidex.store.decisions.edits import Edit
from incidex.store.decisions.records import Annotation, Correction, Decision, Undo, describe, subjects

_SHOWN = 100
# What cannot be undone, or is by putting in force again what it undid.
_FINAL = ("undo", "remove")


def router() -> APIRouter:
    """Return the routes."""
    made = APIRouter()
    made.add_api_route("/decisions", decisions, methods=["GET"])
    made.add_api_route("/decisions/{number}/undo", undo, methods=["POST"])
    made.add_api_route("/decisions/undo", undo_last, methods=["POST"])
    made.add_api_route("/decisions/redo", redo_last, methods=["POST"])
    made.add_api_route("/decisions/{number}/redo", redo, methods=["POST"])
    return made


def decisions(
    request: Request,
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(reader)],
    before: int = 0,
) -> Response:
    """Show the decisions, the newest first."""
    every = [one for one in desk.store.decisions() if not before or one.number < before]
    shown = every[: -_SHOWN - 1 : -1]
    rows = [(one, describe(one.content)) for one in shown]
    older = shown[-1].number if len(every) > len(shown) else 0
    return page(request, "decisions.html", person=person, rows=rows, older=older, documents=_documents)


def undo(
    number: int,
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(analyst)],
    back: Annotated[str, Form()] = "/decisions",
) -> Response:
    """Undo a decision."""
    desk.store.undo(number, author=person.name)
    return RedirectResponse(own_path(back), 303)


def redo(
    number: int,
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(analyst)],
    back: Annotated[str, Form()] = "/decisions",
) -> Response:
    """Put an undone decision in force again."""
    desk.store.review.redo(number, author=person.name)
    return RedirectResponse(own_path(back), 303)


def undo_last(
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(analyst)],
    document: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/decisions",
) -> Response:
    """Undo the last decision that this person made, about one report if it is given."""
    mine = [one for one in _of(desk, person, document) if one.holds and one.kind not in _FINAL]
    if not mine:
        raise InputError("There is nothing of yours to undo here.\nThe page of decisions has those of everybody.")
    desk.store.undo(mine[-1].number, author=person.name)
    return RedirectResponse(own_path(back), 303)


def redo_last(
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(analyst)],
    document: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/decisions",
) -> Response:
    """Put in force again what this person undid last, unless they decided something else since."""
    mine = _of(desk, person, document)
    undone = {one.number for one in mine if not one.holds}
    last: int | None = None
    for one in mine:
        if isinstance(one.content, Undo):
            last = one.content.number if one.holds and one.content.number in undone else last
        elif one.holds:
            last = None
    if last is None:
        raise InputError("There is nothing to redo here.\nThe page of decisions has what was undone before.")
    desk.store.review.redo(last, author=person.name)
    return RedirectResponse(own_path(back), 303)


def _of(desk: Desk, person: Person, document: str) -> list[Decision]:
    """Return the decisions of a person, about one report if it is given, with what was undone of them."""
    every = desk.store.decisions()
    about = {one.number for one in every if not document or document in subjects(one.content)}
    for one in every:
        if isinstance(one.content, Undo) and one.content.number in about:
            about.add(one.number)
    return [one for one in every if one.author == person.name and one.number in about]


def _documents(decision: Decision) -> tuple[str, ...]:
    """Return the reports that a decision is about, if they are still there."""
    return (decision.content.document,) if isinstance(decision.content, Correction | Edit | Annotation) else ()
