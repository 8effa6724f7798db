"""Looks up the event mentions of a document by place: before, after or beside a span."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from incidex.english.lexicon import words
from incidex.records import Argument, ClaimKind, Event, EventMention, Realis, Sentence, Span

_AMOUNTS = frozenset({"Number-of-Data", "Number-of-Victim", "Price", "Damage-Amount"})
# Between two wordings of one amount or one time: "53 bitcoins, equivalent to $335,000", "$92,000 (€82,183)".
_IN_OTHER_WORDS = re.compile(
    r"\s?[,(–—]{0,2}\s?(?:which (?:is|was) |or |that is )?(?:the equivalent of|equivalent to|equal to|worth)?"
    r"\s?(?:about|around|approximately|roughly|nearly)?\s?",
    re.IGNORECASE,
)
_PARTS_CLAUSE = re.compile(r"[,;.](?!\d)|\band\b")
# In characters.
_FARTHEST_OBJECT = 120


@dataclass(frozen=True, slots=True)
class IndexedMention:
    """A mention of an event that is not Generic, and the number of its event."""

    event: int
    mention: EventMention

    @property
    def trigger(self) -> Span:
        """Its trigger."""
        return self.mention.trigger


@dataclass(frozen=True)
class EventIndex:
    """A text, its sentences, and the event mentions in it, both in order."""

    text: str
    sentences: Sequence[Sentence]
    mentions: Sequence[IndexedMention]

    def sentence(self, position: int) -> Span:
        """Return the sentence that `position` is in or after."""
        index = bisect_right(self._sentence_starts, position) - 1
        return self.sentences[max(index, 0)].span

    def before(self, position: int) -> EventMention | None:
        """Return the last mention before `position`."""
        index = bisect_left(self.mentions, position, key=lambda one: one.trigger.start) - 1
        return self.mentions[index].mention if index >= 0 else None

    def object_of(self, cue: Span) -> EventMention | None:
        """Return the mention in the same clause after `cue`, or the one that `cue` is."""
        index = bisect_left(self.mentions, cue.start, key=lambda one: one.trigger.end)
        if index == len(self.mentions):
            return None
        start = self.mentions[index].trigger.start
        apart = start > cue.end + _FARTHEST_OBJECT or _PARTS_CLAUSE.search(self.text[cue.end : max(start, cue.end)])
        return None if apart else self.mentions[index].mention

    def nearest_in_sentence(self, span: Span) -> EventMention | None:
        """Return the mention in the sentence of `span` that is nearest to it."""
        sentence = self.sentence(span.start)
        first = bisect_left(self.mentions, sentence.start, key=lambda one: one.trigger.start)
        last = bisect_left(self.mentions, sentence.end, key=lambda one: one.trigger.start)
        inside = self.mentions[first:last]
        return min(inside, key=lambda one: abs(one.trigger.start - span.start)).mention if inside else None

    @cached_property
    def _sentence_starts(self) -> list[int]:
        """Return where the sentences begin; this is looked up for each claim."""
        return [sentence.span.start for sentence in self.sentences]


def indexed_mentions(events: Sequence[Event]) -> list[IndexedMention]:
    """Return the mentions of `events` that are not Generic, in the order of the text."""
    mentions = ((number, mention) for number, event in enumerate(events) for mention in event.mentions)
    actual = (IndexedMention(*pair) for pair in mentions if pair[1].realis is not Realis.GENERIC)
    return sorted(actual, key=lambda one: one.trigger)


def values_of(mention: EventMention, text: str) -> Iterator[tuple[ClaimKind, Argument]]:
    """
    Yield the arguments of `mention` that are an amount or a time, with the kind of claim that they make.

    "Now" is no date, and an amount that repeats the one before it in other words is left out.
    """
    last: Argument | None = None
    for argument in mention.arguments:
        kind = _value_kind(argument, text)
        if kind is None:
            continue
        if not (last and last.role == argument.role and _repeats(last, argument, text)):
            yield kind, argument
        last = argument


def _value_kind(argument: Argument, text: str) -> ClaimKind | None:
    if argument.role in _AMOUNTS:
        return ClaimKind.QUANTIFIES
    dated = argument.role == "Time" and argument.span.of(text).lower() not in words("vague_time")
    return ClaimKind.DATES if dated else None


def _repeats(last: Argument, argument: Argument, text: str) -> bool:
    return _IN_OTHER_WORDS.fullmatch(text, last.span.end, argument.span.start) is not None
