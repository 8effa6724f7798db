"""Answers where in a document its events are told: which mention stands before, behind or beside a place."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from incidex.records import Event, EventMention, Realis, Sentence, Span


@dataclass(frozen=True, slots=True)
class Told:
    """A mention of an event that is not Generic, and the number of its event."""

    event: int
    mention: EventMention

    @property
    def span(self) -> Span:
        """Its trigger."""
        return self.mention.trigger


def told_in(events: Sequence[Event]) -> list[Told]:
    """Return the mentions of `events` that are not Generic, in the order of the text."""
    return sorted(
        (
            Told(number, mention)
            for number, event in enumerate(events)
            for mention in event.mentions
            if mention.realis is not Realis.GENERIC
        ),
        key=lambda one: one.span,
    )


@dataclass(frozen=True)
class Facts:
    """A text, its sentences, and the mentions of events in it, both in order."""

    text: str
    sentences: Sequence[Sentence]
    told: Sequence[Told]

    def sentence(self, position: int) -> Span:
        """Return the sentence that `position` is in or behind."""
        index = bisect_right(self._starts, position) - 1
        return self.sentences[max(index, 0)].span

    def before(self, position: int) -> EventMention | None:
        """Return the last mention before `position`."""
        index = bisect_left(self.told, position, key=lambda one: one.span.start) - 1
        return self.told[index].mention if index >= 0 else None

    def right_behind(self, cue: Span) -> EventMention | None:
        """Return the mention in the same clause behind `cue`, or the one that `cue` is."""
        index = bisect_left(self.told, cue.start, key=lambda one: one.span.end)
        near = self.told[index].span if index < len(self.told) else None
        if (
            near is None
            or near.start > cue.end + 120
            or re.search(r"[,;.]|\band\b", self.text[cue.end : max(near.start, cue.end)])
        ):
            return None
        return self.told[index].mention

    def in_sentence(self, span: Span) -> EventMention | None:
        """Return the mention in the sentence of `span` that is nearest to it."""
        sentence = self.sentence(span.start)
        first = bisect_left(self.told, sentence.start, key=lambda one: one.span.start)
        last = bisect_left(self.told, sentence.end, key=lambda one: one.span.start)
        near = self.told[first:last]
        return min(near, key=lambda one: abs(one.span.start - span.start)).mention if near else None

    @cached_property
    def _starts(self) -> list[int]:
        """Return where the sentences begin; this is looked up for each claim."""
        return [one.span.start for one in self.sentences]
