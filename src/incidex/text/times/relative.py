"""Reads times relative to the date of publication or to an earlier time, and durations."""

import re
from datetime import date

from incidex.english.lexicon import words
from incidex.records import Granularity, TimeBasis
from incidex.tables import table
from incidex.text.numbers import number
from incidex.text.times.calendar import between, moved, period
from incidex.text.times.clock import at_clock, part_of_day
from incidex.text.times.context import Context, Value, finer, of_period, whole
from incidex.text.times.years import part_named, shift

_NO_NUMBER = "No number is given."
_NO_EARLIER = "No time shortly before that it could be relative to."
_OF_DAY = re.compile(r" of (?:the )?(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
# What follows a time that is said of each of several, or of something that has weeks of its own.
_OF_OTHER = re.compile(r" (?:of|in) (?:each|every|any|an?|the|its|their|our) ")
_OVER = re.compile(r"\b(?:over|in|within|during|for|through|throughout|of|across)\s+$")


def day_word(match: re.Match[str], context: Context) -> Value | None:
    """Read "today", "yesterday morning", "tonight", "this evening", "last night"."""
    if not context.known(Granularity.DAY):
        return at_clock(match, context.unknown(Granularity.DAY), "b")
    assert context.published is not None
    steps = -1 if match["night"] else table("incidex.text.times", "times")["day_words"].get(match["word"], 0)
    value = whole(moved(context.published, Granularity.DAY, steps), Granularity.DAY, TimeBasis.PUBLICATION)
    if match["night"] or match["word"] == "tonight":
        return at_clock(match, part_of_day(value, "night"), "b")
    return at_clock(match, value, "b")


def unit(match: re.Match[str], context: Context) -> Value | None:
    """Read "last year", "earlier this month", "late last week" and "the end of the year"."""
    if match["the"] and not match["part"] and not context.last(11).endswith("of the year"):
        return None
    if _OF_OTHER.match(context.behind) and (context.word_before() == "the" or match["the"]) and not match["part"]:
        # "The last week of every month", "the last year of the war".
        return None
    unit, part = _unit(match["unit"]), part_named(match["part"])
    steps = shift(match["which"] or "this") or 0
    if match["unit"] == "fortnight" or (unit is Granularity.DAY and steps):
        return None
    if not context.known(unit):
        return context.unknown(unit)
    assert context.published is not None
    return whole(moved(context.published, unit, steps), unit, TimeBasis.PUBLICATION, part)


def weekend(match: re.Match[str], context: Context) -> Value | None:
    """Read "the weekend" and "next weekend"; the last one unless a word or verb says otherwise."""
    which = " ".join((match["which"] or "").split())
    # In "the weekend of 7 June" the date says which.
    if not which or context.last(7) == "Weekend" or _OF_DAY.match(context.behind):
        return None
    if not context.known(Granularity.DAY):
        return context.unknown(Granularity.WEEKEND)
    assert context.published is not None
    today = context.published
    # On the first two days of a week, "this weekend" may be the one just over.
    current = today.weekday() >= 5
    if which in ("last", "next"):
        steps = shift(which) or 0
    elif which in ("the past", "this past"):
        steps = -1
    elif current or which in ("the coming", "this coming") or context.ahead:
        steps = 0
    else:
        steps = 0 if which == "this" and (today.weekday() > 1 or context.ahead is None) else -1
    return whole(moved(today, Granularity.WEEK, steps), Granularity.WEEKEND, TimeBasis.PUBLICATION)


def before_last(match: re.Match[str], context: Context) -> Value | None:
    """Read "the week before last"."""
    return _ago(context, _unit(match["unit"]), 2)


def ago(match: re.Match[str], context: Context) -> Value | None:
    """Read "two weeks ago" as the calendar week two weeks back."""
    unit = _unit(match["bare"] or match["unit"])
    count = number(match["n"]) if match["n"] else None
    if count is None:
        return Value(unit, TimeBasis.PUBLICATION, reason=_NO_NUMBER)
    if match["half"] or count != int(count):
        unit, count = (Granularity.MONTH, 12 * count) if unit is Granularity.YEAR else (unit, count)
        count += 6 if match["half"] and unit is Granularity.MONTH else 0
    if unit is Granularity.DECADE:
        unit, count = Granularity.YEAR, 10 * count
    return _ago(context, unit, round(count * _size(match["unit"])))


def rolling(match: re.Match[str], context: Context) -> Value | None:
    """Read "the past two years" (up to publication), "the next three weeks" (from then on), "recent months"."""
    unit, which = _unit(match["unit"]), match["dir"] or match["dir2"]
    written, plural = match["n"] or match["n2"], match[0].endswith("s")
    if written is None and not plural and (match["dir"] is None or which == "recent"):
        return None
    if written is None and not plural and which in ("previous", "preceding"):
        return None
    count = number(written) if written else None if plural else 1
    if count is None:
        return Value(unit, TimeBasis.PUBLICATION, reason=_NO_NUMBER)
    if not context.known(Granularity.DAY):
        return context.unknown(unit)
    assert context.published is not None
    steps = round(count * _size(match["unit"]))
    # The hour of publication is unknown, so hours are rounded up to whole days.
    steps, counted = (-(-steps // 24), Granularity.DAY) if unit is Granularity.HOUR else (steps, unit)
    today = context.published
    if which in ("next", "coming", "upcoming"):
        return of_period(between(today, moved(today, counted, steps), unit), TimeBasis.PUBLICATION)
    return of_period(between(moved(today, counted, -steps), today, unit), TimeBasis.PUBLICATION)


def same(match: re.Match[str], context: Context) -> Value | None:
    """Read "the same day", "the next week", "that month", "the year before": relative to the time before."""
    unit = _unit(match["unit"] or match["that"] or match["other"])
    if match["that"] and context.earlier is None:
        # "said that month-old files ..." is not a time.
        return None
    if match["dir"] == "next" and _OVER.search(context.before) and unit is not Granularity.DAY:
        if not context.known(Granularity.DAY):
            return context.unknown(unit)
        assert context.published is not None
        coming = between(context.published, moved(context.published, unit, 1), unit)
        return of_period(coming, TimeBasis.PUBLICATION)
    said = match["dir"] or match["way"] or "same"
    steps = table("incidex.text.times", "times")["directions"].get(said, 0)
    return _from_earlier(context, unit, steps)


def later(match: re.Match[str], context: Context) -> Value | None:
    """Read "two days later" and "a month earlier": relative to the time before."""
    unit = _unit(match["bare"] or match["unit"])
    count = number(match["n"]) if match["n"] else None
    if count is None:
        return Value(unit, TimeBasis.TEXT, reason=_NO_NUMBER)
    back = match["way"] in ("earlier", "before")
    return _from_earlier(context, unit, round(count * _size(match["unit"])) * (-1 if back else 1))


def duration(match: re.Match[str], context: Context) -> Value | None:
    """Read "three years", "a six-month", "several weeks", "two and a half years", "half an hour"."""
    if match["half_of"]:
        return _length(match["half_of"], 0.5)
    written, name = match["n"], match["unit"]
    if written == "0" or (written == "1" and "-" in match[0] and (match["plural"] or _is_of_bug(context))):
        # "0-day", "1-days": vulnerabilities by how long they have been known.
        return None
    one = written in ("a", "an", "one")
    if (name == "second" and not match["plural"]) or (not one and not match["plural"] and "-" not in match[0]):
        return None
    alone = written in ("a", "an") and not match["about"] and not match["half"] and not match["mid"]
    if alone and (name == "minute" or context.word_before() not in words("before_one_unit", "takes_time")):
        return None
    # "will go public in a few weeks"
    count = number(written)
    if count is None and re.search(r"\b(?:in|within)\s+$", context.before) and context.ahead:
        return Value(_unit(name), TimeBasis.PUBLICATION, reason=_NO_NUMBER)
    return _length(name, None if count is None else count + (0.5 if match["mid"] or match["half"] else 0))


def bare_duration(match: re.Match[str], context: Context) -> Value | None:
    """Read "for years"."""
    return _length(match["unit"], None)


def _is_of_bug(context: Context) -> bool:
    following = context.behind.split(maxsplit=1)
    return bool(following) and following[0].strip(".,;:") in words("weakness", "counted_in_days")


def _ago(context: Context, unit: Granularity, count: int) -> Value:
    if not context.known(unit):
        return context.unknown(unit)
    assert context.published is not None
    if finer(unit, Granularity.DAY):
        return Value(unit, TimeBasis.PUBLICATION, reason="The hour of publication is not used.")
    return whole(moved(context.published, unit, -count), unit, TimeBasis.PUBLICATION)


def _from_earlier(context: Context, unit: Granularity, steps: int) -> Value:
    """Return the unit `steps` after the time before, if that is known as precisely."""
    earlier = context.earlier
    if earlier is None or earlier.begins is None or finer(unit, earlier.granularity) or earlier.begins.startswith("T"):
        return Value(unit, TimeBasis.TEXT, reason=_NO_EARLIER)
    day = date.fromisoformat(earlier.begins[:10])
    if finer(unit, Granularity.DAY):
        return Value(unit, TimeBasis.TEXT, reason=_NO_EARLIER)
    return of_period(period(moved(day, unit, steps), unit), TimeBasis.TEXT)


def _length(name: str, count: float | None) -> Value:
    """Return a duration of `count` units, in ISO 8601."""
    unit = Granularity.MINUTE if name == "second" else _unit(name)
    if count is None:
        return Value(unit, is_duration=True, reason=_NO_NUMBER)
    letters = {"decade": "Y", "year": "Y", "quarter": "M", "month": "M", "fortnight": "W", "week": "W", "hour": "H"}
    letter = letters.get(name, name[0].upper())
    count *= {"decade": 10, "quarter": 3, "fortnight": 2, "weekend": 2}.get(name, 1)
    months = round(12 * (count % 1)) if letter == "Y" else 0
    if name == "weekend":
        letter = "D"
    time = "T" if name in ("hour", "minute", "second") else ""
    whole_units = int(count) if months else count
    written = f"{whole_units:g}{letter}" if whole_units else ""
    return Value(unit, is_duration=True, duration=f"P{time}{written}{f'{months}M' if months else ''}")


def _unit(name: str) -> Granularity:
    return Granularity(table("incidex.text.times", "times")["units"][name])


def _size(name: str | None) -> int:
    """Return 2 for a fortnight, which is counted in weeks, and 1 for other units."""
    return 2 if name == "fortnight" else 1
