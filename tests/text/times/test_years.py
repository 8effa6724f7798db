"""The year or the day of a date that does not say it."""

from datetime import date

import pytest

from incidex.records import Granularity, PartOfPeriod
from incidex.text.times.context import Context
from incidex.text.times.years import (
    day_or_none,
    nearest_day,
    nearest_weekday,
    part_named,
    said_year,
    shift,
    year_of_month,
)


def context(text: str = "It fell on X.", published: date = date(2024, 3, 14)) -> Context:
    return Context(text, text.index("X"), text.index("X") + 1, published, Granularity.DAY, None)


FUTURE = context("It will open on X.")


@pytest.mark.parametrize(
    ("month", "which", "year"),
    [
        (1, None, 2024),
        (3, None, 2024),
        (11, None, 2023),
        (3, "last", 2023),
        (1, "last", 2024),
        (3, "next", 2025),
        (11, "next", 2024),
        (11, "this", 2024),
    ],  # fmt: skip
)
def test_years_of_months(month: int, which: str | None, year: int) -> None:
    assert year_of_month(context(), month, which) == year


def test_what_is_ahead_is_the_next_one() -> None:
    assert year_of_month(FUTURE, 1, None) == 2025
    assert nearest_day(FUTURE, 1, 9, None) == date(2025, 1, 9)
    assert nearest_weekday(FUTURE, 4, "", None) == date(2024, 3, 15)


@pytest.mark.parametrize(
    ("month", "day", "weekday", "expected"),
    [
        (1, 9, None, date(2024, 1, 9)),
        (3, 14, None, date(2024, 3, 14)),
        (1, 9, "monday", date(2023, 1, 9)),
        (2, 29, None, date(2024, 2, 29)),
        (2, 30, None, None),
    ],
)
def test_days(month: int, day: int, weekday: str | None, expected: date | None) -> None:
    assert nearest_day(context(), month, day, weekday) == expected


@pytest.mark.parametrize(
    ("which", "week", "expected"),
    [
        ("", None, 8),
        ("this past", None, 8),
        ("this coming", None, 15),
        ("last", None, 8),
        ("next", None, 22),
        ("", "this", 15),
    ],  # fmt: skip
)
def test_fridays(which: str, week: str | None, expected: int) -> None:
    assert nearest_weekday(context(), 4, which, week) == date(2024, 3, expected)


def test_words_in_front() -> None:
    assert [shift(which) for which in ("this past", "the", "next", None)] == [-1, 0, 1, None]
    assert part_named("the  beginning of") is part_named("early part of") is PartOfPeriod.EARLY
    assert part_named("late") is PartOfPeriod.LATE
    assert part_named("") is None


def test_a_year_that_is_said() -> None:
    assert said_year(context(), {"year": "2016"}) == 2016
    assert said_year(context(), {"year2": "2017", "rel": "last"}) == 2017
    assert said_year(context(), {"rel2": "last"}) == 2023
    assert said_year(context(), {}) is None


def test_a_day_that_the_calendar_has_not() -> None:
    assert day_or_none(2023, 2, 29) is None
    assert day_or_none(2024, 2, 29) == date(2024, 2, 29)
