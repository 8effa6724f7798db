"""Decisions over REST: the log, each kind of decision, undo and redo."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from incidex.export.jsonl.decisions import decision_dict
from incidex.labels import scheme
from incidex.records import Incident
from incidex.service.accounts import Person
from incidex.service.desk import Desk
from incidex.service.rest.answers import (
    PLAIN,
    Cursor,
    Limit,
    Rows,
    json_answer,
    number_at,
    part_answer,
    place_after,
)
from incidex.service.rest.documents import Analyst, TheDesk
from incidex.store.decisions.edits import Change, Target
from incidex.store.decisions.records import Decision, describe

_COLUMNS = ("number", "kind", "made_at", "author", "reason", "holds", "description")

AnId = Annotated[str, Field(min_length=1, max_length=200, pattern=PLAIN)]
Words = Annotated[str, Field(min_length=1, max_length=100_000, pattern=PLAIN)]
Number = Annotated[int, Path(ge=1, lt=2**31)]


class _Signed(BaseModel):
    """Every decision can have a reason."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field("", max_length=2000, pattern=PLAIN, description="Why, for those who read it later.")


class _Seen(_Signed):
    """What two people may decide at once."""

    expected: int | None = Field(
        None,
        ge=0,
        lt=2**31,
        description="The last decision about it that you have seen, 0 if none. A later one is a conflict.",
    )


class TwoIncidents(_Seen):
    """Two incidents are one, or are not, or somebody else is to say."""

    incidents: tuple[AnId, AnId]


class EditThing(_Seen):
    """One thing that was found in a report is different, or right, or wrong."""

    document: AnId
    target: Target
    change: Change


class SplitIncident(_Signed):
    """Some reports of an incident are about another one, together."""

    incident: AnId
    documents: list[AnId] = Field(min_length=1, max_length=1000)


class IgnoreValue(_Signed):
    """A value counts neither in merging nor in dossiers: everywhere, in one report, or in one incident."""

    value: Words
    document: str = Field("", max_length=200, pattern=PLAIN)
    incident: str = Field("", max_length=200, pattern=PLAIN)


class RemoveDocuments(_Signed):
    """Reports are deleted with everything that came from them."""

    documents: list[AnId] = Field(min_length=1, max_length=1000)


class CorrectWords(_Signed):
    """A sentence has other labels, or an event another type or realis, or is none: exactly one of the three."""

    document: AnId
    words: Words
    at: int | None = Field(None, ge=0, lt=2**31, description="Where the words begin, if they occur repeatedly.")
    labels: list[str] | None = Field(None, max_length=20, description="All labels; none if it is O.")
    event_type: str | None = Field(None, max_length=100)
    realis: str | None = Field(None, max_length=100)
    no_event: bool = False


class Undo(_Signed):
    """Takes a decision back, or puts it in force again."""


def router() -> APIRouter:
    """Return the routes."""
    routes = APIRouter(prefix="/decisions", tags=["decisions"])
    for add in (_add_log, _add_about_incidents, _add_about_reports, _add_undo):
        add(routes)
    return routes


def _add_log(routes: APIRouter) -> None:
    @routes.get("", summary="List all decisions, the latest first, also those that were undone.")
    def list_decisions(
        request: Request, desk: TheDesk, limit: Limit = 50, cursor: Cursor = None, format: Rows = "json"
    ) -> Response:
        before = number_at(cursor)
        every = desk.store.decisions()
        left = [one for one in reversed(every) if before is None or one.number < before]
        items = [{**decision_dict(one), "description": describe(one.content)} for one in left[:limit]]
        after = place_after(left[limit - 1].number) if len(left) > limit else None
        return part_answer(request, items, form=format, columns=_COLUMNS, total=len(every), next=after)


