"""Checks the words that the rules for claims use, and what is said of their classes."""

import re

import pytest
from paths import ROOT

from incidex.claims.attributions import attributions
from incidex.english.lexicon import forms_of, lemmas, words
from incidex.english.tokens import tokenise
from incidex.tables import table

CLASSES = table("incidex.english", "lexicon/classes")
_ASKED = re.compile(r"words\(([^)]*)\)")


def test_each_class_that_is_described_has_words() -> None:
    assert all(words(name) for name in CLASSES)


def test_each_class_that_the_rules_ask_for_is_described() -> None:
    known = {*CLASSES, *(name.partition(".")[0] for name in CLASSES), "determiner"}
    for path in sorted((ROOT / "src" / "incidex" / "claims").glob("*.py")):
        for call in _ASKED.findall(path.read_text("utf-8")):
            asked = re.findall(r'"([a-z_.]+)"', call.partition("forms=")[0])
            assert set(asked) <= known, (path.name, call)


@pytest.mark.parametrize(
    ("verb", "preposition"),
    [(verb, preposition) for preposition in ("for", "of") for verb in lemmas(f"blaming.{preposition}")],
)
def test_a_verb_of_blaming_says_who_did_it(verb: str, preposition: str) -> None:
    text = f"Acme {forms_of(verb, 'verbs')['past']} Pale Heron {preposition} the theft."
    assert [one.accused.of(text) for one in attributions(tokenise(text), text)] == ["Pale Heron"]
