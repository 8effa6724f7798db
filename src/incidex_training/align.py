"""Aligns the labelled sentences with CASIE's text, which differs in spaces, quotes and dashes."""

import unicodedata
from collections.abc import Sequence


def align(sentences: Sequence[str], content: str) -> list[tuple[int, ...] | None]:
    """
    Return for each sentence the index in `content` of each of its characters.

    Only letters and digits are compared, case-folded, first after the previous sentence, then from the start. Other
    characters get -1 unless they are at the same distance in `content`. A sentence that is not found, such as a title,
    gives None.
    """
    haystack, index = _folded(content)
    places: list[tuple[int, ...] | None] = []
    at = 0
    for sentence in sentences:
        needle, own = _folded(sentence)
        found = haystack.find(needle, at) if needle else -1
        found = haystack.find(needle) if needle and found < 0 else found
        if found < 0:
            places.append(None)
            continue
        at = found + len(needle)
        places.append(_characters(sentence, content, own, index[found:at]))
    return places


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of `text`, case-folded, and the index of each."""
    letters: list[str] = []
    index: list[int] = []
    for position, character in enumerate(text):
        for letter in unicodedata.normalize("NFKC", character).casefold():
            if letter.isalnum():
                letters.append(letter)
                index.append(position)
    return "".join(letters), index


def _characters(sentence: str, content: str, own: list[int], there: list[int]) -> tuple[int, ...]:
    place = [-1] * len(sentence)
    for mine, its in zip(own, there, strict=True):
        place[mine] = its
    # Punctuation inside annotated words ("$1,000", "O'Neil") follows the letter before it, as far as it is the same
    # character.
    for position in range(1, len(sentence)):
        before = place[position - 1]
        if place[position] < 0 <= before and before + 1 < len(content) and content[before + 1] == sentence[position]:
            place[position] = before + 1
    for position in range(len(sentence) - 2, -1, -1):
        after = place[position + 1]
        if place[position] < 0 < after and content[after - 1] == sentence[position]:
            place[position] = after - 1
    return tuple(place)
