"""Writes times in the one form that STIX accepts, and holds those that stand for unknown ones."""

import re
from datetime import UTC, datetime, timedelta

# `created` of objects that belong to no document, such as actors. It never changes: the same object must have the same
# `created` wherever it is written.
EPOCH = "2000-01-01T00:00:00.000Z"

# Stands for a missing day of publication in formats that require one.
UNKNOWN = "1970-01-01T00:00:00.000Z"

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def stamp(when: str | None) -> str | None:
    """
    Return an ISO 8601 date or time in UTC with milliseconds; None if it is invalid or not precise to the day.

    A date becomes midnight, and a time without an offset is taken as UTC.
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
    return (datetime.fromisoformat(when) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
