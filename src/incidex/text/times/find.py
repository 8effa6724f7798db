"""
Finds the times in a text and works out the period that each one means: "last month", "Q3 2023", "on Friday".

Nothing is guessed: the granularity is that of the words, and a time whose value cannot be determined has none.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

from incidex.english.lexicon import words
from incidex.english.tokens import lower
from incidex.records import Document, Granularity, Span, TimeBasis, TimeBound, TimeExpression
from incidex.tables import table
from incidex.text.times import dates, nth, periods, relative
from incidex.text.times.clock import clock_alone
from incidex.text.times.context import Context, Value
from incidex.text.times.rules import core_pattern, rules, start_pattern

Read = Callable[[re.Match[str], Context], Value | None]

# How far before its core a time can begin, in characters: "approximately twenty-five and a half years".
_LEAD = 48
# A time is relative to an earlier one only within this distance, in characters.
_NEAR = 300
_RANGE = re.compile(r"\s?[-–—]\s?|,?\s(?:to|until|till|through)\s|,?\s(?P<both>and)\s")
_RANGE_BEGINS = re.compile(r"\b(?:between|from)\s(?:the\s)?$", re.IGNORECASE)
_LAST_WORD = re.compile(r"(?:^|[^\w-])([a-z]+)\s+(?:(?:at least|around|about|the|early|shortly)\s+)*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Article:
    """A block of text, the same in lower case, the date of publication, and how precisely that is known."""

    text: str
    lower: str
    published: date | None
    exactness: Granularity


def find_times(document: Document) -> tuple[TimeExpression, ...]:
    """
    Return the times and durations in the article, in the order of the text, without overlap.

    A document without blocks counts as one article.
    """
    text = document.text
    if not document.blocks:
        return _in_block(document, 0, len(text))
    blocks = (block for block in document.blocks if block.kind.in_article)
    return tuple(found for block in blocks for found in _in_block(document, block.span.start, block.span.end))


def _in_block(document: Document, start: int, end: int) -> tuple[TimeExpression, ...]:
    text = document.text[start:end]
    article = _Article(text, lower(text), *_published(document.published_at))
    found: list[TimeExpression] = []
    for place in _starts(article.lower, found):
        time = _read(article, place, found)
        if time:
            found.append(time)
    joined = _joined(text, found)
    if start == 0:
        return tuple(joined)
    return tuple(replace(time, span=Span(time.span.start + start, time.span.end + start)) for time in joined)


def _starts(lower: str, found: list[TimeExpression]) -> Iterator[int]:
    """Yield where a time may begin: at words near a core, but not inside the last time `found`."""
    tried = 0
    for inside in core_pattern().finditer(lower):
        for word in start_pattern().finditer(lower, max(tried, inside.start() - _LEAD), inside.end()):
            tried = word.end()
            if not found or word.start() >= found[-1].span.end:
                yield word.start()


def _read(article: _Article, place: int, found: list[TimeExpression]) -> TimeExpression | None:
    """Return the time that begins at `place`, by the first rule that matches there."""
    for name, pattern in rules().items():
        match = pattern.match(article.lower, place)
        if match:
            earlier = _earlier(article.text, found, place)
            context = Context(article.text, place, match.end(), article.published, article.exactness, earlier)
            value = _value(name, match, context)
            if value:
                return _expression(name, article.text, match, value)
    return None


def _value(name: str, match: re.Match[str], context: Context) -> Value | None:
    try:
        return _readers()[name](match, context)
    except (ValueError, OverflowError):
        # Beyond the years that `datetime` supports: "900 decades ago".
        return None


@cache
def _readers() -> Mapping[str, Read]:
    """Return the function that reads the matches of each rule."""
    return {
        "iso": dates.iso,
        "slashes": dates.slashes,
        "compact": dates.compact,
        "year_first": dates.year_first,
        "week_of": nth.week_of,
        "calendar_week": nth.calendar_week,
        "nth": nth.nth,
        "day_first": dates.day_of_month,
        "month_first": dates.day_of_month,
        "day_of_range": dates.day_of_range,
        "month_of_year": periods.month,
        "patch_day": dates.patch_day,
        "month": periods.month,
        "holiday": dates.holiday,
        "weekday": dates.weekday,
        "half": periods.half,
        "first_months": periods.first_months,
        "fiscal": periods.fiscal,
        "quarter": periods.quarter,
        "season_of_year": periods.season,
        "season": periods.season,
        "decade": periods.decade,
        "before_last": relative.before_last,
        "same": relative.same,
        "ago": relative.ago,
        "later": relative.later,
        "rolling": relative.rolling,
        "weekend": relative.weekend,
        "unit": relative.unit,
        "day_word": relative.day_word,
        "duration": relative.duration,
        "bare_duration": relative.bare_duration,
        "years": periods.years,
        "year": periods.year,
        "clock": clock_alone,
    }


def _expression(name: str, text: str, match: re.Match[str], value: Value) -> TimeExpression:
    written = match[0].rstrip()
    # The full stop of "4 p.m." may end the sentence.
    end = match.start() + len(written)
    begins, ends = _ends(value)
    about = match["about"] if "about" in match.re.groupindex else None
    return TimeExpression(
        span=Span(match.start(), end),
        rule=name.replace("_", " "),
        granularity=value.granularity,
        begins=begins,
        ends=ends,
        basis=value.basis,
        part=value.part,
        bound=_bound(text, match.start(), bool(about) and name == "ago", about),
        duration=value.duration,
        is_duration=value.is_duration,
        approximate=value.approximate or bool(about),
        reason=value.reason,
    )


def _bound(text: str, start: int, is_ago: bool, about: str | None) -> TimeBound | None:
    """Return the bound set by the word before a time; "over a year ago" is before that time."""
    if is_ago and about in words("number_bound.above", "number_bound.at_least"):
        return TimeBound.BEFORE
    before = _LAST_WORD.search(text[max(0, start - 30) : start])
    bound = table("incidex.text.times", "times")["bounds"].get(before[1].lower()) if before else None
    return TimeBound(bound) if bound else None


def _ends(value: Value) -> tuple[str | None, str | None]:
    """Return begin and end of the period in ISO 8601."""
    if value.period is None:
        return None, None
    start, end = (_written(moment, value) for moment in (value.period.start, value.period.end))
    return start, end


def _written(moment: datetime, value: Value) -> str:
    if not value.has_clock:
        return moment.date().isoformat()
    written = moment.isoformat(timespec="minutes") + value.offset
    return written if value.has_day else written[10:]


def _earlier(text: str, found: list[TimeExpression], start: int) -> TimeExpression | None:
    """Return the last time found, if it is in the same sentence as `start` or the one before."""
    for time in reversed(found):
        if time.span.end < start - _NEAR:
            return None
        if time.begins is not None:
            between = text[time.span.end : start]
            return time if len(re.findall(r"[.!?]['\"”’)]?\s+(?=[A-Z“\"])", between)) <= 1 else None
    return None


def _joined(text: str, found: list[TimeExpression]) -> list[TimeExpression]:
    """Join "between March and May", "from 2014 to 2016" and "2014-2016" into one time each."""
    joined: list[TimeExpression] = []
    for time in found:
        before = joined[-1] if joined else None
        opening = _RANGE_BEGINS.search(text, max(0, before.span.start - 12), before.span.start) if before else None
        if (
            before
            and before.rule == time.rule == "weekday"
            and before.begins
            and time.begins
            and before.begins > time.begins
        ):
            # "from Monday to Thursday", published on a Monday: both are in the week before.
            before = _week_earlier(before)
        join = _RANGE.fullmatch(text, before.span.end, time.span.start) if before else None
        if before and join and (opening or not join["both"]) and _is_range(before, time):
            start = opening.start() if opening else before.span.start
            joined[-1] = _range(before, time, start)
        else:
            joined.append(time)
    return joined


def _range(first: TimeExpression, last: TimeExpression, start: int) -> TimeExpression:
    """Return the time from `first` to `last`, whose words begin at `start`."""
    assert first.begins
    assert last.begins
    assert last.ends
    begins, ends = first.begins, last.ends
    if last.granularity in (Granularity.HOUR, Granularity.MINUTE):
        # Until "16:00" is not until a minute past it.
        ends = last.begins if last.begins[:1] == begins[:1] else begins[:10] + last.begins
        zones = begins[16:], ends[16:]
        begins, ends = begins + ("" if zones[0] else zones[1]), ends + ("" if zones[1] else zones[0])
    return replace(
        last,
        span=Span(start, last.span.end),
        begins=begins,
        ends=ends,
        basis=first.basis if last.begins.startswith("T") else last.basis,
        bound=None,
        rule="range",
    )


def _week_earlier(time: TimeExpression) -> TimeExpression:
    if time.granularity is not Granularity.DAY or time.part or not time.begins or not time.ends:
        return time
    begins, ends = ((date.fromisoformat(day) - timedelta(days=7)).isoformat() for day in (time.begins, time.ends))
    return replace(time, begins=begins, ends=ends)


def _is_range(first: TimeExpression, last: TimeExpression) -> bool:
    if not (first.begins and last.begins and first.ends and last.ends):
        return False
    if last.begins.startswith("T") and not first.begins.startswith("T"):
        # "From 10:00 on 3 March until 14:00"; but "from 9 p.m. on 10 June until 4 a.m." does not name the second day.
        return first.begins[10:16] < last.begins[:6]
    if first.begins.startswith("T") and not last.begins.startswith("T"):
        return False
    return first.granularity is last.granularity and first.begins < last.begins and first.basis is not TimeBasis.TEXT


def _published(written: str | None) -> tuple[date | None, Granularity]:
    """Return the date of publication, or the first day of its month or year, and how precisely it is known."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", written or "")
    if match is None:
        return None, Granularity.DAY
    exactness = Granularity.DAY if match[3] else Granularity.MONTH if match[2] else Granularity.YEAR
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1)), exactness
    except ValueError:
        return None, Granularity.DAY
