"""Says what the tokens of a noun phrase are: a name, a pronoun, somebody who can speak."""

import re
from collections.abc import Sequence
from functools import cache

from incidex.english.lexicon import words
from incidex.english.tokens import Token


def is_name(token: Token) -> bool:
    """Whether a token is written like a name, and is no day, month or function word."""
    return token.is_capitalised and token.lower not in words(
        "time_word", "noun_phrase", "preposition.inside_noun_phrase", "pronoun.first_or_second"
    )


def is_noun(token: Token) -> bool:
    """Whether a token is a name or a noun that other nouns follow: "researchers at", "data from"."""
    return is_name(token) or token.lower in words("speaker", "modifying_noun")


def is_pronoun(tokens: Sequence[Token], *, with_verb: bool = False) -> bool:
    """Whether a phrase is a pronoun alone: "they"; with `with_verb`, also "they've"."""
    known = words("pronoun.subject", "pronoun.contracted") if with_verb else words("pronoun.subject")
    return len(tokens) == 1 and tokens[0].lower in known


def first_preposition(phrase: Sequence[str]) -> int:
    """Return the index of the preposition after the first part of a phrase, "for" in "a spokesman for the FBI"."""
    return next(
        (i for i, word in enumerate(phrase) if i and word in words("preposition.inside_noun_phrase")), len(phrase)
    )


def is_bystander(tokens: Sequence[Token]) -> bool:
    """Whether the head of a phrase is a noun for those who report, investigate or suffer: "the researchers"."""
    end = first_preposition([token.lower for token in tokens])
    in_name = end > 1 and tokens[end - 1].is_capitalised  # "Virgo Media" is no medium.
    return tokens[end - 1].lower in words("bystander") and not in_name


@cache
def plurals_without_s() -> frozenset[str]:
    """Return the plurals that do not end in -s: "people", "police"."""
    return words("plural_without_s", forms=("plural", "only"))


@cache
def actor_nouns() -> frozenset[str]:
    """Return the nouns for attackers. Some of them are victims in the plural: "a student", but not "students"."""
    return words("actor") | words("single_actor", forms=("singular",))


def can_speak(tokens: Sequence[Token], *, loose: bool = False) -> bool:
    """
    Whether a phrase can name who speaks, or a text that does: a name, a pronoun, or a noun of the class "speaker".

    With `loose`, any noun with a determiner can.
    """
    end = first_preposition([token.lower for token in tokens])
    if is_pronoun(tokens) or _is_arm_of_state(tokens[:end]):
        return True
    if len(tokens) == 1 and not _stands_alone(tokens[0]):
        return False
    if loose and tokens[0].lower in words("determiner"):
        return True
    head = _head(tokens[:end])
    if head.lower in words("quantity"):
        return end < len(tokens)  # "one of the researchers"
    return is_name(head) or head.lower == ")" or head.lower in words("speaker", "analysis")


def _head(tokens: Sequence[Token]) -> Token:
    """Return the noun that a phrase ends with, before a number: "group" in "the group 42"."""
    return tokens[-2] if tokens[-1].lower.isdigit() and len(tokens) > 1 else tokens[-1]


def _is_arm_of_state(tokens: Sequence[Token]) -> bool:
    """Whether a country speaks through a part of it: "Israel's army", but not "threat intelligence"."""
    states = words("place", "country")
    return tokens[-1].lower in words("arm_of_state") and any(
        _without_genitive(token) in states for token in tokens[:-1]
    )


def _without_genitive(token: Token) -> str:
    return re.sub(r"'s?$", "", token.lower)


def _stands_alone(token: Token) -> bool:
    """Whether a noun can speak without an article: "researchers", but not "release"."""
    uncountable = token.lower in words("analysis") or token.lower in plurals_without_s()
    countable = token.lower in words("speaker") and not uncountable
    return token.is_capitalised or not countable or token.lower.endswith("s")
