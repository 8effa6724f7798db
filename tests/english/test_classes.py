"""Each class of the lexicon is described, and the code asks for it."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from paths import ROOT

from incidex.english.lexicon import words
from incidex.tables import table

PARTS = ("verbs", "nouns", "adjectives", "adverbs", "function_words", "phrases", "names")
DESCRIBED = table("incidex.english", "lexicon/classes")
VALUES = table("incidex.english", "lexicon/values")
# The functions that take names of classes.
ASKING = {"words", "words_in", "lemmas", "subclasses", "values"}


def _classes() -> set[str]:
    named = {
        name for part in PARTS for classes in table("incidex.english", f"lexicon/{part}").values() for name in classes
    }
    return named.union(VALUES)


CLASSES = sorted(_classes())


def _wholes(name: str) -> set[str]:
    """Return a class and those that it is a part of: of "a.b.c" also "a.b" and "a"."""
    parts = name.split(".")
    return {".".join(parts[:end]) for end in range(1, len(parts) + 1)}


@cache
def _trees() -> tuple[ast.Module, ...]:
    """Return the modules that use words, also through the patterns of `link.indicators.context`."""
    texts = (path.read_text("utf-8") for path in sorted((ROOT / "src" / "incidex").rglob("*.py")))
    return tuple(ast.parse(text) for text in texts if "incidex.english" in text or "indicators.context" in text)


@cache
def _named_in_code() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the strings in the code that use words, and a pattern for those that it puts together: f"claim.{kind}"."""
    strings, beginnings = set(), set()
    for node in (node for tree in _trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            strings.add(node.value)
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            first = str(node.values[0].value)
            if re.fullmatch(r"[a-z_]+[._]", first):
                beginnings.add(re.escape(first))
    return frozenset(strings), re.compile("|".join(sorted(beginnings)))


def _asked() -> Iterator[str]:
    """Yield the names of classes that are written where the code asks for them."""
    for node in (node for tree in _trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Call):
            function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if function in ASKING:
                found = (argument.value for argument in node.args if isinstance(argument, ast.Constant))
                yield from (name for name in found if isinstance(name, str))


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_is_described(name: str) -> None:
    assert not _wholes(name).isdisjoint(DESCRIBED)


@pytest.mark.parametrize("name", CLASSES)
def test_the_code_asks_for_a_class(name: str) -> None:
    strings, put_together = _named_in_code()
    assert not _wholes(name).isdisjoint(strings) or put_together.match(name)


def test_each_class_that_the_code_asks_for_has_words() -> None:
    asked = set(_asked())
    assert len(asked) > 200
    assert all(words(name) for name in asked)


def test_each_class_that_is_described_has_words() -> None:
    assert all(words(name) for name in DESCRIBED)


def test_descriptions_are_sorted_sentences() -> None:
    assert list(DESCRIBED) == sorted(DESCRIBED)
    assert all(about.endswith((".", '."')) and about[0].isupper() for about in DESCRIBED.values())


@pytest.mark.parametrize("part", PARTS)
def test_no_word_is_in_a_class_twice(part: str) -> None:
    """A word of `values.yaml` is in its class already, and needs no line in another file for it."""
    for lemma, classes in table("incidex.english", f"lexicon/{part}").items():
        assert len(classes) == len(set(classes))
        assert not [name for name in classes if str(lemma) in VALUES.get(name, ())], lemma
