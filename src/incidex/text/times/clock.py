"""Reads times of day: "2200 GMT", "4 p.m. Monday", "Friday morning"."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from incidex.records import Granularity, TimeBasis
from incidex.tables import table
from incidex.text.times.calendar import Period, at, zone_offset
from incidex.text.times.context import Context, Value

# Stands for an unknown day.
_ANY_DAY = date(2000, 1, 1)
_FIRST = re.compile(r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s{0,3}(?:(?P<half>[ap])\.?m)?|(?P<word>[a-z]+))")
_OVERNIGHT = "It is not said on which day the first of the two is."


@dataclass(frozen=True, slots=True)
class _Clock:
    """
    A time of day, or a range of them.

    Attributes:
        minute: Minutes since midnight; of a range, when it ends.
        unit: Hour or minute.
        zone: As written, in capitals; empty if there is none.
        first: Minutes since midnight when the range begins; None if it is no range.
    """

    minute: int
    unit: Granularity
    zone: str
    first: int | None = None

    @property
    def overnight(self) -> bool:
        """Whether the range ends on the day after it began."""
        return self.first is not None and self.first >= self.minute


def at_clock(match: re.Match[str], value: Value, *suffixes: str) -> Value | None:
    """
    Narrow the day in `value` to the time of day in `match`; None if there is no such time, as in "25:70".

    A range that passes midnight begins on the day before it, as in "on 3 March from 22:00 to 04:00". In "22:00 to 04:00
    on 3 March" nobody knows which day that is.
    """
    for suffix in suffixes:
        if not _has_clock(match, suffix):
            continue
        clock = _clock(match, suffix)
        if clock is None:
            return None
        if clock.overnight and suffix == "a":
            return replace(value, granularity=clock.unit, period=None, part=None, reason=value.reason or _OVERNIGHT)
        return _narrowed(value, clock) if value.period else replace(value, granularity=clock.unit)
    there = match.re.groupindex
    pod = next((match[name] for name in ("pod", "pod_of", "pod2") if name in there and match[name]), None)
    return part_of_day(value, pod) if pod else value


def part_of_day(value: Value, name: str) -> Value:
    """Narrow the day in `value` to its morning, afternoon, evening or night."""
    if value.period is None:
        return replace(value, granularity=Granularity.PART_OF_DAY)
    first, last = table("incidex.text.times", "times")["parts_of_day"][" ".join(name.split())]
    day = value.period.start.date()
    found = Period(at(day, first), at(day, last), Granularity.PART_OF_DAY)
    return replace(value, granularity=Granularity.PART_OF_DAY, period=found, part=None, has_clock=True)


def clock_alone(match: re.Match[str], context: Context) -> Value | None:
    """Return a time of day, on the day mentioned earlier in the same sentence if there is one."""
    clock = _clock(match, "c")
    if clock is None or (match["word_c"] and _is_name(context)):
        return None
    earlier = context.earlier
    if earlier and earlier.begins and earlier.granularity is Granularity.DAY and earlier.part is None:
        between = context.text[earlier.span.end : context.start]
        if not re.search(r"[.!?]\s|\n", between):
            day = date.fromisoformat(earlier.begins)
            return _narrowed(Value(Granularity.DAY, TimeBasis.TEXT, Period(at(day), at(day), Granularity.DAY)), clock)
    value = Value(
        Granularity.DAY, TimeBasis.ABSOLUTE, Period(at(_ANY_DAY), at(_ANY_DAY), Granularity.DAY), has_day=False
    )
    # The offset of a zone with daylight saving depends on the day.
    depends = clock.zone in table("incidex.text.times", "zones")["places"]
    return _narrowed(value, replace(clock, zone="" if depends else clock.zone))


def _is_name(context: Context) -> bool:
    """Whether "Midnight" is the first word of a name, as in "Midnight Blizzard"."""
    return context.text[context.start].isupper() and context.text[context.end : context.end + 2].strip().isupper()


def _clock(match: re.Match[str], suffix: str) -> _Clock | None:
    """Return the time of day in the groups that end in `suffix`; None if there is no such time."""
    part = {name[: -len(suffix) - 1]: match[name] for name in _groups(match.re, suffix)}
    unit = Granularity.MINUTE
    if part.get("word"):
        minute = 60 * _word_hour(part["word"])
    elif part.get("military"):
        minute = 60 * int(part["military"][:2]) + int(part["military"][2:])
    elif part.get("hour24"):
        minute = 60 * int(part["hour24"]) + int(part["minute24"])
    elif part.get("hour") and 1 <= int(part["hour"]) <= 12:
        minute = _of_half(int(part["hour"]), part["minute"], part["half"])
        unit = Granularity.MINUTE if part["minute"] else Granularity.HOUR
    else:
        return None
    zone = " ".join((part["zone"] or "").upper().split())
    if not part.get("first"):
        return _Clock(minute, unit, zone)
    first = _first(match, suffix, minute)
    return None if first is None else _Clock(minute, unit, zone, first)


def _first(match: re.Match[str], suffix: str, last: int) -> int | None:
    """Return when the range that ends at minute `last` begins; None if it is no range, as "10" in "10 to 14:30"."""
    separator = match.string[match.end(f"first_{suffix}") :].split(maxsplit=1)[0]
    before = match.string[max(0, match.start(f"first_{suffix}") - 9) : match.start(f"first_{suffix}")]
    if separator == "and" and not before.rstrip().endswith("between"):
        return None
    part = _FIRST.match(match[f"first_{suffix}"])
    if part is None:
        return None
    if part["word"]:
        return 60 * _word_hour(part["word"])
    hour, half = int(part["hour"]), part["half"] or match[f"half_{suffix}"]
    if half is None:
        return 60 * hour + int(part["minute"]) if part["minute"] and hour < 24 else None
    if not 1 <= hour <= 12:
        return None
    first = _of_half(hour, part["minute"], half)
    # "11-1 p.m." begins in the morning.
    return (first + 720) % 1440 if first >= last and not part["half"] else first


def _of_half(hour: int, minute: str | None, half: str) -> int:
    return 60 * (hour % 12 + (12 if half == "p" else 0)) + int(minute or 0)


def _word_hour(word: str) -> int:
    hour: int = table("incidex.text.times", "times")["clock_words"][word]
    return hour


def _has_clock(match: re.Match[str], suffix: str) -> bool:
    names = _groups(match.re, suffix)
    return bool(names) and any(match.group(*names))


@cache
def _groups(rule: re.Pattern[str], suffix: str) -> tuple[str, ...]:
    """Return the names of a rule's groups that end in `suffix`; a table of dates asks a million times."""
    return tuple(name for name in rule.groupindex if name.endswith(f"_{suffix}"))


def _narrowed(value: Value, clock: _Clock) -> Value:
    assert value.period is not None
    day = value.period.start.date()
    end = at(day, 24 * clock.overnight, clock.minute)
    start = end if clock.first is None else at(day, 0, clock.first)
    length = timedelta(hours=1) if clock.unit is Granularity.HOUR else timedelta(minutes=1)
    # A range of hours ends when the second hour begins: "2-4 p.m." are two hours.
    period = Period(start, end if clock.first is not None and end > start else end + length, clock.unit)
    offset = zone_offset(clock.zone, day, clock.minute // 60)
    return replace(value, granularity=clock.unit, period=period, part=None, offset=offset, has_clock=True)
