"""Writes the name tables of a page: actors and software with their entries in published lists, and organisations."""

from collections.abc import Iterable, Sequence

from incidex.export.html.article import link_to
from incidex.export.html.layout import row, section
from incidex.export.html.markup import Html, element, joined
from incidex.records import Analysis, Entity, Link, Span

# Entities of this kind are in no published list, and so have a table of their own.
_ORGANISATION = "organisation"


def to_names(analysis: Analysis) -> Html:
    """Return a table of the actors, malware and tools in `analysis`; nothing if there are none."""
    text = analysis.document.text
    caption = (
        "What MITRE ATT&CK and the MISP galaxy list under this name. Several entries of one list: it is not clear "
        "which is meant."
    )
    rows = (
        row(_name(entity), _mentions(entity.mentions, text), _candidates(entity.candidates))
        for entity in analysis.entities
        if entity.kind != _ORGANISATION
    )
    return section("names", "Names", caption, ("Name", "Mentions", "May be"), rows)


def to_organisations(analysis: Analysis) -> Html:
    """Return a table of the organisations in `analysis`; nothing if there are none."""
    text = analysis.document.text
    caption = "All mentions of one organisation in the article are one row."
    rows = (
        row([element("bdi", entity.name)], _mentions(entity.mentions, text))
        for entity in analysis.entities
        if entity.kind == _ORGANISATION
    )
    return section("organisations", "Organisations", caption, ("Organisation", "Mentions"), rows)


def _name(entity: Entity) -> list[str]:
    return [element("bdi", entity.name), element("small", f" {entity.kind.value if entity.kind else 'unknown'}")]


def _mentions(spans: Iterable[Span], text: str) -> list[str]:
    """Return a link to the first place of each spelling, with the number of places."""
    groups: dict[str, list[Span]] = {}
    for span in spans:
        groups.setdefault(" ".join(span.of(text).split()), []).append(span)
    return [joined((_group(words, places) for words, places in groups.items()), "; ")]


def _group(words: str, places: Sequence[Span]) -> Html:
    times = element("small", f" {len(places)} times") if len(places) > 1 else Html()
    return joined([link_to(places[0], words), times])


def _candidates(links: Sequence[Link]) -> list[str]:
    if not links:
        return [element("i", "not listed")]
    items = (
        element("li", element("bdi", link.name), element("small", f" {link.id}, {link.source}. {link.why}"))
        for link in links
    )
    return [element("ul", *items)]
