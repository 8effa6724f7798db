"""A text in lower case has every character in its place."""

from hypothesis import given
from hypothesis import strategies as st

from incidex.english.tokens import lower


@given(st.text())
def test_no_character_moves(text: str) -> None:
    assert len(lower(text)) == len(text)


def test_a_letter_that_would_become_two_stays() -> None:
    assert lower("İstanbul ÄB") == "İstanbul äb"
