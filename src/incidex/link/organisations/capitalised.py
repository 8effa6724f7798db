"""Splits sentences into words, and finds the runs of capitalised words that may be names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from incidex.english.lexicon import subclasses, words
from incidex.english.tokens import Token
from incidex.link.organisations.known import known_organisations
from incidex.records import Span

# Shorter than the words of `incidex.english.tokens`: a dot ends a word, since names do not go on behind "Ostrel.The".
_WORD = re.compile(r"[^\W_]+(?:[-’'&][^\W_]+)*")
_ADDRESS = frozenset("@#/\\_=%")
_LONGEST = 40
_MOST_WORDS = 9
# Small words inside names, and how many words a name has at most that initials in brackets spell out.
_JOINTS = frozenset(("of", "for", "and", "the", "on", "in"))
_LONGEST_WITH_INITIALS = 14
# A line of more words is hardly a heading.
_HEADING_LENGTH = 8
# Two to five digits, but no year.
_NUMBER = re.compile(r"(?!(?:19\d|20[0-3])\d$)\d{2,5}")


@dataclass(frozen=True, slots=True)
class Words:
    """
    The words of a sentence, with what only the finder of organisations asks of a word.

    Attributes:
        tokens: The words, without "'s".
        gaps: The characters between each and the word before, at most three; empty for the first.
        possessive: Whether "'s" follows each.
        name_like: Whether each is written like a name and is not part of an address.
    """

    tokens: Sequence[Token]
    gaps: Sequence[str]
    possessive: Sequence[bool]
    name_like: Sequence[bool]

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.tokens)

    def __getitem__(self, place: int) -> Token:
        """Return the word at a place."""
        return self.tokens[place]

    def get(self, place: int) -> Token | None:
        """Return the word at a place, None if the sentence has no such place."""
        return self.tokens[place] if 0 <= place < len(self.tokens) else None


@dataclass(frozen=True)
class Run:
    """
    Capitalised words that stand together.

    Attributes:
        words: All words of the sentence.
        sentence: The number of the sentence.
        first: The place of its first word.
        last: The place behind its last word.
        article: Whether "The" precedes it inside a sentence, as part of a name: "in The Star".
    """

    words: Words
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
        return tuple(token.text for token in self.words.tokens[self.first : self.last])

    @property
    def possessive(self) -> bool:
        """Whether "'s" follows."""
        return self.words.possessive[self.last - 1]

    def before(self, distance: int = 1) -> Token | None:
        """Return a word before it, if there is one."""
        return self.words.get(self.first - distance)

    def behind(self, distance: int = 0) -> Token | None:
        """Return a word behind it, if there is one."""
        return self.words.get(self.last + distance)

    @property
    def gap_before(self) -> str:
        """The characters between it and the word before; empty if it begins the sentence."""
        return self.words.gaps[self.first]

    @property
    def gap_behind(self) -> str:
        """The characters between it and the word behind; empty if it ends the sentence."""
        return self.words.gaps[self.last] if self.last < len(self.words) else ""


def words_of(text: str, span: Span) -> Words:
    """Return the words of a sentence; those of more than 40 characters are not names."""
    tokens: list[Token] = []
    gaps: list[str] = []
    possessive: list[bool] = []
    name_like: list[bool] = []
    end = span.start
    for match in _WORD.finditer(text, span.start, span.end):
        start, last = match.span()
        owner = last - start > 2 and text[last - 2] in "’'" and text[last - 2 : last] in ("’s", "'s", "'S")
        stop = last - 2 if owner else last
        word = text[start:stop] if stop - start <= _LONGEST else text[start : start + _LONGEST]
        lower = word.lower()
        # Most words are in small letters, and no names.
        name = lower != word and stop - start <= _LONGEST
        name = name and _is_name_like(word, lower) and not _in_address(text, start, stop, span)
        # "En Marche! confirmed": the mark is part of the name.
        if name and last == stop and text[stop : stop + 2] == "! " and _goes_on(text, stop + 2):
            stop = last = stop + 1
        gaps.append(text[end:start][:3] if tokens else "")
        tokens.append(Token(word, lower, start, stop))
        possessive.append(owner)
        name_like.append(name)
        end = last
    return Words(tokens, gaps, possessive, name_like)


def is_title(sentence: Words) -> bool:
    """Return whether most of the longer words are capitalised, so that a capital says nothing: a headline."""
    longer = [token for token in sentence.tokens[1:300] if len(token.text) > 3]
    return len(longer) > 3 and sum(token.text[0].isupper() for token in longer) > 0.8 * len(longer)


def is_heading(sentence: Words, text: str) -> bool:
    """Return whether a short line has no word in small letters but prepositions and the like, and no full stop."""
    if not 1 < len(sentence) <= _HEADING_LENGTH or text[sentence[-1].end : sentence[-1].end + 1] not in ("", "\n"):
        return False
    small = words("preposition.inside_noun_phrase", "coordinator", "determiner")
    return all(token.text[0].isupper() or token.text.isdigit() or token.lower in small for token in sentence.tokens)


def runs(sentence: Words, number: int) -> Iterator[Run]:
    """Yield the runs of capitalised words of a sentence, without roles, titles, days and what begins sentences."""
    place = 0
    for first, like in enumerate(sentence.name_like):
        if first < place or not like or not _may_begin(sentence, first):
            continue
        place = _with_number(sentence, first, _end_of(sentence, first))
        article = sentence[first].lower == "the"
        start = first + 1 if article else first
        while (
            not article and start < place and not _can_be_name(sentence[start]) and not _is_behind_the(sentence, start)
        ):
            start += 1
        # "Carmaker Halvorsen" at the beginning of a sentence, or behind the place that a report is from.
        if (
            place - start > 1
            and sentence.gaps[start] != " "
            and kinds_of_nouns().get(sentence[start].lower) == "company"
            and not sentence[start + 1].text.isdigit()
        ):
            start += 1
        if start < place and not (first == 0 and _opens_report(sentence, place)):
            yield Run(sentence, number, start, place, article and _names_after_the(sentence, first, place))


@cache
def kinds_of_nouns() -> Mapping[str, str]:
    """Return what each noun in the singular says that an organisation is: "retailer" says "company"."""
    return subclasses("organisation", forms=("singular",))


@cache
def sentence_starts() -> frozenset[str]:
    """Return ordinary words that sentences begin with, and days and months: their capital does not make them names."""
    return words("sentence_start", "month", "weekday")


@cache
def titles() -> frozenset[str]:
    """Return forms of address, ranks and titles of office: what comes before a person's name."""
    return words("honorific") | words("office_title", forms=("singular",))


