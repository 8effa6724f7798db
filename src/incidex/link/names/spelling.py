"""Brings the spellings of a name into one form: "APT 28", "APT28" and "Apt-28" are one key."""

import re
import unicodedata
from dataclasses import dataclass

# A longer name is a sentence.
_LONGEST = 48

WORD = re.compile(r"[^\W_]+")
# "FancyBear", "WannaCry", "APT28", "njRAT" consist of parts.
PART = re.compile(r"[^\W\d_a-z]+(?![a-z])|[^\W\d_a-z]?[^\W\d_A-Z]+|\d+")
_REMARK = re.compile(r"\s*\([^()]*\)\s*$|^\s*\[[^\]]*\]\s*")
# What a virus scanner prints ("Backdoor.Win32.X"), and what is no name.
_NO_NAME = re.compile(r"[^\w\s.'’‐‑–-]|[^\W\d_]\.[^\W\d_]|^unidentified\b|^unknown\b|^unnamed\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spelling:
    """
    A name in the form in which names are compared.

    Attributes:
        key: Its letters and digits alone, in lower case.
        words: What stands between blanks and hyphens, in lower case.
        parts: The words, divided at capitals and digits too, in lower case.
        cuts: Where a part ends, counted in `key`: a spelling may put a blank or a hyphen there, and nowhere else.
    """

    key: str
    words: tuple[str, ...]
    parts: tuple[str, ...]
    cuts: frozenset[int]


def spelling(name: str) -> Spelling | None:
    """Return how `name` is compared with what texts write; None if it has no form that a text would use as a name."""
    bare = bare_name(name)
    if not bare or len(bare) > _LONGEST or _NO_NAME.search(bare):
        return None
    words = WORD.findall(bare)
    parts = [part for word in words for part in PART.findall(word)]
    key = "".join(words).casefold()
    if len(key) < 3 or key.isdigit() or "".join(parts).casefold() != key:
        return None
    lowered = tuple(part.casefold() for part in parts)
    cuts, at = set(), 0
    for part in lowered:
        at += len(part)
        cuts.add(at)
    return Spelling(key, tuple(word.casefold() for word in words), lowered, frozenset(cuts))


def bare_name(name: str) -> str:
    """Return `name` without a remark in brackets: "Mirai" for "Mirai (ELF)"."""
    return _REMARK.sub("", unicodedata.normalize("NFKC", name)).strip()
