"""Reads dates of publication as people and programs write them, keeping the precision."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from incidex.english.lexicon import values
from incidex.english.patterns import alternatives
from incidex.tables import table
from incidex.text.times.calendar import zone_offset

# Other years are numbers or typing errors, not dates of a report about computers.
_YEARS = range(1980, 2100)

_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?:\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)(?![\w:]))?)?(?!\d)"
)
_YEAR_FIRST = re.compile(r"(?<![\d/._])(\d{4})([/._])(\d{1,2})\2(\d{1,2})(?![\d/_])")
_YEAR_LAST = re.compile(r"(?<![\d/.])(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?!\d)")
# A date in the path of a URL: /2017/05/06/, /2017/05/, /2017-05-06-title; "/2017-10-things" is none.
_IN_PATH = re.compile(
    r"^https?://[^/?#]+[^?#]*?/(\d{4})(?=/\d{1,2}/|-\d\d-\d\d)[/-](\d{1,2})(?:[/-](\d{1,2})(?=[/-]))?"
)
_TOLERATED = timedelta(2)
_ZONE = r"(?:\s?\(?(?:(?P<sign>(?:UTC|GMT)?\s?[+-])(?P<offset>\d{1,2}(?::?\d\d)?)(?!\d)|(?P<zone>[A-Z]{1,5})\b)\)?)?"
_TIME = (
    r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?(?::(?P<second>[0-5]\d))?\s?(?P<half>[AaPp])\.?[Mm]\b\.?"
    r"|(?P<hour24>\d{1,2}):(?P<minute24>[0-5]\d)(?::(?P<second24>[0-5]\d))?(?!\d)"
    r"|(?P<military>(?:[01]\d|2[0-3])[0-5]\d)(?=\s(?:GMT|UTC)\b))" + _ZONE
)
_TIME_AFTER = re.compile(rf"[\s,;|•·@(–—-]{{0,8}}(?:at\s+)?{_TIME}")


def published(written: str) -> str | None:
    """
    Return the first date in `written` that may be the date of publication, in ISO 8601.

    "Saturday 06 May 2017 16:36 BST" gives "2017-05-06T16:36+01:00", "May 6, 2017" gives "2017-05-06". An
    ambiguous time zone is left out. "May 2017" by itself gives "2017-05". An ambiguous date ("05/06/2017"), one without
    a year, and the date of an update give None.
    """
    return next((found.iso for found, is_update in _judged(written) if not is_update), None) or _month_alone(written)


def updated(written: str) -> tuple[str, ...]:
    """Return the days in `written` that are dates of an update: "Last modified 20 May 2026" gives "2026-05-20"."""
    return tuple(found.iso[:10] for found, is_update in _judged(written) if is_update)


def dated_by_address(published_at: str | None, address: str) -> str | None:
    """
    Return the date of publication, given the date that a page states and its URL.

    Sites put the day or month of publication into the paths of their pages (/2017/05/06/, /2017/05/, /2017-05-06-) when
    they publish them, while dates in pages are changed, misread and mistyped. So where the two are more than two days
    apart, the path is right. Without a date in the path, `published_at` is returned.
    """
    match = _IN_PATH.search(address)
    first = _day(match[1], match[2], match[3] or "1") if match else None
    if match is None or first is None:
        return published_at
    last = first if match[3] else (first.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
    stated = _day(*published_at[:10].split("-")) if published_at and len(published_at) >= len("2017-05-06") else None
    if stated and first - _TOLERATED <= stated <= last + _TOLERATED:
        return published_at
    return first.isoformat() if match[3] else first.isoformat()[:7]


def _judged(written: str) -> "Iterator[tuple[_Found, bool]]":
    """Yield each date in `written` with whether a word before it says that it is that of an update."""
    end = 0
    for found in _dates(written):
        before = written[max(end, found.start - 40) : found.start].lower()
        yield found, any(word in before for word in _date_words().not_published)
        end = found.end


@dataclass(frozen=True, slots=True, order=True)
class _Found:
    """A date with its start and end."""

    start: int
    end: int
    iso: str


@dataclass(frozen=True, slots=True)
class _DateWords:
    """The words that dates are recognised by, and the patterns made of them."""

    months: Mapping[str, int]
    not_published: tuple[str, ...]
    day_first: re.Pattern[str]
    month_first: re.Pattern[str]
    month_alone: re.Pattern[str]
    time_before: re.Pattern[str]


@cache
def _date_words() -> _DateWords:
    months = values("month")
    month = rf"({alternatives(months)})\b\.?"
    weekday = rf"(?:(?:{alternatives(values('weekday'))})[.,]*\s+)?"
    return _DateWords(
        months=months,
        not_published=tuple(table("incidex.ingest", "words")["not_published"]),
        day_first=re.compile(
            rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{month},?[\s-]+(\d{{4}})(?!\d)", re.IGNORECASE
        ),
        month_first=re.compile(rf"\b{month}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.IGNORECASE),
        month_alone=re.compile(rf"\W{{0,9}}{month},?\s+(\d{{4}})\W{{0,9}}", re.IGNORECASE),
        time_before=re.compile(rf"{_TIME}[\s,;|•·(–—-]{{0,8}}(?:on\s+)?(?i:{weekday})$"),
    )


def _month_alone(written: str) -> str | None:
    match = _date_words().month_alone.fullmatch(written)
    if match is None or int(match[2]) not in _YEARS:
        return None
    return f"{match[2]}-{_date_words().months[match[1].lower()]:02}"


def _dates(written: str) -> list[_Found]:
    """Return all dates in `written`, in order, each with the adjacent time if there is one."""
    written = written.replace("\u00a0", " ").replace("\u202f", " ")
    return sorted(
        [
            *(_from_iso(match) for match in _ISO.finditer(written) if _day(match[1], match[2], match[3])),
            *_with_times(
                written, _date_words().day_first, lambda m: _day(m[3], _date_words().months[m[2].lower()], m[1])
            ),
            *_with_times(
                written, _date_words().month_first, lambda m: _day(m[3], _date_words().months[m[1].lower()], m[2])
            ),
            *_with_times(written, _YEAR_FIRST, lambda m: _day(m[1], m[3], m[4])),
            *_with_times(written, _YEAR_LAST, _only_reading),
        ]
    )


def _with_times(
    written: str, pattern: re.Pattern[str], read: Callable[[re.Match[str]], date | None]
) -> Iterator[_Found]:
    for match in pattern.finditer(written):
        day = read(match)
        if day is not None:
            clock = _TIME_AFTER.match(written, match.end()) or _date_words().time_before.search(
                written, max(0, match.start() - 40), match.start()
            )
            time = _time(clock, day) if clock else ""
            yield _Found(match.start(), match.end(), f"{day.isoformat()}{time}")


def _from_iso(match: re.Match[str]) -> _Found:
    iso = f"{match[1]}-{match[2]}-{match[3]}"
    if match[4] is not None and int(match[4]) < 24 and int(match[5]) < 60:
        second = f":{match[6]}" if match[6] else ""
        iso += f"T{match[4]}:{match[5]}{second}{_iso_offset(match[7])}"
    return _Found(match.start(), match.end(), iso)


def _iso_offset(zone: str | None) -> str:
    if zone is None:
        return ""
    return "+00:00" if zone.isalpha() else _signed(zone[0], zone[1:])


def _only_reading(match: re.Match[str]) -> date | None:
    """Read 25/06/2017 and 06/25/2017, which are unambiguous; 05/06/2017 is not."""
    readings = {_day(match[4], match[3], match[1]), _day(match[4], match[1], match[3])} - {None}
    return readings.pop() if len(readings) == 1 else None


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def _time(clock: re.Match[str], day: date) -> str:
    """Return "T16:36+01:00" for the time in `clock`; empty if it is not a time of day."""
    part = clock.groupdict()
    if part["military"]:
        hour, minute, second = int(part["military"][:2]), part["military"][2:], None
    elif part["half"]:
        hour, minute, second = int(part["hour"]), part["minute"] or "00", part["second"]
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if part["half"] in "Pp" else 0)
    else:
        hour, minute, second = int(part["hour24"]), part["minute24"], part["second24"]
    if hour > 23:
        return ""
    return f"T{hour:02}:{minute}{f':{second}' if second else ''}{_offset(part, day, hour)}"


def _offset(part: dict[str, str | None], day: date, hour: int) -> str:
    if part["sign"] and part["offset"]:
        return _signed(part["sign"][-1], part["offset"])
    return zone_offset(part["zone"] or "", day, hour)


def _signed(sign: str, digits: str) -> str:
    """Return "+05:30" for "+" and "0530", "530", "5:30"; empty if invalid or unknown, which "-0000" means."""
    hours, minutes = (
        digits.split(":") if ":" in digits else (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    )
    if (sign == "-" and int(hours + minutes) == 0) or int(hours) > 14 or int(minutes) > 59:
        return ""
    return f"{sign}{int(hours):02}:{minutes}"
