"""Orders the times that reports give, each as precisely as it is given."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from incidex.dossiers.claimants import NameResolver
from incidex.dossiers.names import Names
from incidex.dossiers.report import Report, is_dateline
from incidex.dossiers.support import Counting, grouped
from incidex.english import lexicon
from incidex.english.patterns import alternatives
from incidex.records import (
    Claim,
    EventMention,
    Evidence,
    Granularity,
    Moment,
    Realis,
    Span,
    Statement,
    TimeBound,
    TimeExpression,
)

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
# Days farther apart are those of different events, and no disagreement about one.
_NEAR = 60
# "copied the database on 2 March", not "cut on Friday its estimate of how many were hit by the theft"; in characters.
_BESIDE = 40
_BEFORE = 20  # "on 2 March thieves copied": less may stand between where the time comes first
_BREAK = re.compile(r"[,;:.]")
_LONGEST = 2000
_EXACT = (Granularity.DAY.value, Granularity.PART_OF_DAY.value, Granularity.HOUR.value, Granularity.MINUTE.value)
# "said on Thursday that", "on Thursday said": what may be between the reporting words and their time.
_AFTER_CUE = re.compile(r",? ?(?:late |early |earlier )?(?:on |in |at )?(?:late |early )?")
_BEFORE_CUE = re.compile(r",? ")
# "two people said on Thursday", whoever they are.
_SAID = re.compile(r"\b(?:say|says|said|adds?|added|warns?|warned|tweeted|reported)(?: late| early)?(?: on)? $")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A time in one report, and what happened then."""

    time: TimeExpression
    event_type: str | None
    is_statement: bool
    is_argument: bool
    evidence: Evidence


def timeline(reports: Iterable[Report], names: Names, counting: Counting, first_seen: str | None) -> tuple[Moment, ...]:
    """
    Return the times at which something happened, or somebody spoke, in order.

    A time counts if it is an argument of an event or stands in a sentence that reports one. The day of publication does
    not count. What ended more than a year before the first report is background.
    """
    background = _year_before(first_seen or "")
    found = [dated for report in reports for dated in _dated(report, NameResolver(report, names))]
    groups = grouped(
        found, lambda one: (one.time.begins, one.time.ends, one.time.bound, one.event_type, one.is_statement)
    )
    moments = []
    for group in groups:
        first, evidence = group[0], counting.ordered(one.evidence for one in group)
        moments.append(
            Moment(
                begins=first.time.begins or "",
                ends=first.time.ends or "",
                precision=first.time.granularity.value,
                text=time_in_words(first.time),
                event_type=first.event_type,
                is_statement=first.is_statement,
                is_background=(first.time.ends or "") <= background,
                support=counting.support(evidence),
                evidence=evidence,
                is_argument=any(one.is_argument for one in group),
            )
        )
    return tuple(sorted(moments, key=lambda moment: (moment.begins[:10], moment.ends[:10], moment.is_statement)))


def differing_dates(moments: Iterable[Moment], counting: Counting) -> tuple[tuple[Moment, ...], ...]:
    """
    Return days on which one kind of event happened, if two independent sources give one day each, and not the same.

    Only days that the text gives for the event itself count, no bounds, and no days more than 60 days apart.
    """
    days = [
        one for one in moments if one.precision == Granularity.DAY.value and one.is_argument and not one.is_background
    ]
    days = [one for one in days if not one.text.startswith(tuple(bound.value for bound in TimeBound))]
    found = []
    for same in grouped(days, lambda one: one.event_type):
        given: dict[str, list[Moment]] = {}
        for moment in same:
            for origin in {counting.origin(one.document) for one in moment.evidence}:
                given.setdefault(origin, []).append(moment)
        single = {own[0].begins[:10]: own[0] for own in given.values() if len(own) == 1}
        ordered = tuple(single[day] for day in sorted(single))
        if len(ordered) > 1 and _days_between(ordered[0], ordered[-1]) <= _NEAR:
            found.append(ordered)
    return tuple(found)


def with_days(statements: Iterable[Statement], moments: Iterable[Moment]) -> Iterator[Statement]:
    """Yield statements, with the days on which reports say that they were made."""
    said = {
        (one.document, one.sentence, one.claimant): moment.begins[:10]
        for moment in moments
        if moment.is_statement and moment.precision in _EXACT
        for one in moment.evidence
    }
    for statement in statements:
        places = ((one.document, one.sentence, one.claimant) for one in statement.evidence)
        day = next((said[place] for place in places if place in said), None)
        yield replace(statement, said_on=day) if day else statement


def _days_between(one: Moment, other: Moment) -> int:
    return abs((date.fromisoformat(other.begins[:10]) - date.fromisoformat(one.begins[:10])).days)


def _year_before(day: str) -> str:
    """Return the ISO 8601 date a year before `day`; "" if there is none, as in the year 1."""
    try:
        return (date.fromisoformat(day) - timedelta(days=365)).isoformat()
    except (ValueError, OverflowError):
        return ""


