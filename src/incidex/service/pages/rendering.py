"""Turns templates into pages. Everything that a template writes is escaped, and made harmless for the eye, here."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from incidex.export.dossier_words import date_in_words, plural
from incidex.export.html.markup import text
from incidex.labels import scheme
from incidex.service.accounts import Person
from incidex.service.pages.assets import address_of
from incidex.service.pages.finding_row import finding_row, sure
from incidex.service.pages.words import in_words, shortened
from incidex.service.problems import Problem
from incidex.service.sessions import csrf_token


def page(
    request: Request, template: str, *, person: Person | None = None, code: int = 200, **content: Any
) -> HTMLResponse:
    """
    Return a page.

    Args:
        request: What it answers.
        template: The file in `templates`.
        person: Who asked, whose name and rights the page shows.
        code: The status of the answer.
        content: What the template has places for.
    """
    every: Mapping[str, Any] = {
        "path": request.url.path,
        "csrf": csrf_token(request),
        "person": person,
        "may_decide": person is not None and person.role != "reader",
        **content,
    }
    return HTMLResponse(_environment().get_template(template).render(every), code)


def login_page(request: Request, next: str, message: str) -> HTMLResponse:
    """Return the form to log in, which leads to `next`."""
    return page(request, "login.html", next=next, message=message)


def problem_page(request: Request, problem: Problem) -> HTMLResponse:
    """Return a page that says what went wrong and what to do now."""
    answer = page(request, "problem.html", code=problem.status, problem=problem)
    answer.headers.update(problem.headers)
    return answer


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("incidex.service.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    made.globals.update(asset=address_of, scheme=scheme(), words=in_words, sure=sure, finding_row=finding_row)
    made.filters.update(day=date_in_words, plural=plural, short=shortened)
    return made


def _harmless(value: Any) -> Any:
    """Return what a template writes, escaped: also characters that reverse the direction of writing become visible."""
    return value if hasattr(value, "__html__") else text("" if value is None else str(value))
