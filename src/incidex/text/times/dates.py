"""Reads days: dates with and without a year, weekdays, holidays, patch days."""

import re
from datetime import date, timedelta

from incidex.english.lexicon import values, words
from incidex.records import Granularity, PartOfPeriod, TimeBasis
from incidex.tables import table
from incidex.text.times.calendar import Period, at, between, moved, zone_offset
from incidex.text.times.clock import at_clock
from incidex.text.times.context import Context, Value, of_period, whole
from incidex.text.times.rules import month_behind_day, year_behind_month
from incidex.text.times.years import day_or_none, month_number, nearest_day, nearest_weekday, said_year, shift

_AMBIGUOUS = "Day and month could be in either order."
_NUMBER = re.compile(r"\d+")


def iso(match: re.Match[str], context: Context) -> Value | None:
    """Read 2018-09-18 and 2018-09-18T04:31Z."""
    day = day_or_none(int(match["y"]), int(match["m"]), int(match["d"]))
    if day is None:
        return None
    value = whole(day, Granularity.DAY, TimeBasis.ABSOLUTE)
    if match["hour"] is None or int(match["hour"]) > 23 or int(match["minute"]) > 59:
        return value
    offset = zone_offset((match["zone"] or "").upper(), day, 0)
    start = at(day, int(match["hour"]), int(match["minute"]))
    minute = Period(start, start + timedelta(minutes=1), Granularity.MINUTE)
    return Value(Granularity.MINUTE, TimeBasis.ABSOLUTE, minute, offset=offset, has_clock=True)


def slashes(match: re.Match[str], context: Context) -> Value | None:
    """Read 2018/09/18 and 25/06/2019; 05/06/2019 is ambiguous and has no value."""
    if match["y"]:
        day = day_or_none(int(match["y"]), int(match["m"]), int(match["d"]))
        return whole(day, Granularity.DAY, TimeBasis.ABSOLUTE) if day and 1900 <= day.year < 2100 else None
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    readings = {day_or_none(year, two, one), day_or_none(year, one, two)} - {None}
    if len(readings) == 2:
        return Value(Granularity.DAY, TimeBasis.ABSOLUTE, reason=_AMBIGUOUS)
    day = readings.pop() if readings else None
    return whole(day, Granularity.DAY, TimeBasis.ABSOLUTE) if day else None


def day_of_month(match: re.Match[str], context: Context) -> Value | None:
    """Read "12 May 2017", "Monday, October 1" and "May 12-14", with a time of day if there is one."""
    groups = match.groupdict()
    month, day = month_number(match, context), _digits(match["day"])
    if month is None:
        return None
    value = day_in_year(context, month, day, groups)
    if value and value.period and groups.get("day2") and _digits(groups["day2"]) > day:
        first = value.period.start.date()
        last = day_or_none(first.year, first.month, _digits(groups["day2"]))
        return of_period(between(first, last, Granularity.DAY), value.basis or TimeBasis.ABSOLUTE) if last else value
    return at_clock(match, value, "a", "b") if value else None


def compact(match: re.Match[str], context: Context) -> Value | None:
    """Read "04MAR2026", "12-May-17" and "March-7-26"."""
    way = next(number for number in "123" if match[f"day_{number}"])
    if not context.text[match.start(f"month_{way}")].isupper():
        return None
    year = int(match[f"year_{way}"])
    if year < 100:
        # "99" is 1999 unless that year has nearly come.
        newest = context.published.year if context.published else date.today().year
        year += 2000 if year + 2000 <= newest + 1 else 1900
    day = day_or_none(year, values("month")[match[f"month_{way}"].rstrip(".")], _digits(match[f"day_{way}"]))
    return at_clock(match, whole(day, Granularity.DAY, TimeBasis.ABSOLUTE), "b") if day else None


def year_first(match: re.Match[str], context: Context) -> Value | None:
    """Read "2018, February" and "2018-Feb-12"."""
    month = month_number(match, context)
    if month is None:
        return None
    if match["day"]:
        day = day_or_none(int(match["year"]), month, _digits(match["day"]))
        return whole(day, Granularity.DAY, TimeBasis.ABSOLUTE) if day else None
    # "In 2018, May resigned" is about a person.
    if match["month"] in table("incidex.text.times", "times")["doubtful_months"] and re.match(
        r"[ \t]*\w", context.behind
    ):
        return None
    return whole(date(int(match["year"]), month, 1), Granularity.MONTH, TimeBasis.ABSOLUTE)


