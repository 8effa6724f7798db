"""Finds the organisations that have a role in an event, such as its victims."""

from collections.abc import Collection, Iterator

from incidex.english.lexicon import words
from incidex.records import Analysis, Argument, Entity, EntityKind, Event, Realis, Span

# The entity types of arguments that can name an organisation: itself, or what it has.
_TYPES = frozenset(("Organization", "Website"))


def victims(analysis: Analysis) -> tuple[tuple[Entity, ...], ...]:
    """
    Return the organisations that are victims, for each event of an analysis, in the order of its events.

    Only attacks have the role Victim; the owner of a vulnerable system is not one. An event that no mention says to
    have happened has no victims. See `playing`.
    """
    return tuple(
        playing(analysis, event, {"Victim"}) if any(one.realis is Realis.ACTUAL for one in event.mentions) else ()
        for event in analysis.events
    )


def playing(analysis: Analysis, event: Event, roles: Collection[str]) -> tuple[Entity, ...]:
    """
    Return the organisations that play one of `roles` in an event, in the order of its arguments, each once.

    An argument names an organisation if a mention of it is the head of the argument, or owns it: "Fashion retailer
    Ostrel" and "Ostrel's network" do, "a supplier of Ostrel" does not. An argument without a name, "two universities",
    adds none, unless it stands for one.
    """
    by_name = {one.name: one for one in analysis.entities if one.kind is EntityKind.ORGANISATION}
    mentions = sorted(
        (span, index)
        for index, entity in enumerate(analysis.entities)
        if entity.kind is EntityKind.ORGANISATION
        for span in entity.mentions
    )
    found: list[Entity] = []
    for argument in (argument for mention in event.mentions for argument in mention.arguments):
        if argument.role in roles and argument.entity_type in _TYPES:
            if argument.name in by_name:
                found.append(by_name[argument.name])
            else:
                found += (analysis.entities[index] for index in _named(analysis.document.text, argument, mentions))
    return tuple(dict.fromkeys(found))


def _named(text: str, argument: Argument, mentions: list[tuple[Span, int]]) -> Iterator[int]:
    """Yield the indices of the entities that an argument names."""
    for span, index in mentions:
        if argument.span.covers(span):
            before = text[argument.span.start : span.start].lower().split()
            if words("before_other_owner").isdisjoint(before):
                yield index
        elif span.covers(argument.span):
            yield index
