"""When a feed may be looked at again: what its server says, and how long it is left alone after errors."""

import random
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# Servers that ask for more have most likely made a mistake.
LONGEST = timedelta(days=1)
# After the first error, doubled with each further one up to a day.
_FIRST_WAIT = timedelta(minutes=5)
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NEVER_KEPT = re.compile(r"(?:^|[,\s])no-(?:cache|store)(?:$|[,\s=])", re.IGNORECASE)


def after_success(headers: Mapping[str, str], minutes: float | None, now: datetime) -> datetime:
    """
    Return when a feed may be looked at again, from `Cache-Control`, `Expires` and its own `ttl`: `now` or later.

    Args:
        headers: Those of the answer, with names in lower case.
        minutes: The `ttl` of the feed, if it has one.
        now: The present time.
    """
    wanted = max(_cached(headers, now), timedelta(minutes=minutes or 0))
    return now + min(wanted, LONGEST)


def after_failure(failures: int, headers: Mapping[str, str], now: datetime) -> datetime:
    """
    Return when a feed may be tried again after an error: never later than a day, for it is never given up.

    Args:
        failures: How often it has failed in a row, at least 1.
        headers: Those of the answer, if there was one, with names in lower case; `Retry-After` counts.
        now: The present time.
    """
    wait = min(_FIRST_WAIT * (1 << min(failures - 1, 10)), LONGEST)
    # Many feeds of one server that was down must not come back all at once.
    wait = min(wait * random.uniform(1.0, 1.2), LONGEST)
    asked = _moment(headers.get("retry-after", ""), now) - now
    return now + min(max(wait, asked), LONGEST)


def stamp(moment: datetime) -> str:
    """Return a time as the store keeps it: UTC, ISO 8601, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def moment_of(stamp: str) -> datetime:
    """Return the time that `stamp` wrote; the beginning of time if it is empty."""
    return datetime.fromisoformat(stamp) if stamp else datetime.min.replace(tzinfo=UTC)


def _cached(headers: Mapping[str, str], now: datetime) -> timedelta:
    control = headers.get("cache-control", "")
    if _NEVER_KEPT.search(control):
        return timedelta()
    if match := _MAX_AGE.search(control):
        return timedelta(seconds=int(match[1]))
    return max(_moment(headers.get("expires", ""), now) - now, timedelta())


def _moment(written: str, now: datetime) -> datetime:
    """Return the time that a header gives as seconds or as a date; `now` if it gives none."""
    written = written.strip()
    if written.isdigit():
        return now + min(timedelta(seconds=int(written[:10])), LONGEST)
    try:
        found: datetime = parsedate_to_datetime(written)
    except (TypeError, ValueError, IndexError, OverflowError):
        return now
    return found if found.tzinfo else found.replace(tzinfo=UTC)
