"""Checks the words that the rules for claims use."""

import pytest

from incidex.claims.attributions import attributions
from incidex.english.lexicon import forms_of, lemmas
from incidex.english.tokens import tokenise


@pytest.mark.parametrize(
    ("verb", "preposition"),
    [(verb, preposition) for preposition in ("for", "of") for verb in lemmas(f"blaming.{preposition}")],
)
def test_a_verb_of_blaming_says_who_did_it(verb: str, preposition: str) -> None:
    text = f"Acme {forms_of(verb, 'verbs')['past']} Pale Heron {preposition} the theft."
    assert [one.accused.of(text) for one in attributions(tokenise(text), text)] == ["Pale Heron"]
