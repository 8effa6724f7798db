"""Puts the figures that reports give side by side: how many people, how much data, which ransom."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from math import floor, log10

from incidex.dossiers.claimants import NameResolver
from incidex.dossiers.developments import developments
from incidex.dossiers.figures import Figure, figures_of
from incidex.dossiers.names import Names
from incidex.dossiers.report import Report
from incidex.dossiers.support import Counting, best_first, grouped
from incidex.english import lexicon
from incidex.records import Measure, Value

_ORDER = (
    "people",
    "records",
    "accounts",
    "systems",
    "organisations",
    "volume of data",
    "ransom",
    "ransom paid",
    "price",
    "damage",
    "fines and settlements",
    "money",
)
# What is rounded to fewer digits, or given as a bound, lies no farther than this from the exact number.
_ROUNDED, _BOUNDED = 0.1, 0.5
_GROUPS_OF_PEOPLE = ("staff_person", "client_person")


def measures(reports: Iterable[Report], names: Names, counting: Counting) -> tuple[Measure, ...]:
    """Return the figures for each measure. Equal figures in other words are one."""
    figures = [figure for report in reports for figure in figures_of(report, NameResolver(report, names))]
    groups = grouped(_with_nouns(figures), lambda figure: figure.measure)
    made = [_measure(group, counting) for group in groups]
    return tuple(sorted(made, key=lambda measure: _ORDER.index(measure.name.partition(" (")[0])))


def agree(one: Figure, other: Figure) -> bool:
    """
    Return whether two figures can both be right: one is the other rounded, or a bound of it, or counts somebody else.

    "more than 9 million" and "9.8 million" agree, and so do "120,000" and "119,842"; "9.5 million" and "9.8 million"
    do not. 40,000 customers and 2,000 employees are not the same people.
    """
    if one.unit != other.unit or not _same_kind(one.noun, other.noun):
        return True
    low, high = sorted((one.value, other.value))
    apart = (high - low) / high if high else 0.0
    if one.is_bound or other.is_bound:
        return apart <= (_BOUNDED if _is_lower_bound(one, other) else _ROUNDED)
    digits = min(_digits(low), _digits(high))
    return apart <= _ROUNDED and _rounded(low, digits) == _rounded(high, digits)


def _with_nouns(figures: Sequence[Figure]) -> Iterator[Figure]:
    """Yield figures; a bare number ("to 400,000") gets the measure that another report has for it."""
    known = {figure.value: figure.measure for figure in figures if not figure.is_bare}
    for figure in figures:
        bare = figure.is_bare and not figure.is_former
        yield replace(figure, measure=known.get(figure.value, figure.measure)) if bare else figure


def _measure(group: Sequence[Figure], counting: Counting) -> Measure:
    whole = [figure for figure in group if not figure.is_part and not figure.is_former]
    older = [figure for figure in group if figure.is_former]
    changed = developments(group, counting, lambda figures: _value(figures, counting))
    old = {(figure.unit, figure.value) for figure in older}
    now = [figure for figure in whole if (figure.unit, figure.value) not in old]
    return Measure(
        group[0].measure,
        _values([*whole, *(figure for figure in older)], counting),
        _differ(now, changed.replaced, counting),
        parts=_values((figure for figure in group if figure.is_part and not figure.is_former), counting),
        developments=changed.found,
    )


def _values(figures: Iterable[Figure], counting: Counting) -> tuple[Value, ...]:
    groups = grouped(figures, lambda one: (one.unit, one.value))
    return best_first(_value(same, counting) for same in groups)


def _value(group: Sequence[Figure], counting: Counting) -> Value:
    first = min(group, key=lambda figure: figure.is_bare)
    return counting.value(first.text, first.unit or "number", (figure.evidence for figure in group))


def _differ(figures: Iterable[Figure], replaced: frozenset[tuple[str, float]], counting: Counting) -> bool:
    """Return whether two independent sources give figures that cannot all be right, and have none in common."""
    given: dict[str, dict[tuple[str, float], Figure]] = {}
    for one in figures:
        if (one.unit, one.value) not in replaced:
            given.setdefault(counting.origin(one.evidence.document), {})[one.unit, one.value] = one
    distinct = {frozenset(own): list(own.values()) for own in given.values()}
    return any(
        not any(agree(a, b) for a in one for b in other) for one, other in combinations(distinct.values(), 2)
    ) or _currencies_differ(distinct.values())


def _currencies_differ(given: Iterable[Sequence[Figure]]) -> bool:
    """Return whether sources name sums in other currencies, which nobody can compare here."""
    units = [{figure.unit for figure in own} for own in given]
    return any(one and other and one.isdisjoint(other) for one, other in combinations(units, 2))


def _same_kind(one: str, other: str) -> bool:
    """Return whether two nouns can stand for the same people: "customers" and "people", not "staff"."""
    if not one or not other or one == other:
        return True
    general = lexicon.words("any_person")
    if one in general or other in general:
        return True
    return any({one, other} <= lexicon.words(name) for name in _GROUPS_OF_PEOPLE)


def _is_lower_bound(one: Figure, other: Figure) -> bool:
    """Return whether the smaller is only a bound: "more than 9 million" beside 9.8 million."""
    return min(one, other, key=lambda figure: figure.value).is_bound


def _digits(value: float) -> int:
    """Return how many digits of a number count: 2 of 120,000."""
    return max(1, len(f"{value:.0f}".rstrip("0"))) if value == int(value) else 6


def _rounded(value: float, digits: int) -> float:
    return round(value, digits - 1 - floor(log10(value))) if value > 0 else 0.0
