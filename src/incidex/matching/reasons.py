"""Says in words why two profiles were taken for reports of the same incident."""

from collections.abc import Iterator

from incidex.matching.comparable import Comparable
from incidex.matching.features import days_apart, effective_gap, is_year_off, shared_names
from incidex.matching.frequencies import name_rarity

_MOST_NAMED = 3
# Names that more reports have are no reason.
_RARE = 0.4
_SIZES = ((1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


def reasons(left: Comparable, right: Comparable) -> tuple[str, ...]:
    """Return what two profiles share, the strongest first; the order of the two does not matter."""
    return (*_shared_names(left, right), *_shared_values(left, right), *_near_dates(left, right))


def amount_in_words(written: str) -> str:
    """Return an amount of a profile in words: "512,000 people" for "people 512000"; "about" for a rounded number."""
    kind, _, number = written.rpartition(" ")
    value, about = float(number), "about " * ("e" in number)
    if kind == "data-volume":
        size, unit = next(((size, unit) for size, unit in _SIZES if value >= size), (1, "bytes"))
        return f"{value / size:g} {unit}"
    what, _, currency = kind.partition(" ")
    return f"{about}{value:,.{0 if value.is_integer() else 2}f} {currency or what.replace('-', ' ')}"


def _shared_names(left: Comparable, right: Comparable) -> Iterator[str]:
    named: set[str] = set()
    for what, one, other in (
        ("same victim: ", left.victims, right.victims),
        ("both name ", left.cves, right.cves),
        ("both name ", left.software, right.software),
        ("both name ", left.actors, right.actors),
    ):
        shared = _heaviest_first(one, other)
        if shared:
            named.update(shared)
            yield what + ", ".join(shared[:_MOST_NAMED])
    rest = [
        name
        for name in _heaviest_first(left.names, right.names)
        if name_rarity(name) > _RARE and not any(name in other for other in named)
    ]
    if rest:
        yield "both name " + ", ".join(_whole(rest)[:_MOST_NAMED])


def _shared_values(left: Comparable, right: Comparable) -> Iterator[str]:
    if same := sorted(left.amounts & right.amounts):
        yield "same amount: " + ", ".join(map(amount_in_words, same[:_MOST_NAMED]))
    if same := sorted(left.days & right.days):
        yield "both name the day " + same[0]


def _near_dates(left: Comparable, right: Comparable) -> Iterator[str]:
    days = days_apart(left, right)
    if days is not None and not left.stated_days & right.stated_days:
        yield _published(days) + _why_near(left, right, days)


def _published(days: int) -> str:
    if days == 0:
        return "published on the same day"
    return "published 1 day apart" if days == 1 else f"published {days} days apart"


def _why_near(left: Comparable, right: Comparable, days: int) -> str:
    """Return why reports count as nearer to each other than their dates are; empty if they do not."""
    shared = shared_names(left, right)
    if effective_gap(left, right, shared) == days:
        return ""
    if is_year_off(left, right, shared):
        return ": one of the dates seems to be a year off"
    return ": the later one is about the aftermath"


def _heaviest_first(left: dict[str, float], right: dict[str, float]) -> list[str]:
    return sorted(left.keys() & right.keys(), key=lambda name: (-min(left[name], right[name]), name))


def _whole(names: list[str]) -> list[str]:
    """Return names without those that are part of another one."""
    return [name for name in names if not any(name != other and name in other.split(" ") for other in names)]
