"""Times in the one form that STIX takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidex.dossiers.stamps import EPOCH, UNKNOWN, seconds, stamp


@pytest.mark.parametrize(
    ("when", "stamped"),
    [
        ("2017-05-06", "2017-05-06T00:00:00.000Z"),
        ("2017-05-06T16:36+01:00", "2017-05-06T15:36:00.000Z"),
        ("2017-05-06T16:36:01.23456", "2017-05-06T16:36:01.234Z"),
        ("0800-05-06", "0800-05-06T00:00:00.000Z"),
        pytest.param("0001-01-01T00:00+01:00", None, id="before all times"),
        pytest.param("2017-05", None, id="no day"),
        ("yesterday", None),
        ("2017-13-01", None),
        ("", None),
        (None, None),
    ],
)
def test_stamps(when: str | None, stamped: str | None) -> None:
    assert stamp(when) == stamped


@given(st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat()))
def test_whatever_time_it_is_a_stamp_sorts_like_it(when: str) -> None:
    stamped = stamp(when)
    if stamped:
        assert len(stamped) == len(EPOCH)
        assert (stamped > UNKNOWN) == (seconds(stamped) > 0 or stamped[20:23] > "000" and seconds(stamped) == 0)


def test_seconds() -> None:
    assert (seconds(UNKNOWN), seconds("2017-05-06T15:36:00.000Z")) == (0, 1494084960)
