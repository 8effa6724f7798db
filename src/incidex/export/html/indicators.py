"""Writes the indicator table of a page: one row for each value. No value is a link, so that nobody follows one."""

from collections.abc import Sequence

from incidex.export.html.layout import row, section
from incidex.export.html.markup import Html, element
from incidex.records import Analysis, Indicator, IndicatorRole

_HEADS = ("Value", "Kind", "Role and reason")
# What matters most comes first.
_ORDER = (IndicatorRole.INDICATOR, IndicatorRole.VICTIM, IndicatorRole.REFERENCE, IndicatorRole.BENIGN)


def to_indicators(analysis: Analysis) -> Html:
    """Return a heading and a table of the indicators in `analysis`; nothing if there are none."""
    groups: dict[tuple[str, str], list[Indicator]] = {}
    for indicator in analysis.indicators:
        groups.setdefault((indicator.kind, indicator.value), []).append(indicator)
    ordered = sorted(groups.values(), key=lambda group: _ORDER.index(group[0].role))
    rows = (_row(group, analysis.document.text) for group in ordered)
    return section("indicators", "Indicators", "Technical values, without defanging. None is a link.", _HEADS, rows)


def _row(group: Sequence[Indicator], text: str) -> Html:
    first = group[0]
    times = f" {len(group)} times" if len(group) > 1 else ""
    reason = first.reason
    if first.imitates:
        reason += f"; imitates {first.imitates.organisation.of(text)} ({first.imitates.how})"
    head = [element("bdi", first.value), element("small", times)]
    return row(head, [first.kind.value], [element("b", first.role.value), element("small", f" {reason}")])
