"""Times of day narrow the day beside them, and invent none."""

from collections.abc import Callable

import pytest

from incidex.records import Granularity
from incidex.text.times.clock import clock_alone
from incidex.text.times.dates import weekday

Ends = Callable[..., tuple[str, str] | None]
Read = Callable[..., object]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it fell at 4 p.m. Monday", ("2024-03-11 16:00", "2024-03-11 17:00")),
        ("it fell at 12 a.m. Monday", ("2024-03-11 00:00", "2024-03-11 01:00")),
        ("it fell at 12:30 pm Monday", ("2024-03-11 12:30", "2024-03-11 12:31")),
        ("it fell on Monday at 22:05", ("2024-03-11 22:05", "2024-03-11 22:06")),
        ("it fell on Monday at noon", ("2024-03-11 12:00", "2024-03-11 12:01")),
        ("it fell on Monday at 2200 GMT", ("2024-03-11 22:00", "2024-03-11 22:01")),
        ("it fell on Monday evening", ("2024-03-11 18:00", "2024-03-12 00:00")),
    ],
)
def test_beside_a_day(text: str, expected: tuple[str, str], ends: Ends) -> None:
    assert ends(weekday, "weekday", text) == expected


@pytest.mark.parametrize(
    ("text", "unit", "offset"),
    [
        ("at 2200 GMT", Granularity.MINUTE, "+00:00"),
        ("at 4 p.m.", Granularity.HOUR, ""),
        ("at 9:15 am EST", Granularity.MINUTE, "-05:00"),
        ("at 4 p.m. London time", Granularity.HOUR, ""),
    ],
)
def test_alone_it_is_of_no_day(text: str, unit: Granularity, offset: str, read: Callable[..., object]) -> None:
    value = read(clock_alone, "clock", text)
    assert (value.granularity, value.offset, value.has_day, value.has_clock) == (unit, offset, False, True)  # type: ignore[attr-defined]


def test_there_is_no_13_p_m(read: Read) -> None:
    assert read(clock_alone, "clock", "at 13 p.m. it") is None
