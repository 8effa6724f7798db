"""Reads times of day: "2200 GMT", "4 p.m. Monday", "Friday morning"."""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from incidex.records import Granularity, TimeBasis
from incidex.tables import table
from incidex.text.times.calendar import Period, at, zone_offset
from incidex.text.times.context import Context, Value

# Stands for an unknown day.
_ANY_DAY = date(2000, 1, 1)


def at_clock(match: re.Match[str], value: Value, *suffixes: str) -> Value | None:
    """Narrow the day in `value` to the time of day in `match`; None if there is no such time, as in "25:70"."""
    for suffix in suffixes:
        if not _has_clock(match, suffix):
            continue
        clock = _clock(match, suffix)
        if clock is None:
            return None
        return _narrowed(value, *clock) if value.period else replace(value, granularity=clock[2])
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
            return _narrowed(Value(Granularity.DAY, TimeBasis.TEXT, Period(at(day), at(day), Granularity.DAY)), *clock)
    value = Value(
        Granularity.DAY, TimeBasis.ABSOLUTE, Period(at(_ANY_DAY), at(_ANY_DAY), Granularity.DAY), has_day=False
    )
    # The offset of a zone with daylight saving depends on the day.
    zone = clock[3] if clock[3] in table("incidex.text.times", "zones")["offsets"] else ""
    return _narrowed(value, *clock[:3], zone)


def _is_name(context: Context) -> bool:
    """Whether "Midnight" is the first word of a name, as in "Midnight Blizzard"."""
    return context.text[context.start].isupper() and context.text[context.end : context.end + 2].strip().isupper()


def _clock(match: re.Match[str], suffix: str) -> tuple[int, int, Granularity, str] | None:
    """Return hour, minute, granularity and zone from the groups that end in `suffix`; None if there is no time."""
    part = {name[: -len(suffix) - 1]: match[name] for name in _groups(match.re, suffix)}
    unit = Granularity.MINUTE
    if part.get("word"):
        hour, minute = table("incidex.text.times", "times")["clock_words"][part["word"]], 0
    elif part.get("military"):
        hour, minute = int(part["military"][:2]), int(part["military"][2:])
    elif part.get("hour24"):
        hour, minute = int(part["hour24"]), int(part["minute24"])
    elif part.get("hour") and 1 <= int(part["hour"]) <= 12:
        hour, minute = int(part["hour"]) % 12 + (12 if part["half"] == "p" else 0), int(part["minute"] or 0)
        unit = Granularity.MINUTE if part["minute"] else Granularity.HOUR
    else:
        return None
    return hour, minute, unit, (part["zone"] or "").upper()


def _has_clock(match: re.Match[str], suffix: str) -> bool:
    names = _groups(match.re, suffix)
    return bool(names) and any(match.group(*names))


@cache
def _groups(rule: re.Pattern[str], suffix: str) -> tuple[str, ...]:
    """Return the names of a rule's groups that end in `suffix`; a table of dates asks a million times."""
    return tuple(name for name in rule.groupindex if name.endswith(f"_{suffix}"))


def _narrowed(value: Value, hour: int, minute: int, unit: Granularity, zone: str) -> Value:
    assert value.period is not None
    day = value.period.start.date()
    start = at(day, hour, minute)
    length = timedelta(hours=1) if unit is Granularity.HOUR else timedelta(minutes=1)
    offset = zone_offset(zone, day, hour)
    return replace(
        value, granularity=unit, period=Period(start, start + length, unit), part=None, offset=offset, has_clock=True
    )
