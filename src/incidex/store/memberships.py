"""
Keeps up to date which incident each profile belongs to, as documents are added and people decide.

A new profile first gets an incident of its own, of which it is the founder. Then it is clustered with the incidents of
its candidates, and an incident that grows keeps its id. Only profiles that share a key with the new one are considered,
so the cost does not depend on the size of the store.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text, update

from incidex.matching.candidates import MOST_CANDIDATES, MOST_POSTINGS, key_weight, keys
from incidex.matching.clusters import Cluster, publication_order
from incidex.matching.comparable import Comparable, comparable
from incidex.matching.compare import compare, threshold
from incidex.matching.groups import RELATED_MARGIN
from incidex.matching.incremental import LARGE, add_to_clusters
from incidex.matching.merge import incident as incident_of
from incidex.records import Incident, Profile
from incidex.store import schema
from incidex.store.database import chunks
from incidex.store.decisions import log
from incidex.store.decisions.ignored import folded, profile_without
from incidex.store.decisions.records import constraints
from incidex.store.documents import now
from incidex.store.ids import present_ids
from incidex.store.pack import pack, unpack
from incidex.store.results import Moved
from incidex.store.summaries import rows as summary_rows

_PROFILES, _INCIDENTS, _KEYS = schema.profiles, schema.incidents, schema.keys

# Of the profiles with a key, those published nearest to a day: half before it and half after it.
_HALF = MOST_POSTINGS // 2
# So many times, incidents near to those that grew are looked at again.
_MOST_ROUNDS = 2
_WITH_KEY = tuple(
    text(f"SELECT profile FROM keys WHERE key = :key AND day {side} :day ORDER BY day {order} LIMIT {_HALF}")
    for side, order in (("<", "DESC"), (">=", "ASC"))
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A profile in the database, with the number of its incident."""

    number: int
    incident: int
    profile: Profile


def put_profiles(connection: Connection, document: int, profiles: Iterable[Profile]) -> tuple[Moved, ...]:
    """
    Replace the profiles of a document, and update the incidents concerned.

    Returns:
        The other documents that belong to another incident now.
    """
    before = _rows(connection, _PROFILES.c.document == document)
    new = {profile.id: profile for profile in profiles}
    heirs = {row.number: _heir(row.profile, new.values()) for row in before if row.profile.id not in new}
    numbers = {row.profile.id: row.number for row in before if row.profile.id in new}
    for row in before:
        if row.profile.id in new:
            values = {"content": pack(new[row.profile.id])}
            connection.execute(update(_PROFILES).where(_PROFILES.c.number == row.number).values(values))
    inherited = {heir: row.incident for row in before if (heir := heirs.get(row.number))}
    for profile in new.values():
        if profile.id not in numbers:
            numbers[profile.id] = _insert(connection, document, profile, inherited.get(profile.id))
    left = {row.incident for row in before}
    for row in before:
        if row.number in heirs:
            _retire(connection, row, heirs[row.number])
    for id, number in numbers.items():
        _index(connection, number, new[id])
    connection.execute(delete(_INCIDENTS).where(_INCIDENTS.c.number.in_(left), ~_has_profiles()))
    return refresh(connection, left | incidents_of(connection, new), changed=new)


def remove_profiles(connection: Connection, documents: Iterable[int]) -> None:
    """Delete the profiles of documents, and update the incidents that they were in or near to."""
    rows = [row for some in chunks(documents) for row in _rows(connection, _PROFILES.c.document.in_(some))]
    left = {row.incident for row in rows}
    near = _candidates(connection, rows, log.ignored_forms(connection))
    for row in rows:
        _retire(connection, row, None)
    connection.execute(delete(_INCIDENTS).where(_INCIDENTS.c.number.in_(left), ~_has_profiles()))
    refresh(connection, left | near, changed=())


def incidents_of(connection: Connection, ids: Iterable[str]) -> set[int]:
    """Return the numbers of the incidents that profiles belong to now; the profiles may be given by former ids."""
    now = present_ids(connection, ids)
    found: set[int] = set()
    for some in chunks(now.values()):
        found.update(connection.execute(select(_PROFILES.c.incident).where(_PROFILES.c.id.in_(some))).scalars())
    return found


