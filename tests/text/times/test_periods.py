"""Months, quarters, halves, seasons, decades and years."""

from collections.abc import Callable
from datetime import date

import pytest

from incidex.text.times.periods import decade, fiscal, half, month, quarter, season, year, years

Ends = Callable[..., tuple[str, str] | None]


@pytest.mark.parametrize(
    ("function", "rule", "text", "begins", "ends_"),
    [
        (month, "month_of_year", "in May 2017", "2017-05-01", "2017-06-01"),
        (month, "month", "in January", "2024-01-01", "2024-02-01"),
        (month, "month", "in November", "2023-11-01", "2023-12-01"),
        (month, "month", "last March", "2023-03-01", "2023-04-01"),
        (half, "half", "the second half of 2019", "2019-07-01", "2020-01-01"),
        (quarter, "quarter", "in Q3 2023", "2023-07-01", "2023-10-01"),
        (quarter, "quarter", "the first quarter of 2020", "2020-01-01", "2020-04-01"),
        (decade, "decade", "in the 1990s", "1990-01-01", "2000-01-01"),
        (year, "year", "in 2016", "2016-01-01", "2017-01-01"),
        (year, "year", "early 2019", "2019-01-01", "2019-05-01"),
    ],
)
def test_periods(function: object, rule: str, text: str, begins: str, ends_: str, ends: Ends) -> None:
    assert ends(function, rule, text) == (f"{begins} 00:00", f"{ends_} 00:00")


def test_a_season_does_not_begin_on_a_day_that_nobody_said(ends: Ends) -> None:
    found = ends(season, "season_of_year", "in the summer of 2018")
    assert found is not None
    assert found[0].startswith("2018-06")
    assert found[1].startswith("2018-09")


def test_a_fiscal_year_has_no_value_but_a_reason(read: Callable[..., object]) -> None:
    value = read(fiscal, "fiscal", "in fiscal 2018")
    assert value.period is None  # type: ignore[attr-defined]
    assert value.reason.endswith(".")  # type: ignore[attr-defined]


def test_years_in_a_row(ends: Ends) -> None:
    assert ends(years, "years", "in 2014–2016") == ("2014-01-01 00:00", "2017-01-01 00:00")


def test_a_month_without_a_year_needs_the_day_of_publication(ends: Ends) -> None:
    assert ends(month, "month", "in January", None) is None
    assert ends(month, "month_of_year", "in January 2016", None) == ("2016-01-01 00:00", "2016-02-01 00:00")
    assert ends(month, "month", "in January", date(2017, 1, 5)) == ("2017-01-01 00:00", "2017-02-01 00:00")
