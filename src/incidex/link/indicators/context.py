"""Cuts out the words around an indicator: its sentence, and the one before where that leads back to it."""

import re
from dataclasses import dataclass

from incidex.link.indicators.words import following
from incidex.records import Span

_MOST_BEFORE = 300
_MOST_BEHIND = 200
_END = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])|\n")


@dataclass(frozen=True, slots=True)
class Context:
    """
    The words around an indicator, in lower case.

    Attributes:
        before: From the beginning of its sentence, at most 300 characters.
        behind: To the end of its sentence, at most 200 characters.
        previous: The sentence before, if the own one leads back to it ("Those domains include ..."), else empty.
    """

    before: str
    behind: str
    previous: str

    @property
    def sentence(self) -> str:
        """The sentence without the indicator."""
        return f"{self.before} | {self.behind}"


def context_of(text: str, span: Span, block: Span) -> Context:
    """Return the words around `span`, which stands in `block`; sentence ends are guessed."""
    left = text[max(block.start, span.start - _MOST_BEFORE) : span.start]
    right = text[span.end : min(block.end, span.end + _MOST_BEHIND)]
    ends = list(_END.finditer(left))
    before = left[ends[-1].end() :] if ends else left
    end = _END.search(right)
    previous = ""
    # An indicator on a line of its own belongs to the words above: "It downloads files from the following URLs."
    alone = not any(letter.isalpha() for letter in before)
    if ends and (alone or following("leads_back").match(before.lower())):
        previous = left[ends[-2].end() if len(ends) > 1 else 0 : ends[-1].start()]
    return Context(before.lower(), (right[: end.start()] if end else right).lower(), previous.lower())
