"""Patterns for the words before and behind a name of an actor, a malware or a tool."""

import re
from functools import cache

from incidex.english.lexicon import words
from incidex.english.patterns import alternatives

_PAUSE = r"(?:,| [–—-])?"
QUOTES = "\"'“”‘’«»"


@cache
def actor_behind() -> re.Pattern[str]:
    """Return a pattern for text behind a name that says that an actor bears it: " hacking group"."""
    modifiers, nouns = _any("actor_modifier"), _any("actor_noun", "group_noun")
    return re.compile(
        rf"[{QUOTES}]?[ -](?:(?:{modifiers})[ -]){{0,3}}(?P<noun>{nouns})(?![\w-])",
        re.IGNORECASE,
    )


@cache
def malware_behind() -> re.Pattern[str]:
    """Return a pattern for text behind a name that says that a malware bears it: " banking trojan"."""
    nouns, modifiers = _any("malware_noun", "tool_noun"), _any("malware_modifier")
    return re.compile(rf"[{QUOTES}]?[ -](?:(?:{modifiers})[ -]){{0,2}}(?P<noun>{nouns})(?!\w)", re.IGNORECASE)


@cache
def actor_before() -> re.Pattern[str]:
    """Return a pattern for the end of a text before a name that an actor bears: "the hacking group known as "."""
    nouns, groups, modifiers = _any("actor_noun"), _any("group_noun"), _any("actor_modifier")
    hackers = rf"(?:(?:{modifiers})[ -](?:{groups})|{nouns})"
    return re.compile(
        rf"(?<!\w)(?P<noun>(?:{hackers}(?:{_PAUSE} (?:{_any('name_introduction')}))?"
        rf"|(?:{groups}){_PAUSE} (?:{_any('self_naming')})))"
        rf" (?:the )?[{QUOTES}]?$"
        rf"|(?<!\w)(?P<verb>{_any('name_giving')}) [{QUOTES}]?$",
        re.IGNORECASE,
    )


@cache
def malware_before() -> re.Pattern[str]:
    """Return a pattern for the end of a text before a name that a malware bears: "the malware family "."""
    return re.compile(
        rf"(?<!\w)(?P<noun>(?:{_any('malware_noun', 'tool_noun')})(?: (?:{_any('malware_group_noun')}))?"
        rf"(?:{_PAUSE} (?:{_any('name_introduction')}))?)"
        rf" (?:the )?[{QUOTES}]?$",
        re.IGNORECASE,
    )


@cache
def said_to_be() -> re.Pattern[str]:
    """Return a pattern for text behind a name that says what bears it: " is a prolific ransomware gang", ", a tool"."""
    groups = rf"(?:(?:{_any('actor_modifier')})[ -]){{1,3}}(?:{_any('group_noun', 'criminal_business')})"
    actors, software = _any("actor_noun"), _any("malware_noun", "tool_noun")
    # Not in "With WannaCry, the hackers asked for more".
    single = _any("description_article.single")
    opening = rf"(?: (?:{_any('copula_of_names')})(?: also)? (?:{_any('description_article')})|, (?:{single})) "
    end = rf"(?![\w-]| (?:{actors}|{_any('group_noun', 'criminal_business', 'malware_noun')})(?!\w))"
    nouns = rf"(?:(?P<actor>{groups}|{actors})|(?P<software>{software}))"
    between = rf"(?:(?!(?:{_any('description_break')}) )[\w’'-]{{1,24}}[ -]){{0,5}}?"
    return re.compile(rf"[{QUOTES}]?{opening}{between}{nouns}{end}", re.IGNORECASE)


@cache
def other_bearer() -> re.Pattern[str]:
    """Return a pattern for text behind a name that something else bears: " conference", " notebook"."""
    return re.compile(rf"[{QUOTES}]?(?: \d{{4}})? (?:{_any('other_bearer')})(?!\w)", re.IGNORECASE)


@cache
def actor_introduction() -> re.Pattern[str]:
    """Return a pattern for words that introduce a new name of an actor: "a gang calling itself "."""
    modifiers, groups = _any("actor_modifier"), _any("group_noun", "collective_noun")
    return re.compile(
        rf"(?<!\w)(?:(?:{modifiers})[ -](?:{groups}){_PAUSE} (?:{_any('name_introduction')})"
        rf"|(?:{groups}|{_any('actor_noun')})(?:{_PAUSE} | \()(?:{_any('self_naming')})) (?:the )?[{QUOTES}]?",
        re.IGNORECASE,
    )


@cache
def ransomware_gang() -> re.Pattern[str]:
    """Return a pattern for a new name in front of its noun: "the Kestrel ransomware gang"."""
    nouns = _any("actor_noun", "group_noun")
    return re.compile(
        rf"(?<!\w)[Tt]he (?P<name>[A-Z][\w-]{{2,20}}(?: [A-Z][\w-]{{1,20}})?) ransomware (?:{nouns})(?!\w)"
    )


@cache
def malware_introduction() -> re.Pattern[str]:
    """Return a pattern for words that introduce a new name of a malware: "ransomware called "."""
    return re.compile(
        rf"(?<!\w)(?:{_any('malware_introduction')})(?: (?:{_any('malware_group_noun')}))?"
        rf"{_PAUSE} (?:{_any('name_introduction')}) (?:the )?[{QUOTES}]?",
        re.IGNORECASE,
    )


@cache
def also_known() -> re.Pattern[str]:
    """Return a pattern for the words between two names of one thing: ", also known as"."""
    nouns = _any("actor_noun", "group_noun", "malware_noun")
    return re.compile(
        rf"[{QUOTES}]?(?: (?:{nouns}))?,? ?[(\[—–-]? ?(?:{_any('also_known_as')}),? (?:the |as )?[{QUOTES}]?",
        re.IGNORECASE,
    )


@cache
def not_an_actor_before() -> re.Pattern[str]:
    """Return a pattern for the end of a text before the name of a person or place: "Mr. ", "village of "."""
    titles = alternatives(words("honorific") | words("office_title", forms=("singular",)), space=" ")
    return re.compile(rf"(?<!\w)(?:(?:(?i:{titles})\.? (?:[A-Z][\w-]{{1,20}} )?)|(?i:{_any('place_noun.before')}) )$")


@cache
def not_an_actor_behind() -> re.Pattern[str]:
    """Return a pattern for text behind the name of a place: " County"."""
    places = alternatives(words("place_noun.after", forms=("singular",)), space=" ")
    return re.compile(rf" (?:{places})(?!\w)", re.IGNORECASE)


def _any(*classes: str) -> str:
    return alternatives(words(*classes), space=" ")
