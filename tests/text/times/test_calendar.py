"""Periods of the calendar begin and end where they should."""

from datetime import date

import pytest

from incidex.records import Granularity, PartOfPeriod
from incidex.text.times.calendar import at, between, moved, period, third, zone_offset

DAY = date(2017, 5, 6)


@pytest.mark.parametrize(
    ("unit", "first", "end"),
    [
        (Granularity.DECADE, date(2010, 1, 1), date(2020, 1, 1)),
        (Granularity.YEAR, date(2017, 1, 1), date(2018, 1, 1)),
        (Granularity.HALF, date(2017, 1, 1), date(2017, 7, 1)),
        (Granularity.QUARTER, date(2017, 4, 1), date(2017, 7, 1)),
        (Granularity.SEASON, date(2017, 3, 1), date(2017, 6, 1)),
        (Granularity.MONTH, date(2017, 5, 1), date(2017, 6, 1)),
        (Granularity.WEEK, date(2017, 5, 1), date(2017, 5, 8)),
        (Granularity.WEEKEND, date(2017, 5, 6), date(2017, 5, 8)),
        (Granularity.DAY, date(2017, 5, 6), date(2017, 5, 7)),
    ],
)
def test_period_is_the_unit_around_a_day(unit: Granularity, first: date, end: date) -> None:
    assert (period(DAY, unit).start, period(DAY, unit).end) == (at(first), at(end))


@pytest.mark.parametrize("month", [12, 1, 2])
def test_winter_goes_over_the_end_of_the_year(month: int) -> None:
    found = period(date(2018 if month == 12 else 2019, month, 15), Granularity.SEASON)
    assert (found.start.date(), found.end.date()) == (date(2018, 12, 1), date(2019, 3, 1))


@pytest.mark.parametrize(
    ("day", "unit", "number", "expected"),
    [
        (date(2017, 3, 31), Granularity.MONTH, -1, date(2017, 2, 28)),
        (date(2020, 2, 29), Granularity.YEAR, 1, date(2021, 2, 28)),
        (date(2017, 1, 15), Granularity.QUARTER, -1, date(2016, 10, 15)),
        (date(2017, 5, 6), Granularity.WEEK, 2, date(2017, 5, 20)),
        (date(2017, 5, 6), Granularity.DECADE, -1, date(2007, 5, 6)),
    ],
)
def test_a_day_moves_by_units(day: date, unit: Granularity, number: int, expected: date) -> None:
    assert moved(day, unit, number) == expected


def test_thirds_fill_a_period() -> None:
    for unit in (Granularity.DECADE, Granularity.YEAR, Granularity.MONTH, Granularity.WEEK, Granularity.DAY):
        whole = period(DAY, unit)
        early, mid, late = (third(whole, part) for part in PartOfPeriod)
        assert (early.start, early.end, mid.end, late.end) == (whole.start, mid.start, late.start, whole.end)


def test_between_takes_both_days() -> None:
    assert between(DAY, DAY, Granularity.DAY) == period(DAY, Granularity.DAY)


def test_beyond_the_calendar_is_an_error() -> None:
    with pytest.raises((ValueError, OverflowError)):
        moved(DAY, Granularity.DECADE, 900)


@pytest.mark.parametrize(
    ("name", "month", "offset"),
    [("GMT", 1, "+00:00"), ("BST", 7, "+01:00"), ("ET", 1, "-05:00"), ("ET", 7, "-04:00"), ("IST", 1, ""), ("", 1, "")],
)
def test_zone_offset(name: str, month: int, offset: str) -> None:
    assert zone_offset(name, date(2017, month, 6), 12) == offset
