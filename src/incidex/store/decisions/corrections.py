"""Puts people's decisions into what the model found: corrected labels and events, and values that are ignored."""

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from incidex.labels import scheme
from incidex.records import Analysis, Event, EventMention, Profile, Realis, Span
from incidex.store.decisions.annotated import annotated
from incidex.store.decisions.records import Annotation, Correction

_SIGNS = re.compile(r"[^\w]+")


def corrected(analysis: Analysis, corrections: Iterable[Correction | Annotation]) -> Analysis:
    """
    Return `analysis` with `corrections`, the earliest first, and with what people marked in the whole document.

    A correction that was made of an earlier revision holds for the same words in the new text, those nearest to where
    they stood; without them it rests.
    """
    for correction in corrections:
        if isinstance(correction, Annotation):
            analysis = annotated(analysis, correction)
            continue
        span = _place(analysis, correction)
        if span is not None and correction.labels is not None:
            analysis = _with_labels(analysis, span, correction.labels)
        elif span is not None:
            analysis = _with_event(analysis, span, correction)
    return analysis


def folded(value: str) -> str:
    """Return the form in which values are compared: lower case, without signs."""
    return _SIGNS.sub(" ", value.lower()).strip()


def without(profile: Profile, ignored: frozenset[str]) -> Profile:
    """Return `profile` without the values whose folded forms are `ignored`."""
    if not ignored:
        return profile
    kept: dict[str, Any] = {}
    for field in fields(profile):
        values = getattr(profile, field.name)
        if field.name != "types" and isinstance(values, tuple):
            kept[field.name] = tuple(value for value in values if folded(_named(value)) not in ignored)
    return replace(profile, **kept)


def cleared(analysis: Analysis, ignored: frozenset[str]) -> Analysis:
    """Return `analysis` without the names, indicators, arguments and accused whose folded forms are `ignored`."""
    if not ignored:
        return analysis
    text = analysis.document.text
    return replace(
        analysis,
        events=tuple(
            Event(tuple(_cleared(each, text, ignored) for each in event.mentions)) for event in analysis.events
        ),
        entities=tuple(entity for entity in analysis.entities if folded(entity.name) not in ignored),
        indicators=tuple(each for each in analysis.indicators if folded(each.value) not in ignored),
        claims=tuple(c for c in analysis.claims if not (c.accused and folded(c.accused.of(text)) in ignored)),
    )


def _cleared(mention: EventMention, text: str, ignored: frozenset[str]) -> EventMention:
    kept = (argument for argument in mention.arguments if folded(argument.span.of(text)) not in ignored)
    return replace(mention, arguments=tuple(kept))


def _named(value: Any) -> str:
    """Return the name in a field of a profile: a string, or a pair of one and its weight."""
    if isinstance(value, tuple):
        value = value[0]
    return value if isinstance(value, str) else ""


def _place(analysis: Analysis, correction: Correction) -> Span | None:
    document = analysis.document
    if document.id == correction.document:
        return correction.span
    found = (match.start() for match in re.finditer(re.escape(correction.words), document.text))
    nearest = min(found, key=lambda start: abs(start - correction.span.start), default=None)
    return None if nearest is None else Span(nearest, nearest + len(correction.words))


def _shared(left: Span, right: Span) -> int:
    return max(0, min(left.end, right.end) - max(left.start, right.start))


def _with_labels(analysis: Analysis, span: Span, labels: tuple[str, ...]) -> Analysis:
    sentence = max(analysis.sentences, key=lambda sentence: _shared(sentence.span, span), default=None)
    if sentence is None or not _shared(sentence.span, span):
        return analysis
    ordered = tuple(name for name in scheme().names if name in labels)
    new = (replace(each, labels=ordered) if each is sentence else each for each in analysis.sentences)
    return replace(analysis, sentences=tuple(new))


def _with_event(analysis: Analysis, span: Span, correction: Correction) -> Analysis:
    mentions = [mention for event in analysis.events for mention in event.mentions if _shared(mention.trigger, span)]
    if not mentions:
        return _with_new_event(analysis, span, correction)
    meant = max(mentions, key=lambda mention: _shared(mention.trigger, span))
    new = None if correction.no_event else _changed(meant, correction)
    events = []
    for event in analysis.events:
        kept = tuple(new if mention is meant else mention for mention in event.mentions)
        present = tuple(mention for mention in kept if mention is not None)
        if present:
            events.append(Event(present))
    return replace(analysis, events=tuple(events))


def _changed(mention: EventMention, correction: Correction) -> EventMention:
    """Return the mention as it should be. Arguments in roles that its new event type does not take go."""
    event_type = correction.event_type or mention.event_type
    roles = scheme().event_type(event_type).roles
    return replace(
        mention,
        event_type=event_type,
        realis=correction.realis or mention.realis,
        arguments=tuple(argument for argument in mention.arguments if argument.role in roles),
        score=1.0,
    )


def _with_new_event(analysis: Analysis, span: Span, correction: Correction) -> Analysis:
    if correction.no_event or correction.event_type is None:
        return analysis
    mention = EventMention(span, correction.event_type, correction.realis or Realis.ACTUAL)
    events = sorted((*analysis.events, Event((mention,))), key=lambda event: event.mentions[0].trigger)
    return replace(analysis, events=tuple(events))
