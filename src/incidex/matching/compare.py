"""Compares two profiles: how likely they report the same incident, and what rules it out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from incidex.matching.candidates import is_specific
from incidex.matching.comparable import MAIN, Comparable
from incidex.matching.features import (
    attacked_through_flaw,
    cosine,
    effective_gap,
    features,
    have_different_headline_victims,
    have_different_victims,
    mentions_time_of,
    shared_names,
)
from incidex.matching.words import stem
from incidex.tables import table

# So many days after a patch comes the next one, unless both reports share two rare names.
_NEXT_PATCH_DAYS = 21
# Reports so many days apart are of two incidents, unless the later one mentions the time of the earlier one, or they
# share this many rare names.
_LONG_GAP_DAYS = 180
_MANY_NAMES = 3.0
# Less is shared by reports of any two incidents.
_LEAST_SHARED = 0.25
_MOST_NAMED = 3
# Headlines so alike are twins: "... discloses a flaw before a patch", "... discloses another flaw before a patch".
_TWINS = 0.6


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    The result of comparing two profiles.

    Attributes:
        score: The logarithm of the odds that both report the same incident.
        conflicts: What rules out that they do, one sentence each.
        doubts: What rules it out unless other reports of the same two groups have no such doubts.
    """

    score: float
    conflicts: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def compare(left: Comparable, right: Comparable) -> Comparison:
    """
    Compare two profiles. The order of the two does not matter.

    Without anything in common that identifies an incident (a CVE number, malware, a victim, a rare name) the score is
    `lowest_score`, however alike the words are.
    """
    if left.profile.id > right.profile.id:
        left, right = right, left
    settings = _settings()
    shared = shared_names(left, right)
    if not has_anchor(left, right, shared):
        return Comparison(lowest_score(), ())
    days = effective_gap(left, right, shared)
    values = features(left, right, shared, days)
    weighted = (settings["weights"].get(name, 0.0) * value for name, value in values.items())
    score = round(settings["intercept"] + sum(weighted), 6)
    if _share_main(left.cves, right.cves):
        victim = attacked_through_flaw(left, right)
        return Comparison(score, (), (f"a vulnerability, and an attack on one victim: {victim}",) if victim else ())
    return Comparison(score, tuple(_conflicts(left, right, days)), tuple(_doubts(left, right, shared, days)))


def threshold() -> float:
    """Return the score from which on two profiles, or groups of them, are joined."""
    return float(_settings()["threshold"])


def lowest_score() -> float:
    """Return the score of two profiles that have nothing in common."""
    return float(_settings()["intercept"])


def has_anchor(left: Comparable, right: Comparable, shared: float) -> bool:
    """Return whether two profiles share what identifies an incident; `shared` is the result of `shared_names`."""
    pairs = ((left.cves, right.cves), (left.software, right.software), (left.victims, right.victims))
    if any(one.keys() & other.keys() for one, other in pairs) or shared >= _LEAST_SHARED:
        return True
    return any(map(is_specific, left.amounts & right.amounts))


def _conflicts(left: Comparable, right: Comparable, days: int | None) -> Iterator[str]:
    if left.about_flaw and right.about_flaw and not _share_main(left.software, right.software):
        yield from _conflicts_of_flaws(left, right, days)
    if left.about_flaw or right.about_flaw:
        yield from _conflicts_of_numbers(left, right)
    for earlier, later in _orders(left, right):
        yield from _announced_conflicts(earlier, later)


def _doubts(left: Comparable, right: Comparable, shared: float, days: int | None) -> Iterator[str]:
    is_far = days is not None and days > _LONG_GAP_DAYS
    if is_far and not mentions_time_of(left, right) and not _share_much(left, right, shared):
        yield f"published {days} days apart, and the later one mentions no time near the earlier one"
    victims = _main(left.victims), _main(right.victims)
    if all(victims) and have_different_victims(left, right):
        yield f"another victim: {'; '.join(map(', '.join, victims))}"
    elif have_different_headline_victims(left, right):
        named = (", ".join(sorted(report.headline_words)) for report in (left, right))
        yield f"another victim: {'; '.join(named)}"


def _orders(left: Comparable, right: Comparable) -> Iterator[tuple[Comparable, Comparable]]:
    """Yield the two in the order of their publication, in both orders if that is not known or on the same day."""
    if not left.published or not right.published or left.published <= right.published:
        yield left, right
    if not left.published or not right.published or left.published >= right.published:
        yield right, left


def _announced_conflicts(earlier: Comparable, later: Comparable) -> Iterator[str]:
    """Yield why two reports are not of one incident, by what the later one says itself."""
    name = later.profile.another
    about_flaws = earlier.about_flaw or later.about_flaw
    if name and not about_flaws and name not in earlier.names and stem(name) not in earlier.words:
        yield f"one is about another incident: {name}"
    is_new = later.announces_another and not earlier.announces_another
    if is_new and cosine(earlier.title, later.title) >= _TWINS:
        yield "headlines nearly the same, and one says that it is about another incident"


def _conflicts_of_flaws(left: Comparable, right: Comparable, days: int | None) -> Iterator[str]:
    """Yield why two reports about vulnerabilities are not of one incident."""
    one, other = left.profile, right.profile
    same_month = bool(set(one.months) & set(other.months))
    if one.months and other.months and not same_month:
        yield f"another month: {', '.join(one.months)}; {', '.join(other.months)}"
    if one.counts and other.counts and not set(one.counts) & set(other.counts) and not same_month:
        yield f"another number of vulnerabilities: {_list(one.counts)}; {_list(other.counts)}"
    patches = one.types[0] == other.types[0] == "PatchVulnerability"
    if patches and days is not None and days > _NEXT_PATCH_DAYS and len(left.rare & right.rare) < 2:
        yield f"patches published {days} days apart"


def _conflicts_of_numbers(left: Comparable, right: Comparable) -> Iterator[str]:
    """Yield that the CVE numbers of two reports differ, where they are a main topic or the only one named."""
    numbers = [_main(report.cves) or list(report.cves) for report in (left, right)]
    if all(len(each) == 1 or _main(report.cves) for each, report in zip(numbers, (left, right), strict=True)) and not (
        left.cves.keys() & right.cves.keys()
    ):
        yield f"another vulnerability: {'; '.join(map(', '.join, numbers))}"


def _share_much(left: Comparable, right: Comparable, shared: float) -> bool:
    """Return whether two reports share so much that a wrong date is likelier than two incidents."""
    return shared >= _MANY_NAMES or len(left.amounts & right.amounts) > 1


def _share_main(left: dict[str, float], right: dict[str, float]) -> bool:
    return any(min(left[name], right[name]) >= MAIN for name in left.keys() & right.keys())


def _main(weighted: dict[str, float]) -> list[str]:
    return [name for name, weight in weighted.items() if weight >= MAIN][:_MOST_NAMED]


def _list(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers[:_MOST_NAMED]))


@cache
def _settings() -> dict[str, Any]:
    return dict(table("incidex.matching", "weights"))