def refresh(connection: Connection, incidents: Collection[int], *, changed: Collection[str]) -> tuple[Moved, ...]:
    """
    Cluster the profiles of these incidents again. The unchanged profiles of an incident with more than `LARGE` of them
    stay together, unless a person has split it.

    Args:
        incidents: The numbers of the incidents.
        changed: The ids of the profiles that may now belong to other incidents, which are included then.

    Returns:
        The documents of other profiles that belong to another incident now.
    """
    ignored = log.ignored_forms(connection)
    rows = _in_incidents(connection, incidents)
    seeds = [row for row in rows if row.profile.id in changed]
    rows += _in_incidents(connection, _candidates(connection, seeds, ignored) - set(incidents))
    if not rows:
        return ()
    found = _clustered(connection, rows, ignored, changed)
    for _ in range(_MOST_ROUNDS):
        more = _near_to_grown(connection, rows, found)
        if not more:
            break
        rows += _in_incidents(connection, more)
        found = _clustered(connection, rows, ignored, changed)
    return tuple(_write(connection, rows, found, changed))


def _near_to_grown(connection: Connection, rows: Iterable[_Row], found: Iterable[Incident]) -> set[int]:
    """Return further incidents that nearly fit those that have other profiles now than before, and may fit now."""
    before: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        before[row.incident].add(row.profile.id)
    homes = {id: number for number, ids in before.items() for id in ids}
    unchanged = set(map(frozenset, before.values()))
    grown = {homes[id] for each in found if frozenset(each.profiles) not in unchanged for id in each.profiles}
    near: set[str] = set()
    for some in chunks(sorted(grown)):
        contents = connection.execute(select(_INCIDENTS.c.content).where(_INCIDENTS.c.number.in_(some))).scalars()
        near.update(other.incident for content in contents if content for other in unpack(Incident, content).related)
    return incidents_of(connection, near) - before.keys()


def profiles_with(connection: Connection, value: str) -> set[str]:
    """Return the ids of the profiles with `value` among their keys."""
    query = select(_PROFILES.c.id).join(_KEYS, _KEYS.c.profile == _PROFILES.c.number)
    found: set[str] = set()
    for form in {value, value.lower(), folded(value)}:
        found.update(connection.execute(query.where(_KEYS.c.key.endswith(f":{form}", autoescape=True))).scalars())
    return found


def _rows(connection: Connection, condition: Any) -> list[_Row]:
    query = select(_PROFILES).where(condition).order_by(_PROFILES.c.number)
    return [_Row(row.number, row.incident, unpack(Profile, row.content)) for row in connection.execute(query)]


def _in_incidents(connection: Connection, numbers: Collection[int]) -> list[_Row]:
    return [row for some in chunks(sorted(numbers)) for row in _rows(connection, _PROFILES.c.incident.in_(some))]


def _heir(old: Profile, new: Iterable[Profile]) -> str | None:
    """Return the id of the new profile with the most keys in common with one that is gone; None if none has types."""
    former = set(keys(old))
    reporting = (profile for profile in new if profile.types)
    best = max(reporting, key=lambda profile: len(former & set(keys(profile))), default=None)
    return best.id if best else None


def _insert(connection: Connection, document: int, profile: Profile, incident: int | None) -> int:
    """Write a new profile into `incident`, or into a new incident if that is None, and return its number."""
    if incident is None:
        # It may have been there before, and have founded one.
        own = select(_INCIDENTS.c.number).where(_INCIDENTS.c.id == profile.id)
        incident = connection.execute(own).scalar()
    if incident is None:
        incident = _new_incident(connection, profile)
    values = {"id": profile.id, "document": document, "incident": incident, "content": pack(profile)}
    connection.execute(delete(schema.successors).where(schema.successors.c.id == profile.id))
    return int(connection.execute(insert(_PROFILES).values(values).returning(_PROFILES.c.number)).scalar_one())


def _new_incident(connection: Connection, founder: Profile) -> int:
    """Write an incident that is still empty, and return its number."""
    values = {"id": founder.id, "founded_on": founder.published_at, "changed_at": now(), "content": b""}
    return int(connection.execute(insert(_INCIDENTS).values(values).returning(_INCIDENTS.c.number)).scalar_one())


