"""Splits sentences into the words that reports are compared by, and finds the names among them."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from incidex.english import lexicon
from incidex.english.names import plain_name
from incidex.english.patterns import alternatives
from incidex.english.tokens import Token
from incidex.matching.frequencies import is_ordinary_word, rarity

# A word with the hyphens, dots and apostrophes inside it: "zero-day", "10.3", "Scotty's". It is simpler than that of
# `english.tokens`, since the table of frequencies was counted with it.
_WORD = re.compile(r"[^\W_]+(?:[-.'’&][^\W_]+)*")
# Signs before a word that begins a sentence or a quotation.
_OPENING = re.compile(r"[.!?:•“\"‘]")
_LONGEST_WORD, _LONGEST_GAP = 40, 20
# The first that fits is taken off; what is left has at least three letters.
_ENDINGS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("ss", "ss"), ("s", ""), ("e", ""))
_SHORTEST_STEM = 3
# Words that nearly every report has are part of no name: "The Guardian", "Although Wonga".
_COMMON = 0.2
_LONGEST_NAME = 80


def words(text: str) -> list[Token]:
    """Return the words of a sentence without a possessive "'s"; those of more than 40 characters are left out."""
    found = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if end - start <= _LONGEST_WORD:
            written = match[0][:-2] if match[0].endswith(("'s", "'S", "’s", "’S")) else match[0]
            found.append(Token(written, written.lower().replace("’", "'"), start, start + len(written)))
    return found


def has_capital(word: Token) -> bool:
    """Return whether a word has a capital letter anywhere: "Acme", "iPhone"."""
    return word.text != word.text.lower()


def begins_sentence(word: Token, text: str) -> bool:
    """Return whether a word begins a sentence or a quotation in `text`, so that a capital letter says nothing."""
    start = word.start
    while start and not text[start - 1].isalnum():
        start -= 1
    gap = text[start : min(word.start, start + _LONGEST_GAP)]
    return not gap or bool(_OPENING.search(gap))


def is_adjacent(word: Token, text: str) -> bool:
    """Return whether only a space lies between a word of `text` and the word before it."""
    return word.start > 1 and text[word.start - 1] == " " and text[word.start - 2].isalnum()


def names(sentence: Sequence[Token], text: str) -> Iterator[str]:
    """
    Yield the capitalised words of a sentence, and the pairs of neighbours among them, in lower case.

    The first word counts only if reports seldom write it without a capital: "Democrats say", not "Records show". Days,
    months, words that all reports have, and words for offices and public bodies ("Mayor", "County") are left out.
    """
    marked = [
        has_capital(word) and not (is_ordinary_word(word.lower) and begins_sentence(word, text)) for word in sentence
    ]
    for name in _with_pairs(sentence, text, marked):
        if all(map(is_distinctive, name.split(" "))):
            yield name


def capitalised(sentence: Sequence[Token], text: str) -> Iterator[str]:
    """Yield the capitalised words of a sentence but the first, and the pairs of neighbours among them."""
    return _with_pairs(sentence, text, [has_capital(word) and not begins_sentence(word, text) for word in sentence])


def may_be_name(word: str) -> bool:
    """Return whether a word can be a name or part of one: no day, no month, and nothing that all reports have."""
    return len(word) > 1 and word not in lexicon.words("month", "weekday_name") and rarity(word) > _COMMON


def is_distinctive(word: str) -> bool:
    """Return whether a word can be a name that tells its bearer from others of the same kind."""
    return may_be_name(word) and word not in lexicon.words("name_part", forms=("singular", "only"))


def proper_name(written: str) -> str:
    """Return a name in the form of `english.names.plain_name`; empty for "the company", "users" and the like."""
    found = words(written[:_LONGEST_NAME])
    if not any(has_capital(word) and may_be_name(word.lower) and not is_ordinary_word(word.lower) for word in found):
        return ""
    return plain_name(" ".join(word.lower for word in found))


def stem(word: str) -> str:
    """Return a word without the endings of plural and past: "libraries" and "library" become one."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending) + instead
    return word


def announces_another(text: str) -> bool:
    """Return whether a text says that its incident is not the first of its kind: "a second university"."""
    return bool(_pattern("another_incident").search(text))


def tells_aftermath(text: str) -> bool:
    """Return whether a text is about the aftermath of an earlier incident: arrests, fines, lawsuits, recovery."""
    return bool(_pattern("aftermath").search(text))


def _with_pairs(sentence: Sequence[Token], text: str, marked: Sequence[bool]) -> Iterator[str]:
    """Yield the marked words, and each marked word together with a capitalised one right before it."""
    yield from (word.lower for word, is_marked in zip(sentence, marked, strict=True) if is_marked)
    for (left, right), is_marked in zip(pairwise(sentence), marked[1:], strict=True):
        if is_marked and has_capital(left) and is_adjacent(right, text):
            yield f"{left.lower} {right.lower}"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(lexicon.words(name), space=' ')})\b", re.IGNORECASE)