def time_in_words(time: TimeExpression) -> str:
    """Return a time in words with its precision: "April 2017 (month)", "until 7 March 2024 (day)"."""
    begins, ends = time.begins or "", time.ends or ""
    unit = time.granularity
    if unit is Granularity.YEAR:
        words = begins[:4]
    elif unit is Granularity.MONTH:
        words = f"{MONTHS[int(begins[5:7]) - 1]} {begins[:4]}"
    elif unit in (Granularity.HOUR, Granularity.MINUTE, Granularity.PART_OF_DAY):
        words = f"{day_in_words(begins[:10])}, {begins[11:16]}" + (
            f" to {ends[11:16]}" if unit is Granularity.PART_OF_DAY else ""
        )
    elif unit is Granularity.DAY:
        words = day_in_words(begins[:10])
    else:
        words = f"{day_in_words(begins[:10])} to {day_in_words(_day_before(ends[:10]))}"
    part = f"{time.part.value} " if time.part and unit in (Granularity.YEAR, Granularity.MONTH) else ""
    return f"{f'{time.bound.value} ' if time.bound else ''}{part}{words} ({unit.value.replace('-', ' ')})"


def day_in_words(day: str) -> str:
    """Return an ISO 8601 date in words: "5 May 2017"."""
    year, month, number = day.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"


def _dated(report: Report, resolver: NameResolver) -> Iterator[_Dated]:
    roles = {a.span: mention for mention in report.mentions for a in mention.arguments if a.role == "Time"}
    for time in report.inside(report.analysis.times):
        sentence = report.sentence(time.span)
        if not _is_date(time) or sentence is None or is_dateline(time.span, report):
            continue
        near = [claim for claim in report.claims if _says_when(claim, time.span, report)]
        said = next((claim for claim in near if not claim.words.covers(time.span)), None)
        spoken = said is not None or _stands_behind_saying(time.span, report)
        mention = _mention(time.span, sentence.span, roles, report)
        event_type = mention.event_type if mention and not spoken else None
        if (said or mention) and not _is_impossible(time, mention if event_type else None, report):
            evidence = report.evidence(
                time.span,
                claim=said,
                claimant=resolver.claimant(said) if said else _source(time.span, report, resolver),
            )
            own = event_type is not None and any(
                place.overlaps(time.span) and _is_beside(time.span, own_mention.trigger, report)
                for place, own_mention in roles.items()
            )
            yield _Dated(time, event_type, spoken, own, evidence)


def _is_date(time: TimeExpression) -> bool:
    is_day = bool(time.begins and time.ends and not time.is_duration and time.begins[0] != "T")
    return is_day and time.granularity is not Granularity.DECADE


def _is_impossible(time: TimeExpression, mention: EventMention | None, report: Report) -> bool:
    """
    Return whether a time lies after publication though the report tells of it as past.

    What is planned or announced may lie ahead: a patch that "will be released on 12 June".
    """
    published = (report.document.published_at or "")[:10]
    if len(published) < 10 or (time.begins or "")[:10] <= published:
        return False
    if mention is None:
        return True
    sentence = report.sentence(time.span)
    text = report.document.text
    # Without the time itself: "May" is no sign of what is to come.
    around = (text[sentence.span.start : time.span.start], text[time.span.end : sentence.span.end]) if sentence else ()
    return mention.realis is not Realis.OTHER and not any(_ahead().search(part[-_LONGEST:].lower()) for part in around)


def _is_beside(time: Span, trigger: Span, report: Report) -> bool:
    """Return whether a time is that of an event, by its place: no far words, no comma and no "unless" stand between."""
    first, second = sorted((time, trigger))
    between = report.document.text[first.end : second.start] if first.end < second.start else ""
    longest = _BEFORE if first == time else _BESIDE
    opens_clause = lexicon.words("condition").intersection(between.lower().split())
    return len(between) <= longest and not _BREAK.search(between) and not opens_clause


@cache
def _ahead() -> re.Pattern[str]:
    """Return a pattern for words of what is to come: a threat, a deadline, a plan."""
    words = lexicon.words("future.threat", "future.cue", "future.plan", "future.promise")
    return re.compile(rf"\b(?:{alternatives(words, whole=True)})")


def _mention(span: Span, sentence: Span, roles: dict[Span, EventMention], report: Report) -> EventMention | None:
    """Return the event mention that has a time as an argument, or else the nearest one in the sentence."""
    own = next((mention for place, mention in roles.items() if place.overlaps(span)), None)
    inside = [m for m in report.mentions if sentence.covers(m.trigger)]
    return own or min(inside, key=lambda m: abs(m.trigger.start - span.start), default=None)


def _says_when(claim: Claim, time: Span, report: Report) -> bool:
    """Return whether a time is next to the reporting words: "said on Thursday that ..."."""
    text = report.document.text
    if 0 <= time.start - claim.cue.end < 25:
        return bool(_AFTER_CUE.fullmatch(text, claim.cue.end, time.start))
    return 0 < claim.cue.start - time.end < 3 and bool(_BEFORE_CUE.fullmatch(text, time.end, claim.cue.start))


def _stands_behind_saying(time: Span, report: Report) -> bool:
    """Return whether a time follows a verb of saying, even if no claimant was found."""
    return bool(_SAID.search(report.document.text, max(0, time.start - 24), time.start))


def _source(time: Span, report: Report, resolver: NameResolver) -> str | None:
    """Return the claimant of the words that contain the time."""
    return next((resolver.claimant(claim) for claim in report.claims if claim.words.covers(time)), None)


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
