"""Says how rare words and names are in reports about security, by a table that ships with the package."""

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Words that are missing from the table occur in fewer documents than its least; how many is a guess.
_UNKNOWN = 3
# So few of them have a word that it is hardly an ordinary one.
_FEW = 30


def rarity(word: str) -> float:
    """Return how rare a word is in reports about security: 0 if all of them have it, 1 if hardly any."""
    return _rarity(_table().words.get(word, _UNKNOWN))


def name_rarity(name: str) -> float:
    """Return how rare a capitalised word, or a pair of them, is in such reports; 0..1 as for `rarity`."""
    return _rarity(_table().names.get(name, _UNKNOWN))


def is_ordinary_word(word: str) -> bool:
    """Return whether such reports often write the word without a capital letter."""
    counts = _table()
    return counts.words.get(word, 0) > 2 * counts.names.get(word, 0)


def is_unknown_name(name: str) -> bool:
    """Return whether such reports have a single word neither as a name nor, but for a few, otherwise."""
    counts = _table()
    return " " not in name and name not in counts.names and counts.words.get(name, 0) < _FEW


@dataclass(frozen=True, slots=True)
class _Table:
    """In how many of all `documents` each word, and each capitalised word or pair, occurs."""

    documents: int
    words: dict[str, int]
    names: dict[str, int]


@cache
def _table() -> _Table:
    lines = files("incidex.matching").joinpath("frequencies.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:]]
    return _Table(
        int(lines[0].removeprefix("# ")),
        words={word: int(count) for word, count, _ in rows if count != "0"},
        names={word: int(count) for word, _, count in rows if count != "0"},
    )


@cache
def _rarity(count: int) -> float:
    documents = _table().documents
    return math.log(documents / count) / math.log(documents / _UNKNOWN)
