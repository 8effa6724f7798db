"""The routes of the TAXII server, which is read-only."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Annotated, Any
from uuid import uuid5

from fastapi import APIRouter, Depends, Request, Response

from incidex.records import NAMESPACE
from incidex.service.desk import Desk, desk_of
from incidex.service.problems import FORBIDDEN, Refusal
from incidex.service.taxii.requests import MEDIA_TYPE, Asked, asked_for, check_accepted
from incidex.service.taxii.sync import bring_up_to_date
from incidex.store.shared import SharedObject, Wanted

TheDesk = Annotated[Desk, Depends(desk_of)]
_STIX = "application/stix+json;version=2.1"
_ROOT = "/taxii2/api/"
_MOST_VERSIONS = 10_000


@dataclass(frozen=True, slots=True)
class _Collection:
    """A collection; `types` are those of its objects, none for all."""

    alias: str
    title: str
    description: str
    types: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return str(uuid5(NAMESPACE, f"TAXII collection {self.alias}"))


_COLLECTIONS = (
    _Collection("dossiers", "Dossiers", "All incidents, with all that their dossiers say."),
    _Collection(
        "indicators",
        "Indicators",
        "Only indicators, for programs that look for them.",
        ("identity", "indicator", "marking-definition"),
    ),
)


def router() -> APIRouter:
    """Return the routes."""
    routes = APIRouter(include_in_schema=False, dependencies=[Depends(check_accepted)])
    _add_descriptions(routes)
    _add_objects(routes)
    _add_refusals(routes)
    return routes


def _add_descriptions(routes: APIRouter) -> None:
    @routes.get("/")
    def discovery() -> Response:
        title = f"Incidex {version('incidex')}"
        return _answer({"title": title, "description": "Dossiers of incidents", "default": _ROOT, "api_roots": [_ROOT]})

    @routes.get("/api/")
    def root() -> Response:
        about = {"title": "Incidex", "description": "Dossiers of incidents", "versions": [MEDIA_TYPE]}
        return _answer({**about, "max_content_length": 1})

    @routes.get("/api/collections/")
    def collections() -> Response:
        return _answer({"collections": [_described(one) for one in _COLLECTIONS]})

    @routes.get("/api/collections/{name}/")
    def collection(name: str) -> Response:
        return _answer(_described(_collection(name)))


def _add_objects(routes: APIRouter) -> None:
    @routes.get("/api/collections/{name}/manifest/")
    def manifest(request: Request, desk: TheDesk, name: str) -> Response:
        asked = _asked(request, _collection(name))
        found, more = _part(desk, asked)
        return _part_answer([_entry(one) for one in found], found, asked, more)

    @routes.get("/api/collections/{name}/objects/")
    def objects(request: Request, desk: TheDesk, name: str) -> Response:
        asked = _asked(request, _collection(name))
        found, more = _part(desk, asked)
        return _part_answer([one.content for one in found], found, asked, more)

    @routes.get("/api/collections/{name}/objects/{id}/")
    def one_object(request: Request, desk: TheDesk, name: str, id: str) -> Response:
        asked = _asked(request, _collection(name), id)
        _demand(desk, asked, id)
        found, more = _part(desk, asked)
        return _part_answer([one.content for one in found], found, asked, more)

    @routes.get("/api/collections/{name}/objects/{id}/versions/")
    def versions(request: Request, desk: TheDesk, name: str, id: str) -> Response:
        asked = _asked(request, _collection(name), id)
        _demand(desk, asked, id)
        whole = replace(asked, wanted=replace(asked.wanted, versions=("all",)), limit=_MOST_VERSIONS)
        found, _ = _part(desk, whole)
        content = {"versions": [one.version for one in reversed(found)]} if found else {}
        return _answer(content, _dates(found))


def _add_refusals(routes: APIRouter) -> None:
    @routes.post("/api/collections/{name}/objects/")
    def add(name: str) -> Response:
        raise _refusal(_collection(name))

    @routes.delete("/api/collections/{name}/objects/{id}/")
    def remove(name: str, id: str) -> Response:
        raise _refusal(_collection(name))


def _refusal(one: _Collection) -> Refusal:
    return Refusal(
        FORBIDDEN,
        403,
        f"The collection {one.alias!r} is read-only.\n"
        "Reports are added at the desk, over /api/documents or with 'incidex add'.",
    )


def _collection(name: str) -> _Collection:
    """Return the collection with this id or alias. Raises Refusal if there is none."""
    found = next((one for one in _COLLECTIONS if name in (one.id, one.alias)), None)
    if found is None:
        raise Refusal("unknown-id", 404, f"There is no collection {name[:100]!r}.\nList them at {_ROOT}collections/.")
    return found


def _described(one: _Collection) -> dict[str, Any]:
    about = {"id": one.id, "title": one.title, "description": one.description, "alias": one.alias}
    return {**about, "can_read": True, "can_write": False, "media_types": [_STIX]}


def _asked(request: Request, collection: _Collection, id: str = "") -> Asked:
    """Return what is asked for, within the collection and, where one is given, of one object."""
    asked = asked_for(request)
    wanted = replace(asked.wanted, ids=(id,)) if id else asked.wanted
    if not collection.types:
        return replace(asked, wanted=wanted)
    types = tuple(one for one in collection.types if one in wanted.types) if wanted.types else collection.types
    return replace(asked, wanted=replace(wanted, types=types), nothing=asked.nothing or not types)


def _demand(desk: Desk, asked: Asked, id: str) -> None:
    """Refuse a request for an object that the collection does not have in any version."""
    bring_up_to_date(desk)
    if not desk.store.shared.part(Wanted((id,), asked.wanted.types, ("all",)), limit=1)[0]:
        raise Refusal("unknown-id", 404, f"There is no object {id[:100]!r} in this collection.\nCheck the id.")


def _part(desk: Desk, asked: Asked) -> tuple[Sequence[SharedObject], bool]:
    bring_up_to_date(desk)
    return ((), False) if asked.nothing else desk.store.shared.part(asked.wanted, limit=asked.limit)


def _entry(one: SharedObject) -> dict[str, Any]:
    return {"id": one.id, "date_added": one.added_at, "version": one.version, "media_type": _STIX}


def _part_answer(items: list[Any], found: Sequence[SharedObject], asked: Asked, more: bool) -> Response:
    """Return an envelope: empty where nothing is found, as the specification says."""
    content: dict[str, Any] = {"more": more, **({"next": asked.following(found[-1].added_at)} if more else {})}
    return _answer({**content, "objects": items} if items else {}, _dates(found))


def _dates(found: Sequence[SharedObject]) -> dict[str, str]:
    if not found:
        return {}
    return {"X-TAXII-Date-Added-First": found[0].added_at, "X-TAXII-Date-Added-Last": found[-1].added_at}


def _answer(content: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(body, headers={**(headers or {}), "Content-Type": MEDIA_TYPE})
