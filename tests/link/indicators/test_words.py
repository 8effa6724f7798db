"""Phrases are found as whole words, at the beginning or end of what stands around an indicator."""

import re

import pytest

from incidex.link.indicators.words import bad_thing, following, leading, letters_alike, owners, phrases, word_set

LISTS = ("malice", "attack", "harm", "program", "bait")


@pytest.mark.parametrize("name", LISTS)
def test_a_phrase_does_not_begin_inside_a_word(name: str) -> None:
    pattern = phrases(name)
    first = re.sub(r"\\w.*", "", pattern.pattern.partition("(?:")[2].partition("|")[0]).replace("(?!", "")
    word = first.replace("\\", "")
    assert pattern.search(f"so {word} it")
    assert not pattern.match(f"x{word}")


def test_what_leads_to_a_list_stands_at_the_end() -> None:
    assert bad_thing().search("they blocked malicious domains, including ")
    assert not bad_thing().search("malicious domains are blocked by the firm at ")


def test_words_may_stand_between_but_not_too_many() -> None:
    name = "harm"
    word = next(one for one in ("hacked", "breached", "attacked") if phrases(name).search(one))
    assert leading(name, 2).search(f"{word} the big ")
    assert not leading(name, 2).search(f"{word} the very big old ")


def test_what_follows_stands_at_the_beginning() -> None:
    assert following("leads_back").match("those domains")
    assert not following("leads_back").match("of those domains")


def test_letters_that_look_alike_become_latin() -> None:
    assert "раура1".translate(letters_alike()) == "paypal".translate(letters_alike())  # all but "1" are Cyrillic


def test_lists_are_lower_case() -> None:
    for role in ("benign", "reference"):
        assert owners(role)
        assert all(host == host.lower() for host in owners(role))
    assert all(word == word.lower() for word in word_set("file_endings"))
