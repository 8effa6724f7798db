"""
Writes facts as a layer of MITRE's ATT&CK Navigator, in version 4.5 of its form.

docs/reference/formats/navigator.md says what becomes what. Only techniques whose numbers stand in the text are in a
layer: none is concluded from what happened, from who did it or from what was used.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from incidex.export.exchange import facts_of
from incidex.export.exchange.facts import Article, Facts, Technique
from incidex.export.json_text import json_text
from incidex.records import Analysis

_VERSIONS = {"layer": "4.5", "navigator": "5.0.0"}
_ATTACK = "MITRE ATT&CK"
_COLOURS = ["#ffe4b3", "#d9534f"]


def to_navigator(analysis: Analysis) -> str:
    """Return a layer of one document, as JSON with a line end."""
    return written(layer_of(facts_of(analysis)))


def written(layer: dict[str, Any]) -> str:
    """Return a layer as JSON with a line end."""
    return json_text(layer, indent=2)


def layer_of(facts: Facts) -> dict[str, Any]:
    """Return a layer of facts, as Python values. The score of a technique is the number of reports that name it."""
    industrial = [one for one in facts.techniques if one.number.startswith("T0")]
    # A layer is of one domain. The numbers of techniques against industrial systems begin with a zero.
    domain, shown = "enterprise-attack", [one for one in facts.techniques if one not in industrial]
    if industrial and not shown:
        domain, shown = "ics-attack", industrial
    left_out = [one.number for one in facts.techniques if one not in shown]
    counts = Counter(one.number for one in shown)
    return {
        "name": facts.happenings[0].name if len(facts.happenings) == 1 else facts.articles[0].title,
        "versions": _VERSIONS,
        "domain": domain,
        "description": _description(facts, len(counts)),
        "techniques": [_technique(number, shown, facts.articles) for number in _with_parents(counts)],
        "gradient": {"colors": _COLOURS, "minValue": 0, "maxValue": max(counts.values(), default=1)},
        "metadata": _metadata(facts, left_out),
        "links": _links(facts.articles),
    }


def _with_parents(numbers: Iterable[str]) -> list[str]:
    """Return `numbers` in order, with the technique of each sub-technique: it is folded in unless that one says so."""
    return sorted({part for number in numbers for part in (number, number.partition(".")[0])})


def _technique(number: str, named: Sequence[Technique], articles: Sequence[Article]) -> dict[str, Any]:
    folder = any(one.number.startswith(f"{number}.") for one in named)
    unfolded = {"showSubtechniques": True} if folder else {}
    places = [one for one in named if one.number == number]
    if not places:
        return {"techniqueID": number, **unfolded}
    by_id = {article.id: article for article in articles}
    where = [by_id[one.article] for one in places]
    quotes = (f"“{one.quote}” ({by_id[one.article].title})" for one in places)
    return {
        "techniqueID": number,
        "score": len(places),
        "comment": "\n".join(quotes),
        **unfolded,
        **({"links": links} if (links := _links(where)) else {}),
    }


def _description(facts: Facts, count: int) -> str:
    reports = "1 report" if len(facts.articles) == 1 else f"{len(facts.articles)} reports"
    if not count:
        return f"No number of a technique stands in {reports}, read by Incidex."
    what = "The technique whose number stands" if count == 1 else f"The {count} techniques whose numbers stand"
    return f"{what} in {reports}, read by Incidex. The score is how many reports name it."


def _metadata(facts: Facts, left_out: Sequence[str]) -> list[dict[str, str]]:
    """Return which groups and software are named that ATT&CK lists, and what belongs to another domain."""
    links = [link for one in facts.names if not one.disputed for link in one.links if link.source.startswith(_ATTACK)]
    named = dict.fromkeys(f"{link.name} ({link.id})" for link in links)
    found = {"named in the text": ", ".join(named), "of another domain": ", ".join(dict.fromkeys(left_out))}
    return [{"name": name, "value": value} for name, value in found.items() if value]


def _links(articles: Sequence[Article]) -> list[dict[str, str]]:
    return [{"label": article.title, "url": article.url} for article in articles if article.url]