@cache
def jobs(*, corporate: bool = False) -> frozenset[str]:
    """
    Return job titles, and plurals of those that reports use for the staff of an organisation: "researchers".

    Other plurals are left out, since names have them: "Association of British Travel Agents".

    Args:
        corporate: Only those that nobody but an organisation has: "CEO", and not "owner".
    """
    part = ".corporate" if corporate else ""
    return words(f"job_title{part}", forms=("singular",)) | words(f"staff_noun{part}", forms=("plural",))


def _is_name_like(word: str, lower: str) -> bool:
    if not word[0].isupper() and word[:3].islower():
        return False
    return not lower.endswith(_compound_endings()) and not _is_contracted(lower)


def _is_contracted(lower: str) -> bool:
    """Return whether a word is a pronoun or an auxiliary with another word: "We've", "Don't"."""
    return ("'" in lower or "’" in lower) and lower.replace("’", "'").endswith(_contractions())


@cache
def _contractions() -> tuple[str, ...]:
    return tuple(words("contraction_ending"))


@cache
def _compound_endings() -> tuple[str, ...]:
    return tuple(words("compound_ending"))


def _goes_on(text: str, place: int) -> bool:
    """Return whether a sentence goes on behind an exclamation mark."""
    return text[place : place + 1].islower() or text[place : place + 1] == "("


def _opens_report(sentence: Words, place: int) -> bool:
    """Return whether a dash follows: "HALLBERG — Three hospitals" begins with the place that a report is from."""
    if place >= len(sentence) or sentence.gaps[place] not in (" — ", " – ", " - "):
        return False
    return sentence[place - 1].text.isupper()


def _names_after_the(sentence: Words, article: int, end: int) -> bool:
    """Return whether "The" is written as a part of a name: "in The Star", not "1. The DLL" or "The Art of War"."""
    if article == 0 or sentence.gaps[article] not in (" ", " (", ", "):
        return False
    if sentence.gaps[article] != ", " and not sentence[article - 1].text[0].islower():
        return False
    if end - article > 2 or end >= len(sentence):
        return True
    return sentence.gaps[end] != " " or sentence[end].lower != "of"


def _may_begin(sentence: Words, place: int) -> bool:
    token = sentence[place]
    if token.lower in titles() or token.lower in jobs():
        return False
    return place == 0 or token.lower == "the" or _can_be_name(token) or _is_behind_the(sentence, place)


def _is_behind_the(sentence: Words, place: int) -> bool:
    """Return whether a word that begins sentences begins a name: "in the Online Trust Alliance"."""
    if place < 2 or sentence[place - 1].text != "the" or place + 1 >= len(sentence):
        return False
    return sentence.name_like[place + 1] and sentence.gaps[place] == sentence.gaps[place + 1] == " "


def _with_number(sentence: Words, first: int, place: int) -> int:
    """Return the place behind a number that is part of a name, "Intel 471", which a year is not; else `place`."""
    if place >= len(sentence) or place - first > 3 or sentence.gaps[place] != " " or sentence.possessive[place - 1]:
        return place
    return place + 1 if _NUMBER.fullmatch(sentence[place].text) else place


