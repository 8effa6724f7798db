"""The words around names."""

import pytest

from incidex.link.names import name_patterns
from incidex.link.names.index import ambiguous_names

_LISTS = ("ordinary", "guarded", "never", "numbered")


@pytest.mark.parametrize("name", _LISTS)
def test_lists_are_in_small_letters(name: str) -> None:
    assert ambiguous_names(name)
    assert all(word == word.lower() for word in ambiguous_names(name))


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
