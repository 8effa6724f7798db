"""The words around names."""

import pytest

from incidex.link.names import name_patterns

_NAMES = ("ordinary", "guarded", "never", "numbered", "left_out", "may_be_left_out", "persons", "places_after", "days")


@pytest.mark.parametrize("name", _NAMES)
def test_lists_are_in_small_letters(name: str) -> None:
    assert name_patterns.words(name)
    assert all(word == word.lower() for word in name_patterns.words(name))


@pytest.mark.parametrize("behind", [" group", " hacking group", " ransomware gang", "” hackers", "-hackers"])
def test_behind_an_actor(behind: str) -> None:
    assert name_patterns.actor_behind().match(behind)


@pytest.mark.parametrize("behind", [" grouping", ", group", " groupware", " is a group"])
def test_not_behind_an_actor(behind: str) -> None:
    assert not name_patterns.actor_behind().match(behind)


@pytest.mark.parametrize("gap", [", also known as ", " (aka ", " (a.k.a. “", " gang, also known as the ", " – alias "])
def test_between_two_names_of_one_thing(gap: str) -> None:
    assert name_patterns.also_known().fullmatch(gap)


@pytest.mark.parametrize("gap", [", and ", " is known for ", ", unknown as "])
def test_not_between_two_names_of_one_thing(gap: str) -> None:
    assert not name_patterns.also_known().fullmatch(gap)
