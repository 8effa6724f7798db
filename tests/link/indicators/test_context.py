"""The words around an indicator end where its sentence does."""

import pytest

from incidex.link.indicators.context import context_of
from incidex.records import Span


def around(text: str, words: str = "X.example") -> tuple[str, str, str]:
    start = text.index(words)
    found = context_of(text, Span(start, start + len(words)), Span(0, len(text)))
    return found.before, found.behind, found.previous


@pytest.mark.parametrize(
    ("text", "before", "behind", "previous"),
    [
        pytest.param("It ran. The page X.example was Fake. It fell.", "the page ", " was fake", "", id="one sentence"),
        pytest.param("Page one.\nX.example\nPage two.", "", "", "page one.", id="a line of its own"),
        pytest.param(
            "They used two sites. Those include X.example.",
            "those include ",
            ".",
            "they used two sites",
            id="leads back",
        ),
        pytest.param("He said: “It is gone.” See X.example now", "see ", " now", "", id="a quotation ends"),
    ],
)
def test_sentences(text: str, before: str, behind: str, previous: str) -> None:
    assert around(text) == (before, behind, previous)


def test_a_text_without_an_end_gives_no_more_than_a_few_hundred_characters() -> None:
    before, behind, _ = around("a " * 10_000 + "X.example" + " b" * 10_000)
    assert (len(before), len(behind)) == (300, 200)


def test_the_block_is_the_limit() -> None:
    text = "secret X.example secret"
    found = context_of(text, Span(7, 16), Span(7, 16))
    assert (found.before, found.behind, found.sentence) == ("", "", " | ")