def _can_be_name(token: Token) -> bool:
    return token.lower not in sentence_starts() or token.text.isupper()


def _end_of(sentence: Words, first: int) -> int:
    """Return the place behind the last word of the run that begins at `first`."""
    place = first + 1
    while place < len(sentence) and place - first < _MOST_WORDS:
        if sentence.possessive[place - 1]:
            break
        token = sentence[place]
        joined = sentence.name_like[place] and sentence.gaps[place] in (" ", " & ", "\n")
        # A heading without a full stop, and the text below it.
        if sentence.gaps[place] == "\n" and token.text in known_organisations():
            break
        if joined and token.lower not in jobs():
            if token.lower in titles():
                break
            place += 1
        elif ahead := _behind_joint(sentence, first, place):
            place = ahead
        else:
            break
    return place


def _behind_joint(sentence: Words, first: int, place: int) -> int | None:
    """Return the place behind what a small word at `place` joins to the name; None if the name ends there."""
    if sentence.gaps[place] != " " or sentence[place].lower not in _JOINTS:
        return None
    return (
        _before_initials(sentence, first, place)
        or _behind_of(sentence, first, place)
        or _behind_and(sentence, first, place)
    )


def _before_initials(sentence: Words, first: int, place: int) -> int | None:
    """Return the place of the initials that say that a name goes on: "Center for Rail and Road Studies (CRRS)"."""
    end = place
    while end < min(len(sentence), first + _LONGEST_WITH_INITIALS) and sentence.gaps[end] in (" ", " & "):
        if not sentence.name_like[end] and sentence[end].lower not in _JOINTS:
            return None
        end += 1
    if end >= len(sentence) or sentence.gaps[end] != " (" or not sentence[end].text.isupper():
        return None
    firsts = [at for at in range(first, end) if sentence.name_like[at]]
    short = sentence[end].text
    spelled = firsts[-len(short) :]
    fits = len(short) > 2 and "".join(sentence[at].text[0] for at in spelled) == short
    return end if fits and spelled[0] < place < spelled[-1] else None


def _behind_of(sentence: Words, first: int, place: int) -> int | None:
    """Return the place behind the next capitalised word in "Department of the Interior"."""
    head = sentence.tokens[max(first, place - 4) : place]
    institution = any(token.lower in words("institution", forms=("singular",)) for token in head)
    if sentence[place].lower not in ("of", "for", "and") or not institution or sentence.gaps[place] != " ":
        return None
    if sentence[place].lower == "and" and not any(token.lower == "of" for token in sentence.tokens[first:place]):
        return None
    ahead = place + 1
    while ahead < min(len(sentence), place + 3) and _is_small_part(sentence, ahead):
        ahead += 1
    follows = ahead < len(sentence) and sentence.name_like[ahead] and sentence.gaps[ahead] == " "
    return ahead + 1 if follows else None


def _is_small_part(sentence: Words, place: int) -> bool:
    return sentence[place].lower in ("of", "for", "and", "the") and sentence.gaps[place] == " "


def _behind_and(sentence: Words, first: int, place: int) -> int | None:
    """Return the place behind "the Securities and Exchange Commission", not behind "the FBI and the Rail Agency"."""
    head = sentence.tokens[first:place]
    if sentence[place].lower != "and" or sentence.gaps[place] != " " or not _may_have_and(sentence, first, head):
        return None
    if head[-1].text.isupper() or head[-1].text in known_organisations():
        return None
    end = place + 1
    while end < len(sentence) and _is_inner_name(sentence, end):
        end += 1
    public = sentence[end - 1].lower in words("public_body", forms=("singular",))
    return end if end > place + 2 and public else None


def _may_have_and(sentence: Words, first: int, head: Sequence[Token]) -> bool:
    """Return whether one word, or one behind that of a country, may begin a name with "and": "the US Patent and"."""
    article = head[0].lower == "the"
    rest = head[1:] if article else head
    before = sentence.get(first - 1)
    country = len(rest) > 1 and rest[0].lower in words("geographic_name")
    defined = article or (before is not None and before.lower in words("geographic_name", "description_opening"))
    return len(rest) == 1 + country and (defined or country)


def _is_inner_name(sentence: Words, place: int) -> bool:
    inside = sentence.name_like[place] and sentence.gaps[place] == " "
    return inside and sentence[place].lower not in jobs()


def _in_address(text: str, start: int, end: int, span: Span) -> bool:
    """Return whether a word is part of an address, a path, a file's name or a handle."""
    if start > span.start and (
        text[start - 1] in _ADDRESS or (text[start - 1] == "." and start > 1 and text[start - 2].isalnum())
    ):
        return True
    behind = text[end : min(end + 2, span.end)]
    return behind[:1] in ("@", "\\", "=", "_") or (behind[:1] == "." and behind[1:].isalnum())
