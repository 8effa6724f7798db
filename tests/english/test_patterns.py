"""Patterns of words match the longest phrase, and whole words where that is asked."""

import re

import pytest

from incidex.english.patterns import alternatives


def test_the_longest_phrase_wins() -> None:
    match = re.match(alternatives(["known", "known as"]), "known  as")
    assert match is not None
    assert match[0] == "known  as"


def test_a_star_stands_for_the_rest_of_a_word() -> None:
    assert re.fullmatch(alternatives(["phish*"]), "phishing")
    assert not re.fullmatch(alternatives(["phish*"]), "phishing page")


@pytest.mark.parametrize(("whole", "found"), [(True, False), (False, True)])
def test_a_whole_word_has_nothing_behind_it(whole: bool, found: bool) -> None:
    assert bool(re.match(alternatives(["leak"], whole=whole), "leaking")) is found
