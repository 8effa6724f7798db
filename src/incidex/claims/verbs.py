"""Reads a verb with its auxiliaries: is it passive, negated, an infinitive, and does it agree with its subject."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from incidex.claims.clause import Word
from incidex.claims.lexicon import Verb, lexicon, listed
from incidex.claims.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its auxiliaries: where it begins, without adverbs in front, and ends, and what they say."""

    first: int
    cue: int
    last: int
    passive: bool
    negated: bool
    infinitive: bool


def has_particle(words: Sequence[Word], index: int) -> bool:
    """Whether the second word of a verb of two follows: "out" behind "pointed"."""
    particle = lexicon().particles.get(words[index].lower)
    return particle is None or any(word.lower == particle for word in words[index + 1 : index + 2])


def group_of(words: Sequence[Word], index: int) -> Group:
    """Return the verb at `index` with its auxiliaries and the adverbs between them."""
    first, passive, negated, infinitive = index, False, False, False
    while first > 0:
        lower = words[first - 1].lower
        is_helper = lower in listed("be", "have", "do", "modals") or lower.endswith("n't")
        if not (
            is_helper
            or lower in listed("not", "adverbs")
            or (lower.endswith("ly") and lower != "family")
            or lower in listed("refuses")
        ):
            break
        passive |= lower in listed("be")
        negated |= lower in listed("not", "refuses") or lower.endswith("n't")
        infinitive |= lower == "to"
        first -= 1
    cue = first
    while cue < index and (words[cue].lower in listed("adverbs") or words[cue].lower.endswith("ly")):
        cue += 1
    last = index + 1 + (words[index].lower in lexicon().particles)
    passive |= first > 0 and words[first - 1].lower == "it's"  # "It's believed that"
    return Group(first, cue, last, passive and words[index].lower.endswith(("ed", "t", "n", "d")), negated, infinitive)


def past_day(words: Sequence[Word], index: int) -> int:
    """Return the index before "on Thursday" in "the company on Thursday said"."""
    first = index
    while first > 1 and words[first - 1].lower in listed("days"):
        first -= 1
    if first < index and words[first - 1].lower in ("on", "in", "late", "early", "last", "this", "later", "earlier"):
        first -= 1
    return first if first > 0 else index


def agrees(words: Sequence[Word], speaker: Phrase, group: Group, verb: Verb) -> bool:
    """Whether a plain form has a plural subject, or a helper: "experts say", "did say", but not "state officials"."""
    if verb.form != "base" or any(word.lower in listed("do", "modals") for word in words[group.first : group.last - 1]):
        return True
    inside = [word.lower for word in words[speaker.first : speaker.last]]
    if inside[-1].endswith("'s"):
        return False  # "Voters in Ohio's state senate": no verb.
    return any(re.search(r"(?<!')s$", word) or word in listed("plural") or word == "and" for word in inside)
