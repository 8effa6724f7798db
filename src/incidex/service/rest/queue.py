"""The review queue over REST."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from incidex.service.queue_place import place_at, place_for
from incidex.service.rest.answers import PLAIN, Cursor, Limit, Rows, part_answer
from incidex.service.rest.documents import TheDesk
from incidex.store.doubts import Doubt, DoubtKind

_COLUMNS = ("kind", "score", "words", "said", "why", "document", "incidents")

AnId = Annotated[str, Query(max_length=200, pattern=PLAIN)]


def router() -> APIRouter:
    """Return the routes."""
    routes = APIRouter(tags=["decisions"])

    @routes.get("/queue", summary="List what is unsure and undecided, the least certain of each kind in turn.")
    def queue(
        request: Request,
        desk: TheDesk,
        kind: Annotated[list[DoubtKind] | None, Query(description="Which kinds; by default all.")] = None,
        document: AnId = "",
        incident: AnId = "",
        limit: Limit = 50,
        cursor: Cursor = None,
        format: Rows = "json",
    ) -> Response:
        """
        Tell how many reports have not been looked through yet (`waiting`): each request goes on with that. Decide with
        POST /api/decisions/edit, with `target` as it is here; a merge with join, apart or unsure.
        """
        found = desk.store.review.queue(
            kinds=kind or (), document=document, incident=incident, limit=limit, after=place_at(cursor)
        )
        return part_answer(
            request,
            [doubt_dict(one) for one in found.items],
            form=format,
            columns=_COLUMNS,
            next=place_for(found.next) if found.next else None,
            more={"counts": found.counts, "waiting": found.waiting},
        )

    return routes


def doubt_dict(one: Doubt) -> dict[str, Any]:
    """Return an item of the queue as plain values."""
    return asdict(one)