def day_of_range(match: re.Match[str], context: Context) -> Value | None:
    """Read the first day in "12 to 14 May 2019"."""
    behind = month_behind_day().match(context.behind)
    months = values("month")
    if behind is None or not context.text[context.end + behind.start("month")].isupper():
        return None
    return day_in_year(context, months[behind["month"].rstrip(".")], _digits(match["day"]), behind.groupdict())


def holiday(match: re.Match[str], context: Context) -> Value | None:
    """Read "New Year's Eve" and other holidays with a fixed date."""
    number, day = table("incidex.text.times", "times")["holidays"][" ".join(match["holiday"].replace("’", "'").split())]
    return day_in_year(context, number, day, match.groupdict())


def weekday(match: re.Match[str], context: Context) -> Value | None:
    """Read "on Friday", "next Monday", "Tuesday last week", "late Friday" and "4 p.m. Monday"."""
    written, number = _weekday(match)
    if not context.text[match.start("weekday")].isupper() or _is_name(match, context, written):
        return None
    if not context.known(Granularity.DAY):
        return at_clock(match, context.unknown(Granularity.DAY), "a", "b")
    assert context.published is not None
    day = nearest_weekday(context, number, " ".join((match["which"] or "").split()), match["week"])
    edge = PartOfPeriod(match["part"]) if match["part"] and not match["pod"] else None
    return at_clock(match, whole(day, Granularity.DAY, TimeBasis.PUBLICATION, edge), "a", "b")


def patch_day(match: re.Match[str], context: Context) -> Value | None:
    """Read "Patch Tuesday", the second Tuesday of a month: the latest one unless a word or verb says otherwise."""
    if not context.known(Granularity.DAY):
        return context.unknown(Granularity.DAY)
    assert context.published is not None
    today = context.published
    number = shift(match["which"])
    if number is None:
        days = [patch_day_of(moved(today, Granularity.MONTH, step)) for step in (-2, -1, 0, 1)]
        past, coming = [day for day in days if day <= today], [day for day in days if day > today]
        ahead = match["adjective"] == "next" or (match["adjective"] is None and context.ahead)
        found = coming[0] if ahead else past[-1]
    else:
        found = patch_day_of(moved(today, Granularity.MONTH, number))
    return whole(found, Granularity.DAY, TimeBasis.PUBLICATION)


def patch_day_of(day: date) -> date:
    """Return the second Tuesday of the month of `day`."""
    first = day.replace(day=1)
    return first + timedelta(days=(1 - first.weekday()) % 7 + 7)


def day_in_year(context: Context, month: int, day: int, groups: dict[str, str | None]) -> Value | None:
    """Return a day of a month; a missing year is inferred from the weekday or the tense."""
    year = said_year(context, groups)
    said = groups.get("year") or groups.get("year2")
    basis = TimeBasis.ABSOLUTE if said else TimeBasis.PUBLICATION
    if year is None and not groups.get("rel"):
        shared = year_behind_month().match(context.behind)
        year, basis = (int(shared["year"]), TimeBasis.ABSOLUTE) if shared else (None, basis)
    if year is None:
        if not context.known(Granularity.DAY):
            return context.unknown(Granularity.DAY)
        found = nearest_day(context, month, day, groups.get("weekday"))
    else:
        found = day_or_none(year, month, day)
    return whole(found, Granularity.DAY, basis) if found else None


def _weekday(match: re.Match[str]) -> tuple[str, int]:
    written = match["weekday"].rstrip(".")
    return written, values("weekday")[written]


def _is_name(match: re.Match[str], context: Context, written: str) -> bool:
    """Whether it is part of a name ("Black Friday"), indefinite ("a Friday"), or another word ("Sun")."""
    end = match.end("weekday")
    behind = context.text[end : end + 20].lstrip()
    if not written.endswith("day") or (behind[:1].isupper() and context.word_before() in words("before_named_weekday")):
        return True
    behind = behind.lower()
    if behind.startswith(tuple(f"{joint} {each} " for joint in ("of", "in") for each in ("each", "every"))):
        return True
    return context.word_before() in words("not_before_weekday") or behind.startswith(tuple(words("not_after_weekday")))


def _digits(written: str) -> int:
    found = _NUMBER.match(written)
    assert found is not None
    return int(found[0])
