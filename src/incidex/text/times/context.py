"""The context that the value of a time depends on: the date of publication, the tense, times mentioned before."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from incidex.english.lexicon import words
from incidex.english.patterns import alternatives
from incidex.records import Granularity, PartOfPeriod, TimeBasis, TimeExpression
from incidex.text.times.calendar import Period, period, third

# How far from the time to look for verbs, in characters.
_REACH = 120
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)\]]*\s+(?=[A-Z\"“‘'(])|[\n;]")
_NEGATION = re.compile(r"\b(?:not|never|only)\b|n['’]t\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z-]+")
_FINENESS = list(Granularity)
_NO_PUBLICATION = "The date of publication is unknown."
_NOT_SO_EXACT = "The date of publication is not known precisely enough."


@dataclass(frozen=True, slots=True)
class Value:
    """What a rule returns: the attributes of a `TimeExpression`, with a period in place of its begin and end."""

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
class Context:
    """
    The context of a time.

    Attributes:
        text: The text of the document.
        start: Where the time begins.
        end: Where it ends.
        published: The date of publication, or the first day of its month or year.
        exactness: How precisely that date is known: day, month or year.
        earlier: The previous time, if it is in the same sentence or the one before.
    """

    text: str
    start: int
    end: int
    published: date | None
    exactness: Granularity
    earlier: TimeExpression | None

    @property
    def ahead(self) -> bool | None:
        """Whether the sentence is about the future; None if no verb tells."""
        return looks_ahead(self.text, self.start, self.end)

    @property
    def threatened(self) -> bool:
        """Whether the sentence sets a date or threatens with it: "until 9 February", "a countdown to 9 February"."""
        before = _SENTENCE_END.split(self.text[max(0, self.start - _REACH) : self.start])[-1]
        # "It was not found until 9 February" is about the past.
        if self.word_before() in words("before_set_date") and not _NEGATION.search(before):
            return True
        after = _SENTENCE_END.split(self.text[self.end : self.end + _REACH], maxsplit=1)[0]
        return any(word in words("future.threat") for word in _WORD.findall(f"{before} {after}".lower()))

    @property
    def before(self) -> str:
        """The last few words before the time, in lower case."""
        return self.text[max(0, self.start - 30) : self.start].lower()

    @property
    def behind(self) -> str:
        """The words after the time, in lower case."""
        return self.text[self.end : self.end + 160].lower()

    def last(self, number: int) -> str:
        """Return the last `number` characters up to the end of the time."""
        return self.text[max(0, self.end - number) : self.end]

    def word_before(self) -> str:
        """Return the word directly before the time, in lower case; empty if there is none."""
        parted = self.before.replace("\n", " ").rstrip(" (“\"‘'")
        return parted.rsplit(" ", 1)[-1] if self.before[-1:].isspace() else ""

    def known(self, unit: Granularity) -> bool:
        """Whether the date of publication is known precisely enough to tell its `unit`."""
        return self.published is not None and not finer(unit, self.exactness)

    def unknown(self, unit: Granularity) -> Value:
        """Return the value of a time that needs a more precise date of publication."""
        reason = _NOT_SO_EXACT if self.published else _NO_PUBLICATION
        return Value(unit, TimeBasis.PUBLICATION, reason=reason)


def finer(one: Granularity, other: Granularity) -> bool:
    """Whether `one` is a finer unit than `other`."""
    return _FINENESS.index(one) > _FINENESS.index(other)


def whole(day: date, unit: Granularity, basis: TimeBasis, part: PartOfPeriod | None = None) -> Value:
    """Return the calendar unit that contains `day`, or a third of it."""
    found = period(day, unit)
    return of_period(found, basis, part)


def of_period(found: Period, basis: TimeBasis, part: PartOfPeriod | None = None) -> Value:
    """Return the value of a period, or of a third of it."""
    clock = found.granularity is Granularity.PART_OF_DAY or (part is not None and found.granularity is Granularity.DAY)
    return Value(found.granularity, basis, third(found, part) if part else found, part, has_clock=clock)


def looks_ahead(text: str, start: int, end: int) -> bool | None:
    """
    Return whether the time at `text[start:end]` is in the future, judging by the verbs; None if no verb tells.

    The nearest verb before the time counts, as in "it will ship on Friday"; without one, the first verb after it.
    """
    before = _SENTENCE_END.split(text[max(0, start - _REACH) : start])[-1]
    cues = list(_tenses(before))
    if not cues:
        after = _SENTENCE_END.split(text[end : end + _REACH], maxsplit=1)[0]
        cues = list(_tenses(after))[:1]
    return cues[-1] if cues else None


def _tenses(text: str) -> Iterator[bool]:
    """Yield for each verb that tells whether it is about the future; "May" with a capital is a month, not a verb."""
    return (found["future"] is not None for found in _cues().finditer(text) if found[0] != "May")


@cache
def _cues() -> re.Pattern[str]:
    future, past = alternatives(_future(), space=" "), alternatives(_past(), space=" ")
    given = r"(?:gave|given|gives?|extended|postponed|delayed|adjourned|suspended)(?= [^.]{0,40}\b(?:until|till)\b)"
    # "Ordered agencies to patch it by Friday"; not "had ordered", which may be over.
    until = r"(?= [^.;]{0,80}\bto [^.;]{1,60}\bby (?:the end of )?$)"
    ordered = rf"(?<!had )(?:order|direct|instruct|urge?|ask|require?|tell|told)(?:s|d|ed|ing)?{until}"
    # "What it alleged to be user data" is in the past.
    said = "".join(f"(?<!{word} )" for word in sorted(words("reported_as", forms=("participle",))))
    # The participle after "will be" or "to be" says nothing about the past.
    return re.compile(
        rf"(?P<future>(?<!\w)(?:{given}|{ordered}|{said}(?:{future})(?!\s(?:also\s)?have\s)(?:\s(?:not|also|then|only|soon))?(?:\sbe\s\w{{2,20}}ed)?)(?!\w))"
        rf"|(?<!\w)(?:{past}|(?<!to )\w{{2,20}}ed)(?!\w)",
        re.IGNORECASE,
    )


def _future() -> frozenset[str]:
    """Return the verbs and other words that mark the future."""
    planned = words("future.plan", forms=("base", "s")) | words("future.begin", forms=("s",))
    return words("future.cue") | planned | {f"{form} to" for form in words("future.promise")}


def _past() -> frozenset[str]:
    """Return the past tenses that do not end in -ed and other words that mark the past."""
    verbs = words("past.finite", forms=("past",)) | words("past.participle", forms=("participle",))
    return words("past.cue") | verbs
