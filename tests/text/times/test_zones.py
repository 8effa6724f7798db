"""Names of zones give offsets where they mean one."""

from datetime import date

import pytest

from incidex.text.times.zones import zone_offset


@pytest.mark.parametrize(
    ("name", "month", "offset"),
    [("GMT", 1, "+00:00"), ("BST", 7, "+01:00"), ("ET", 1, "-05:00"), ("ET", 7, "-04:00"), ("IST", 1, ""), ("", 1, "")],
)
def test_zone_offset(name: str, month: int, offset: str) -> None:
    assert zone_offset(name, date(2017, month, 6), 12) == offset
