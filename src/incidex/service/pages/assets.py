"""Serves styles and scripts. A new version has a new address."""

from functools import cache
from hashlib import sha256
from importlib.resources import files

from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


def router() -> APIRouter:
    """Return the routes."""
    made = APIRouter(include_in_schema=False)
    made.add_api_route("/static/{name}", asset, methods=["GET"])
    return made


def asset(name: str) -> Response:
    """Return a file. Scripts import each other without a version, so that only what has one is kept for long."""
    content = _files().get(name)
    if content is None:
        raise HTTPException(404)
    kept = "public, max-age=300"
    return Response(content, media_type=_TYPES[name.rpartition(".")[2]], headers={"Cache-Control": kept})


def address_of(name: str) -> str:
    """Return the address of a file, with a part that changes with its content."""
    return f"/static/{name}?{sha256(_files()[name]).hexdigest()[:12]}"


@cache
def _files() -> dict[str, bytes]:
    """Return the files by name. The colours are those of the pages that `export` writes."""
    found = {
        one.name: one.read_bytes()
        for one in files("incidex.service.pages").joinpath("static").iterdir()
        if one.name.rpartition(".")[2] in _TYPES
    }
    return found | {"colours.css": files("incidex.export.html").joinpath("colours.css").read_bytes()}
