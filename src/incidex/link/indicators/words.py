"""Loads the word lists of indicators.yaml, as sets and as patterns."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from incidex.tables import table

# What stands between two words of a phrase.
_GAP = r"[\s“”‘’\"'(:,<@–—-]"


@cache
def word_set(name: str) -> frozenset[str]:
    """Return the words of one list."""
    content = _content()[name]
    return frozenset(content.split() if isinstance(content, str) else content)


@cache
def owners(role: str) -> dict[str, str]:
    """Return the hosts that are known to be benign or a reference, and what each is."""
    return {host: what for what, hosts in _content()[role].items() for host in hosts.split()}


@cache
def letters_alike() -> dict[int, str]:
    """Return letters and digits with the Latin letter that each looks like, for `str.translate`."""
    return str.maketrans({alike: letter for letter, all_alike in _content()["alike"].items() for alike in all_alike})


@cache
def phrases(name: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the words or phrases of one list in lower-case text."""
    return re.compile(rf"(?<!\w)(?:{_alternatives(_content()[name])})")


@cache
def leading(name: str, between: int) -> re.Pattern[str]:
    """Return a pattern for lower-case text that ends with a phrase of one list and up to `between` words more."""
    return re.compile(
        rf"(?<!\w)({_alternatives(_content()[name])})(?:{_GAP}{{1,3}}[\w&.’'-]{{1,40}}){{0,{between}}}{_GAP}{{0,3}}$"
    )


@cache
def bad_thing() -> re.Pattern[str]:
    """Return a pattern for lower-case text that ends with such words as "malicious domains, including"."""
    bad, things, between = (_alternatives(_content()[name]) for name in ("bad", "things", "between"))
    return re.compile(
        rf"(?<!\w)((?:{bad})(?: [\w&-]{{1,30}}){{0,2}} (?:{things}))(?:{_GAP}{{1,3}}(?:{between})){{0,5}}{_GAP}{{0,3}}$"
    )


@cache
def following(name: str) -> re.Pattern[str]:
    """Return a pattern for lower-case text that begins with a word or phrase of one list."""
    return re.compile(rf"[\s”’\"')]{{0,3}}((?:{_alternatives(_content()[name])}))")


def _alternatives(written: Iterable[str]) -> str:
    """Return phrases as a pattern, longest first; a star at the end stands for the rest of a word."""
    ordered = sorted(written, key=len, reverse=True)
    return "|".join(
        re.escape(phrase.rstrip("*")) + (r"\w{0,20}" if phrase.endswith("*") else r"(?!\w)") for phrase in ordered
    )


def _content() -> Any:
    return table("incidex.link.indicators", "indicators")
