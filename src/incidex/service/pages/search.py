"""Search: reports, incidents and values at once."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from incidex.errors import InputError
from incidex.export.html.markup import Html, element, joined
from incidex.records import Filter
from incidex.service.accounts import Person, reader
from incidex.service.desk import Desk, desk_of
from incidex.service.pages.rendering import page
from incidex.store.results import Hit

_MOST, _MOST_VALUES = 50, 8
_VALUES = ("victim", "actor", "country", "cve")


def router() -> APIRouter:
    """Return the routes."""
    made = APIRouter()
    made.add_api_route("/search", search, methods=["GET"])
    return made


def search(
    request: Request,
    desk: Annotated[Desk, Depends(desk_of)],
    person: Annotated[Person, Depends(reader)],
    q: str = "",
) -> Response:
    """Show what has the words: incidents first, then reports, each with the words in their context."""
    hits: tuple[Hit, ...] = ()
    problem = ""
    if q.strip():
        try:
            hits = desk.store.search(_with_beginnings(q), limit=_MOST)
        except InputError as error:
            problem = str(error)
    incidents = desk.store.summaries(Filter(words=_with_beginnings(q)), limit=12).summaries if hits else ()
    return page(
        request,
        "search.html",
        person=person,
        q=q,
        problem=problem,
        hits=[(hit, _snippet(hit)) for hit in hits],
        incidents=incidents,
        values=_values(desk, q) if q.strip() else [],
        is_cut=len(hits) == _MOST,
    )


def _values(desk: Desk, words: str) -> list[tuple[str, str, int]]:
    """Return the victims, actors, countries and CVE numbers that have the words, with the kind of each and a count."""
    plain = words.replace('"', " ").strip()
    found = []
    for kind in _VALUES:
        facets = desk.store.summaries(Filter(**{kind: plain}), limit=1, facets=True).facets
        choices = next((facet.choices for facet in facets if facet.kind.value == kind), ())
        found += [(kind, one.value, one.count) for one in choices if _has(one.value, plain)][:_MOST_VALUES]
    return found


def _has(value: str, words: str) -> bool:
    return all(word in value.casefold() for word in words.casefold().split())


def _with_beginnings(words: str) -> str:
    """Return words that also find longer ones: "ransom" finds "ransomware". Phrases and "-word" stay as they are."""
    if '"' in words:
        return words
    return " ".join(f"{one}*" if len(one) > 3 and one.isalnum() else one for one in words.split())


def _snippet(hit: Hit) -> Html:
    """Return the words of a hit in their context, marked."""
    parts: list[str] = []
    end = 0
    for mark in hit.marks:
        parts += [hit.snippet[end : mark.start], element("mark", mark.of(hit.snippet), class_="hit")]
        end = mark.end
    return joined([*parts, hit.snippet[end:]])
