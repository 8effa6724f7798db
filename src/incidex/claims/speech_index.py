"""Looks up what was read in a document by place: whose words it is in, and who is accused near it."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from incidex.claims.speeches import DocumentReading, Speech
from incidex.records import Span

# The rules by which who did it is claimed, rather than that it happened.
BLAMING_RULES = frozenset({"is behind", "who is behind", "X blames Y"})


@dataclass(frozen=True)
class SpeechIndex:
    """A text and what was read in it."""

    text: str
    reading: DocumentReading

    def innermost(self, span: Span) -> int | None:
        """Return the index of the smallest speech that `span` begins in, or whose reporting words it is."""
        speeches = self.reading.speeches
        first = bisect_left(self._contents, span.start - self._longest, key=lambda entry: entry[0].start)
        last = bisect_right(self._contents, span.start, key=lambda entry: entry[0].start)
        holding = {i for content, i in self._contents[first:last] if content.end > span.start}
        holding |= {i for _, i in self._contents[first : last + 2] if speeches[i].cue.start == span.start}
        if not holding:
            return None
        return min(
            holding, key=lambda i: (speeches[i].cue.start != span.start, speeches[i].goes_on, speeches[i].length, i)
        )

    def claims_responsibility(self, speech: Speech) -> bool:
        """Whether the claimant claims to have done it in the same words."""
        index = bisect_left(self.reading.responsibility, speech.cue.start, key=lambda entry: entry[0].cue.end)
        return any(claim.cue.start < speech.cue.end for claim, _ in self.reading.responsibility[index : index + 1])

    def is_blamed(self, trigger: Span) -> bool:
        """Whether `trigger` is what somebody is said to be behind: then who did it is claimed, not that it happened."""
        index = bisect_left(self._cues, trigger.start - 40)
        ends = self._cues[index : bisect_right(self._cues, trigger.start)]
        return any(not re.search(r"[,;.]", self.text[end : trigger.start]) for end in ends)

    def is_accused(self, span: Span) -> bool:
        """Whether an attribution already says that `span` did it."""
        index = bisect_left(self._accused, span.start - 200, key=lambda accused: accused.start)
        return any(accused.overlaps(span) for accused in self._accused[index : index + 8])

    def accuses_between(self, start: int, end: int) -> bool:
        """Whether an attribution accuses somebody between two positions."""
        index = bisect_left(self._accused, start, key=lambda accused: accused.start)
        return index < len(self._accused) and self._accused[index].start < end

    @cached_property
    def _contents(self) -> list[tuple[Span, int]]:
        return sorted((span, index) for index, speech in enumerate(self.reading.speeches) for span in speech.contents)

    @cached_property
    def _longest(self) -> int:
        """How far from `span` a speech that holds it may begin."""
        return max((span.end - span.start for span, _ in self._contents), default=0)

    @cached_property
    def _cues(self) -> list[int]:
        """Return where the words end that say who is behind what, or who is blamed for it."""
        return sorted(
            max(one.cue.end, one.accused.end) for one, _ in self.reading.attributions if one.rule in BLAMING_RULES
        )

    @cached_property
    def _accused(self) -> list[Span]:
        return sorted(one.accused for one, _ in self.reading.attributions)
