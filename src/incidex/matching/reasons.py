"""Says in words why two profiles were taken for reports of the same happening."""

from collections.abc import Iterator

from incidex.matching.comparable import Sketch
from incidex.matching.features import days_apart, distinct, gap, is_year_off
from incidex.matching.words import name_rarity

_MOST_NAMED = 3
_SIZES = ((1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


def reasons(left: Sketch, right: Sketch) -> tuple[str, ...]:
    """Return what two profiles share, the strongest first; the order of the two does not matter."""
    return tuple(_reasons(left, right))


def _reasons(left: Sketch, right: Sketch) -> Iterator[str]:
    named: set[str] = set()
    for what, one, other in (
        ("same victim: ", left.victims, right.victims),
        ("both name ", left.cves, right.cves),
        ("both name ", left.software, right.software),
        ("both name ", left.actors, right.actors),
    ):
        shared = sorted(one.keys() & other.keys(), key=lambda name: (-min(one[name], other[name]), name))
        if shared:
            named.update(shared)
            yield what + ", ".join(shared[:_MOST_NAMED])
    names = sorted(left.names.keys() & right.names.keys(), key=lambda n: (-min(left.names[n], right.names[n]), n))
    rest = [name for name in names if name_rarity(name) > 0.4 and not any(name in other for other in named)]
    if rest:
        yield "both name " + ", ".join(_whole(rest)[:_MOST_NAMED])
    if same := sorted(left.amounts & right.amounts):
        yield "same amount: " + ", ".join(map(said_amount, same[:_MOST_NAMED]))
    if same := sorted(left.days & right.days):
        yield "both name the day " + same[0]
    days = days_apart(left, right)
    if days is not None and not left.stated & right.stated:
        yield _apart(days) + _why_near(left, right, days)


def _why_near(left: Sketch, right: Sketch, days: int) -> str:
    """Return why reports do not count as far apart as their dates are; empty if they do."""
    shared = distinct(left, right)
    if gap(left, right, shared) == days:
        return ""
    if is_year_off(left, right, shared):
        return ": one of the dates seems to be a year off"
    return ": the later one tells what came of it"


def said_amount(written: str) -> str:
    """Return an amount of a profile in words: "512,000 people" for "people 512000"; of a long number "about"."""
    kind, _, number = written.rpartition(" ")
    value, about = float(number), "about " * ("e" in number)
    if kind == "data-volume":
        size, unit = next(((size, unit) for size, unit in _SIZES if value >= size), (1, "bytes"))
        return f"{value / size:g} {unit}"
    what, _, currency = kind.partition(" ")
    return f"{about}{value:,.{0 if value.is_integer() else 2}f} {currency or what.replace('-', ' ')}"


def _apart(days: int) -> str:
    if days == 0:
        return "published on one day"
    return "published 1 day apart" if days == 1 else f"published {days} days apart"


def _whole(names: list[str]) -> list[str]:
    """Return names without those that are part of another one."""
    return [name for name in names if not any(name != other and name in other.split(" ") for other in names)]
