"""Puts the figures that reports give side by side: how many people, how much data, which ransom."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from incidex.dossiers.claimants import NameResolver
from incidex.dossiers.names import Names
from incidex.dossiers.report import Report
from incidex.dossiers.support import Counting, best_first, grouped
from incidex.english import lexicon
from incidex.records import ClaimKind, Evidence, Measure, Quantity, QuantityKind, Span, Value

_ORDER = ("people", "records", "accounts", "systems", "organisations", "volume of data", "ransom", "damage", "money")
_BY_ROLE = {"Number-of-Victim": "people", "Number-of-Data": "records", "Price": "ransom", "Damage-Amount": "damage"}
_COUNTS = {
    QuantityKind.PEOPLE: "people",
    QuantityKind.RECORDS: "records",
    QuantityKind.ACCOUNTS: "accounts",
    QuantityKind.SYSTEMS: "systems",
    QuantityKind.ORGANISATIONS: "organisations",
}
# For these the noun matters: 400,000 customers are people, but 400,000 images are not just records.
_NOUN_MATTERS = ("records", "systems", "organisations")
_GENERAL_NOUNS = frozenset(["records", "data", "files", "items", "documents", "entries", "computers", "systems"])
_BARE = re.compile(r"(?:about |some |nearly |over |more than |up to )?(\d{1,3}(?:,\d{3})+|\d+)(?: (million|billion))?")
_SCALE = {"": 1.0, "million": 1e6, "billion": 1e9}
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure in one report: what it measures, its value, its unit and its evidence."""

    measure: str
    value: float
    unit: str
    text: str
    evidence: Evidence
    is_bare: bool = False


def measures(reports: Iterable[Report], names: Names, counting: Counting) -> tuple[Measure, ...]:
    """Return the figures for each measure. Equal figures in other words are one."""
    figures = [figure for report in reports for figure in _figures(report, NameResolver(report, names))]
    groups = grouped(_with_nouns(figures), lambda figure: figure.measure)
    made = [_measure(group, counting) for group in groups]
    return tuple(sorted(made, key=lambda measure: _ORDER.index(measure.name.partition(" (")[0])))


def _with_nouns(figures: Sequence[_Figure]) -> Iterator[_Figure]:
    """Yield figures; a bare number ("to 400,000") gets the measure that another report has for it."""
    known = {figure.value: figure.measure for figure in figures if not figure.is_bare}
    for figure in figures:
        yield replace(figure, measure=known.get(figure.value, figure.measure)) if figure.is_bare else figure


def _measure(group: Sequence[_Figure], counting: Counting) -> Measure:
    values = best_first(_value(same, counting) for same in grouped(group, lambda one: (one.unit, one.value)))
    return Measure(group[0].measure, values, _differ(values, counting))


def _value(group: Sequence[_Figure], counting: Counting) -> Value:
    first = min(group, key=lambda figure: figure.is_bare)
    return counting.value(first.text, first.unit or "number", (figure.evidence for figure in group))


def _differ(values: Sequence[Value], counting: Counting) -> bool:
    """Return whether two independent sources give figures and have none in common."""
    given: dict[str, set[int]] = {}
    for number, value in enumerate(values):
        for one in value.evidence:
            given.setdefault(counting.origin(one.document), set()).add(number)
    distinct = {frozenset(figures) for figures in given.values()}
    return any(one.isdisjoint(other) for one, other in combinations(distinct, 2))


def _figures(report: Report, resolver: NameResolver) -> Iterator[_Figure]:
    """Yield the figures of one report: quantities of events, and bare numbers that are arguments of events."""
    roles = {a.span: _BY_ROLE[a.role] for m in report.mentions for a in m.arguments if a.role in _BY_ROLE}
    said = {c.value: resolver.claimant(c) for c in report.claims if c.kind is ClaimKind.QUANTIFIES and c.value}
    taken: list[Span] = []
    for quantity in report.inside(report.analysis.quantities):
        role = next((name for span, name in roles.items() if span.overlaps(quantity.span)), None)
        claimed = next((span for span in said if span.overlaps(quantity.span)), None)
        measure = _measured(quantity, role, report, claimed=claimed is not None)
        value = quantity.high if quantity.high is not None else quantity.low
        if measure and value is not None:
            taken.append(quantity.span)
            evidence = report.evidence(quantity.span, claimant=said[claimed] if claimed else None)
            unit = quantity.unit if quantity.kind in (QuantityKind.MONEY, QuantityKind.DATA_VOLUME) else ""
            yield _Figure(measure, value, unit, report.words(quantity.span), evidence)
    for span, measure in roles.items():
        number = _BARE.fullmatch(report.words(span))
        if number and measure in ("people", "records") and not any(span.overlaps(other) for other in taken):
            value = float(number[1].replace(",", "")) * _SCALE[number[2] or ""]
            claimant = next((who for place, who in said.items() if place.overlaps(span)), None)
            yield _Figure(
                measure, value, "", report.words(span), report.evidence(span, claimant=claimant), is_bare=True
            )


def _measured(quantity: Quantity, role: str | None, report: Report, *, claimed: bool) -> str | None:
    """Return what a quantity measures; None if it belongs to no event."""
    if quantity.kind is QuantityKind.DATA_VOLUME:
        return "volume of data"
    if quantity.kind is QuantityKind.MONEY:
        return _of_money(quantity, role, report)
    name = _COUNTS.get(quantity.kind) or (role if quantity.kind is QuantityKind.OTHER else None)
    if name is None or not (role or claimed):
        return None
    noun = quantity.unit.casefold()
    return f"{name} ({noun})" if name in _NOUN_MATTERS and noun and noun not in _GENERAL_NOUNS else name


def _of_money(quantity: Quantity, role: str | None, report: Report) -> str | None:
    if role in ("ransom", "damage"):
        return role
    sentence = report.sentence(quantity.span)
    if sentence is None:
        return None
    words = set(_WORD.findall(sentence.span.of(report.document.text)[:3000].lower()))
    is_ransom = "AttackRansom" in {mention.event_type for mention in report.mentions} and words & lexicon.words(
        "ransom_demand"
    )
    return "ransom" if is_ransom else "money" if sentence.labels else None
