"""Reads months, quarters, halves, seasons, years and decades."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from incidex.english.lexicon import values, words
from incidex.records import Granularity, PartOfPeriod, TimeBasis, TimeExpression
from incidex.tables import table
from incidex.text.numbers import number
from incidex.text.times.calendar import Period, between, moved, period, third
from incidex.text.times.context import Context, Value, of_period, whole
from incidex.text.times.dates import patch_day_of
from incidex.text.times.rules import list_joint, year_behind_month
from incidex.text.times.years import month_number, part_named, said_year, year_of_month

_FISCAL = "Fiscal years begin on different dates."
# Of keys and buffers: "RSA 2048".
_SIZE = "2048"
_COLON = re.compile(r":[0-9a-f:]", re.IGNORECASE)
_STREET = re.compile(r" (?:[A-Z]\w{1,20} ){1,3}(?:Road|Rd|Street|St|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Way)\b")


def month(match: re.Match[str], context: Context) -> Value | None:
    """Read "May", "mid-March", "late April 2016", "October of last year" and "May's Patch Tuesday"."""
    groups = match.groupdict()
    index, part = month_number(match, context), part_named(groups["part"])
    has_year = groups.get("year") or groups.get("rel")
    if index is None or not (has_year or _is_month(match, context)):
        return None
    year = said_year(context, groups)
    if year is None and has_year:
        return context.unknown(Granularity.MONTH)
    basis = TimeBasis.ABSOLUTE if groups.get("year") else TimeBasis.PUBLICATION
    if year is None:
        shared = year_behind_month().match(context.behind)
        before = _month_before(context)
        listed = _year_in_list(index, before)
        if shared:
            year, basis = int(shared["year"]), TimeBasis.ABSOLUTE
        elif listed:
            year, basis = listed, (before.basis if before else None) or basis
        elif not context.known(Granularity.MONTH):
            return context.unknown(Granularity.MONTH)
        else:
            year = _year_in_the_past(context, index, groups.get("which"), part)
    if groups["patch"]:
        return whole(patch_day_of(date(year, index, 1)), Granularity.DAY, basis)
    return whole(date(year, index, 1), Granularity.MONTH, basis, part)


def half(match: re.Match[str], context: Context) -> Value | None:
    """Read "the first half of 2018" and "H2 2020"."""
    groups = match.groupdict()
    number = int(groups["number"]) if groups["number"] else 1 if groups["ordinal"] == "first" else 2
    if groups["month"]:
        return _half_of_month(match, context, number)
    return _of_year(context, groups, Granularity.HALF, lambda year: period(date(year, 6 * number, 1), Granularity.HALF))


def first_months(match: re.Match[str], context: Context) -> Value | None:
    """Read "the first three months of 2016"."""
    count = number(match["n"])
    if not count or count != int(count) or count > 12:
        return None
    first = 1 if match["end"] == "first" else 13 - int(count)
    last = first + int(count) - 1

    def found(year: int) -> Period:
        return between(date(year, first, 1), _last_of(date(year, last, 1)), Granularity.MONTH)

    return _of_year(context, match.groupdict(), Granularity.MONTH, found)


def fiscal(match: re.Match[str], context: Context) -> Value | None:
    """Read "fiscal 2018" and the like, which have no value: when such a year begins differs."""
    unit = Granularity.QUARTER if "quarter" in match[0] or re.match(r"q[1-4]", match[0]) else Granularity.YEAR
    return Value(unit, TimeBasis.ABSOLUTE, reason=_FISCAL)


def quarter(match: re.Match[str], context: Context) -> Value | None:
    """Read "Q3 2023", "the second quarter of last year" and "the third quarter"."""
    groups = match.groupdict()
    number = int(groups["number"]) if groups["number"] else values("ordinal")[groups["ordinal"]]
    if groups["year"] or groups["rel"] or groups["year2"] or groups["rel2"]:
        return _of_year(
            context, groups, Granularity.QUARTER, lambda year: period(date(year, 3 * number, 1), Granularity.QUARTER)
        )
    if groups["ordinal"] in ("last", "final"):
        return None
    if not context.known(Granularity.QUARTER):
        return context.unknown(Granularity.QUARTER)
    year = year_of_month(context, 3 * number - 2, None)
    return whole(date(year, 3 * number, 1), Granularity.QUARTER, TimeBasis.PUBLICATION)


def season(match: re.Match[str], context: Context) -> Value | None:
    """Read "the summer of 2016", "last winter" and "in the spring"; seasons are those of the northern hemisphere."""
    groups = match.groupdict()
    first, part = values("season")[groups["season"]], part_named(groups["part"])
    if groups.get("year") or groups.get("rel"):
        return _of_year(
            context, groups, Granularity.SEASON, lambda year: period(date(year, first, 1), Granularity.SEASON), part
        )
    openings = tuple(f"{before} {groups['season']}" for before in words("before_season"))
    if not f"{context.before.strip()} {match[0]}".endswith(openings):
        return None
    if not context.known(Granularity.MONTH):
        return context.unknown(Granularity.SEASON)
    year = year_of_month(context, first, groups["which"])
    return whole(date(year, first, 1), Granularity.SEASON, TimeBasis.PUBLICATION, part)


def decade(match: re.Match[str], context: Context) -> Value | None:
    """Read "the 1990s" and "the early 2000s"."""
    return whole(date(int(match["decade"]), 1, 1), Granularity.DECADE, TimeBasis.ABSOLUTE, part_named(match["part"]))


def years(match: re.Match[str], context: Context) -> Value | None:
    """Read "2012-2019"."""
    first, last = int(match["year"]), int(match["last"])
    if first >= last or not _is_year(match, context):
        return None
    return of_period(between(date(first, 1, 1), date(last, 12, 31), Granularity.YEAR), TimeBasis.ABSOLUTE)


def year(match: re.Match[str], context: Context) -> Value | None:
    """Read "2016", "early 2019" and "the end of 2016", unless the number belongs to a name or counts something."""
    if not match["part"] and not _is_year(match, context):
        return None
    found = date(int(match["year"]), 1, 1)
    return whole(found, Granularity.YEAR, TimeBasis.ABSOLUTE, part_named(match["part"]))


def _month_before(context: Context) -> TimeExpression | None:
    """Return the month that precedes in a list of months."""
    earlier = context.earlier
    if earlier is None or earlier.granularity is not Granularity.MONTH or not earlier.begins:
        return None
    joined = list_joint().fullmatch(context.text, earlier.span.end, context.start)
    return earlier if joined else None


def _year_in_list(index: int, earlier: TimeExpression | None) -> int | None:
    """Return the year of "June" in "May 2019, June and September": that of the month before, or the year after."""
    if earlier is None or earlier.begins is None:
        return None
    year, month = int(earlier.begins[:4]), int(earlier.begins[5:7])
    return year + (index < month)


def _half_of_month(match: re.Match[str], context: Context, number: int) -> Value | None:
    index, said = month_number(match, context), match["my"]
    if index is None:
        return None
    if said is None and not context.known(Granularity.MONTH):
        return context.unknown(Granularity.HALF)
    year = int(said) if said else year_of_month(context, index, None)
    first = date(year, index, 1)
    halves = (first, first + timedelta(days=14)), (first + timedelta(days=15), _last_of(first))
    basis = TimeBasis.ABSOLUTE if said else TimeBasis.PUBLICATION
    return of_period(between(*halves[number - 1], Granularity.HALF), basis)


def _year_in_the_past(context: Context, index: int, which: str | None, part: PartOfPeriod | None) -> int:
    """Return the year of a month; the one before if the third meant has not begun and the tense is not future."""
    year = year_of_month(context, index, which)
    if part is None or context.published is None or which or context.ahead:
        return year
    begins = third(period(date(year, index, 1), Granularity.MONTH), part).start.date()
    return year - 1 if begins > context.published and year == context.published.year else year


def _of_year(
    context: Context,
    groups: Mapping[str, str | None],
    unit: Granularity,
    found: Callable[[int], Period],
    part: PartOfPeriod | None = None,
) -> Value:
    """Return the value of the period that `found` returns for the year in `groups`."""
    year = said_year(context, groups)
    if year is None:
        return context.unknown(unit)
    said = groups.get("year") or groups.get("year2")
    return of_period(found(year), TimeBasis.ABSOLUTE if said else TimeBasis.PUBLICATION, part)


def _is_month(match: re.Match[str], context: Context) -> bool:
    """Whether the name of a month by itself is one, not a verb, a person or an abbreviation."""
    written = match["month"]
    if len(written) < 4 and written != "may":
        return False
    if match["part"] or match["which"] or match["patch"]:
        return True
    before, behind = context.word_before(), context.text[context.end : context.end + 2]
    before_capital = behind[:1] == " " and behind[1:].isupper()
    if before in words("before_month"):
        return not (before_capital and before in words("before_name"))
    if _month_before(context):
        return not before_capital
    return written not in table("incidex.text.times", "times")["doubtful_months"] and not before_capital


def _is_year(match: re.Match[str], context: Context) -> bool:
    """Whether four digits by themselves are a year."""
    before = context.word_before()
    behind = re.match(r"[\s\u00a0]?([\w'’-]{0,20})", context.text[context.end : context.end + 24])
    following = behind[1].lower().removesuffix("'s") if behind else ""
    counted = following in words("not_after_year", forms=("plural", "only"))
    if counted or before.rstrip(",:#") in words("not_before_year"):
        return before in ("in", "since") and not counted
    if _STREET.match(context.text, context.end) or _is_in_address(context):
        return False
    if match[0] == _SIZE and before not in ("in", "by", "until", "since"):
        return False
    if before in words("before_year", forms=("singular", "only")):
        return True
    raw = context.text[max(0, context.start - 1) : context.start]
    # After a capitalised word it belongs to a name; in brackets, or at the beginning of a sentence, it is a year.
    word = context.text[max(0, context.start - 30) : context.start].split()[-1:] or [""]
    starts = raw in ("", "(", "\n") or not before or before[-1] in ".!?:"
    return starts or (before.isalpha() and not word[0][:1].isupper())


def _is_in_address(context: Context) -> bool:
    """Return whether four digits are a part of an address of IPv6: "2001:db8::1"."""
    return context.text[context.start - 1 : context.start] == ":" or bool(_COLON.match(context.text, context.end))


def _last_of(day: date) -> date:
    """Return the last day of the month that begins with `day`."""
    return moved(day, Granularity.MONTH, 1) - timedelta(days=1)
