"""Makes regular expressions of words and phrases."""

import re
from collections.abc import Iterable


def alternatives(phrases: Iterable[str], *, space: str = r"\s{1,3}", whole: bool = False) -> str:
    """
    Return the inside of a pattern that matches any of `phrases`, the longest first.

    Args:
        phrases: As written; a star at the end stands for the rest of a word ("indict*").
        space: What a blank in a phrase matches.
        whole: Whether a match has to end where a word ends.
    """
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(_escaped(phrase, space, whole) for phrase in ordered)


def _escaped(phrase: str, space: str, whole: bool) -> str:
    stem = phrase.removesuffix("*")
    end = r"\w{0,20}" if stem != phrase else r"(?!\w)" if whole else ""
    return re.escape(stem).replace(r"\ ", space) + end