def _retire(connection: Connection, row: _Row, heir: str | None) -> None:
    """Delete a profile. Its id leads to its heir from now on, or else to another profile of its incident."""
    connection.execute(delete(_KEYS).where(_KEYS.c.profile == row.number))
    connection.execute(delete(_PROFILES).where(_PROFILES.c.number == row.number))
    rest = select(_PROFILES.c.id).where(_PROFILES.c.incident == row.incident).order_by(_PROFILES.c.number).limit(1)
    heir = heir or connection.execute(rest).scalar()
    table = schema.successors
    if heir is None:
        connection.execute(delete(table).where(table.c.profile == row.profile.id))
        return
    connection.execute(update(table).where(table.c.profile == row.profile.id).values(profile=heir))
    connection.execute(insert(table).values(id=row.profile.id, profile=heir))


def _index(connection: Connection, number: int, profile: Profile) -> None:
    """Write the keys of a profile in place of earlier ones."""
    day = profile.published_at or ""
    rows = [{"key": key, "day": day, "profile": number} for key in dict.fromkeys(keys(profile))]
    connection.execute(delete(_KEYS).where(_KEYS.c.profile == number))
    if rows:
        connection.execute(insert(_KEYS), rows)


def _candidates(connection: Connection, seeds: Iterable[_Row], ignored: frozenset[str]) -> set[int]:
    """Return the incidents that one of `seeds` may be joined with or related to."""
    found: set[int] = set()
    for seed in seeds:
        own = profile_without(seed.profile, ignored)
        shared: dict[int, float] = defaultdict(float)
        for key in keys(own):
            near, weight = {"key": key, "day": own.published_at or ""}, key_weight(key)
            for number in (number for query in _WITH_KEY for number in connection.execute(query, near).scalars()):
                shared[number] += weight
        shared.pop(seed.number, None)
        best = sorted(shared, key=lambda number: (-shared[number], number))[:MOST_CANDIDATES]
        found.update(_near(comparable(own), _rows(connection, _PROFILES.c.number.in_(best)), ignored))
    return found


def _near(own: Comparable, others: Iterable[_Row], ignored: frozenset[str]) -> Iterator[int]:
    """Yield the incidents of those `others` whose score with `own` is high enough to join or relate them."""
    for other in others:
        if compare(own, comparable(profile_without(other.profile, ignored))).score >= threshold() - RELATED_MARGIN:
            yield other.incident


def _clustered(
    connection: Connection, rows: Sequence[_Row], ignored: frozenset[str], changed: Collection[str]
) -> tuple[Incident, ...]:
    ids = [row.profile.id for row in rows]
    table = schema.successors
    former = [
        id
        for some in chunks(ids)
        for id in connection.execute(select(table.c.id).where(table.c.profile.in_(some))).scalars()
    ]
    decisions = log.about(connection, [*ids, *former])
    now = present_ids(connection, [*ids, *former]) if decisions else {}
    must, cannot = constraints(decisions, now)
    shown = [replace(row, profile=profile_without(row.profile, ignored)) for row in rows]
    large = _large(shown, changed, cannot)
    settled = [_settled(connection, number, members) for number, members in large.items()]
    loose = [row.profile for row in shown if row.incident not in large or row.profile.id in changed]
    found = add_to_clusters(loose, settled, must=must, cannot=cannot)
    return tuple(map(incident_of, found))


def _large(
    rows: Iterable[_Row], changed: Collection[str], cannot: Iterable[tuple[str, str]]
) -> dict[int, list[Profile]]:
    """Return the unchanged profiles of each incident that has many of them and that nobody has split."""
    members: dict[int, list[Profile]] = defaultdict(list)
    for row in rows:
        if row.profile.id not in changed:
            members[row.incident].append(row.profile)
    homes = {profile.id: number for number, group in members.items() for profile in group}
    divided = {homes[one] for one, other in cannot if one in homes and homes[one] == homes.get(other)}
    return {number: group for number, group in members.items() if len(group) > LARGE and number not in divided}


