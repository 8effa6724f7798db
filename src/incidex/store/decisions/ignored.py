"""Removes the values that people ignore from profiles and analyses."""

import re
from dataclasses import fields, replace
from typing import Any

from incidex.records import Analysis, Event, EventMention, Profile

_NON_WORD = re.compile(r"[^\w]+")


def folded(value: str) -> str:
    """Return the form in which ignored values are compared: in lower case, without punctuation."""
    return _NON_WORD.sub(" ", value.lower()).strip()


def profile_without(profile: Profile, ignored: frozenset[str]) -> Profile:
    """Return `profile` without the values whose folded forms are `ignored`."""
    if not ignored:
        return profile
    kept: dict[str, Any] = {}
    for field in fields(profile):
        values = getattr(profile, field.name)
        if field.name != "types" and isinstance(values, tuple):
            kept[field.name] = tuple(value for value in values if folded(_name_in(value)) not in ignored)
    return replace(profile, **kept)


def analysis_without(analysis: Analysis, ignored: frozenset[str]) -> Analysis:
    """Return `analysis` without the names, indicators, arguments and accused whose folded forms are `ignored`."""
    if not ignored:
        return analysis
    text = analysis.document.text
    return replace(
        analysis,
        events=tuple(
            Event(tuple(_mention_without(mention, text, ignored) for mention in event.mentions))
            for event in analysis.events
        ),
        entities=tuple(entity for entity in analysis.entities if folded(entity.name) not in ignored),
        indicators=tuple(each for each in analysis.indicators if folded(each.value) not in ignored),
        claims=tuple(c for c in analysis.claims if not (c.accused and folded(c.accused.of(text)) in ignored)),
    )


def _mention_without(mention: EventMention, text: str, ignored: frozenset[str]) -> EventMention:
    kept = (argument for argument in mention.arguments if folded(argument.span.of(text)) not in ignored)
    return replace(mention, arguments=tuple(kept))


def _name_in(value: Any) -> str:
    """Return the name in a value of a profile: a string, or the first of a pair of name and weight; else ""."""
    if isinstance(value, tuple):
        value = value[0]
    return value if isinstance(value, str) else ""
