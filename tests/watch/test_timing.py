"""When feeds are looked at again: what servers say, within reason, and back-off that never ends in giving up."""

from datetime import UTC, datetime, timedelta

import pytest

from incidex.watch.timing import after_failure, after_success

NOW = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "ttl", "seconds"),
    [
        pytest.param({}, None, 0, id="nothing"),
        pytest.param({"cache-control": "public, max-age=600"}, None, 600, id="max-age"),
        pytest.param({"cache-control": "max-age=600"}, 30, 1800, id="the longer of both"),
        pytest.param({"cache-control": "no-cache, max-age=600"}, None, 0, id="no-cache"),
        pytest.param({"cache-control": "s-maxage=600"}, None, 0, id="not for us"),
        pytest.param({"cache-control": "max-age=99999999"}, None, 86_400, id="a day at most"),
        pytest.param({"expires": "Tue, 10 Mar 2026 09:00:00 GMT"}, None, 1800, id="expires"),
        pytest.param({"expires": "Tue, 10 Mar 2020 09:00:00 GMT"}, None, 0, id="expired"),
        pytest.param({"expires": "0"}, None, 0, id="expires at once"),
        pytest.param({"expires": "whenever"}, None, 0, id="no date"),
        pytest.param({}, 999_999, 86_400, id="ttl of years"),
    ],
)
def test_what_a_server_says_after_success(headers: dict[str, str], ttl: float | None, seconds: int) -> None:
    assert after_success(headers, ttl, NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("failures", "headers", "least", "most"),
    [
        pytest.param(1, {}, 300, 360, id="first"),
        pytest.param(3, {}, 1200, 1440, id="third"),
        pytest.param(1000, {}, 86_400, 86_400, id="never given up"),
        pytest.param(1, {"retry-after": "7200"}, 7200, 7200, id="seconds"),
        pytest.param(1, {"retry-after": "Tue, 10 Mar 2026 10:30:00 GMT"}, 7200, 7200, id="date"),
        pytest.param(1, {"retry-after": "999999999999999999"}, 86_400, 86_400, id="a day at most"),
        pytest.param(1, {"retry-after": "Tue, 10 Mar 2099 10:30:00 GMT"}, 86_400, 86_400, id="in 73 years"),
        pytest.param(1, {"retry-after": "-1"}, 300, 360, id="nonsense"),
        pytest.param(1, {"retry-after": "Tue, 99 Foo 2099"}, 300, 360, id="no date"),
    ],
)
def test_how_long_a_feed_is_left_alone_after_errors(
    failures: int, headers: dict[str, str], least: int, most: int
) -> None:
    waited = (after_failure(failures, headers, NOW) - NOW).total_seconds()
    assert least <= waited <= most
