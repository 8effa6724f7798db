"""
Finds where a text writes a known name, in any spelling, and what that place looks like. Whether the name is meant is
decided in `incidex.link.names.disambiguate`.

One look-up per word says whether a name may begin there; names have few words, so the time is linear in the text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from incidex.english.names import WORD
from incidex.link.names.index import Name, Names
from incidex.records import Span

# Between the words of one name.
_SEPARATORS = frozenset(
    [" ", "-", "_", "\N{NO-BREAK SPACE}", "\N{HYPHEN}", "\N{NON-BREAKING HYPHEN}", "\N{EN DASH}", "\n"]
)
# A character before or behind a name that makes it part of an address, a path or a handle.
_BEFORE = frozenset("@\\=%")
_CONTEXT = 80


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where a text writes a known name.

    Attributes:
        span: The words of the name.
        name: The name.
        words: The words as written.
        before: The end of the text before it in its sentence, at most 80 characters.
        behind: The beginning of the text behind it in its sentence, at most 80 characters.
        sentence: The sentence.
        mixed: Whether the sentence is written with small letters, so that a capital means something.
    """

    span: Span
    name: Name
    words: tuple[str, ...]
    before: str
    behind: str
    sentence: Span
    mixed: bool


def find_places(text: str, sentence: Span, names: Names) -> Iterator[Place]:
    """Yield where `sentence` writes a name, the longest first where several begin; they may overlap."""
    tokens = [(match.start(), match.end()) for match in WORD.finditer(text, sentence.start, sentence.end)]
    mixed: bool | None = None
    for first, (start, end) in enumerate(tokens):
        word = text[start:end].casefold()
        longest = names.longest(word)
        # No name begins with an ordinary word in small letters, but many sentences contain one.
        if not longest or (text[start].islower() and (word in names.ordinary or end - start < 3)):
            continue
        for span, name, count in _names_from(text, tokens, first, longest, names):
            if _in_address(text, span, sentence):
                continue
            if mixed is None:
                mixed = _is_mixed(text, tokens)
            written = tuple(text[a:b] for a, b in tokens[first : first + count])
            before = text[max(sentence.start, span.start - _CONTEXT) : span.start]
            behind = text[span.end : min(sentence.end, span.end + _CONTEXT)]
            yield Place(span, name, written, before, behind, sentence, mixed)


def _names_from(
    text: str, tokens: Sequence[tuple[int, int]], first: int, longest: int, names: Names
) -> list[tuple[Span, Name, int]]:
    """Return the names that begin with a token, longest first, each with the number of its tokens."""
    found, key, cuts = [], "", []
    start, before = tokens[first][0], tokens[first][0]
    for count, (begin, end) in enumerate(tokens[first : first + longest], 1):
        if count > 1 and text[before:begin] not in _SEPARATORS:
            break
        key += text[begin:end].casefold()
        cuts.append(len(key))
        before = end
        name = names.find(key)
        if name is not None and name.cuts.issuperset(cuts):
            found.append((Span(start, end), name, count))
    return found[::-1]


def _in_address(text: str, span: Span, sentence: Span) -> bool:
    """Return whether the words are part of an address, a path, a file's name or a handle."""
    before = text[span.start - 1] if span.start > sentence.start else " "
    behind = text[span.end : span.end + 2] if span.end < sentence.end else "  "
    if before in _BEFORE or behind[:1] in ("@", "\\", "="):
        return True
    # ".locky" is the ending of a file's name.
    if before == "." or (before == "_" and span.start > 1 and text[span.start - 2].isalnum()):
        return True
    if behind[:1] in (".", "_") and behind[1:2].isalnum():
        return True
    around = text[max(sentence.start, span.start - _CONTEXT) : span.start].rsplit(None, 1)
    # Between the last space and the name.
    glued = around[-1] if around and not text[span.start - 1].isspace() and span.start > sentence.start else ""
    return "://" in glued or glued.lower().startswith("www.") or (glued.endswith("/") and "." in glued)


def _is_mixed(text: str, tokens: Sequence[tuple[int, int]]) -> bool:
    """Return whether at least two fifths of the longer words behind the first begin with a small letter."""
    # A few hundred words are enough of a text without full stops.
    longer = [text[start] for start, end in islice(tokens, 1, 300) if end - start >= 4]
    return bool(longer) and sum(letter.islower() for letter in longer) >= 0.4 * len(longer)
