"""Reads the words around an argument: which verb it is the subject of, what introduces it, what it is called."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from incidex.english.lexicon import words
from incidex.english.tokens import Token, position_of
from incidex.records import Span

_DATELINE = re.compile(
    r"[A-Z][A-Z .,’'/-]{2,40},? ?(?:(?<=, )[A-Z][a-z.]{1,15}(?: [A-Z][a-z.]{1,15})?(?:, ?| (?=[(–—-])))?"
    r"(?:[\w.]{2,12} \d{1,2},? ?)?(?:\([\w .]{2,30}\) ?)?[-–—] "
)
# How many words an apposition or a list of names may have between a subject and its verb.
_LONGEST_APPOSITION = 14


class Verb(NamedTuple):
    """
    The verb that an argument is the subject of.

    Attributes:
        word: In lower case.
        at: Its place among the tokens.
        passive: Whether a form of "to be" stands before it.
    """

    word: str
    at: int
    passive: bool


def places_of(tokens: Sequence[Token], span: Span) -> tuple[int, int]:
    """Return the index of the first token of `span`, and that of the first one after it."""
    first = position_of(tokens, span.start)
    return first, max(first + 1, position_of(tokens, span.end - 1) + 1)


def verb_after(tokens: Sequence[Token], index: int) -> Verb | None:
    """Return the verb of a subject that ends before `index`; None if what follows is something else."""
    index = _after_relative(tokens, _after_apposition(tokens, _after_names(tokens, index)))
    passive = False
    while index < len(tokens) and tokens[index].lower in _before_verb():
        passive = passive or tokens[index].lower in words("auxiliary.be")
        index += 1
    if index >= len(tokens) or not tokens[index].is_word:
        return None
    word = tokens[index].lower
    particle = f"{word} {tokens[index + 1].lower}" if index + 1 < len(tokens) else word
    return Verb(particle if particle in _verbs() else word, index, passive and not word.endswith("ing"))


def apposition(tokens: Sequence[Token], index: int) -> Sequence[Token]:
    """Return the words of an apposition that begins at `index`: ", the researcher who first reported the leak,"."""
    if not (index + 1 < len(tokens) and tokens[index].text == "," and tokens[index + 1].lower in _articles()):
        return ()
    end = index + 1
    while end < len(tokens) and end - index <= _LONGEST_APPOSITION and tokens[end].text not in _STOPS:
        if tokens[end].lower in words("pronoun.relative", "description_break"):
            break
        end += 1
    return tokens[index + 1 : end]


def in_dateline(span: Span, sentence: Span, text: str) -> bool:
    """Return whether `span` stands in a dateline: "PORT ALDER, March 15 (Northern Wire) - Ferry operator ..."."""
    match = _DATELINE.match(text, sentence.start, min(sentence.end, sentence.start + 120))
    return bool(match and span.end <= match.end())


_STOPS = frozenset(",.;:()–—")


def _after_names(tokens: Sequence[Token], index: int) -> int:
    """Return where the names that go on a list end: "the Coast Bureau, and the Ministry of Health"."""
    end, named = index, False
    while end < len(tokens) and end - index <= 2 * _LONGEST_APPOSITION:
        token = tokens[end]
        if token.is_word and token.is_capitalised and token.lower not in words("pronoun.first_or_second"):
            named = True
        elif token.text != "," and token.lower not in _joining():
            break
        end += 1
    is_list = named and end < len(tokens) and tokens[end - 1].text != ","
    return end if is_list else index


def _after_apposition(tokens: Sequence[Token], index: int) -> int:
    """Return where an apposition or a remark in brackets ends that begins at `index`."""
    if index >= len(tokens) or tokens[index].text not in (",", "("):
        return index
    closing = ")" if tokens[index].text == "(" else ","
    if index + 1 < len(tokens) and tokens[index + 1].lower in words("pronoun.relative"):
        return index + 1
    for end in range(index + 1, min(len(tokens), index + _LONGEST_APPOSITION)):
        if tokens[end].text == closing:
            return end + 1
    return len(tokens)


def _after_relative(tokens: Sequence[Token], index: int) -> int:
    return index + 1 if index < len(tokens) and tokens[index].lower in (*words("pronoun.relative"), "that") else index


@cache
def _before_verb() -> frozenset[str]:
    return words(
        "finite_auxiliary", "auxiliary", "verb_group.adverb", "negation.verb", "hedge.hearsay", "hedge.likelihood"
    )


@cache
def _joining() -> frozenset[str]:
    return words("determiner", "agency_joint", "coordinator")


@cache
def _articles() -> frozenset[str]:
    return words("apposition_opening")


@cache
def _verbs() -> frozenset[str]:
    return words("outsider_act", "attack_act")
