"""Incidents in the database: looked up by id, by document or by what they are about, and their members."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from incidex.errors import InputError
from incidex.matching.profiles import profiles as profiles_of
from incidex.records import Analysis, Document, Incident, Profile
from incidex.store import documents, schema
from incidex.store.database import chunks
from incidex.store.decisions import log
from incidex.store.decisions.corrections import corrected
from incidex.store.decisions.ignored import analysis_without, profile_without
from incidex.store.ids import full_id, present_ids
from incidex.store.memberships import put_profiles
from incidex.store.pack import unpack
from incidex.store.results import Added, Members, Moved, News, Status

_PROFILES, _INCIDENTS, _FACETS = schema.profiles, schema.incidents, schema.facets
_OF_PROFILES = _INCIDENTS.join(_PROFILES, _PROFILES.c.incident == _INCIDENTS.c.number)


def incident(connection: Connection, id: str) -> Incident:
    """
    Return the incident that has, or ever had, the id.

    Raises:
        InputError: There is none, or several ids begin with `id`.
    """
    whole = full_id(connection, id, [_PROFILES.c.id, schema.successors.c.id], what="incidents")
    now = present_ids(connection, [whole]).get(whole)
    query = select(_INCIDENTS.c.content).select_from(_OF_PROFILES).where(_PROFILES.c.id == now)
    content = connection.execute(query).scalar() if now else None
    found = unpack(Incident, content) if content is not None else None
    if found is None or not _is_reported(found):
        raise InputError(f"No incident in the store has the id {id}.\nList them with: incidex incidents")
    return found


def of_documents(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[Incident, ...]]:
    """Return the incidents that each document reports, the oldest in the store first."""
    query = select(_PROFILES.c.document, _INCIDENTS.c.number, _INCIDENTS.c.content).select_from(_OF_PROFILES)
    found: dict[int, tuple[Incident, ...]] = {}
    for some in chunks(numbers):
        rows = connection.execute(query.where(_PROFILES.c.document.in_(some)).distinct())
        for row in sorted(rows, key=lambda row: row.number):
            found[row.document] = (*found.get(row.document, ()), unpack(Incident, row.content))
    return {number: tuple(filter(_is_reported, incidents)) for number, incidents in found.items()}


def count(connection: Connection) -> int:
    """Return how many incidents there are that documents report: those with a type."""
    of_type = select(_PROFILES.c.incident).join(_FACETS, _FACETS.c.profile == _PROFILES.c.number)
    reported = of_type.where(_FACETS.c.kind == "type").distinct().subquery()
    return int(connection.execute(select(func.count()).select_from(reported)).scalar_one())


def news(connection: Connection, since: str) -> tuple[News, ...]:
    """Return the incidents that reports were added to since a time; that of the latest report first."""
    new = documents.added_since(connection, since)
    found: dict[str, tuple[Incident, list[tuple[str, str]]]] = {}
    for number, incidents in of_documents(connection, new).items():
        for each in incidents:
            found.setdefault(each.id, (each, []))[1].append(new[number])
    listed = (News(each, tuple(sorted(added, key=lambda one: one[1]))) for each, added in found.values())
    return tuple(sorted(listed, key=lambda one: one.added[-1][1], reverse=True))


def added(
    connection: Connection, number: int, document: Document, status: Status, moved: tuple[Moved, ...] = ()
) -> Added:
    """Return what adding a document did, with the incidents that it reports now."""
    return Added(document.id, status, of_documents(connection, [number]).get(number, ()), moved)


def matching(
    connection: Connection,
    *,
    since: str | None = None,
    until: str | None = None,
    type: str | None = None,
    actor: str | None = None,
    victim: str | None = None,
) -> tuple[Incident, ...]:
    """Return the incidents that fulfil all conditions, the latest first; see `Store.incidents`."""
    query = select(_INCIDENTS.c.content).order_by(_INCIDENTS.c.last_seen.desc(), _INCIDENTS.c.number.desc())
    if since:
        query = query.where(_INCIDENTS.c.last_seen >= since)
    if until:
        # "2017-05" includes all days of May.
        query = query.where(_INCIDENTS.c.first_seen <= until + "-99-99"[len(until) - 4 :])
    for kind, value in (("type", type), ("actor", actor), ("victim", victim)):
        query = _with_facet(query, kind, value) if value else query
    found = filter(_is_reported, (unpack(Incident, content) for content in connection.execute(query).scalars()))
    # The databases disagree on whether incidents without a date come first.
    return tuple(sorted(found, key=lambda incident: incident.last_seen is None))


def members(connection: Connection, id: str) -> Members:
    """Return an incident with what its documents say about it. Raises as `incident` does."""
    found = incident(connection, id)
    rows = [
        row
        for some in chunks(found.profiles)
        for row in connection.execute(select(_PROFILES).where(_PROFILES.c.id.in_(some)))
    ]
    ignored = log.ignored_forms(connection)
    profiles = {row.id: profile_without(unpack(Profile, row.content), ignored) for row in rows}
    corrected_ones = corrected_analyses(connection, list({row.document for row in rows}))
    analyses = {each.document.id: analysis_without(each, ignored) for each in corrected_ones}
    times = select(_INCIDENTS.c.founded_on, _INCIDENTS.c.changed_at).where(_INCIDENTS.c.id == found.id)
    founded_on, changed_at = connection.execute(times).one()
    return Members(
        found,
        tuple(analyses[id] for id in found.documents),
        tuple(profiles[id] for id in found.profiles),
        founded_on,
        max(changed_at, _ignored_at(connection, corrected_ones)),
    )


def corrected_analyses(connection: Connection, numbers: Sequence[int]) -> tuple[Analysis, ...]:
    """Return the analyses of these documents with people's corrections."""
    analyses = documents.analyses_of(connection, numbers)
    former = documents.text_ids(connection, numbers)
    corrections = log.corrections_of(connection, [id for ids in former.values() for id in ids])
    return tuple(
        corrected(analysis, [each for each in corrections if each.document in former[number]])
        for number, analysis in analyses.items()
    )


def update(
    connection: Connection, number: int, ready: tuple[Analysis, tuple[Profile, ...]] | None = None
) -> tuple[Moved, ...]:
    """
    Assign a document to incidents anew, after its analysis or a decision about it has changed.

    Args:
        connection: The database.
        number: The number of the document.
        ready: An analysis with its profiles, made before the transaction began. They are used unless people have
            corrected it.

    Returns:
        The other documents that belong to another incident now.
    """
    analysis = corrected_analyses(connection, [number])[0]
    return put_profiles(connection, number, ready[1] if ready and ready[0] == analysis else profiles_of(analysis))


def _is_reported(incident: Incident) -> bool:
    """Return whether any document reports the incident; the others wait for one that does."""
    return bool(incident.types)


def _ignored_at(connection: Connection, analyses: Iterable[Analysis]) -> str:
    """Return when people last changed which values are ignored, if `analyses` have any such value; else ""."""
    forms, last = log.ever_ignored(connection)
    return last if any(analysis_without(each, forms) != each for each in analyses) else ""


def _with_facet(query: Select[Any], kind: str, value: str) -> Select[Any]:
    facets = _PROFILES.join(_FACETS, _FACETS.c.profile == _PROFILES.c.number)
    having = select(_PROFILES.c.incident).select_from(facets)
    having = having.where(_FACETS.c.kind == kind, _FACETS.c.value.contains(value.lower(), autoescape=True))
    return query.where(_INCIDENTS.c.number.in_(having))
