"""Applies edits of arguments, and of who is a victim."""

from dataclasses import replace

from incidex.labels import scheme
from incidex.records import Analysis, Argument, EventMention, Span
from incidex.store.decisions.edits import Change, Target, Verdict
from incidex.store.decisions.ignored import folded
from incidex.store.decisions.places import overlap
from incidex.store.decisions.things.mentions import mention_at, with_mention

VICTIM = "Victim"


def edit_argument(analysis: Analysis, target: Target, change: Change, number: int | None) -> Analysis:
    """Return `analysis` with one argument added, changed, removed, or moved to another mention."""
    mention = mention_at(analysis, target.trigger)
    if mention is None or target.span is None:
        return analysis
    argument = argument_at(mention, target.span, target.detail)
    if change.verdict is Verdict.REJECTED:
        return analysis if argument is None else with_mention(analysis, mention, _without(mention, argument))
    new = _changed(argument, target.span, change, number)
    if new is None:
        return analysis
    home = mention_at(analysis, change.trigger) if change.trigger else mention
    if home is None or new.role not in scheme().event_type(home.event_type).roles:
        return analysis
    if argument is not None:
        cleared = _without(mention, argument)
        analysis = with_mention(analysis, mention, cleared)
        home = cleared if home is mention else home
    return with_mention(analysis, home, _with(home, new))


def edit_victim(analysis: Analysis, target: Target, change: Change, number: int | None) -> Analysis:
    """Return `analysis` with or without the victim that the target names."""
    if target.span is None:
        return analysis
    name = folded(target.detail or target.span.of(analysis.document.text))
    named = [(m, a) for event in analysis.events for m in event.mentions for a in m.arguments if _is(a, name, analysis)]
    if change.verdict is Verdict.REJECTED:
        for mention in {mention.trigger: mention for mention, _ in named}.values():
            kept = tuple(a for a in mention.arguments if not _is(a, name, analysis))
            analysis = with_mention(analysis, mention, replace(mention, arguments=kept))
        return analysis
    for mention in {mention.trigger: mention for mention, _ in named}.values():
        every = (replace(a, score=1.0, decision=number) if _is(a, name, analysis) else a for a in mention.arguments)
        analysis = with_mention(analysis, mention, replace(mention, arguments=tuple(every)))
    home = None if named else victims_mention(analysis, target.span)
    if home is None:
        return analysis
    return with_mention(analysis, home, _with(home, Argument(target.span, "Organization", VICTIM, decision=number)))


def argument_at(mention: EventMention, span: Span, role: str = "") -> Argument | None:
    """Return the argument with most of `span`, preferably in `role`; None if there is none."""
    every = [argument for argument in mention.arguments if argument.span.overlaps(span)]
    every.sort(key=lambda argument: argument.span != span)  # the very same words before longer ones
    return max(every, key=lambda a: (a.role == role, overlap(a.span, span)), default=None)


def victims_mention(analysis: Analysis, span: Span) -> EventMention | None:
    """Return the event mention nearest to `span` whose type has victims; None if there is none."""
    every = [
        mention
        for event in analysis.events
        for mention in event.mentions
        if VICTIM in scheme().event_type(mention.event_type).roles
    ]
    return min(every, key=lambda mention: _distance(mention.trigger, span), default=None)


def _changed(argument: Argument | None, span: Span, change: Change, number: int | None) -> Argument | None:
    """Return the argument as it should be; None if there is none and the change does not say what it should be."""
    if argument is None:
        if change.role is None or change.entity_type is None:
            return None
        return Argument(change.extent or span, change.entity_type, change.role, decision=number)
    resized = change.extent is not None and change.extent != argument.span
    return replace(
        argument,
        span=change.extent or argument.span,
        entity_type=change.entity_type or argument.entity_type,
        role=change.role or argument.role,
        score=1.0,
        name="" if resized else argument.name,
        decision=number,
    )


def _with(mention: EventMention, argument: Argument) -> EventMention:
    every = sorted((*mention.arguments, argument), key=lambda each: each.span)
    return replace(mention, arguments=tuple(every))


def _without(mention: EventMention, argument: Argument) -> EventMention:
    return replace(mention, arguments=tuple(each for each in mention.arguments if each is not argument))


def _is(argument: Argument, name: str, analysis: Analysis) -> bool:
    """Return whether an argument is the victim with this folded name."""
    forms = (argument.span.of(analysis.document.text), argument.name)
    return argument.role == VICTIM and name in map(folded, filter(None, forms))


def _distance(left: Span, right: Span) -> int:
    return max(left.start - right.end, right.start - left.end, 0)
