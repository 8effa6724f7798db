"""Says times in the one form that STIX takes, and which of them an object has."""

import re
from datetime import UTC, datetime, timedelta

# When things are said to have been made that belong to no document, such as an actor. It never changes: the same thing
# must have the same `created` wherever it is written.
EPOCH = "2000-01-01T00:00:00.000Z"

# Stands for the day of publication of a document that has none, where a format cannot do without.
UNKNOWN = "1970-01-01T00:00:00.000Z"

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def stamp(when: str | None) -> str | None:
    """
    Return an ISO 8601 date or time in UTC with milliseconds; None if it is none, or not precise to the day.

    A date becomes its midnight, and a time without an offset is taken for UTC.
    """
    if not when or not _DATE.match(when):
        return None
    try:
        moment = datetime.fromisoformat(when)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    # Not strftime, which writes the year 800 with three digits on some systems.
    return f"{moment.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def seconds(when: str) -> int:
    """Return a stamp as seconds since 1970."""
    return int((datetime.fromisoformat(when) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(seconds=1))
