"""Says what the words of a noun phrase are: a name, a pronoun, somebody who can speak."""

import re
from collections.abc import Sequence

from incidex.claims.clause import Word
from incidex.claims.lexicon import listed


def is_name(word: Word) -> bool:
    """Whether a word is written like a name, and is no day, month or function word."""
    return word.capital and word.lower not in listed("days", "determiners", "ends", "joining", "first_person")


def is_pronoun(words: Sequence[Word], *, with_verb: bool = False) -> bool:
    """Whether a phrase is a pronoun alone: "they"; `with_verb`, "they've" is one as well."""
    known = listed("pronouns", "short_pronouns") if with_verb else listed("pronouns")
    return len(words) == 1 and words[0].lower in known


def joint_of(words: Sequence[str]) -> int:
    """Return the index of the preposition behind the first part of a phrase, "for" in "a spokesman for the FBI"."""
    return next((i for i, word in enumerate(words) if i and word in listed("joining")), len(words))


def can_speak(inside: Sequence[Word], *, loose: bool = False) -> bool:
    """
    Whether a phrase can name who speaks, or a text that does: a name, a pronoun, or a noun of the table.

    With `loose`, any noun with an article can.
    """
    if is_pronoun(inside):
        return True
    joint = joint_of([word.lower for word in inside])
    if _is_power(inside[:joint]):
        return True
    if len(inside) == 1 and not _stands_alone(inside[0]):
        return False
    head = inside[joint - 1]
    if head.lower.isdigit() and joint > 1:
        head = inside[joint - 2]
    can = is_name(head) or head.lower in listed("speakers") or head.lower in listed("findings") or head.lower == ")"
    return (
        can
        or (loose and inside[0].lower in ("the", "a", "an", "its", "his", "her", "their"))
        or (head.lower in listed("counts") and joint < len(inside))
    )


def _is_power(words: Sequence[Word]) -> bool:
    """Whether a country speaks by its arms: "Dutch intelligence", "Israel's army", but not "threat intelligence"."""
    states = listed("places", "states")
    return words[-1].lower in listed("arms") and any(_bare(word) in states for word in words[:-1])


def _bare(word: Word) -> str:
    """Return a word in lower case without the ending of a genitive."""
    return re.sub(r"'s?$", "", word.lower)


def _stands_alone(word: Word) -> bool:
    """Whether a noun can speak without an article: "researchers", but not "release"."""
    plain = word.lower in listed("speakers") and word.lower not in listed("plural", "findings")
    return word.capital or not plain or word.lower.endswith("s")