def _settled(connection: Connection, number: int, members: Iterable[Profile]) -> Cluster:
    content = connection.execute(select(_INCIDENTS.c.content).where(_INCIDENTS.c.number == number)).scalar_one()
    return Cluster(tuple(sorted(members, key=publication_order)), unpack(Incident, content).reasons)


def _write(
    connection: Connection, rows: Sequence[_Row], incidents: Sequence[Incident], changed: Collection[str]
) -> list[Moved]:
    """
    Write which incident each profile belongs to now. An incident keeps its id wherever its founder goes.

    Returns:
        What moved, except for `changed`.
    """
    profiles = {row.profile.id: row.profile for row in rows}
    homes = {row.profile.id: row.incident for row in rows}
    before, shown = _founders(connection, set(homes.values())), _shown(connection, set(homes.values()))
    numbers: dict[str, int] = {}
    names: dict[str, str] = {}
    for incident in incidents:
        kept = min((number for number, (_, founder) in before.items() if founder in incident.profiles), default=None)
        if kept is None:
            kept = _new_incident(connection, profiles[incident.id])
        numbers[incident.id] = kept
        names[incident.id] = before[kept][0] if kept in before else incident.id
    for incident in incidents:
        is_changed = not set(changed).isdisjoint(incident.profiles)
        _write_incident(connection, incident, numbers[incident.id], names, homes, is_changed=is_changed)
    gone = set(homes.values()) - set(numbers.values())
    connection.execute(delete(_INCIDENTS).where(_INCIDENTS.c.number.in_(gone)))
    return [
        Moved(profiles[id].document, profiles[id].title, shown.get(homes[id], ""), names[incident.id])
        for incident in incidents
        for id in incident.profiles
        if homes[id] != numbers[incident.id] and id not in changed
    ]


def _shown(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """Return the ids of those incidents that people see: any document reports them."""
    query = select(_INCIDENTS.c.number, _INCIDENTS.c.id, _INCIDENTS.c.content)
    return {
        row.number: row.id
        for some in chunks(sorted(numbers))
        for row in connection.execute(query.where(_INCIDENTS.c.number.in_(some)))
        if row.content and unpack(Incident, row.content).types
    }


def _founders(connection: Connection, numbers: Collection[int]) -> dict[int, tuple[str, str]]:
    """Return the id of each incident, and the present id of its founder."""
    query = select(_INCIDENTS.c.number, _INCIDENTS.c.id)
    found = [
        row
        for some in chunks(sorted(numbers))
        for row in connection.execute(query.where(_INCIDENTS.c.number.in_(some)))
    ]
    now = present_ids(connection, [row.id for row in found])
    return {row.number: (row.id, now[row.id]) for row in found if row.id in now}


def _write_incident(
    connection: Connection,
    incident: Incident,
    number: int,
    names: Mapping[str, str],
    homes: Mapping[str, int],
    *,
    is_changed: bool,
) -> None:
    """Write an incident; `is_changed` says that what one of its profiles says has changed."""
    related = tuple(replace(other, incident=names.get(other.incident, other.incident)) for other in incident.related)
    named = replace(incident, id=names[incident.id], related=related)
    own = _INCIDENTS.c.number == number
    content = connection.execute(select(_INCIDENTS.c.content).where(own)).scalar_one()
    former = unpack(Incident, content) if content else None
    if former != named or is_changed:
        time = now()
        values = {"first_seen": incident.first_seen, "last_seen": incident.last_seen, "content": pack(named)}
        connection.execute(update(_INCIDENTS).where(own).values(**values, changed_at=time))
        if former is None or is_changed or _without_neighbours(former) != _without_neighbours(named):
            summary_rows.mark(connection, number, named, time)
        else:
            summary_rows.touch(connection, number, time)
    moved = [id for id in incident.profiles if homes[id] != number]
    for some in chunks(moved):
        connection.execute(update(_PROFILES).where(_PROFILES.c.id.in_(some)).values(incident=number))


def _without_neighbours(incident: Incident) -> Incident:
    """Return an incident without what its summary does not show: why its reports belong together, and others near."""
    return replace(incident, reasons=(), related=())


def _has_profiles() -> Any:
    return select(_PROFILES.c.number).where(_PROFILES.c.incident == _INCIDENTS.c.number).exists()
