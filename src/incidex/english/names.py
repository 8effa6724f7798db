"""
Brings names into one form, so that two spellings of a name are the same.

Three forms, from the mildest to the strongest:

    plain_name("The Acme Corp.")      "acme"     to group names by; keeps the spaces between words
    spelling("Fancy Bear").key        "fancybear" to look up the names of actors and software in a text
    name_key("En Marche!")            "enmarche" to compare with what has letters and digits alone: a domain, an account
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from incidex.english.lexicon import words

# Longer runs of words are sentences rather than names.
_LONGEST = 48

WORD = re.compile(r"[^\W_]+")
# The parts of "FancyBear", "WannaCry", "APT28" and "njRAT".
PART = re.compile(r"[^\W\d_a-z]+(?![a-z])|[^\W\d_a-z]?[^\W\d_A-Z]+|\d+")
_REMARK = re.compile(r"\s*\([^()]*\)\s*$|^\s*\[[^\]]*\]\s*")
# What a virus scanner prints ("Backdoor.Win32.X"), and placeholders.
_NO_NAME = re.compile(r"[^\w\s.'’‐‑–-]|[^\W\d_]\.[^\W\d_]|^unidentified\b|^unknown\b|^unnamed\b", re.IGNORECASE)


def plain_name(written: str) -> str:
    """
    Return a name in lower case, without determiner, title and legal form: "The Acme  Corp." is "acme".

    At least one word always stays: "the company" becomes "company".
    """
    parts: Sequence[str] = written.replace("’", "'").casefold().split()
    parts = without_legal_form(without_title(without_determiner(parts)))
    return " ".join(parts).rstrip(",")


def without_determiner(parts: Sequence[str]) -> Sequence[str]:
    """Return the words of a name without determiners in front: "The New York Times", "its Windows Server"."""
    return _without_first(parts, words("determiner"))


def without_introduction(parts: Sequence[str]) -> Sequence[str]:
    """Return the words of a name without lower-case words and determiners in front: "the group Grey Heron"."""
    start = 0
    while start < len(parts) - 1 and (parts[start].islower() or parts[start].lower() in words("determiner")):
        start += 1
    return parts[start:]


def without_possessive(name: str) -> str:
    """Return a name without a possessive ending: "Alder Ferries’s"."""
    return name.removesuffix("’s").removesuffix("'s")


def without_title(parts: Sequence[str]) -> Sequence[str]:
    """Return the words of a name without forms of address and ranks in front: "Mr. Macron", "Lt. Gen. Smith"."""
    return _without_first(parts, words("honorific"))


def without_legal_form(parts: Sequence[str]) -> Sequence[str]:
    """Return the words of a name without legal forms at the end: "Acme Holdings Ltd."."""
    end = len(parts)
    while end > 1 and parts[end - 1].casefold().strip(".,") in words("legal_form"):
        end -= 1
    return parts[:end]


@lru_cache(maxsize=1024)
def name_key(name: str) -> str:
    """Return the letters and digits of a name in lower case, without accents: "En Marche!" is "enmarche"."""
    decomposed = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in decomposed if letter.isalnum())


@dataclass(frozen=True, slots=True)
class Spelling:
    """
    How a name may be written.

    Attributes:
        key: Its letters and digits alone, in lower case: "APT 28", "APT28" and "Apt-28" are "apt28".
        words: What spaces and hyphens separate, in lower case.
        parts: The words, divided at capitals and digits too, in lower case.
        cuts: Where a part ends, counted in `key`: a text may put a space or hyphen there, and nowhere else.
    """

    key: str
    words: tuple[str, ...]
    parts: tuple[str, ...]
    cuts: frozenset[int]


def spelling(name: str) -> Spelling | None:
    """Return how texts may write `name`; None if no text would use it as a name."""
    bare = without_remark(name)
    if not bare or len(bare) > _LONGEST or _NO_NAME.search(bare):
        return None
    written = WORD.findall(bare)
    parts = [part for word in written for part in PART.findall(word)]
    key = "".join(written).casefold()
    if len(key) < 3 or key.isdigit() or "".join(parts).casefold() != key:
        return None
    lowered = tuple(part.casefold() for part in parts)
    cuts, end = set(), 0
    for part in lowered:
        end += len(part)
        cuts.add(end)
    return Spelling(key, tuple(word.casefold() for word in written), lowered, frozenset(cuts))


def without_remark(name: str) -> str:
    """Return `name` without a remark in brackets: "Mirai" for "Mirai (ELF)"."""
    return _REMARK.sub("", unicodedata.normalize("NFKC", name)).strip()


def _without_first(parts: Sequence[str], unwanted: frozenset[str]) -> Sequence[str]:
    start = 0
    while start < len(parts) - 1 and parts[start].casefold().rstrip(".") in unwanted:
        start += 1
    return parts[start:]
