"""Says how far the time of a named zone is from UTC."""

from datetime import date, datetime

from incidex.tables import table


def zone_offset(name: str, day: date, hour: int) -> str:
    """
    Return the offset of the zone `name` ("GMT", "BST", "ET") on that day at that hour, such as "-04:00".

    Empty if the name is unknown or means several offsets ("IST"), or if the machine has no table of zones for it.
    """
    calendar = table("incidex.text.times", "calendar")
    place = calendar["places"].get(name)
    return _offset_at(place, day, hour) if place else calendar["offsets"].get(name, "")


def _offset_at(place: str, day: date, hour: int) -> str:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        zone = ZoneInfo(place)
    except ZoneInfoNotFoundError:
        return ""
    return datetime(day.year, day.month, day.day, hour, tzinfo=zone).isoformat()[19:]
