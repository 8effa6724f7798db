"""The records of what words stand for: times and quantities. `incidex.records` has them too."""

from dataclasses import dataclass
from enum import StrEnum

from incidex.spans import Span


class Granularity(StrEnum):
    """How exactly a time is said, from the coarsest unit to the finest."""

    DECADE = "decade"
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    SEASON = "season"
    MONTH = "month"
    WEEK = "week"
    WEEKEND = "weekend"
    DAY = "day"
    PART_OF_DAY = "part-of-day"
    HOUR = "hour"
    MINUTE = "minute"


class TimeBasis(StrEnum):
    """From where the value of a time is counted."""

    ABSOLUTE = "absolute"
    """The words say it all: "May 2017"."""
    PUBLICATION = "publication"
    """From the day of publication: "last month"."""
    TEXT = "text"
    """From a time that was named before in the text: "two days later"."""


class TimeBound(StrEnum):
    """What a sentence says about a time that is no more than a bound."""

    SINCE = "since"
    UNTIL = "until"
    BEFORE = "before"
    AFTER = "after"
    BY = "by"


class PartOfPeriod(StrEnum):
    """Which third of a period is meant."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """
    Words that say when something happened, or how long it took.

    Attributes:
        span: The words, in `Document.text`.
        rule: Which rule read them.
        granularity: Which unit was said; of a duration: the unit that it is counted in.
        begins: ISO 8601, with a clock time and an offset only where they were said ("2017-05-05T22:00+00:00"); a clock
            time without a day is "T22:00+00:00". None for a duration, and where the value cannot be told.
        ends: The same, not included: April 2017 is "2017-04-01" to "2017-05-01".
        basis: From where `begins` and `ends` are counted; None for a duration.
        part: Whether only the beginning, the middle or the end of the unit is meant;
            `begins` and `ends` are then those of its third.
        bound: Whether the time is the begin or the end of something, as in "since 2016".
        duration: ISO 8601, such as "P3Y"; None where the number was not said. Only durations have one.
        is_duration: Whether the words say how long.
        approximate: Whether the words say "about", "nearly", "more than" or the like.
        reason: Why there is no value, as a sentence; empty if there is one.
    """

    span: Span
    rule: str
    granularity: Granularity
    begins: str | None = None
    ends: str | None = None
    basis: TimeBasis | None = None
    part: PartOfPeriod | None = None
    bound: TimeBound | None = None
    duration: str | None = None
    is_duration: bool = False
    approximate: bool = False
    reason: str = ""


class QuantityKind(StrEnum):
    """What is counted or measured."""

    PEOPLE = "people"
    RECORDS = "records"
    ACCOUNTS = "accounts"
    SYSTEMS = "systems"
    ORGANISATIONS = "organisations"
    MONEY = "money"
    DATA_VOLUME = "data-volume"
    PERCENTAGE = "percentage"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Quantity:
    """
    A number of something, an amount of money, a volume of data or a percentage.

    Attributes:
        span: The words with those that bound them and the noun counted, in `Document.text`.
        kind: What is counted or measured.
        unit: The noun as written, in lower case; for money ISO 4217, or "BTC" and the like; "byte"; "percent".
        low: The least it can be; None if only an upper bound was said.
        high: The most it can be; None if only a lower bound was said. An exact number is both.
        low_included: Whether it can be `low` itself: not so for "more than 100".
        high_included: Whether it can be `high` itself: not so for "fewer than 100".
        approximate: Whether the words say "about", "nearly", "tens of thousands" or the like.
    """

    span: Span
    kind: QuantityKind
    unit: str
    low: float | None
    high: float | None
    low_included: bool = True
    high_included: bool = True
    approximate: bool = False
