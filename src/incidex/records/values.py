"""The records of values: times, quantities and indicators."""

from dataclasses import dataclass
from enum import StrEnum

from incidex.records.span import Span


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


class IndicatorKind(StrEnum):
    """What an indicator is."""

    DOMAIN = "domain"
    URL = "url"
    IPV4 = "ipv4"
    IPV6 = "ipv6"
    EMAIL = "email"
    MD5 = "md5"
    SHA1 = "sha1"
    SHA256 = "sha256"
    SHA512 = "sha512"
    FILE_NAME = "file-name"
    PATH = "path"
    REGISTRY_KEY = "registry-key"
    CVE = "cve"
    CRYPTO_ADDRESS = "crypto-address"
    ATTACK_ID = "attack-id"
    HANDLE = "handle"
    HASHTAG = "hashtag"


class IndicatorRole(StrEnum):
    """What the report makes of an indicator."""

    INDICATOR = "indicator"
    """It is a means or a trace of an attack."""
    REFERENCE = "reference"
    """The report mentions, cites or recommends it."""
    VICTIM = "victim"
    """It belongs to somebody who was attacked."""
    BENIGN = "benign"
    """Everybody knows it, and so it says nothing about an attack."""


@dataclass(frozen=True, slots=True)
class Imitation:
    """
    Whom a domain name imitates.

    Attributes:
        organisation: The name of the organisation or person, where it stands in `Document.text`.
        how: "affix", "typo", "homoglyph", "other top-level domain" or "subdomain".
    """

    organisation: Span
    how: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """
    A technical value that a report names: an address, a hash, a file, the number of a weakness.

    Attributes:
        span: It as written, in `Document.text`.
        kind: What it is.
        value: What it stands for: without defanging, hosts, hashes and e-mail addresses in lower case.
        role: What the report makes of it.
        reason: Which rule gave the role, in words.
        imitates: Whom a domain name imitates, where it does.
    """

    span: Span
    kind: IndicatorKind
    value: str
    role: IndicatorRole
    reason: str
    imitates: Imitation | None = None
