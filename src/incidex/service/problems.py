"""Tells people and programs what went wrong: every error of a request becomes an answer here, and nowhere else."""

import html
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException

from incidex.errors import (
    BundleError,
    DecidedMeanwhile,
    FetchError,
    IncidexError,
    InputError,
    MissingExtra,
    StoreError,
    UnknownId,
    UnreadableSource,
)

_log = logging.getLogger(__name__)

PROBLEM_TYPE = "application/problem+json"
# The names of the kinds of problems that no error has, each with its status.
NOT_LOGGED_IN, FORBIDDEN, TOO_LARGE, TOO_MANY = "not-logged-in", "forbidden", "too-large", "too-many"


@dataclass(frozen=True, slots=True)
class Problem:
    """
    What went wrong, as RFC 9457 says it.

    Attributes:
        kind: A name that programs can rely on: "unknown-id".
        status: The status of the answer.
        title: What is wrong: the first line of the message.
        detail: What to do about it: the other lines; may be empty.
        headers: Further headers of the answer.
        more: Further members of the JSON.
    """

    kind: str
    status: int
    title: str
    detail: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


class Refusal(IncidexError):
    """A request that is refused before anything is done, with its problem."""

    def __init__(self, kind: str, status: int, message: str, *, headers: Mapping[str, str] | None = None) -> None:
        """Refuse a request with this message: what is wrong, and on further lines what to do."""
        super().__init__(message)
        self.problem = _problem(kind, status, message, headers or {})


# Shows a problem to a person; the pages put their own in its place (`app.state.problem_page`).
ProblemPage = Callable[[Request, Problem], Response]

# The kind and status of each error, the special ones before their base classes.
_STATUS: tuple[tuple[type[IncidexError], str, int], ...] = (
    (UnknownId, "unknown-id", HTTPStatus.NOT_FOUND),
    (UnreadableSource, "unreadable-source", HTTPStatus.UNPROCESSABLE_ENTITY),
    (FetchError, "not-fetched", HTTPStatus.UNPROCESSABLE_ENTITY),
    (InputError, "bad-input", HTTPStatus.BAD_REQUEST),
    (StoreError, "store", HTTPStatus.SERVICE_UNAVAILABLE),
    (BundleError, "model", HTTPStatus.INTERNAL_SERVER_ERROR),
    (MissingExtra, "missing-extra", HTTPStatus.NOT_IMPLEMENTED),
    (IncidexError, "failed", HTTPStatus.INTERNAL_SERVER_ERROR),
)

_DEFECT = (
    "An internal error, which is a defect of Incidex.\n"
    "Please report it with what you did; the log of the desk has the details for whoever runs it."
)


def problem_of(error: Exception) -> Problem:
    """Return what an error means to whoever made the request: the words are those of the command line."""
    if isinstance(error, Refusal):
        return error.problem
    if isinstance(error, DecidedMeanwhile):
        return _of_conflict(error)
    for kind, name, status in _STATUS:
        if isinstance(error, kind):
            return _problem(name, status, str(error), {"Retry-After": "10"} if status == 503 else {})
    if isinstance(error, RequestValidationError):
        return _problem("bad-input", 422, "\n".join(_invalid(error)), {})
    if isinstance(error, HTTPException):
        return _of_http(error)
    return _problem("defect", 500, _DEFECT, {})


def handle_problems(app: FastAPI) -> None:
    """Let `app` answer every error that is foreseen as a problem; `Safety` answers the others."""
    for kind in (IncidexError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, respond)


def respond(request: Request, error: Exception) -> Response:
    """Return the answer to a request that failed, and log it if it is not the visitor's fault."""
    problem = problem_of(error)
    path = request.url.path
    if problem.kind == "defect":
        _log.error("%s %s: an internal error", request.method, path, exc_info=error)
    elif problem.status >= 500:
        _log.error("%s %s: %s", request.method, path, " ".join(str(error).split()))
    if path.startswith("/api/"):
        return problem_response(problem, path)
    if path.startswith("/taxii2/"):
        return taxii_response(problem, path)
    if problem.kind == NOT_LOGGED_IN and request.method in ("GET", "HEAD"):
        return RedirectResponse(f"/login?{_next(request)}", 303)
    page: ProblemPage = getattr(request.app.state, "problem_page", plain_page)
    return page(request, problem)


def problem_response(problem: Problem, path: str) -> Response:
    """Return a problem for a program."""
    content: dict[str, Any] = {
        "type": f"urn:incidex:problem:{problem.kind}",
        "title": problem.title,
        "status": problem.status,
        "instance": path,
        **problem.more,
    }
    if problem.detail:
        content["detail"] = problem.detail
    return JSONResponse(content, problem.status, headers=dict(problem.headers), media_type=PROBLEM_TYPE)


def taxii_response(problem: Problem, _: str) -> Response:
    """Return a problem as TAXII 2.1 has it: an error message."""
    content = {"title": problem.title, "http_status": str(problem.status)}
    if problem.detail:
        content["description"] = problem.detail
    return JSONResponse(
        content, problem.status, headers=dict(problem.headers), media_type="application/taxii+json;version=2.1"
    )


def plain_page(_: Request, problem: Problem) -> Response:
    """Return a page that says what went wrong, and no more."""
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in problem.detail.splitlines())
    title = html.escape(problem.title)
    content = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><main><h1>{title}</h1>{paragraphs}<p><a href="/">To the desk</a></p></main></html>'
    )
    return HTMLResponse(content, problem.status, headers=dict(problem.headers))


def _next(request: Request) -> str:
    from urllib.parse import urlencode

    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return urlencode({"next": path})


def _problem(kind: str, status: int, message: str, headers: Mapping[str, str]) -> Problem:
    title, _, detail = message.partition("\n")
    return Problem(kind, int(status), title, detail, headers)


def _of_conflict(error: DecidedMeanwhile) -> Problem:
    title, _, detail = str(error).partition("\n")
    decision = {"number": error.number, "author": error.author, "made_at": error.made_at}
    return Problem("decided-meanwhile", 409, title, detail, more={"decision": decision})


def _of_http(error: HTTPException) -> Problem:
    """Return the problem of an error that the framework raises: no such path, no such method."""
    if error.status_code == 404:
        return _problem("not-found", 404, "There is nothing at this address.\nCheck the spelling.", {})
    if error.status_code == 405:
        return _problem("wrong-method", 405, "This address does not take this method.", error.headers or {})
    if error.status_code == 413:
        return _problem(TOO_LARGE, 413, str(error.detail), {})
    return _problem("bad-request", error.status_code, str(error.detail), error.headers or {})


def _invalid(error: RequestValidationError) -> list[str]:
    """Return a line for each parameter that is wrong."""
    lines = []
    for one in error.errors()[:10]:
        where = ".".join(str(part) for part in one["loc"][1:]) or str(one["loc"][0])
        lines.append(f"{where}: {one['msg'][:1].lower()}{one['msg'][1:]}.")
    return lines
