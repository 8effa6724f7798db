"""Tells which country a place is in, from its name: "Germany", "Bonn, Germany", "the U.S."."""

from collections.abc import Iterator
from functools import cache

from incidex.tables import table

_SHORT = 2


def country_in(place: str) -> str:
    """
    Return the country that a place is, or that stands behind its last comma, in English; empty if it names none.

    Codes of two letters are no names, as those of American states: "Wilmington, DE". "us" is no country, "US" is one.
    """
    last = place.rpartition(",")[2].strip(" .")
    name = last.removeprefix("the ").removeprefix("The ")
    if len(name.replace(".", "")) == _SHORT and not name.isupper():
        return ""
    return _countries().get(_plain(name), "")


def names_of(country: str) -> tuple[str, ...]:
    """Return the further names of a country by the name that `country_in` returns: code, other names, adjective."""
    return tuple(table("incidex.english", "countries").get(country, ()))


@cache
def _countries() -> dict[str, str]:
    return dict(_forms())


def _forms() -> Iterator[tuple[str, str]]:
    for country, others in table("incidex.english", "countries").items():
        for form in (country, *others[1:]):
            yield _plain(form), country


def _plain(name: str) -> str:
    return " ".join(name.replace(".", "").split()).casefold()
