"""Checks an edit before it becomes a decision, and fills in what it leaves open."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from incidex.errors import InputError
from incidex.labels import scheme
from incidex.records import Analysis, BlockKind, ClaimKind, EntityKind, Span
from incidex.store.decisions.corrections import edited
from incidex.store.decisions.edits import FIELDS_OF, Change, Edit, Quote, Target, Thing, Verdict, spans_of
from incidex.store.decisions.things.arguments import argument_at, victims_mention
from incidex.store.decisions.things.mentions import mention_at
from incidex.store.decisions.things.names import entity_at

_KINDS: dict[Thing, tuple[str, ...]] = {
    Thing.NAME: tuple(EntityKind),
    Thing.CLAIM: tuple(ClaimKind),
    Thing.BLOCK: tuple(BlockKind),
}
_NO_PLACE = (Thing.TITLE, Thing.DATE, Thing.PUBLISHER)
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\S+)?)?)?")
_ENTITY_TYPES = {EntityKind.ORGANISATION: "Organization", EntityKind.INTRUSION_SET: "Organization"}
# Longer ones are mistakes. A headline has some hundred characters.
_LONGEST = 1000


def checked_edit(analysis: Analysis, target: Target, change: Change) -> Edit:
    """
    Return the edit of a document, complete and with its quotes.

    Args:
        analysis: The document as it is now, with people's decisions.
        target: The thing.
        change: What becomes of it.

    Raises:
        InputError: The edit cannot be carried out, or would change nothing.
    """
    _check_fields(target, change)
    spans = spans_of(target, change)
    for span in spans:
        if span.end > len(analysis.document.text):
            raise InputError(f"The place {span.start}:{span.end} is beyond the end of the text.")
    _check_values(change, target.thing)
    change = _complete(analysis, target, change)
    if change.verdict is not Verdict.UNSURE and edited(analysis, target, change, 0) == analysis:
        raise InputError(_nothing(analysis, target, change))
    text = analysis.document.text
    return Edit(analysis.document.id, target, change, tuple(Quote(span, span.of(text)) for span in spans))


def _check_fields(target: Target, change: Change) -> None:
    given, possible = set(change.given), FIELDS_OF[target.thing]
    if wrong := sorted(given - possible):
        raise InputError(f"A {target.thing} has no {', '.join(wrong)}.\nIt has {', '.join(sorted(possible))}.")
    if not given:
        raise InputError(f"The {target.thing} is given neither a verdict nor a change.")
    if "verdict" in given and len(given) > 1:
        raise InputError(
            "Give either a verdict or a change: a change says what is right, a verdict that it is or is not."
        )
    if (target.span is None) != (target.thing in _NO_PLACE):
        raise InputError(f"A {target.thing} is {'not ' if target.span else ''}found by its place in the text.")
    if target.thing is Thing.ARGUMENT and target.trigger is None:
        raise InputError("An argument is part of an event.\nGive the trigger of the event, too.")


def _check_values(change: Change, thing: Thing) -> None:
    _check("event type", (*(change.labels or ()), *([change.event_type] if change.event_type else ())), scheme().names)
    _check("entity type", [change.entity_type] if change.entity_type else (), scheme().entity_types)
    _check(f"kind of {thing}", [change.kind] if change.kind else (), _KINDS.get(thing, ()))
    if change.value is not None:
        _check_fact(change.value, thing)


def _check(what: str, values: Collection[str], possible: Collection[str]) -> None:
    for value in values:
        if value not in possible:
            raise InputError(f"There is no {what} {value!r}.\nIt is one of {', '.join(possible)}.")


def _check_fact(value: str, thing: Thing) -> None:
    if len(value) > _LONGEST:
        raise InputError(f"A {thing} of {len(value):,} characters is too long: the limit is {_LONGEST:,}.")
    if thing is Thing.DATE and value and not _is_date(value):
        raise InputError(f"{value!r} is not a date.\nGive it as 2017-05-06, 2017-05, 2017 or 2017-05-06T16:36+01:00.")


def _is_date(value: str) -> bool:
    if not _DAY.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value) if "T" in value else date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return False
    return True


def _complete(analysis: Analysis, target: Target, change: Change) -> Change:
    """Return the change with the entity type of an argument, which goes with its role."""
    if target.thing is not Thing.ARGUMENT or change.verdict is not None:
        return change
    mention = mention_at(analysis, change.trigger or target.trigger)
    if mention is None:
        assert target.trigger
        raise InputError(f"{_words(analysis, change.trigger or target.trigger)!r} is not a trigger of an event.")
    old = mention_at(analysis, target.trigger)
    argument = argument_at(old, target.span, target.detail) if old and target.span else None
    role = change.role or (argument.role if argument else None)
    roles = scheme().event_type(mention.event_type).roles
    if role is None or role not in roles:
        fact = f"{mention.event_type} has no role {role!r}." if role else "Words that are no argument yet need a role."
        raise InputError(f"{fact}\nIt has the roles {', '.join(roles)}.")
    return replace(
        change,
        entity_type=_entity_type(analysis, target, change, argument.entity_type if argument else "", roles[role]),
    )


def _entity_type(analysis: Analysis, target: Target, change: Change, old: str, possible: tuple[str, ...]) -> str:
    if change.entity_type:
        if change.entity_type in possible:
            return change.entity_type
        raise InputError(
            f"An argument in this role is not a {change.entity_type}.\nIt is one of {', '.join(possible)}."
        )
    entity = entity_at(analysis, change.extent or target.span) if target.span else None
    named = _ENTITY_TYPES.get(entity.kind, "Malware") if entity and entity.kind else ""
    for guess in (old, named, possible[0] if len(possible) == 1 else ""):
        if guess in possible:
            return guess
    raise InputError(
        f"What kind of thing is {_words(analysis, target.span)!r}? Give its entity type: {', '.join(possible)}."
    )


def _nothing(analysis: Analysis, target: Target, change: Change) -> str:
    """Return why an edit changes nothing."""
    words = repr(_words(analysis, target.span)) if target.span else ""
    adds_victim = target.thing is Thing.VICTIM and change.verdict is Verdict.ACCEPTED
    if adds_victim and target.span and victims_mention(analysis, target.span) is None:
        return "The document reports no event that can have a victim.\nCorrect an event first."
    if target.thing is Thing.EVENT and mention_at(analysis, target.span):
        return f"The event mention {words} cannot be changed so: {words} and the other words are not two triggers."
    needed = {Thing.EVENT: "event type", Thing.NAME: "kind"}.get(target.thing)
    more = f"\nTo add one, give its {needed}." if needed else ""
    return f"There is no {target.thing} at {words or 'that place'} that this would change.{more}"


def _words(analysis: Analysis, span: Span | None) -> str:
    return span.of(analysis.document.text) if span else ""
