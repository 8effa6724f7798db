"""Recognises by-lines and date lines (the words are in furniture.yaml)."""

import re
from dataclasses import dataclass
from functools import cache

from incidex.english.lexicon import values
from incidex.records import BlockKind
from incidex.text.blocks.furniture import Mark, Phrase, by_first_word, furniture_content
from incidex.text.blocks.line_features import LineFeatures

_MOST_WORDS = 25
_DIGIT = re.compile(r"\d")
_STRIP = "()[]{},;:|·•*–—-_/<>»«\"'"
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:am|pm|a\.m|p\.m|z|h)?|\d{1,2}(?:am|pm)|\d{4}(?:gmt|utc|z)")
_FULL_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}(?:t\d{2}:\d{2}\S*)?")
_NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th|h|m|d)?|\d{1,2}\.\d{1,2}|[+-]\d{1,2}:?\d{2}|utc[+-]\d+")
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")
_AND = re.compile(r", | and | und | & ")
_BY = re.compile(r"\b(?:by|von)\b")
_IDENTIFIER = re.compile(r"(?=[\w-]*\d)[A-Z]{1,8}[\w-]{2,24}")
_ENTRY = re.compile(r"\d{4}: [^\W\d]")
_ADDRESS = re.compile(r"<?@?[\w.+-]+@?[\w.-]*>?")


@dataclass(frozen=True, slots=True)
class _Words:
    begins: dict[str, tuple[Phrase, ...]]
    hints: frozenset[str]
    roles: frozenset[str]
    role_heads: frozenset[str]
    connectors: frozenset[str]
    months: frozenset[str]
    date_words: frozenset[str]
    ago: frozenset[str]


def credit_mark(line: LineFeatures) -> Mark | None:
    """Return whether a line is a date line or a by-line; None if that is uncertain."""
    if line.words > _MOST_WORDS:
        return None
    words = _words()
    # "(Reporting by Ann Lee)" is in brackets at the end of agency copy.
    opened = line.plain[0] in "(["
    begin = _beginning(line.plain[opened:], words)
    # Most lines are dismissed here, so this is fast rather than exact.
    if not begin and words.hints.isdisjoint(line.plain.replace(",", " ").split()) and not _DIGIT.search(line.plain):
        return None
    if not begin and is_date(line):
        return Mark(BlockKind.DATE, "nothing but a date")
    found = _letters(line.raw[opened + len(begin) :], words, any_first=" " in begin)
    if not found:
        return None
    if found[0] == "D" and "N" in found and not begin and _has_date_words(line) and _BY.search(line.plain) is None:
        return Mark(BlockKind.DATE, "a date and where it was published")
    if _is_byline(line, begin, found):
        return Mark(BlockKind.BYLINE, f"by-line: {begin!r}" if begin else "a name with a date or a role")
    return None


def is_date(line: LineFeatures) -> bool:
    """Whether a line is a date or a time, perhaps with words such as "Updated" or "BST"."""
    words = _words()
    # "21 May 2026: first publication" is an entry of a history, "First publication: 21 May 2026" a date line.
    if line.words > _MOST_WORDS or _ENTRY.search(line.plain):
        return False
    tokens = [bare for token in line.plain.split(" ") if (bare := _bare(token))]
    # "Riverton, 3 March 2026": a place may precede the date.
    placed = len(tokens) > 1 and line.raw[0].isupper() and line.raw.split(" ", 1)[0].endswith(",")
    # "AB20-302A October 28, 2020": so may the number of an advisory.
    numbered = len(tokens) > 1 and _IDENTIFIER.fullmatch(line.raw.split(" ", 1)[0].rstrip(",:|")) is not None
    if (placed or numbered) and not _is_date_token(tokens[0], words):
        tokens = tokens[1:]
    return bool(tokens) and all(_is_date_token(token, words) for token in tokens) and _has_date(tokens, words)


def is_name(line: LineFeatures) -> bool:
    """Whether a line could consist of names of people, two to four capitalised words each."""
    if line.words > 12 or line.ends or line.raw.isupper() or not line.raw[0].isupper():
        return False
    return all(_is_one_name(part) for part in _AND.split(line.raw))


def is_role(line: LineFeatures) -> bool:
    """Whether a line is an author's job title ("Security correspondent")."""
    words = _words()
    tokens = _bare_words(line)
    known = words.roles | words.connectors
    return line.words <= 6 and not words.role_heads.isdisjoint(tokens) and all(token in known for token in tokens)


