"""Checks which phrases can name who speaks."""

import pytest

from incidex.claims.nouns import can_speak
from incidex.english.tokens import tokenise


@pytest.mark.parametrize(
    ("phrase", "speaks"),
    [
        ("Dutch intelligence", True),
        ("US military intelligence", True),
        ("Germany's army", True),
        ("Western governments", True),
        ("threat intelligence", False),
        ("the army", False),
        ("intelligence", False),
        ("they", True),
        ("researchers", True),
        ("release", False),
        ("one of the researchers", True),
    ],
)
def test_who_can_speak(phrase: str, speaks: bool) -> None:
    assert can_speak(tokenise(phrase)) is speaks


def test_any_noun_with_an_article_can_speak_before_some_verbs() -> None:
    tokens = tokenise("the army")
    assert can_speak(tokens, loose=True)
