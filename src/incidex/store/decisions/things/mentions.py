"""Applies edits of event mentions: their triggers, types and realis, and which mentions are of one event."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from incidex.labels import scheme
from incidex.records import Analysis, Event, EventMention, Realis, Span
from incidex.store.decisions.edits import Change, Target, Verdict
from incidex.store.decisions.places import overlap


def edit_mention(analysis: Analysis, target: Target, change: Change, number: int | None) -> Analysis:
    """Return `analysis` with one event mention added, changed, removed, or counted to another event."""
    mention = mention_at(analysis, target.span, target.detail)
    if mention is None:
        return _with_new(analysis, target.span, change, number)
    if change.verdict is Verdict.REJECTED:
        return _without(analysis, mention)
    if change.trigger is not None:
        return _joined(analysis, mention, mention_at(analysis, change.trigger), number)
    if change.apart:
        return _apart(analysis, mention, number)
    new = _changed(mention, change, number)
    return _with_trigger(with_mention(analysis, mention, new), mention.trigger, new.trigger)


def mention_at(analysis: Analysis, trigger: Span | None, event_type: str = "") -> EventMention | None:
    """Return the mention whose trigger has most of `trigger`, preferably one of `event_type`; None if there is none."""
    if trigger is None:
        return None
    every = [mention for event in analysis.events for mention in event.mentions if mention.trigger.overlaps(trigger)]
    every.sort(key=lambda mention: mention.trigger != trigger)  # the very same words before longer ones
    return max(every, key=lambda m: (m.event_type == event_type, overlap(m.trigger, trigger)), default=None)


def with_mention(analysis: Analysis, mention: EventMention, new: EventMention) -> Analysis:
    """Return `analysis` with `new` in the place of `mention`."""
    return _mentions(analysis, lambda each: new if each is mention else each)


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events that have a mention, each with its mentions in the order of the text, by their first triggers."""
    sorted_events = (
        replace(event, mentions=tuple(sorted(event.mentions, key=lambda mention: mention.trigger)))
        for event in events
        if event.mentions
    )
    return tuple(sorted(sorted_events, key=lambda event: event.mentions[0].trigger))


def _mentions(analysis: Analysis, new: Callable[[EventMention], EventMention | None]) -> Analysis:
    events = (
        replace(event, mentions=tuple(made for each in event.mentions if (made := new(each))))
        for event in analysis.events
    )
    return replace(analysis, events=in_order(events))


def _with_new(analysis: Analysis, trigger: Span | None, change: Change, number: int | None) -> Analysis:
    if trigger is None or change.event_type is None:
        return analysis
    span = change.extent or trigger
    mention = EventMention(span, change.event_type, change.realis or Realis.ACTUAL, decision=number)
    return replace(analysis, events=in_order((*analysis.events, Event((mention,)))))


def _without(analysis: Analysis, mention: EventMention) -> Analysis:
    """Return `analysis` without a mention, and without the claims about it if no other has the same trigger."""
    left = _mentions(analysis, lambda each: None if each is mention else each)
    if any(each.trigger == mention.trigger for event in left.events for each in event.mentions):
        return left
    return replace(left, claims=tuple(claim for claim in left.claims if claim.trigger != mention.trigger))


def _changed(mention: EventMention, change: Change, number: int | None) -> EventMention:
    """Return the mention with its changes, without arguments in roles that its new event type does not have."""
    event_type = change.event_type or mention.event_type
    roles = scheme().event_type(event_type).roles
    return replace(
        mention,
        trigger=change.extent or mention.trigger,
        event_type=event_type,
        realis=change.realis or mention.realis,
        arguments=tuple(argument for argument in mention.arguments if argument.role in roles),
        score=1.0,
        decision=number,
    )


def _with_trigger(analysis: Analysis, old: Span, new: Span) -> Analysis:
    """Return `analysis` with the claims about a trigger at its new place."""
    if old == new:
        return analysis
    claims = (replace(claim, trigger=new) if claim.trigger == old else claim for claim in analysis.claims)
    return replace(analysis, claims=tuple(claims))


def _joined(analysis: Analysis, mention: EventMention, other: EventMention | None, number: int | None) -> Analysis:
    """Return `analysis` with the events of two mentions as one event."""
    if other is None:
        return analysis
    first = next(event for event in analysis.events if mention in event.mentions)
    second = next(event for event in analysis.events if other in event.mentions)
    if first is second:
        return replace(analysis, events=tuple(_decided(event, first, number) for event in analysis.events))
    rest = [event for event in analysis.events if event not in (first, second)]
    return replace(analysis, events=in_order((*rest, Event(first.mentions + second.mentions, number))))


def _apart(analysis: Analysis, mention: EventMention, number: int | None) -> Analysis:
    """Return `analysis` with a mention as an event of its own."""
    events = []
    for event in analysis.events:
        if mention in event.mentions:
            rest = tuple(each for each in event.mentions if each is not mention)
            events += [replace(event, mentions=rest), Event((mention,), number)]
        else:
            events.append(event)
    return replace(analysis, events=in_order(events))


def _decided(event: Event, meant: Event, number: int | None) -> Event:
    return replace(event, decision=number) if event is meant else event
