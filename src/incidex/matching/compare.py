"""Compares two profiles: how surely they report the same happening, and what forbids it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from incidex.matching.comparable import MAIN, Sketch
from incidex.matching.features import are_of_others, cosine, distinct, gap, signals, tells_of
from incidex.matching.words import stem
from incidex.tables import table

# So many days after a patch another one is another one, unless both reports share two rare names.
_NEXT_PATCH = 21
# Two reports so many days apart are of two happenings, unless the later one says when it was, or they share this many
# rare names.
_LONG = 180
_MUCH = 3.0
_MOST_NAMED = 3
# Headlines so alike are twins: "... discloses a flaw before a patch", "... discloses another flaw before a patch".
_TWINS = 0.6


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    What comparing two profiles gave.

    Attributes:
        score: The logarithm of the odds that both report the same happening.
        conflicts: What forbids that they are the same, one sentence each.
    """

    score: float
    conflicts: tuple[str, ...]


def join_from() -> float:
    """Return the score from which on two profiles, or groups of them, are put together."""
    return float(_settings()["join"])


def compare(left: Sketch, right: Sketch) -> Comparison:
    """
    Compare two profiles. The order of the two does not matter.

    Without anything that identifies a happening in common (a CVE number, malware, a victim, a rare name) the score is
    that of strangers, however alike the words are.
    """
    if left.profile.id > right.profile.id:
        left, right = right, left
    settings = _settings()
    shared = distinct(left, right)
    if not has_anchor(left, right, shared):
        return Comparison(stranger(), ())
    days = gap(left, right, shared)
    signs = signals(left, right, shared, days)
    weighted = (settings["weights"].get(name, 0.0) * value for name, value in signs.items())
    return Comparison(round(settings["intercept"] + sum(weighted), 6), tuple(_conflicts(left, right, shared, days)))


def stranger() -> float:
    """Return the score of two profiles that have nothing in common."""
    return float(_settings()["intercept"])


def has_anchor(left: Sketch, right: Sketch, shared: float) -> bool:
    """Return whether two profiles share what identifies a happening; `shared` is what `distinct` gives for them."""
    pairs = ((left.cves, right.cves), (left.software, right.software), (left.victims, right.victims))
    return any(one.keys() & other.keys() for one, other in pairs) or shared >= 0.25


def _conflicts(left: Sketch, right: Sketch, shared: float, days: int | None) -> Iterator[str]:
    if _shares_main(left.cves, right.cves):
        return
    if days is not None and days > _LONG and not tells_of(left, right) and not _shares_much(left, right, shared):
        yield f"published {days} days apart, and the later one names no time near the earlier one"
    if left.flaw and right.flaw and not _shares_main(left.software, right.software):
        yield from _of_flaws(left, right, days)
    hit = _main(left.victims), _main(right.victims)
    if all(hit) and are_of_others(left, right):
        yield f"another victim: {'; '.join(map(', '.join, hit))}"
    for earlier, later in _orders(left, right):
        yield from _of_another(earlier, later)


def _orders(left: Sketch, right: Sketch) -> Iterator[tuple[Sketch, Sketch]]:
    """Yield the two in the order of their publication, in both if that is not known or the same day."""
    if not left.published or not right.published or left.published <= right.published:
        yield left, right
    if not left.published or not right.published or left.published >= right.published:
        yield right, left


def _of_another(earlier: Sketch, later: Sketch) -> Iterator[str]:
    """Yield what forbids that two reports are about the same, as the later one says itself that it is about another."""
    name = later.profile.another
    if name and not (earlier.flaw or later.flaw) and name not in earlier.names and stem(name) not in earlier.words:
        yield f"one tells of another one: {name}"
    if later.again and not earlier.again and cosine(earlier.title, later.title) >= _TWINS:
        yield "twin headlines, and one says that it is about another one"


def _of_flaws(left: Sketch, right: Sketch, days: int | None) -> Iterator[str]:
    """Yield what forbids that two reports about weaknesses are about the same."""
    one, other = left.profile, right.profile
    months = bool(set(one.months) & set(other.months))
    if one.months and other.months and not months:
        yield f"another month: {', '.join(one.months)}; {', '.join(other.months)}"
    if one.counts and other.counts and not set(one.counts) & set(other.counts) and not months:
        yield f"another number of weaknesses: {_list(one.counts)}; {_list(other.counts)}"
    if _main(left.cves) and _main(right.cves) and not left.cves.keys() & right.cves.keys():
        yield f"another weakness: {', '.join(_main(left.cves))}; {', '.join(_main(right.cves))}"
    patches = one.types[0] == other.types[0] == "PatchVulnerability"
    if patches and days is not None and days > _NEXT_PATCH and len(left.rare & right.rare) < 2:
        yield f"patches published {days} days apart"


def _shares_much(left: Sketch, right: Sketch, shared: float) -> bool:
    """Return whether two reports share what two happenings hardly share, so that rather a date is wrong."""
    return shared >= _MUCH or len(left.amounts & right.amounts) > 1


def _shares_main(left: dict[str, float], right: dict[str, float]) -> bool:
    return any(min(left[name], right[name]) >= MAIN for name in left.keys() & right.keys())


def _main(weighted: dict[str, float]) -> list[str]:
    return [name for name, weight in weighted.items() if weight >= MAIN][:_MOST_NAMED]


def _list(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers[:_MOST_NAMED]))


@cache
def _settings() -> dict[str, Any]:
    return dict(table("incidex.matching", "weights"))
