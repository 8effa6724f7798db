"""
The lexicon: which classes a word is in, and which forms it has.

The words are in `lexicon/`, one file for each part of speech and one line for each lemma:

    accuse: [blaming]                      verbs.yaml
    retailer: [organisation.company]       nouns.yaml

Forms are generated (accuse, accuses, accused, accusing; retailer, retailers); what does not follow the rules is in
`irregular.yaml`. A class is whatever a rule needs to know about a word; one with a dot is a part of a larger class.

What a word stands for (april is month 4, a kilobyte 1,000 bytes) is in `values.yaml`; its kinds are classes, too.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal

from incidex.tables import table

PartOfSpeech = Literal["verbs", "nouns", "adjectives", "adverbs", "function_words", "phrases", "names"]
Form = Literal["base", "s", "past", "participle", "ing", "singular", "plural", "only"]

_PACKAGE = "incidex.english"
_PARTS: tuple[PartOfSpeech, ...] = (
    "verbs",
    "nouns",
    "adjectives",
    "adverbs",
    "function_words",
    "phrases",
    "names",
)
_VERB_FORMS: tuple[Form, ...] = ("base", "s", "past", "participle", "ing")
_SIBILANTS = ("s", "x", "z", "sh", "ch")


@cache
def words(*classes: str, forms: tuple[Form, ...] = ()) -> frozenset[str]:
    """
    Return all forms of the words in any of `classes`, in lower case but for names.

    Args:
        classes: Such as "blaming" or "organisation.company". "organisation" alone means all its parts.
        forms: Only these forms; all if there are none.

    Raises:
        KeyError: There is no such class, which is a defect of the caller.
    """
    return frozenset(
        word
        for wanted in classes
        for lemma, part in _members(wanted)
        for form, word in forms_of(lemma, part).items()
        if not forms or form in forms
    )


@cache
def subclasses(whole: str, forms: tuple[Form, ...] = ()) -> Mapping[str, str]:
    """Return each form of each word in a part of the class `whole` with that part: {"retailers": "company"}."""
    found: dict[str, str] = {}
    for name in _index():
        head, dot, rest = name.partition(".")
        if head == whole and dot:
            found |= dict.fromkeys(words(name, forms=forms), rest)
    if not found:
        raise KeyError(whole)
    return found


@cache
def lemmas(*classes: str) -> tuple[str, ...]:
    """Return the words in any of `classes` in their plain form, in alphabetical order."""
    return tuple(sorted({lemma for wanted in classes for lemma, _ in _members(wanted)}))


@cache
def values(name: str) -> Mapping[str, Any]:
    """
    Return the words of the class `name` with what they stand for: of "month" {"january": 1, "jan": 1, ...}.

    Of the lexicon this loads `values.yaml` alone.
    """
    known: Mapping[str, Any] = table(_PACKAGE, "lexicon/values")[name]
    return known


@cache
def forms_of(lemma: str, part: PartOfSpeech) -> Mapping[Form, str]:
    """Return the forms of a word: of "say" {"base": "say", "s": "says", "past": "said", ...}."""
    first, space, rest = lemma.partition(" ")
    if part == "verbs":
        return {form: f"{word}{space}{rest}" for form, word in _verb_forms(first).items()}
    if part == "nouns":
        return {"singular": lemma, "plural": _plural(lemma)}
    return {"only": lemma}


def _verb_forms(lemma: str) -> dict[Form, str]:
    irregular = table(_PACKAGE, "lexicon/irregular")["verbs"].get(lemma)
    if irregular:
        return dict(zip(_VERB_FORMS, (lemma, *irregular), strict=True))
    stem = lemma.removesuffix("e")
    if lemma.endswith("y") and lemma[-2:-1] not in "aeou":
        return _regular(lemma, f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", f"{lemma}ing")
    singular = f"{lemma}es" if lemma.endswith(_SIBILANTS) else f"{lemma}s"
    return _regular(lemma, singular, f"{stem}ed", f"{lemma if lemma.endswith('ee') else stem}ing")


def _regular(lemma: str, singular: str, past: str, ing: str) -> dict[Form, str]:
    return dict(zip(_VERB_FORMS, (lemma, singular, past, past, ing), strict=True))


def _plural(lemma: str) -> str:
    irregular: str | None = table(_PACKAGE, "lexicon/irregular")["nouns"].get(lemma)
    if irregular:
        return irregular
    if lemma.endswith("y") and lemma[-2:-1] not in "aeou":
        return f"{lemma[:-1]}ies"
    return f"{lemma}es" if lemma.endswith(_SIBILANTS) else f"{lemma}s"


def _members(wanted: str) -> Iterable[tuple[str, PartOfSpeech]]:
    index = _index()
    names = [name for name in index if name == wanted or name.startswith(f"{wanted}.")]
    if not names:
        raise KeyError(wanted)
    return [member for name in names for member in index[name]]


@cache
def _index() -> dict[str, list[tuple[str, PartOfSpeech]]]:
    """Return the members of each class."""
    index: dict[str, list[tuple[str, PartOfSpeech]]] = {}
    for part in _PARTS:
        for lemma, classes in table(_PACKAGE, f"lexicon/{part}").items():
            for name in classes:
                index.setdefault(name, []).append((str(lemma), part))
    for name, entries in table(_PACKAGE, "lexicon/values").items():
        # As they are written: "kilobyte" and "kilobytes" are two entries.
        index.setdefault(name, []).extend((str(word), "function_words") for word in entries)
    return index
