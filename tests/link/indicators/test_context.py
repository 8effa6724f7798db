"""The words around an indicator end where its sentence does; phrases are found in them as whole words."""

import re

import pytest

from incidex.link.indicators.context import (
    beginning_with,
    containing,
    context_of,
    ending_with,
    ending_with_malicious_thing,
)
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


LISTS = ("sign_of_malice", "sign_of_attack", "sign_of_harm", "program_word", "bait")


@pytest.mark.parametrize("name", LISTS)
def test_a_phrase_does_not_begin_inside_a_word(name: str) -> None:
    pattern = containing(name)
    first = re.sub(r"\\w.*", "", pattern.pattern.partition("(?:")[2].partition("|")[0]).replace("(?!", "")
    word = first.replace("\\", "")
    assert pattern.search(f"so {word} it")
    assert not pattern.match(f"x{word}")


def test_what_leads_to_a_list_stands_at_the_end() -> None:
    assert ending_with_malicious_thing().search("they blocked malicious domains, including ")
    assert not ending_with_malicious_thing().search("malicious domains are blocked by the firm at ")


def test_words_may_stand_between_but_not_too_many() -> None:
    name = "sign_of_harm"
    word = next(one for one in ("hacked", "breached", "attacked") if containing(name).search(one))
    assert ending_with(name, 2).search(f"{word} the big ")
    assert not ending_with(name, 2).search(f"{word} the very big old ")


def test_what_follows_stands_at_the_beginning() -> None:
    assert beginning_with("refers_back").match("those domains")
    assert not beginning_with("refers_back").match("of those domains")
