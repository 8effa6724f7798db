"""Dates and weekdays: the day that is meant, and none where it cannot be told."""

from collections.abc import Callable
from datetime import date

import pytest

from incidex.records import Granularity
from incidex.text.times.dates import day_of_month, holiday, iso, patch_day, patch_day_of, slashes, weekday

Ends = Callable[..., tuple[str, str] | None]


def day(written: str, last: str = "") -> tuple[str, str]:
    after = date.fromordinal(date.fromisoformat(last or written).toordinal() + 1)
    return f"{written} 00:00", f"{after} 00:00"


@pytest.mark.parametrize(
    ("function", "rule", "text", "expected"),
    [
        (iso, "iso", "2023-02-28", day("2023-02-28")),
        (iso, "iso", "2024-01-09T22:00Z", ("2024-01-09 22:00", "2024-01-09 22:01")),
        (slashes, "slashes", "25/06/2019", day("2019-06-25")),
        (slashes, "slashes", "06/25/2019", day("2019-06-25")),
        (slashes, "slashes", "2018/09/18", day("2018-09-18")),
        (slashes, "slashes", "06/06/2019", day("2019-06-06")),
        (slashes, "slashes", "05/06/2019", None),
        (day_of_month, "day_first", "12 May 2017", day("2017-05-12")),
        (day_of_month, "day_first", "29 February 2023", None),
        (day_of_month, "month_first", "Sunday, October 1", day("2023-10-01")),
        (day_of_month, "month_first", "May 12-14, 2017", day("2017-05-12", "2017-05-14")),
        (day_of_month, "month_first", "it may 12 times", None),
        (weekday, "weekday", "on Friday", day("2024-03-08")),
        (weekday, "weekday", "on Thursday", day("2024-03-14")),
        (weekday, "weekday", "next Monday", day("2024-03-18")),
        (weekday, "weekday", "Tuesday last week", day("2024-03-05")),
        (weekday, "weekday", "it will meet on Friday", day("2024-03-15")),
        (holiday, "holiday", "on New Year’s Eve", day("2023-12-31")),
        (patch_day, "patch_day", "on Patch Tuesday", day("2024-03-12")),
        (patch_day, "patch_day", "next Patch Tuesday", day("2024-04-09")),
    ],
)
def test_days(function: object, rule: str, text: str, expected: tuple[str, str] | None, ends: Ends) -> None:
    assert ends(function, rule, text) == expected


def test_a_weekday_needs_the_day_of_publication(ends: Ends) -> None:
    assert ends(weekday, "weekday", "on Friday", None) is None
    assert ends(weekday, "weekday", "on Friday", date(2024, 3, 1), Granularity.MONTH) is None


@pytest.mark.parametrize(("month", "number"), [("2024-03-01", 12), ("2024-10-31", 8), ("2023-08-15", 8)])
def test_patch_tuesday_is_the_second_one(month: str, number: int) -> None:
    found = patch_day_of(date.fromisoformat(month))
    assert (found.day, found.weekday()) == (number, 1)
