"""Infers the year of a date without one, and the date of a weekday: the last before publication, or the next."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from incidex.english.lexicon import values
from incidex.records import Granularity, PartOfPeriod
from incidex.tables import table
from incidex.text.times.calendar import moved
from incidex.text.times.context import Context

# A date without a year that was more days ago than this is taken to be the next one, unless a verb tells.
_LONG_AGO = 300
# A threat or deadline without a year lies within so many days.
_SOON = 60


def shift(which: str | None) -> int | None:
    """Return -1 for "last", 0 for "this", 1 for "next"; None for nothing."""
    return table("incidex.text.times", "times")["shifts"][which.split()[-1]] if which else None


def part_named(words: str | None) -> PartOfPeriod | None:
    """Return the third of a period that the words before it mean."""
    if not words:
        return None
    parts = table("incidex.text.times", "times")["parts"]
    words = " ".join(words.split())
    found = parts.get(words) or parts.get(f"the {words}")
    return PartOfPeriod(found) if found else None


def month_number(match: re.Match[str], context: Context) -> int | None:
    """Return the number of the month in `match`; None if it is not capitalised and so not a month."""
    place = match.start("month") - match.start() + context.start
    months: Mapping[str, int] = values("month")
    return months[match["month"].rstrip(".")] if context.text[place].isupper() else None


def said_year(context: Context, groups: Mapping[str, str | None]) -> int | None:
    """Return the year in `groups`, such as "2016" or "last year"; None if there is none or it is unknown."""
    said, relative = groups.get("year") or groups.get("year2"), groups.get("rel") or groups.get("rel2")
    if said:
        return int(said)
    if relative and context.published:
        return context.published.year + (shift(relative) or 0)
    return None


def year_of_month(context: Context, month: int, which: str | None) -> int:
    """Return the year of a month without one; the date of publication must be known."""
    assert context.published is not None
    today, number = context.published, shift(which)
    last = today.year - (month > today.month)
    following = today.year + (month < today.month)
    if number == 0 and which != "the":
        return today.year if which in ("this", "the current", "current") else last
    if number == -1:
        return last - (month == today.month)
    if number == 1:
        return following + (month == today.month)
    ahead = context.ahead
    if ahead is None:
        ahead = (today - date(last, month, 1)).days > _LONG_AGO + 31
    return following if ahead else last


def nearest_day(context: Context, month: int, day: int, weekday: str | None) -> date | None:
    """Return the day of a month in the year that weekday or tense imply; the date of publication must be known."""
    assert context.published is not None
    today = context.published
    days = [found for year in range(today.year - 1, today.year + 2) if (found := day_or_none(year, month, day))]
    if weekday:
        number = values("weekday")[weekday.rstrip(".")]
        days = [found for found in days if found.weekday() == number] or days
        if len(days) == 1:
            return days[0]
    past, coming = [found for found in days if found <= today], [found for found in days if found >= today]
    if not past or not coming:
        return days[0] if days else None
    ahead = context.ahead
    if (today - past[-1]).days > _LONG_AGO:
        # "The gang, which stole the files, demanded payment by 9 February" in a report of 7 February.
        ahead = True if ahead is None else ahead or ((coming[0] - today).days < _SOON and context.threatened)
    return coming[0] if ahead else past[-1]


def nearest_weekday(context: Context, number: int, which: str, week: str | None) -> date:
    """Return the date of a weekday: in the week given, or else the last or next one, including publication."""
    assert context.published is not None
    today = context.published
    monday = today - timedelta(days=today.weekday())
    back, forth = (today.weekday() - number) % 7, (number - today.weekday()) % 7
    if which == "this past":
        return today - timedelta(days=back or 7)
    if which == "this coming":
        return today + timedelta(days=forth or 7)
    if week or which:
        weeks = shift(week or which) or 0
        return moved(monday, Granularity.WEEK, weeks) + timedelta(days=number)
    return today + timedelta(days=forth) if context.ahead else today - timedelta(days=back)


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return the date; None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
