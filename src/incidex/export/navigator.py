"""
Writes facts as a layer of MITRE's ATT&CK Navigator, in version 4.5 of its form.

docs/reference/formats/navigator.md says what becomes what. Only techniques whose numbers stand in the text are in a
layer: none is concluded from what happened, from who did it or from what was used.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from incidex.export.exchange import facts_of
from incidex.export.exchange.facts import Article, Facts
from incidex.export.exchange.naming import ATTACK
from incidex.export.jsonl.json_text import json_text
from incidex.records import Analysis

_VERSIONS = {"layer": "4.5", "navigator": "5.0.0"}
_COLOURS = ["#ffe4b3", "#d9534f"]

# An article that names a technique, and what it says there.
_Place = tuple[Article, str]


def to_navigator(analysis: Analysis) -> str:
    """Return a layer of one document, as JSON with a line end."""
    return written(layer_of(facts_of(analysis)))


def written(layer: dict[str, Any]) -> str:
    """Return a layer as JSON with a line end."""
    return json_text(layer, indent=2)


def layer_of(facts: Facts) -> dict[str, Any]:
    """Return a layer of facts, as Python values. The score of a technique is the number of reports that name it."""
    places = _places(facts)
    # A layer is of one domain. The numbers of techniques against industrial systems begin with a zero.
    industrial = [number for number in places if number.startswith("T0")]
    others = [number for number in places if not number.startswith("T0")]
    domain, shown, left_out = "enterprise-attack", others, industrial
    if industrial and not others:
        domain, shown, left_out = "ics-attack", industrial, others
    # The Navigator folds sub-techniques in, unless their technique says otherwise.
    folders = {number.partition(".")[0] for number in shown if "." in number}
    numbers = sorted({*shown, *folders})
    most = max((len(places[number]) for number in shown), default=1)
    return {
        "name": facts.happenings[0].name if len(facts.happenings) == 1 else facts.articles[0].title,
        "versions": _VERSIONS,
        "domain": domain,
        "description": _description(facts, len(shown)),
        "techniques": [_technique(number, places.get(number, ()), folder=number in folders) for number in numbers],
        "gradient": {"colors": _COLOURS, "minValue": 0, "maxValue": most},
        "metadata": _metadata(facts, left_out),
        "links": _links(facts.articles),
    }


def _places(facts: Facts) -> dict[str, list[_Place]]:
    """Return by its number where each technique is named."""
    articles = {article.id: article for article in facts.articles}
    found: dict[str, list[_Place]] = {}
    for one in facts.techniques:
        found.setdefault(one.number, []).append((articles[one.article], one.quote))
    return found


def _technique(number: str, places: Sequence[_Place], *, folder: bool) -> dict[str, Any]:
    """Return a technique that is named in `places`; in none, if it is there because of its sub-techniques alone."""
    unfolded = {"showSubtechniques": True} if folder else {}
    if not places:
        return {"techniqueID": number, **unfolded}
    links = _links([article for article, _ in places])
    return {
        "techniqueID": number,
        "score": len(places),
        "comment": "\n".join(f"“{quote}” ({article.title})" for article, quote in places),
        **unfolded,
        **({"links": links} if links else {}),
    }


def _description(facts: Facts, count: int) -> str:
    reports = "1 report" if len(facts.articles) == 1 else f"{len(facts.articles)} reports"
    if not count:
        return f"No number of a technique stands in {reports}, read by Incidex."
    what = "The technique whose number stands" if count == 1 else f"The {count} techniques whose numbers stand"
    return f"{what} in {reports}, read by Incidex. The score is how many reports name it."


def _metadata(facts: Facts, left_out: Iterable[str]) -> list[dict[str, str]]:
    """Return which groups and software are named that ATT&CK lists, and what belongs to another domain."""
    links = [link for one in facts.names if not one.disputed for link in one.links if link.source.startswith(ATTACK)]
    named = dict.fromkeys(f"{link.name} ({link.id})" for link in links)
    found = {"named in the text": ", ".join(named), "of another domain": ", ".join(left_out)}
    return [{"name": name, "value": value} for name, value in found.items() if value]


def _links(articles: Sequence[Article]) -> list[dict[str, str]]:
    return [{"label": article.title, "url": article.url} for article in articles if article.url]
