"""Writes the indicator table of a page: one row for each value. No value is a link, so that nobody follows one."""

from collections.abc import Sequence

from incidex.export.markup import Html, element, joined
from incidex.records import Analysis, Indicator, IndicatorRole

_HEADS = ("Value", "Kind", "Role and reason")
# What matters most comes first.
_ORDER = (IndicatorRole.INDICATOR, IndicatorRole.VICTIM, IndicatorRole.REFERENCE, IndicatorRole.BENIGN)


def to_indicators(analysis: Analysis) -> Html:
    """Return a heading and a table of the indicators in `analysis`; nothing if there are none."""
    if not analysis.indicators:
        return Html()
    groups: dict[tuple[str, str], list[Indicator]] = {}
    for indicator in analysis.indicators:
        groups.setdefault((indicator.kind, indicator.value), []).append(indicator)
    ordered = sorted(groups.values(), key=lambda group: _ORDER.index(group[0].role))
    heads = element("tr", *(element("th", head, scope="col", role="columnheader") for head in _HEADS), role="row")
    table = element(
        "table",
        element("caption", "Technical values, without defanging. None is a link."),
        element("thead", heads, role="rowgroup"),
        "\n",
        element("tbody", joined((_row(group, analysis.document.text) for group in ordered), "\n"), role="rowgroup"),
        role="table",
    )
    return joined([element("h2", "Indicators", id="indicators"), table], "\n")


def _row(group: Sequence[Indicator], text: str) -> Html:
    first = group[0]
    times = f" {len(group)} times" if len(group) > 1 else ""
    head = element("th", element("bdi", first.value), element("small", times), scope="row", role="rowheader")
    reason = first.reason
    if first.imitates:
        reason += f"; imitates {first.imitates.organisation.of(text)} ({first.imitates.how})"
    said = element("td", element("b", first.role.value), element("small", f" {reason}"), role="cell")
    return element("tr", head, element("td", first.kind.value, role="cell"), said, role="row")
