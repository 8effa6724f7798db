"""Compares two dossiers: what one has and the other has not. Also says what is new since a day."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

from incidex.dossiers.build import dossier
from incidex.dossiers.names import name_key
from incidex.records import Actor, Analysis, Dossier, Incident, Profile, Statement, Value

Side = Literal["first", "second", "both"]
_FIELDS = (
    "victims",
    "data",
    "tools",
    "products",
    "vulnerabilities",
    "patches",
    "indicators",
    "places",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """
    Something that one of two dossiers has, or both have.

    Attributes:
        field: The field of the dossier: "victims", "people", "statements".
        text: What it is, in words.
        side: Which dossier has it.
        documents: The ids of the reports that say so.
    """

    field: str
    text: str
    side: Side
    documents: tuple[str, ...] = ()


def compare_dossiers(one: Dossier, other: Dossier) -> tuple[Difference, ...]:
    """Return what each of two dossiers has, field by field: what both have first, then the first, then the second."""
    return tuple(_compared(one, other))


def changes_since(
    day: str, incident: Incident, analyses: Sequence[Analysis], profiles: Sequence[Profile]
) -> tuple[Difference, ...]:
    """
    Return what an incident has from reports of `day` or later and did not have before, by the days of publication.

    Args:
        day: ISO 8601 date. Reports without a date count as older.
        incident: The incident as it is now.
        analyses: Those of its documents.
        profiles: What they say about it.
    """
    older = {one.document.id for one in analyses if (one.document.published_at or "")[:10] < day}
    return changes_beyond(older, incident, analyses, profiles)


def contents(made: Dossier) -> tuple[Difference, ...]:
    """Return what a dossier has, field by field, as what is new to somebody who knows nothing of the incident."""
    nothing = Dossier(made.id, "", (), made.status, made.status_reason, (), None, None, (), 0)
    return tuple(one for one in _compared(nothing, made) if one.side == "second" and one.field != "title")


def changes_beyond(
    known: Set[str], incident: Incident, analyses: Sequence[Analysis], profiles: Sequence[Profile]
) -> tuple[Difference, ...]:
    """
    Return what an incident has from other reports than those that are known, and did not have before.

    Args:
        known: The ids of the documents that are known.
        incident: The incident as it is now.
        analyses: Those of its documents.
        profiles: What they say about it.
    """
    now = dossier(incident, analyses, profiles)
    older = [one for one in analyses if one.document.id in known]
    reports = [
        Difference("reports", f"{source.publisher or source.source}: {source.title}", "second", (source.document,))
        for source in now.sources
        if source.document not in known
    ]
    if not older or not reports:
        return tuple(reports)
    days = sorted(one.document.published_at[:10] for one in older if one.document.published_at)
    before = dossier(
        replace(
            incident,
            documents=tuple(id for id in incident.documents if id in known),
            first_seen=days[0] if days else None,
            last_seen=days[-1] if days else None,
        ),
        older,
        [profile for profile in profiles if profile.document in known],
    )
    return (*reports, *(one for one in _compared(before, now) if one.side != "both" and one.field != "title"))


def _compared(one: Dossier, other: Dossier) -> Iterator[Difference]:
    yield from _single("title", one.title, other.title)
    yield from _single("status", *(f"{made.status.value}: {made.status_reason}" for made in (one, other)))
    yield from _sides("types", [(name, name, ()) for name in one.types], [(name, name, ()) for name in other.types])
    for field in _FIELDS:
        yield from _sides(field, _values(getattr(one, field)), _values(getattr(other, field)))
    yield from _sides("actors", _actors(one), _actors(other))
    names = dict.fromkeys(measure.name for measure in (*one.measures, *other.measures))
    for name in names:
        yield from _sides(name, _figures(one, name), _figures(other, name))
    yield from _sides("timeline", _moments(one), _moments(other))
    yield from _sides("statements", _statements(one.statements), _statements(other.statements))


_Entry = tuple[object, str, tuple[str, ...]]


def _sides(field: str, first: Iterable[_Entry], second: Iterable[_Entry]) -> Iterator[Difference]:
    left = {key: (text, documents) for key, text, documents in first}
    right = {key: (text, documents) for key, text, documents in second}
    for key, (text, documents) in left.items():
        if key in right:
            yield Difference(field, text, "both", tuple(dict.fromkeys((*documents, *right[key][1]))))
    yield from (Difference(field, text, "first", found) for key, (text, found) in left.items() if key not in right)
    yield from (Difference(field, text, "second", found) for key, (text, found) in right.items() if key not in left)


def _single(field: str, one: str, other: str) -> Iterator[Difference]:
    if one == other:
        yield Difference(field, one, "both")
    else:
        yield Difference(field, one, "first")
        yield Difference(field, other, "second")


def _values(values: Iterable[Value]) -> list[_Entry]:
    return [(name_key(value.text) or value.text.casefold(), value.text, _documents(value)) for value in values]


def _actors(made: Dossier) -> list[_Entry]:
    return [(name_key(actor.name) or actor.name.casefold(), actor.name, _naming(actor)) for actor in made.actors]


def _naming(actor: Actor) -> tuple[str, ...]:
    """Return the ids of the reports that name an actor."""
    told = (actor.named, *actor.accused_by, *actor.claimed_by, *actor.denied_by)
    return tuple(dict.fromkeys(id for one in told for id in _documents(one)))


def _figures(made: Dossier, name: str) -> list[_Entry]:
    values = (value for measure in made.measures if measure.name == name for value in measure.values)
    return [(" ".join(value.text.casefold().split()), value.text, _documents(value)) for value in values]


def _moments(made: Dossier) -> list[_Entry]:
    return [
        ((moment.begins, moment.ends, moment.event_type), _moment(moment.text, moment.event_type), _documents(moment))
        for moment in made.timeline
        if not moment.is_background and not moment.is_statement
    ]


def _moment(text: str, event_type: str | None) -> str:
    return f"{text}: {event_type}" if event_type else text


def _statements(statements: Iterable[Statement]) -> list[_Entry]:
    return [
        (
            (one.claimant, one.kind, one.about),
            f"{one.claimant or 'the report'} ({one.kind.replace('-', ' ')}): “{one.evidence[0].quote}”",
            _documents(one),
        )
        for one in statements
    ]


def _documents(one: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(evidence.document for evidence in getattr(one, "evidence", ())))
