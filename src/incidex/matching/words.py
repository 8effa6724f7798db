"""Takes a text apart into words and names, and says how rare each is in reports about security."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from incidex.tables import table

# A word, with hyphens, dots and apostrophes inside: "zero-day", "10.3", "Scotty's".
_WORD = re.compile(r"[^\W_]+(?:[-.'’&][^\W_]+)*")
# What stands between two words and begins a new sentence, so that a capital says nothing.
_START = re.compile(r"[.!?:•“\"‘]")
_LONGEST = 40
# Words that the table does not have stand in fewer documents than its least; how many is a guess.
_UNKNOWN = 3
# The first that fits is taken off; what is left has at least three letters.
_ENDINGS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("ss", "ss"), ("s", ""), ("e", ""))
_SHORTEST_STEM = 3
# What says that a happening is not the first of its kind: "a second university", "two days after a hospital".
_ANOTHER = re.compile(
    r"\b(?:another|(?:a|the) second|also (?:suffered|hit|became|fell|been)"
    r"|(?:hours|days?|weeks?) after (?:a|an|the))\b",
    re.IGNORECASE,
)
# What says that a report tells what came of something: of justice, of authorities, of repair, of time that has passed.
_AFTERMATH = re.compile(
    r"\b(?:lawsuits?|sue[sd]?|suing|class action|settle[sd]?|settlement|fine[sd]|penalt(?:y|ies)|penali[sz]ed|charged"
    r"|indict\w*|plead(?:s|ed)|sentenced?|convicted|arrest(?:s|ed)?|extradit\w*|court|judge|tribunal|prosecutors?"
    r"|regulator|commissioner|watchdog|hearing|inquiry|audit(?:ors?)?|anniversary|aftermath|lessons"
    r"|recover(?:y|ing|ed)|rebuild\w*|(?:months?|years?) (?:after|on|later)"
    r"|last (?:year|month|spring|summer|autumn|fall|winter))\b",
    re.IGNORECASE,
)
# Words that nearly every report has are part of no name: "The Guardian", "Although Wonga".
_COMMON = 0.2


@dataclass(frozen=True, slots=True)
class Word:
    """
    A word of a sentence.

    Attributes:
        text: In lower case, without "'s".
        capital: Whether it is written with a capital letter.
        first: Whether it begins a sentence or a quotation, where a capital says nothing.
        joined: Whether only a blank lies between it and the word before.
    """

    text: str
    capital: bool
    first: bool
    joined: bool


def words(text: str) -> Iterator[Word]:
    """Yield the words of a sentence; those of more than 40 characters are left out."""
    end = 0
    for match in _WORD.finditer(text):
        start, between = match.start(), text[end : min(match.start(), end + 20)]
        end = match.end()
        if end - start > _LONGEST:
            continue
        written = match[0].replace("’", "'")
        written = written[:-2] if written[-2:] in ("'s", "'S") else written
        first = between == "" or bool(_START.search(between))
        lowered = written.lower()
        yield Word(lowered, lowered != written, first, joined=between == " ")


def names(sentence: Iterable[Word]) -> Iterator[str]:
    """
    Yield the capitalised words of a sentence, and the pairs of neighbours among them.

    Its first word is one only if reports seldom write it in small letters: "Democrats say", not "Records show". Days
    and months are none, and neither are words that all reports have, or what people and bodies are: "Mayor", "County".
    """
    told = [(word, word.capital and not (word.first and is_word(word.text))) for word in sentence]
    for name in _with_pairs(told):
        if all(map(tells_apart, name.split(" "))):
            yield name


def capitalised(sentence: Iterable[Word]) -> Iterator[str]:
    """Yield the capitalised words of a sentence, but for its first, and the pairs of neighbours among them."""
    return _with_pairs([(word, word.capital and not word.first) for word in sentence])


def _with_pairs(told: Sequence[tuple[Word, bool]]) -> Iterator[str]:
    """Yield the words that are marked, and the pairs of a capitalised word and a marked one right behind it."""
    yield from (word.text for word, marked in told if marked)
    for (left, _), (right, marked) in pairwise(told):
        if left.capital and marked and right.joined:
            yield f"{left.text} {right.text}"


def may_be_name(word: str) -> bool:
    """Return whether a word can be a name, or part of one: no day, no month, nothing that all reports have."""
    return len(word) > 1 and not _is_time(word) and rarity(word) > _COMMON


def tells_apart(word: str) -> bool:
    """Return whether a word can be a name that tells one thing from others of its kind."""
    return may_be_name(word) and word not in word_list("offices") and word not in word_list("bodies")


def _is_time(word: str) -> bool:
    return word in word_list("days") or word in word_list("months")


def stem(word: str) -> str:
    """Return a word without the endings of its plural and its past: "libraries" and "library" become one."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending) + instead
    return word


def is_another(text: str) -> bool:
    """Return whether a text says that what it tells of is another happening beside one that is known."""
    return bool(_ANOTHER.search(text))


def is_aftermath(text: str) -> bool:
    """Return whether a text tells what came of something that happened before: arrests, fines, suits, repair."""
    return bool(_AFTERMATH.search(text))


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the words of one list of words.yaml."""
    return frozenset(table("incidex.matching", "words")[name].split())


def rarity(word: str) -> float:
    """Return how rare a word is in reports about security: 0 if all have it, 1 if next to none."""
    return _rarity(_table().words.get(word, _UNKNOWN))


def name_rarity(name: str) -> float:
    """
    Return how rare a capitalised word, or a pair of them, is in reports about security: 0 if all have it, 1 if next to
    none.
    """
    return _rarity(_table().names.get(name, _UNKNOWN))


def is_word(word: str) -> bool:
    """Return whether reports about security write the word in small letters often."""
    counts = _table()
    return counts.words.get(word, 0) > 2 * counts.names.get(word, 0)


@dataclass(frozen=True, slots=True)
class _Table:
    """In how many documents, of how many, each word and each capitalised word or pair stands."""

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
