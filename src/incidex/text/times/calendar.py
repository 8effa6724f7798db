"""Calendar arithmetic: the month of a day, the month before it, its last third, the offset of a time zone."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from incidex.records import Granularity, PartOfPeriod
from incidex.tables import table

_MONTHS = {
    Granularity.DECADE: 120,
    Granularity.YEAR: 12,
    Granularity.HALF: 6,
    Granularity.QUARTER: 3,
    Granularity.SEASON: 3,
    Granularity.MONTH: 1,
}
_DAYS = {Granularity.WEEK: 7, Granularity.WEEKEND: 7, Granularity.DAY: 1, Granularity.PART_OF_DAY: 1}
# Where the middle third begins and ends: months of longer units, days of months and weeks, hours of days.
_THIRDS = {
    Granularity.DECADE: (48, 84),
    Granularity.YEAR: (4, 8),
    Granularity.HALF: (2, 4),
    Granularity.QUARTER: (1, 2),
    Granularity.SEASON: (1, 2),
    Granularity.MONTH: (10, 20),
    Granularity.WEEK: (2, 4),
    Granularity.DAY: (8, 16),
}
# "UTC+2", "GMT -5:30", "+0200", also with the minus sign of typography.
_OFFSET = re.compile(r"(?:(?:UTC|GMT)\s{0,3})?(?P<sign>[+\-−])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?")


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open period from `start` to `end`, both without a time zone."""

    start: datetime
    end: datetime
    granularity: Granularity


def period(day: date, unit: Granularity) -> Period:
    """
    Return the calendar unit that contains `day`; weeks begin on Monday, weekends on Saturday.

    The weekend of a day is the one at the end of its week. Units shorter than a day give the day.

    Raises:
        ValueError, OverflowError: The unit is beyond the years that `datetime` supports.
    """
    if unit in (Granularity.WEEK, Granularity.WEEKEND):
        monday = day - timedelta(days=day.weekday())
        first, days = (monday, 7) if unit is Granularity.WEEK else (monday + timedelta(days=5), 2)
        return Period(at(first), at(first + timedelta(days=days)), unit)
    if unit not in _MONTHS:
        return Period(at(day), at(day + timedelta(days=1)), unit)
    months = _MONTHS[unit]
    # Seasons begin with December, March, June and September.
    shift = 1 if unit is Granularity.SEASON else 0
    since_zero = (day.year * 12 + day.month - 1 + shift) // months * months - shift
    return Period(at(_month(since_zero)), at(_month(since_zero + months)), unit)


def between(first: date, last: date, unit: Granularity) -> Period:
    """Return the period from `first` to `last`, both included."""
    return Period(at(first), at(last + timedelta(days=1)), unit)


def moved(day: date, unit: Granularity, number: int) -> date:
    """
    Return the day `number` units later, or earlier if negative; the last of the month if that has no such day.

    Raises:
        ValueError, OverflowError: The day is beyond the years that `datetime` supports.
    """
    if unit in _DAYS:
        return day + timedelta(days=number * _DAYS[unit])
    if unit not in _MONTHS:
        return day + timedelta(hours=number)
    first = _month(day.year * 12 + day.month - 1 + number * _MONTHS[unit])
    following = _month(first.year * 12 + first.month)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def third(whole: Period, part: PartOfPeriod) -> Period:
    """Return the first, middle or last third of a period, in whole units; a part of a day is returned whole."""
    if whole.granularity not in _THIRDS:
        return whole
    cuts = [_after(whole, number) for number in _THIRDS[whole.granularity]]
    bounds = [whole.start, *cuts, whole.end]
    index = list(PartOfPeriod).index(part)
    return Period(bounds[index], bounds[index + 1], whole.granularity)


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """Return a time on a day; hours from 24 on are on the next day."""
    return datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=minute)


def zone_offset(name: str, day: date, hour: int) -> str:
    """
    Return the UTC offset of the zone `name` on that day at that hour, such as "-04:00".

    Empty if the name is unknown or ambiguous ("IST"), or if the system's time zone database lacks the zone.

    Args:
        name: In capitals: "GMT", "BST", "ET", "UTC+2", "-0600".
    """
    written = _OFFSET.fullmatch(name)
    if written:
        return f"{'+' if written['sign'] == '+' else '-'}{int(written['hours']):02}:{written['minutes'] or '00'}"
    zones = table("incidex.text.times", "zones")
    place = zones["places"].get(name)
    return _offset_at(place, day, hour) if place else zones["offsets"].get(name, "")


def _after(whole: Period, number: int) -> datetime:
    if whole.granularity is Granularity.DAY:
        return whole.start + timedelta(hours=number)
    if whole.granularity in _DAYS or whole.granularity is Granularity.MONTH:
        return whole.start + timedelta(days=number)
    return at(_month(whole.start.year * 12 + whole.start.month - 1 + number))


def _month(since_zero: int) -> date:
    return date(since_zero // 12, since_zero % 12 + 1, 1)


def _offset_at(place: str, day: date, hour: int) -> str:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        zone = ZoneInfo(place)
    except ZoneInfoNotFoundError:
        return ""
    return datetime(day.year, day.month, day.day, hour, tzinfo=zone).isoformat()[19:]
