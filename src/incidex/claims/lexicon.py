"""Loads the words that claims are found by: the tables beside this file say which."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from incidex.records import ClaimKind
from incidex.tables import table

_PACKAGE = "incidex.claims"


@dataclass(frozen=True, slots=True)
class Verb:
    """
    One form of a verb that introduces what somebody says.

    Attributes:
        kind: The kind of the claim that it introduces.
        form: "base", "s", "past", "participle" or "ing"; "past" also where past and participle are the same.
        needs_clause: Whether it introduces a claim only with "that", a quotation or a clause behind it.
        with_as: Whether it introduces with "as".
    """

    kind: ClaimKind
    form: str
    needs_clause: bool
    with_as: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The verbs of `words.yaml` by their forms, and what has to follow those of two words: "point" has "out"."""

    verbs: dict[str, Verb]
    particles: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """Return the verbs, loaded once."""
    return Lexicon(*_verbs(table(_PACKAGE, "words")))


@cache
def listed(*names: str) -> frozenset[str]:
    """Return the words that `grammar.yaml` or `words.yaml` lists under any of `names`."""
    grammar, words = table(_PACKAGE, "grammar"), table(_PACKAGE, "words")
    entries = [grammar.get(name) or words[name] for name in names]
    return frozenset(word for entry in entries for word in (entry.split() if isinstance(entry, str) else entry))


@dataclass(frozen=True, slots=True)
class Sure:
    """What a word says about how sure somebody is: its kind and its band, both as in `hedges.yaml`."""

    kind: str
    band: str | None


@cache
def hedges() -> tuple[re.Pattern[str], dict[str, Sure]]:
    """Return a pattern that finds hedge words, the longest first, and what each says, by lower case."""
    words = table(_PACKAGE, "hedges")
    known: dict[str, Sure] = {}
    for kind, phrases in words["other"].items():
        known |= {phrase: Sure(kind, None) for phrase in phrases}
    for axis in ("likelihood", "confidence"):
        for band, phrases in words[axis].items():
            known |= {phrase: Sure(axis, band) for phrase in phrases}
    return re.compile(rf"\b(?:{alternatives(known)})\b", re.IGNORECASE), known


def band_range(band: str) -> tuple[int, int]:
    """Return the per cent, from and to, that a band of likelihood stands for."""
    low, high = table(_PACKAGE, "hedges")["bands"][band]
    return int(low), int(high)


def alternatives(phrases: Iterable[str]) -> str:
    """Return the inside of a pattern that matches any of `phrases`, the longest first, with any white space."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s{1,3}") for phrase in ordered)


def _verbs(words: dict[str, Any]) -> tuple[dict[str, Verb], dict[str, str]]:
    verbs: dict[str, Verb] = {}
    particles: dict[str, str] = {}
    for kind, lemmas in words["verbs"].items():
        for lemma in lemmas:
            first, _, rest = lemma.partition(" ")
            facts = (first in words["needs_clause"], first in words["with_as"])
            for word, form in _forms(first, words["irregular"].get(first)):
                verbs.setdefault(word, Verb(ClaimKind(kind), form, *facts))
                if rest:
                    particles[word] = rest
    return verbs, particles


def _forms(lemma: str, irregular: list[str] | None) -> list[tuple[str, str]]:
    if irregular:
        singular, past, participle, ing = irregular
        return [(lemma, "base"), (singular, "s"), (past, "past"), (participle, "participle"), (ing, "ing")]
    stem = lemma.removesuffix("e")
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        return [(lemma, "base"), (f"{stem[:-1]}ies", "s"), (f"{stem[:-1]}ied", "past"), (f"{stem}ing", "ing")]
    singular = f"{lemma}es" if lemma.endswith(("s", "sh", "ch")) else f"{lemma}s"
    return [(lemma, "base"), (singular, "s"), (f"{stem}ed", "past"), (f"{stem}ing", "ing")]
