"""Loads the word lists of organisations.yaml."""

from functools import cache
from typing import Any

from incidex.tables import table


@cache
def listed(*names: str) -> frozenset[str]:
    """Return the words of some lists."""
    return frozenset(word for name in names for word in _content()[name].split())


@cache
def class_of_noun() -> dict[str, str]:
    """Return what each noun says that an organisation is: "retailer" says "company"."""
    return {noun: kind for kind, nouns in _content()["nouns"].items() for noun in nouns.split()}


@cache
def class_of_end() -> dict[str, str]:
    """Return what the last word of a name says that an organisation is: "Health" says "hospital"."""
    more = {word: kind for kind, words in _content()["ends_say"].items() for word in words.split()}
    return more | class_of_noun()


@cache
def stands_for(kind: str) -> frozenset[str]:
    """Return what an organisation may be that a noun of `kind` takes the place of."""
    return frozenset(_content()["stands_for"][kind].split())


@cache
def known() -> dict[str, tuple[str, str]]:
    """Return, for each name that needs no context, what it is, and the name that it is the same as."""
    found: dict[str, tuple[str, str]] = {}
    for kind, names in _content()["known"].items():
        for entry in names.split(","):
            short, _, full = (part.strip().removeprefix("The ") for part in entry.partition("="))
            found[short] = (kind, full or short)
            # British papers write "Nato".
            if kind in ("agency", "body") and short.isupper() and len(short) > 3:
                found[short.capitalize()] = (kind, full or short)
            if full:
                found[full] = (kind, full)
    return found


def _content() -> Any:
    return table("incidex.link.organisations", "organisations")
