"""Times that count from publication, and durations."""

from collections.abc import Callable
from datetime import date

import pytest

from incidex.text.times.relative import ago, bare_duration, before_last, day_word, duration, rolling, unit, weekend

Ends = Callable[..., tuple[str, str] | None]


@pytest.mark.parametrize(
    ("function", "rule", "text", "begins", "ends_"),
    [
        (day_word, "day_word", "yesterday", "2024-03-13", "2024-03-14"),
        (day_word, "day_word", "tomorrow", "2024-03-15", "2024-03-16"),
        (unit, "unit", "last month", "2024-02-01", "2024-03-01"),
        (unit, "unit", "this year", "2024-01-01", "2025-01-01"),
        (unit, "unit", "next week", "2024-03-18", "2024-03-25"),
        (weekend, "weekend", "at the weekend", "2024-03-09", "2024-03-11"),
        (before_last, "before_last", "the year before last", "2022-01-01", "2023-01-01"),
        (ago, "ago", "two days ago", "2024-03-12", "2024-03-13"),
        (ago, "ago", "three months ago", "2023-12-01", "2024-01-01"),
    ],
)
def test_values(function: object, rule: str, text: str, begins: str, ends_: str, ends: Ends) -> None:
    assert ends(function, rule, text) == (f"{begins} 00:00", f"{ends_} 00:00")


@pytest.mark.parametrize(
    ("function", "rule", "text", "written"),
    [
        (duration, "duration", "for three years", "P3Y"),
        (duration, "duration", "for a year and a half", "P1Y6M"),
        (duration, "duration", "within 48 hours", "PT48H"),
        (duration, "duration", "for several weeks", None),
        (bare_duration, "bare_duration", "for years", None),
    ],
)
def test_durations_are_no_dates(
    function: object, rule: str, text: str, written: str | None, read: Callable[..., object]
) -> None:
    value = read(function, rule, text)
    assert (value.is_duration, value.duration, value.period) == (True, written, None)  # type: ignore[attr-defined]


def test_the_past_week_ends_with_publication(ends: Ends) -> None:
    found = ends(rolling, "rolling", "in the past two weeks")
    assert found is not None
    assert found[0] == "2024-02-29 00:00"
    assert found[1] in ("2024-03-14 00:00", "2024-03-15 00:00")


@pytest.mark.parametrize("text", ["900 decades ago", "300 years ago"])
def test_beyond_the_calendar_or_far_back(text: str, ends: Ends) -> None:
    try:
        found = ends(ago, "ago", text)
    except (ValueError, OverflowError):
        assert text.startswith("900")
    else:
        assert found == ("1724-01-01 00:00", "1725-01-01 00:00")


def test_the_end_of_february(ends: Ends) -> None:
    assert ends(unit, "unit", "last month", date(2024, 3, 31)) == ("2024-02-01 00:00", "2024-03-01 00:00")