@cache
def _words() -> _Words:
    content = furniture_content()
    credits, dates = content["credits"], content["dates"]
    months = frozenset((*values("month"), *dates["months"]))
    return _Words(
        begins=by_first_word(
            Phrase(begin, BlockKind.BYLINE) for begin in sorted(credits["begins"], key=len, reverse=True)
        ),
        hints=frozenset((*credits["role_heads"], *dates["ago"])),
        roles=frozenset(credits["roles"]),
        role_heads=frozenset(credits["role_heads"]),
        connectors=frozenset(credits["connectors"]),
        months=months,
        date_words=months.union(dates["words"], values("weekday")),
        ago=frozenset(dates["ago"]),
    )


def _is_one_name(part: str) -> bool:
    words = _words()
    letters = [_token(token, words) for token in part.split()]
    return 2 <= letters.count("N") <= 4 and len(letters) <= 5 and set(letters) <= {"N", "C"}


def _beginning(plain: str, words: _Words) -> str:
    """Return the longest phrase that opens a by-line ("by", "written by"); empty if there is none."""
    first = plain.split(" ", 1)[0]
    begins = words.begins.get(first, ()) or words.begins.get(first.rstrip(":"), ())
    return next((phrase.words for phrase in begins if phrase.begins(plain)), "")


def _bare(token: str) -> str:
    return token.strip(_STRIP).rstrip(".")


def _bare_words(line: LineFeatures) -> list[str]:
    return [_bare(token) for token in line.plain.split()]


def _letters(written: str, words: _Words, *, any_first: bool) -> str:
    """
    Return a letter for each word: D date, R role, C connector, N name, A address or handle; empty if one fits none.

    With `any_first` the first word counts as a name however it is written: "Posted by kestrel_77".
    """
    found = ""
    for token in written.split():
        letter = _token(token, words)
        if letter == "X" and not (any_first and not found):
            return ""
        found += "N" if letter == "X" else letter
    return found


def _token(token: str, words: _Words) -> str:
    """Return the letter of `_letters` for a word, X for any other word, and an empty string for punctuation."""
    bare = _bare(token)
    lower = bare.lower()
    if not bare:
        return ""
    if _is_date_token(lower, words) and (lower not in words.connectors):
        return "D"
    if lower in words.roles:
        return "R"
    if lower in words.connectors:
        return "C"
    if "@" in bare and _ADDRESS.fullmatch(bare):
        return "A"
    return "N" if bare[0].isupper() and _NAME.fullmatch(bare) else "X"


def _is_date_token(token: str, words: _Words) -> bool:
    if token in words.date_words:
        return True
    if token.isalpha():
        return False
    return any(pattern.fullmatch(token) is not None for pattern in (_NUMBER, _CLOCK, _FULL_DATE))


def _has_date(tokens: list[str], words: _Words) -> bool:
    """Whether the date words contain an actual date or time: "March 2026", "2026-03-03", "14:32", "2 hours ago"."""
    if any(_CLOCK.fullmatch(token) or _FULL_DATE.fullmatch(token) for token in tokens):
        return True
    has_number = any(token[0].isdigit() for token in tokens)
    return has_number and not (words.months | words.ago).isdisjoint(tokens)


def _is_byline(line: LineFeatures, begin: str, found: str) -> bool:
    """Whether the letters of a line's words (see `_letters`) are those of a by-line."""
    if not (begin or line.raw[0].isalpha()):
        return False
    named = "N" in found or "A" in found
    if begin:
        # "By the way" and "By March" are not by-lines; "Reporting by Ann Lee." is one with a full stop.
        short = begin in ("by", "von", "par")
        return (named or "R" in found) and found[:1] in ("N", "R", "A") and not (short and line.ends)
    if line.ends or not named or found[:1] not in ("N", "D"):
        return False
    names = found.count("N")
    return (2 <= names <= 6 and "R" in found and _has_role(line)) or (
        (2 if _BY.search(line.plain) is None else 1) <= names <= 4 and _has_date_words(line)
    )


def _has_role(line: LineFeatures) -> bool:
    """Whether a role follows a comma, a bar or a dash, as in "Ann Lee, security correspondent"."""
    return bool(re.search(r"[,|·–—-]\s", line.raw)) and not _words().role_heads.isdisjoint(_bare_words(line))


def _has_date_words(line: LineFeatures) -> bool:
    """Whether the line has a date, separated from the name by punctuation, "on" or "by"."""
    if re.search(r"[|·•–—]|,\s+[^\W\d]|\s(?:on|am|by|von)\s", line.raw) is None:
        return False
    words = _words()
    tokens = [token for token in _bare_words(line) if token and _is_date_token(token, words)]
    return bool(tokens) and _has_date(tokens, words)
