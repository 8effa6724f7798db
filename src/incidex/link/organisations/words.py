"""Takes sentences apart into words, and finds the runs of capitalised words that may be names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from incidex.link.organisations.lexicon import class_of_noun, known, listed
from incidex.records import Span

_WORD = re.compile(r"[^\W_]+(?:[-’'&][^\W_]+)*")
_ADDRESS = frozenset("@#/\\_=%")
_LONGEST = 40
_MOST_WORDS = 9
_OF = ("of", "for", "and", "the")


class Word(NamedTuple):
    """
    A word of a sentence.

    Attributes:
        start: Where it begins in `Document.text`.
        end: Where it ends, without "'s".
        text: As written, without "'s".
        lower: The same in lower case.
        owner: Whether "'s" follows.
        gap: What stands between the word before and this one, at most three characters; empty for the first word.
        name: Whether it is written like a name, and is no part of an address.
    """

    start: int
    end: int
    text: str
    lower: str
    owner: bool
    gap: str
    name: bool


@dataclass(frozen=True)
class Run:
    """
    Capitalised words that stand together.

    Attributes:
        words: All words of the sentence.
        sentence: The number of the sentence.
        first: Its first word.
        last: The place behind its last word.
        article: Whether "The" stands before it inside a sentence, as part of a name: "in The Star".
    """

    words: Sequence[Word]
    sentence: int
    first: int
    last: int
    article: bool = False

    @cached_property
    def span(self) -> Span:
        """Its words, without "'s"."""
        return Span(self.words[self.first].start, self.words[self.last - 1].end)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Its words as written."""
        return tuple(word.text for word in self.words[self.first : self.last])

    @property
    def owner(self) -> bool:
        """Whether "'s" follows."""
        return self.words[self.last - 1].owner

    def before(self, distance: int = 1) -> Word | None:
        """Return a word before it, if there is one."""
        place = self.first - distance
        return self.words[place] if place >= 0 else None

    def behind(self, distance: int = 0) -> Word | None:
        """Return a word behind it, if there is one."""
        place = self.last + distance
        return self.words[place] if place < len(self.words) else None


def words_of(text: str, span: Span) -> list[Word]:
    """Return the words of a sentence; those of more than 40 characters are no names."""
    found: list[Word] = []
    end = span.start
    for match in _WORD.finditer(text, span.start, span.end):
        start, last = match.span()
        owner = last - start > 2 and text[last - 2 : last] in ("’s", "'s", "'S")
        stop = last - 2 if owner else last
        word = text[start : min(stop, start + _LONGEST)]
        lower = word.lower()
        name = lower != word and stop - start <= _LONGEST and (word[0].isupper() or not word[:3].islower())
        name = name and not lower.endswith(_adjectives()) and not _in_address(text, start, stop, span)
        # "En Marche! confirmed": the mark is part of the name.
        if (
            name
            and last == stop
            and text[stop : stop + 2] == "! "
            and (text[stop + 2 : stop + 3].islower() or text[stop + 2 : stop + 3] == "(")
        ):
            stop = last = stop + 1
        found.append(Word(start, stop, word, lower, owner, text[end : min(start, end + 3)] if found else "", name))
        end = last
    return found


def is_title(words: Sequence[Word]) -> bool:
    """Return whether most of the longer words are capitalised, so that a capital says nothing: a headline."""
    longer = [word for word in words[1:300] if len(word.text) > 3]
    return len(longer) > 3 and sum(word.text[0].isupper() for word in longer) > 0.8 * len(longer)


def runs(words: Sequence[Word], sentence: int) -> Iterator[Run]:
    """Yield the runs of capitalised words of a sentence, without roles, titles, days and what begins sentences."""
    place = 0
    while place < len(words):
        if not _may_begin(words, place):
            place += 1
            continue
        first = place
        place = _end_of(words, first)
        article = words[first].lower == "the"
        start = first + 1 if article else first
        while not article and start < place and not _can_be_name(words[start]):
            start += 1
        # "Carmaker Halvorsen" at the beginning of a sentence, or behind the place that a report is from.
        if place - start > 1 and words[start].gap != " " and class_of_noun().get(words[start].lower) == "company":
            start += 1
        if start < place and not (first == 0 and _opens_report(words, place)):
            yield Run(words, sentence, start, place, article and first > 0)


@cache
def _adjectives() -> tuple[str, ...]:
    return tuple(listed("before_names"))


def _opens_report(words: Sequence[Word], place: int) -> bool:
    """Return whether a dash follows: "HALLBERG — Three hospitals" begins with the place that a report is from."""
    return place < len(words) and words[place].gap in (" — ", " – ", " - ") and words[place - 1].text.isupper()


def _may_begin(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    if not word.name or word.lower in listed("titles") or (word.lower in listed("roles") and not word.text.isupper()):
        return False
    return word.lower not in listed("roles") and (place == 0 or word.lower == "the" or _can_be_name(word))


def _can_be_name(word: Word) -> bool:
    return word.lower not in listed("starters") or word.text.isupper()


def _end_of(words: Sequence[Word], first: int) -> int:
    """Return the place behind the last word of the run that begins at `first`."""
    place = first + 1
    while place < len(words) and place - first < _MOST_WORDS:
        if words[place - 1].owner:
            break
        if words[place].name and words[place].gap in (" ", " & ", "\n") and words[place].lower not in listed("roles"):
            if words[place].lower in listed("titles"):
                break
            place += 1
        elif ahead := _behind_of(words, first, place) or _behind_and(words, first, place):
            place = ahead
        else:
            break
    return place


def _behind_of(words: Sequence[Word], first: int, place: int) -> int | None:
    """Return the place behind the next capitalised word in "Department of the Interior"."""
    institution = any(word.lower in listed("before_of") for word in words[max(first, place - 4) : place])
    if words[place].lower not in ("of", "for", "and") or not institution or words[place].gap != " ":
        return None
    if words[place].lower == "and" and not any(word.lower == "of" for word in words[first:place]):
        return None
    ahead = place + 1
    while ahead < len(words) and words[ahead].lower in _OF and words[ahead].gap == " " and ahead < place + 3:
        ahead += 1
    return ahead + 1 if ahead < len(words) and words[ahead].name and words[ahead].gap == " " else None


def _behind_and(words: Sequence[Word], first: int, place: int) -> int | None:
    """Return the place behind "the Securities and Exchange Commission", not behind "the FBI and the Rail Agency"."""
    article = words[first].lower == "the"
    single = place == first + 1 + article and (article or (first > 0 and words[first - 1].lower == "the"))
    if words[place].lower != "and" or not single:
        return None
    if words[place - 1].text.isupper() or words[place - 1].text in known():
        return None
    end = place + 1
    while end < len(words) and words[end].name and words[end].gap == " " and words[end].lower not in listed("roles"):
        end += 1
    return end if end > place + 2 and words[end - 1].lower in listed("bodies") else None


def _in_address(text: str, start: int, end: int, span: Span) -> bool:
    """Return whether a word is part of an address, a path, a file's name or a handle."""
    if start > span.start and (
        text[start - 1] in _ADDRESS or (text[start - 1] == "." and start > 1 and text[start - 2].isalnum())
    ):
        return True
    behind = text[end : min(end + 2, span.end)]
    return behind[:1] in ("@", "\\", "=", "_") or (
        behind[:1] in (".", "/") and behind[1:].isalnum() and behind[:1] == "."
    )