def _add_about_incidents(routes: APIRouter) -> None:
    def decide(request: Request, desk: Desk, person: Person, wanted: TwoIncidents, verdict: str) -> Response:
        one, other = (desk.store.incident(id).id for id in wanted.incidents)
        made: Decision = getattr(desk.store.review, verdict)(
            one, other, named=wanted.incidents, author=person.name, reason=wanted.reason, expected=wanted.expected
        )
        now = {found.id: found for found in map(desk.store.incident, (one, other))}
        return _made(request, made, list(now.values()))

    @routes.post("/join", status_code=201, summary="Merge two incidents into one; both ids then lead to it.")
    def join(request: Request, desk: TheDesk, person: Analyst, wanted: Annotated[TwoIncidents, Body()]) -> Response:
        return decide(request, desk, person, wanted, "join")

    @routes.post("/apart", status_code=201, summary="Say that two incidents are not the same.")
    def apart(request: Request, desk: TheDesk, person: Analyst, wanted: Annotated[TwoIncidents, Body()]) -> Response:
        return decide(request, desk, person, wanted, "keep_apart")

    @routes.post("/unsure", status_code=201, summary="Leave it to a colleague whether two incidents are the same.")
    def unsure(request: Request, desk: TheDesk, person: Analyst, wanted: Annotated[TwoIncidents, Body()]) -> Response:
        return decide(request, desk, person, wanted, "leave_unsure")

    @routes.post("/split", status_code=201, summary="Move reports of an incident into one of their own.")
    def split(request: Request, desk: TheDesk, person: Analyst, wanted: Annotated[SplitIncident, Body()]) -> Response:
        before = desk.store.incident(wanted.incident)
        made = desk.store.split(
            before.id, wanted.documents, named=wanted.incident, author=person.name, reason=wanted.reason
        )
        now = {found.id: found for found in map(desk.store.incident, before.profiles)}
        return _made(request, made, list(now.values()))


def _add_about_reports(routes: APIRouter) -> None:
    @routes.post("/correct", status_code=201, summary="Correct the labels of a sentence, or an event.")
    def correct(request: Request, desk: TheDesk, person: Analyst, wanted: Annotated[CorrectWords, Body()]) -> Response:
        given: dict[str, Any] = wanted.model_dump(exclude={"reason", "document", "words"})
        if given["labels"] is not None:
            given["labels"] = [name for name in given["labels"] if name != scheme().none]
        made = desk.store.correct(wanted.document, wanted.words, **given, author=person.name, reason=wanted.reason)
        return _made(request, made)

    @routes.post("/edit", status_code=201, summary="Change, accept, reject or doubt one thing found in a report.")
    def edit(request: Request, desk: TheDesk, person: Analyst, wanted: Annotated[EditThing, Body()]) -> Response:
        made = desk.store.review.edit(
            wanted.document,
            wanted.target,
            wanted.change,
            author=person.name,
            reason=wanted.reason,
            expected=wanted.expected,
        )
        return _made(request, made)

    @routes.post("/ignore", status_code=201, summary="Exclude a value from merging and from dossiers.")
    def ignore(request: Request, desk: TheDesk, person: Analyst, wanted: Annotated[IgnoreValue, Body()]) -> Response:
        scope = {"document": wanted.document, "incident": wanted.incident}
        return _made(request, desk.store.ignore(wanted.value, author=person.name, reason=wanted.reason, **scope))

    @routes.post("/remove", status_code=201, summary="Delete reports with everything that came from them.")
    def remove(
        request: Request, desk: TheDesk, person: Analyst, wanted: Annotated[RemoveDocuments, Body()]
    ) -> Response:
        return _made(request, desk.store.remove(wanted.documents, author=person.name, reason=wanted.reason))


def _add_undo(routes: APIRouter) -> None:
    @routes.post("/undo", status_code=201, summary="Undo the latest decision in force.")
    def undo_last(request: Request, desk: TheDesk, person: Analyst, wanted: Annotated[Undo, Body()]) -> Response:
        return _made(request, desk.store.undo(author=person.name, reason=wanted.reason))

    @routes.post("/redo", status_code=201, summary="Put the decision that was undone last in force again.")
    def redo_last(request: Request, desk: TheDesk, person: Analyst, wanted: Annotated[Undo, Body()]) -> Response:
        return _made(request, desk.store.review.redo(author=person.name, reason=wanted.reason))

    @routes.post("/{number}/redo", status_code=201, summary="Put an undone decision in force again.")
    def redo(
        request: Request, desk: TheDesk, person: Analyst, number: Number, wanted: Annotated[Undo, Body()]
    ) -> Response:
        return _made(request, desk.store.review.redo(number, author=person.name, reason=wanted.reason))

    @routes.post("/{number}/undo", status_code=201, summary="Undo a decision.")
    def undo(
        request: Request, desk: TheDesk, person: Analyst, number: Number, wanted: Annotated[Undo, Body()]
    ) -> Response:
        return _made(request, desk.store.undo(number, author=person.name, reason=wanted.reason))


def _made(request: Request, decision: Decision, incidents: list[Incident] | None = None) -> Response:
    """Return a decision with the incidents that there are now because of it, as the commands print it."""
    now = [{"id": one.id, "title": one.title, "documents": list(one.documents)} for one in incidents or ()]
    return json_answer(request, {**decision_dict(decision), "incidents": now}, status=201)
