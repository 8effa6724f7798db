"""Loads the word lists of names.yaml, as sets and as patterns for what stands before and behind a name."""

import re
from functools import cache
from typing import Any

from incidex.tables import table

_PAUSE = r"(?:,| [–—-])?"
_QUOTES = "\"'“”‘’«»"


@cache
def words(name: str) -> frozenset[str]:
    """Return the entries of one list: its words or, where "|" parts them, its phrases."""
    content = _content()[name]
    return frozenset(entry.strip() for entry in content.split("|")) if "|" in content else frozenset(content.split())


@cache
def actor_behind() -> re.Pattern[str]:
    """Return a pattern for text behind a name that says that the name is an actor's."""
    nouns, groups, adjectives = (_any(name) for name in ("actor_nouns", "group_nouns", "actor_adjectives"))
    return re.compile(
        rf"[{_QUOTES}]?[ -](?:(?:{adjectives})[ -]){{0,3}}(?P<noun>{nouns}|{groups})(?![\w-])", re.IGNORECASE
    )


@cache
def malware_behind() -> re.Pattern[str]:
    """Return a pattern for text behind a name that says that the name is a malware's."""
    return re.compile(
        rf"[{_QUOTES}]?[ -](?:(?:{_any('malware_adjectives')})[ -]){{0,2}}(?P<noun>{_any('malware_nouns')})(?!\w)",
        re.IGNORECASE,
    )


@cache
def actor_before() -> re.Pattern[str]:
    """Return a pattern for the end of a text before a name that says that the name is an actor's."""
    nouns, groups, adjectives = (_any(name) for name in ("actor_nouns", "group_nouns", "actor_adjectives"))
    hackers = rf"(?:(?:{adjectives})[ -](?:{groups})|{nouns})"
    return re.compile(
        rf"(?<!\w)(?P<noun>(?:{hackers}(?:{_PAUSE} (?:{_any('introducing')}))?"
        rf"|(?:{groups}){_PAUSE} (?:{_any('self_naming')})))"
        rf" (?:the )?[{_QUOTES}]?$"
        rf"|(?<!\w)(?P<verb>{_any('naming_verbs')}) [{_QUOTES}]?$",
        re.IGNORECASE,
    )


@cache
def malware_before() -> re.Pattern[str]:
    """Return a pattern for the end of a text before a name that says that the name is a malware's."""
    return re.compile(
        rf"(?<!\w)(?P<noun>(?:{_any('malware_nouns')})(?: (?:family|strain|variant))?"
        rf"(?:{_PAUSE} (?:{_any('introducing')}))?)"
        rf" (?:the )?[{_QUOTES}]?$",
        re.IGNORECASE,
    )


@cache
def actor_introduction() -> re.Pattern[str]:
    """Return a pattern for words that introduce a new name of a group."""
    groups, adjectives, nouns = (_any(name) for name in ("group_nouns", "actor_adjectives", "collective_nouns"))
    return re.compile(
        rf"(?<!\w)(?:(?:{adjectives})[ -](?:{groups}|{nouns}){_PAUSE} (?:{_any('introducing')})"
        rf"|(?:{groups}|{nouns}|hackers){_PAUSE} (?:{_any('self_naming')})) (?:the )?[{_QUOTES}]?",
        re.IGNORECASE,
    )


@cache
def malware_introduction() -> re.Pattern[str]:
    """Return a pattern for words that introduce a new name of a malware."""
    return re.compile(
        rf"(?<!\w)(?:{_any('introduced_malware')})(?: (?:family|strain|variant))?"
        rf"{_PAUSE} (?:{_any('introducing')}) (?:the )?[{_QUOTES}]?",
        re.IGNORECASE,
    )


@cache
def also_known() -> re.Pattern[str]:
    """Return a pattern for what stands between two names of one thing: ", also known as"."""
    return re.compile(
        rf"[{_QUOTES}]?(?: (?:{_any('actor_nouns')}|{_any('group_nouns')}|{_any('malware_nouns')}))?,? ?[(\[—–-]? ?"
        rf"(?:{_any('also_known')}),? (?:the |as )?[{_QUOTES}]?",
        re.IGNORECASE,
    )


@cache
def no_name_before() -> re.Pattern[str]:
    """Return a pattern for the end of a text before words that name a person or a place."""
    return re.compile(rf"(?<!\w)(?:(?:{_any('persons')})\.?|{_any('places_before')}) $", re.IGNORECASE)


@cache
def no_name_behind() -> re.Pattern[str]:
    """Return a pattern for text behind words that name a place."""
    return re.compile(rf" (?:{_any('places_after')})(?!\w)", re.IGNORECASE)


def _any(name: str) -> str:
    return "|".join(re.escape(entry) for entry in sorted(words(name), key=lambda entry: (-len(entry), entry)))


def _content() -> Any:
    return table("incidex.link.names", "names")
