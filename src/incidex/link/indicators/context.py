"""
The words around an indicator: its sentence, and the one before if the sentence refers back to it; and patterns for what
these say, made of classes of the lexicon.
"""

import re
from dataclasses import dataclass
from functools import cache

from incidex.english.lexicon import words
from incidex.english.patterns import alternatives
from incidex.records import Span

_MOST_BEFORE = 300
_MOST_BEHIND = 200
_END = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])|\n")
# What separates the words between a phrase and the indicator.
_GAP = r"[\s“”‘’\"'(:,<@–—-]"


@dataclass(frozen=True, slots=True)
class Context:
    """
    The words around an indicator, in lower case.

    Attributes:
        before: From the beginning of its sentence, at most 300 characters.
        behind: To the end of its sentence, at most 200 characters.
        previous: The sentence before, if its own refers back to it ("Those domains include ..."), else empty.
    """

    before: str
    behind: str
    previous: str

    @property
    def sentence(self) -> str:
        """The sentence without the indicator."""
        return f"{self.before} | {self.behind}"


def context_of(text: str, span: Span, block: Span) -> Context:
    """Return the words around `span`, which is in `block`; ends of sentences are guessed."""
    left = text[max(block.start, span.start - _MOST_BEFORE) : span.start]
    right = text[span.end : min(block.end, span.end + _MOST_BEHIND)]
    ends = list(_END.finditer(left))
    before = left[ends[-1].end() :] if ends else left
    end = _END.search(right)
    previous = ""
    # An indicator on a line of its own belongs to the words above: "It downloads files from the following URLs."
    alone = not any(letter.isalpha() for letter in before)
    if ends and (alone or beginning_with("refers_back").match(before.lower())):
        previous = left[ends[-2].end() if len(ends) > 1 else 0 : ends[-1].start()]
    return Context(before.lower(), (right[: end.start()] if end else right).lower(), previous.lower())


@cache
def containing(name: str) -> re.Pattern[str]:
    """Return a pattern that finds any word or phrase of a class in lower-case text."""
    return re.compile(rf"(?<!\w)(?:{_any(name)})")


@cache
def ending_with(name: str, most_between: int) -> re.Pattern[str]:
    """Return a pattern for lower-case text that ends with a phrase of a class and up to `most_between` words more."""
    return re.compile(rf"(?<!\w)({_any(name)})(?:{_GAP}{{1,3}}[\w&.’'-]{{1,40}}){{0,{most_between}}}{_GAP}{{0,3}}$")


@cache
def beginning_with(name: str) -> re.Pattern[str]:
    """Return a pattern for lower-case text that begins with a word or phrase of a class."""
    return re.compile(rf"[\s”’\"')]{{0,3}}((?:{_any(name)}))")


@cache
def ending_with_malicious_thing() -> re.Pattern[str]:
    """Return a pattern for lower-case text that ends with such words as "malicious domains, including"."""
    modifiers, things, between = map(_any, ("malicious_modifier", "online_thing", "before_list"))
    return re.compile(
        rf"(?<!\w)((?:{modifiers})(?: [\w&-]{{1,30}}){{0,2}} (?:{things}))"
        rf"(?:{_GAP}{{1,3}}(?:{between})){{0,5}}{_GAP}{{0,3}}$"
    )


def _any(name: str) -> str:
    return alternatives(words(name), space=" ", whole=True)
