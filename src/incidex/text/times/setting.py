"""What the value of a time depends on besides its words: the day of publication, the verbs around it, earlier times."""

from dataclasses import dataclass
from datetime import date

from incidex.records import Granularity, PartOfPeriod, TimeBasis, TimeExpression
from incidex.text.times.calendar import Period, period, third
from incidex.text.times.tense import looks_ahead

_FINENESS = list(Granularity)
_NO_PUBLICATION = "The day of publication is not known."
_NOT_SO_EXACT = "The day of publication is not known exactly enough."


@dataclass(frozen=True, slots=True)
class Value:
    """What a rule makes of words: the attributes of a `TimeExpression`, with a period instead of its ends."""

    granularity: Granularity
    basis: TimeBasis | None = None
    period: Period | None = None
    part: PartOfPeriod | None = None
    offset: str = ""
    has_clock: bool = False
    has_day: bool = True
    duration: str | None = None
    is_duration: bool = False
    approximate: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """
    Where a time stands.

    Attributes:
        text: The text of the document.
        start: Where the time begins.
        end: Where it ends.
        published: The day of publication, or the first day of its month or year.
        exactness: How exactly that day is known: day, month or year.
        earlier: The time that was named last before this one, in the same or the previous sentence.
    """

    text: str
    start: int
    end: int
    published: date | None
    exactness: Granularity
    earlier: TimeExpression | None

    @property
    def ahead(self) -> bool | None:
        """Whether the sentence speaks of the future; None if it does not tell."""
        return looks_ahead(self.text, self.start, self.end)

    @property
    def before(self) -> str:
        """The last few words before the time, in lower case."""
        return self.text[max(0, self.start - 30) : self.start].lower()

    @property
    def behind(self) -> str:
        """The words behind the time, in lower case."""
        return self.text[self.end : self.end + 80].lower()

    def last(self, number: int) -> str:
        """Return that number of characters up to the end of the time."""
        return self.text[max(0, self.end - number) : self.end]

    def word_before(self) -> str:
        """Return the word before the time, in lower case, if nothing but a blank stands between; else nothing."""
        parted = self.before.replace("\n", " ").rstrip(" (“\"‘'")
        return parted.rsplit(" ", 1)[-1] if self.before[-1:].isspace() else ""

    def known(self, unit: Granularity) -> bool:
        """Whether the day of publication is known well enough to tell its `unit`."""
        return self.published is not None and not finer(unit, self.exactness)

    def unknown(self, unit: Granularity) -> Value:
        """Return the value of a time that needs the day of publication where it is not known well enough."""
        reason = _NOT_SO_EXACT if self.published else _NO_PUBLICATION
        return Value(unit, TimeBasis.PUBLICATION, reason=reason)


def finer(one: Granularity, other: Granularity) -> bool:
    """Whether `one` is a finer unit than `other`."""
    return _FINENESS.index(one) > _FINENESS.index(other)


def whole(day: date, unit: Granularity, basis: TimeBasis, part: PartOfPeriod | None = None) -> Value:
    """Return the calendar unit that `day` lies in, or a third of it."""
    found = period(day, unit)
    return of_period(found, basis, part)


def of_period(found: Period, basis: TimeBasis, part: PartOfPeriod | None = None) -> Value:
    """Return the value of a period, or of a third of it."""
    clock = found.granularity is Granularity.PART_OF_DAY or (part is not None and found.granularity is Granularity.DAY)
    return Value(found.granularity, basis, third(found, part) if part else found, part, has_clock=clock)
