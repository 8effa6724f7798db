"""Reads weeks and days by their place: "the first Monday of February", "the week of 2 March", "week 10 of 2026"."""

import re
from datetime import date, timedelta

from incidex.english.lexicon import values
from incidex.records import Granularity, TimeBasis
from incidex.tables import table
from incidex.text.numbers import number
from incidex.text.times.calendar import Period, between, moved, period
from incidex.text.times.context import Context, Value, of_period
from incidex.text.times.dates import day_in_year
from incidex.text.times.rules import year_behind_month
from incidex.text.times.years import said_year, shift, year_of_month

_SUNDAY = 6
_WHICH = "It is not said which {} is meant."


def nth(match: re.Match[str], context: Context) -> Value | None:
    """Read "the first Monday of February", "the last week of January 2026" and "the last two days of the month"."""
    found = _month_or_year(match, context)
    if found is None or isinstance(found, Value):
        return found
    whole, basis = found
    place: int = table("incidex.text.times", "times")["places"][match["ordinal"]]
    if match["n"] is None and match["unit"] and match["many"]:
        return None  # "The final days of 2014" are nobody knows how many.
    count = number(match["n"]) if match["n"] else 1
    if count is None or count != int(count) or (match["n"] and place not in (1, -1)):
        return None
    ends_later = context.published is not None and whole.end.date() > context.published
    if match["which"] == "the" and ends_later and context.ahead is False:
        # "They left on the last Friday of the month" can be about an earlier month.
        return Value(_unit_of(match), basis, reason=_WHICH.format(match["whole"]))
    if match["weekday"]:
        day = _weekday(whole, values("weekday")[match["weekday"].rstrip(".")], place)
        return of_period(period(day, Granularity.DAY), basis) if day else None
    unit = Granularity(match["unit"])
    starts = _starts(whole, unit)
    chosen = starts[-int(count) :] if place < 0 else starts[place - 1 : place - 1 + int(count)]
    if len(chosen) < count:
        return None
    last = period(chosen[-1], unit)
    return of_period(Period(period(chosen[0], unit).start, last.end, unit), basis)


def week_of(match: re.Match[str], context: Context) -> Value | None:
    """Read "the week of 2 March", "the week ending March 6" and "the weekend of 7 June"."""
    way = "1" if match["day_1"] else "2"
    if not context.text[match.start(f"month_{way}")].isupper():
        return None
    month = values("month")[match[f"month_{way}"].rstrip(".")]
    day = int(re.sub(r"\D", "", match[f"day_{way}"]))
    value = day_in_year(context, month, day, match.groupdict())
    if value is None or value.period is None or value.basis is None:
        return value
    said, unit = value.period.start.date(), Granularity(match["unit"])
    if unit is Granularity.WEEK and match["how"] in ("ending", "ended"):
        return of_period(between(said - timedelta(days=6), said, unit), value.basis)
    # Where weeks begin on Sunday, "the week of" a Sunday is the one after it.
    if unit is Granularity.WEEK and (match["how"] != "of" or said.weekday() == _SUNDAY):
        return of_period(between(said, said + timedelta(days=6), unit), value.basis)
    return of_period(period(said, unit), value.basis)


def calendar_week(match: re.Match[str], context: Context) -> Value | None:
    """Read "week 10 of 2026", "CW 10/2026" and "2026-W10" as ISO 8601 counts weeks."""
    monday = date.fromisocalendar(int(match["year"] or match["year2"]), int(match["week"] or match["week2"]), 1)
    return of_period(period(monday, Granularity.WEEK), TimeBasis.ABSOLUTE)


def _month_or_year(match: re.Match[str], context: Context) -> tuple[Period, TimeBasis] | Value | None:
    """Return the month or year that something is a part of, or a value that says why it is unknown."""
    if match["month"]:
        return _month(match, context)
    if match["year2"]:
        return period(date(int(match["year2"]), 1, 1), Granularity.YEAR), TimeBasis.ABSOLUTE
    unit = Granularity(match["whole"])
    if not context.known(unit):
        return context.unknown(unit)
    assert context.published is not None
    day = moved(context.published, unit, shift(match["which"]) or 0)
    return period(day, unit), TimeBasis.PUBLICATION


def _month(match: re.Match[str], context: Context) -> tuple[Period, TimeBasis] | Value | None:
    if not context.text[match.start("month")].isupper():
        return None
    month, groups = values("month")[match["month"].rstrip(".")], match.groupdict()
    year = said_year(context, groups)
    basis = TimeBasis.ABSOLUTE if groups["year"] else TimeBasis.PUBLICATION
    shared = None if year else year_behind_month().match(context.behind)
    if shared:
        year, basis = int(shared["year"]), TimeBasis.ABSOLUTE
    if year is None:
        if groups["rel"] or not context.known(Granularity.MONTH):
            return context.unknown(_unit_of(match))
        year = year_of_month(context, month, None)
    return period(date(year, month, 1), Granularity.MONTH), basis


def _unit_of(match: re.Match[str]) -> Granularity:
    return Granularity.DAY if match["weekday"] else Granularity(match["unit"])


def _weekday(whole: Period, weekday: int, place: int) -> date | None:
    """Return the first, second ... or last (-1) such weekday in a month or year; None if it has not so many."""
    first, last = whole.start.date(), whole.end.date() - timedelta(days=1)
    if place < 0:
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (place - 1))
    return day if day <= last else None


def _starts(whole: Period, unit: Granularity) -> list[date]:
    """
    Return the first days of all days, weeks or weekends of a month or year.

    A week belongs to where most of its days are, as in ISO 8601; a weekend to where its Saturday is.
    """
    first, days = whole.start.date(), (whole.end - whole.start).days
    middle = {Granularity.WEEK: 3, Granularity.WEEKEND: 5}.get(unit)
    all_days = (first + timedelta(days=number) for number in range(days))
    if middle is None:
        return list(all_days)
    return [day - timedelta(days=middle) for day in all_days if day.weekday() == middle]
