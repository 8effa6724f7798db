"""Finds the words for an attack in what somebody says where no event mention was found there."""

import re
from collections.abc import Iterable
from functools import cache

from incidex.english.lexicon import words
from incidex.english.patterns import alternatives
from incidex.records import Span

# In characters: a claim names its attack within the first so many of what is said.
_FARTHEST = 300


def attack_words(text: str, contents: Iterable[Span]) -> tuple[Span, bool] | None:
    """
    Return the first words in `contents` that say that one attack happened, and whether they are a noun; None without.

    "The attack", "a large breach", "records were stolen" and "did not copy records" do, but not "attacks", which may be
    any.
    """
    for content in contents:
        match = _one_attack().search(text, content.start, min(content.end, content.start + _FARTHEST))
        if match:
            return Span(*match.span(match.lastgroup or 0)), match.lastgroup == "noun"
    return None


@cache
def _one_attack() -> re.Pattern[str]:
    """Return a pattern for an attack noun behind an article or a possessive, "was stolen" and "did not copy"."""
    determiners = alternatives(words("determiner") - words("pronoun.relative"))
    nouns = alternatives((words("attack_noun", "incident_noun")) & words("event_reference"))
    verbs = alternatives(words("attacking", forms=("participle",)))
    helpers = alternatives(words("auxiliary.do", "auxiliary.have", "auxiliary.be"))
    harm = alternatives(words("denied_harm", forms=("base", "participle")))
    return re.compile(
        rf"\b(?:{determiners}|\w{{2,30}}['’]s)\s(?:[\w’'-]{{1,30}}\s){{0,3}}?(?P<noun>{nouns})\b"
        rf"|\b(?:{helpers})(?:\snot\s|n['’]t\s)(?P<denied>{harm})\b"
        rf"|(?<!to\s)\b(?:{alternatives(words('auxiliary.be'))})\s(?:\w{{2,20}}ly\s)?(?P<verb>{verbs})\b",
        re.IGNORECASE,
    )
