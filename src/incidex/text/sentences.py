"""Splits text into sentences with exact spans."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from incidex.records import BlockKind, Document, Sentence, Span
from incidex.tables import table
from incidex.text.readable import readable_text
from incidex.text.times.rules import dated_line

# Among them the marks behind bold, italic and code in Markdown: "**It is known.** It".
_CLOSING = "”’»›\"')\\]}*_`"
# What may precede the first word: quotes, brackets, currency signs, bullets, an ellipsis.
_BEFORE_WORD = "“‘„«‹\"'(\\[{$€£¥₹#@…*_`•·▪■●○◦‣⁃⬭►▶✓✔"

# Notes behind the full stop, and the target of a link that ends with it: "It is known.[1][2]", "[It is.](https://...)".
_REFERENCES = r"(?:\[\d{1,3}\]|(?<=\])\(https?://[^\s)]{1,2000}+\))*+"

# Where a sentence may end: its final punctuation with closing quotes and brackets, if followed by
# - white space, then a capital, a digit, or lower-case letters before a capital ("iPhone", "macOS"), perhaps after a
#   quote or bullet;
# - directly, a capital after a closing quote ('people.”It');
# - directly, a capitalised word after a lower-case letter ("word.The"), perhaps after an opening quote.
# Repeats are possessive and no text is scanned for two candidates, so the time is linear in the text.
_CANDIDATE = re.compile(
    rf"""
    (?<![.!?…])(?P<marks>[.!?…]++)[{_CLOSING}]*+{_REFERENCES}
    (?=
        \s++[{_BEFORE_WORD}]*+(?P<dash>[–—-]++)?+\s?+(?:[^\W_a-zß-öø-ÿ]|[a-z]{{1,8}}+[A-Z])
      | (?<=["”])[“"]?[A-Z]
      | (?P<glued>(?<=[a-z)][.!?])[“‘]?[A-Z][a-z]*+(?![^\s,’']))
    )
    """,
    re.VERBOSE,
)
_CHARACTER = re.compile(r"\S")
_LINE_START = re.compile(r"\n[ \t]{0,40}+(?=[*_(\d]|[A-Z][a-z])")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
# "A." keeps its full stop, so that the initials in "J. A. Poe" are not the word "A".
_NEXT_WORD = re.compile(rf"[\s{_BEFORE_WORD}–—-]*+([A-Z]\.|\w{{0,24}})")
# Dashes and slashes separate words here: "D-Calif.", "Corp./Inc.".
_WORD_START = re.compile(r"[\s“‘„«‹\"'(\[{/*_`–—-]")
_LIST_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-z]|[ivx]{1,4}|[IVX]{1,4}")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]|[^\W\d_a-z]")
_PLAIN_WORD = re.compile(r"[“‘\"'(]?(?:[a-z]+[’'-])*[a-z]{2,}\)?")
# "5 p.m. London time"
_PLACE_TIME = re.compile(r"\s+(?:[A-Z]\w{1,20}\s){1,3}[Tt]ime\b")
# How far back to look for the word before the punctuation: longer than any known word.
_LOOK_BACK = 32


def document_sentences(document: Document, *, most: int | None = None) -> tuple[Sentence, ...]:
    """
    Return the sentences of every block of `document` in order, without labels, each of the kind of its block.

    A document without blocks is taken as one block of body text. `most` is how many sentences are wanted at most.
    """
    return tuple(islice(_all_sentences(document), most))


def split_sentences(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """
    Return the sentences of `text`, or of the part `within` it, in order.

    Line breaks count as white space, but for those before a date and a colon, as in timelines; where all of them end
    sentences, split each line or block separately. The spans do not overlap and cover everything but the white space
    between them. Blank text has no sentences.
    """
    return tuple(_split(text, within))


def _all_sentences(document: Document) -> Iterator[Sentence]:
    if not document.blocks:
        yield from (Sentence(span, BlockKind.BODY) for span in _split(document.text, None))
        return
    text = readable_text(document)
    for block in document.blocks:
        yield from (Sentence(span, block.kind) for span in _split(text, block.span))


def _split(text: str, within: Span | None) -> Iterator[Span]:
    start, limit = (within.start, min(within.end, len(text))) if within else (0, len(text))
    for end in (*_dated_lines(text, start, limit), limit):
        yield from _in_part(text, start, end)
        start = end


def _dated_lines(text: str, start: int, limit: int) -> Iterator[int]:
    """Yield where the lines of a timeline begin, other than the first."""
    for match in _LINE_START.finditer(text, start, limit):
        if dated_line().match(text, match.end(), limit):
            yield match.end()


def _in_part(text: str, start: int, limit: int) -> Iterator[Span]:
    for end in _ends(text, start, limit):
        yield Span(_skip_space(text, start, end), end)
        start = end
    rest = text[start:limit].rstrip()
    if rest:
        yield Span(_skip_space(text, start, limit), start + len(rest))


def _ends(text: str, start: int, limit: int) -> Iterator[int]:
    """Yield where the sentences of `text[start:limit]` end, but for the rest after the last such place."""
    word = _LETTER_OR_DIGIT.search(text, start, limit)
    for candidate in _CANDIDATE.finditer(text, start, limit):
        # Punctuation without a word before it belongs to the sentence that follows, as in "... And then".
        if word and word.start() < candidate.start() and _is_end(candidate, word.start()):
            yield candidate.end()
            word = _LETTER_OR_DIGIT.search(text, candidate.end(), limit)


def _skip_space(text: str, start: int, limit: int) -> int:
    match = _CHARACTER.search(text, start, limit)
    return match.start() if match else limit


def _is_end(candidate: re.Match[str], start: int) -> bool:
    """Whether `candidate` ends the sentence whose first word is at `start`."""
    before = candidate.string[max(start, candidate.start() - _LOOK_BACK) : candidate.start()]
    token = "" if before[-1].isspace() else before.rsplit(maxsplit=1)[-1]
    marks, dash, glued = candidate.group("marks", "dash", "glued")
    if glued:
        return _ends_glued(token, candidate)
    if dash and marks != ".":
        # A dash continues the sentence ("Who did it? – The Example Times"); after a full stop it begins a list item.
        return False
    word = _WORD_START.split(token)[-1]
    if marks == "!" and word in _lexicon().exclaimed_names:
        return _starter_follows(candidate)
    if marks != ".":
        return True
    from_start = candidate.start() - len(before) == start
    if word in _lexicon().time_of_day:
        return _ends_after_time(candidate, start)
    return not _is_list_number(token, before, from_start) and _full_stop_ends(word, candidate)


def _ends_glued(token: str, candidate: re.Match[str]) -> bool:
    """Whether "word.The" is two sentences without a space between them, not a domain, a file name or code."""
    whole = len(token) < _LOOK_BACK
    return whole and _PLAIN_WORD.fullmatch(token) is not None and _next_word(candidate) not in _lexicon().suffixes


def _is_list_number(token: str, before: str, from_start: bool) -> bool:
    """Whether `token`, the end of `before`, is the number of a list item, at the start of a sentence or of a line."""
    if not _LIST_NUMBER.fullmatch(token):
        return False
    indent = before[: -len(token)].rstrip(" \t\u00a0")
    return indent.endswith(("\n", "\r")) or (from_start and not indent)


def _full_stop_ends(word: str, candidate: re.Match[str]) -> bool:
    """Whether a full stop after `word` ends a sentence, not just an abbreviation."""
    lexicon = _lexicon()
    if word in lexicon.never_end:
        return False
    if word in lexicon.before_number:
        return not _next_word(candidate)[:1].isdigit()
    if word in lexicon.seldom_end or _INITIALS.fullmatch(word):
        return _starter_follows(candidate)
    return True


def _ends_after_time(candidate: re.Match[str], start: int) -> bool:
    """Whether a full stop after "a.m" or "p.m" ends the sentence that begins at `start`."""
    lexicon, following = _lexicon(), _next_word(candidate)
    if following in lexicon.starters:
        return True
    if (
        not following[:1].isupper()
        or following in lexicon.continues_time
        or _PLACE_TIME.match(candidate.string, candidate.end(), candidate.endpos)
    ):
        return False
    words = candidate.string[max(start, candidate.start() - _LOOK_BACK) : candidate.start()].split()
    if len(words) > 2 and words[-3] in lexicon.before_noun:
        return False
    opening = candidate.string[start : start + _LOOK_BACK].split(maxsplit=1)[0]
    return opening not in lexicon.opens_with_time or candidate.start() - start > _LOOK_BACK


def _starter_follows(candidate: re.Match[str]) -> bool:
    return _next_word(candidate) in _lexicon().starters


def _next_word(candidate: re.Match[str]) -> str:
    match = _NEXT_WORD.match(candidate.string, candidate.end(), candidate.endpos)
    return match[1] if match else ""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The lists of `abbreviations.yaml`, under the same names."""

    never_end: frozenset[str]
    before_number: frozenset[str]
    seldom_end: frozenset[str]
    exclaimed_names: frozenset[str]
    time_of_day: frozenset[str]
    continues_time: frozenset[str]
    opens_with_time: frozenset[str]
    before_noun: frozenset[str]
    starters: frozenset[str]
    suffixes: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon(
        **{name: frozenset(words) for name, words in table("incidex.english", "lexicon/abbreviations").items()}
    )
