"""
Writes a dossier as a layer for MITRE's ATT&CK Navigator, in version 4.5 of the layer format.

docs/reference/formats/navigator.md says what becomes what. A layer has only techniques whose numbers
stand in the text: none is inferred from what happened, who did it or what was used.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from incidex.dossiers.build import document_dossier
from incidex.export.jsonl.values import json_text
from incidex.records import Analysis, Article, Dossier

_VERSIONS = {"layer": "4.5", "navigator": "5.0.0"}
# `Link.source` begins so for names in ATT&CK; the version follows.
_ATTACK = "MITRE ATT&CK"

_COLOURS = ["#ffe4b3", "#d9534f"]

# An article that names a technique, and the sentence.
_Place = tuple[Article, str]


def to_navigator(analysis: Analysis) -> str:
    """Return a layer of one document, as JSON with a line end."""
    return to_navigator_dossier(document_dossier(analysis))


def to_navigator_dossier(dossier: Dossier) -> str:
    """Return a layer of a dossier, as JSON with a line end."""
    return json_text(layer_of(dossier), indent=2)


def layer_of(dossier: Dossier) -> dict[str, Any]:
    """Return a layer as Python values. The score of a technique is the number of reports that name it."""
    places = _places(dossier)
    # A layer has one domain. The numbers of techniques against industrial systems begin with a zero.
    industrial = [number for number in places if number.startswith("T0")]
    others = [number for number in places if not number.startswith("T0")]
    domain, shown, left_out = "enterprise-attack", others, industrial
    if industrial and not others:
        domain, shown, left_out = "ics-attack", industrial, others
    # The Navigator folds sub-techniques unless their technique says otherwise.
    folders = {number.partition(".")[0] for number in shown if "." in number}
    numbers = sorted({*shown, *folders})
    most = max((len(places[number]) for number in shown), default=1)
    return {
        "name": dossier.attacks[0].name if len(dossier.attacks) == 1 else dossier.articles[0].title,
        "versions": _VERSIONS,
        "domain": domain,
        "description": _description(dossier, len(shown)),
        "techniques": [_technique(number, places.get(number, ()), folder=number in folders) for number in numbers],
        "gradient": {"colors": _COLOURS, "minValue": 0, "maxValue": most},
        "metadata": _metadata(dossier, left_out),
        "links": _links(dossier.articles),
    }


def _places(dossier: Dossier) -> dict[str, list[_Place]]:
    """Return the places that name each technique, by its number."""
    articles = {article.id: article for article in dossier.articles}
    found: dict[str, list[_Place]] = {}
    for one in dossier.techniques:
        found.setdefault(one.number, []).append((articles[one.article], one.quote))
    return found


def _technique(number: str, places: Sequence[_Place], *, folder: bool) -> dict[str, Any]:
    """Return a technique that is named in `places`: in none if it is listed only for its sub-techniques."""
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


def _description(dossier: Dossier, count: int) -> str:
    reports = "1 report" if len(dossier.articles) == 1 else f"{len(dossier.articles)} reports"
    if not count:
        return f"No number of a technique stands in {reports}, read by Incidex."
    what = "The technique whose number stands" if count == 1 else f"The {count} techniques whose numbers stand"
    return f"{what} in {reports}, read by Incidex. The score is how many reports name it."


def _metadata(dossier: Dossier, left_out: Iterable[str]) -> list[dict[str, str]]:
    """Return the groups and software that ATT&CK lists, and the techniques that belong to another domain."""
    links = [
        link for one in dossier.entities if not one.disputed for link in one.links if link.source.startswith(_ATTACK)
    ]
    named = dict.fromkeys(f"{link.name} ({link.id})" for link in links)
    found = {"named in the text": ", ".join(named), "of another domain": ", ".join(left_out)}
    return [{"name": name, "value": value} for name, value in found.items() if value]


def _links(articles: Sequence[Article]) -> list[dict[str, str]]:
    return [{"label": article.title, "url": article.url} for article in articles if article.url]
