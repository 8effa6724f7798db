"""Incidents in the database: looked up by id, by document or by what they are about, and their members."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, select

from incidex.errors import UnknownId
from incidex.matching.profiles import profiles as profiles_of
from incidex.records import Analysis, Document, Incident, Profile
from incidex.store import documents, queue, schema
from incidex.store.database import chunks
from incidex.store.decisions import log
from incidex.store.decisions.corrections import corrected, corrected_document
from incidex.store.decisions.ignored import analysis_without, folded, profile_without
from incidex.store.decisions.records import Decision, Ignore, subjects
from incidex.store.ids import full_id, present_ids
from incidex.store.memberships import put_profiles
from incidex.store.pack import unpack
from incidex.store.results import Added, Members, Moved, News, Status
from incidex.store.summaries.rows import summaries_of

_PROFILES, _INCIDENTS = schema.profiles, schema.incidents
_OF_PROFILES = _INCIDENTS.join(_PROFILES, _PROFILES.c.incident == _INCIDENTS.c.number)


def incident(connection: Connection, id: str) -> Incident:
    """
    Return the incident that has, or ever had, the id, with the headline that is nearest to all others as its title.

    Raises:
        InputError: There is none, or several ids begin with `id`.
    """
    whole = full_id(connection, id, [_PROFILES.c.id, schema.successors.c.id], what="incidents")
    now = present_ids(connection, [whole]).get(whole)
    query = select(_INCIDENTS.c.content).select_from(_OF_PROFILES).where(_PROFILES.c.id == now)
    content = connection.execute(query).scalar() if now else None
    found = unpack(Incident, content) if content is not None else None
    if found is None or not _is_reported(found):
        raise UnknownId(f"No incident in the store has the id {id}.\nList them with: incidex incidents")
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
    """Return how many incidents there are that documents report: those with a summary."""
    return int(connection.execute(select(func.count()).select_from(schema.summaries)).scalar_one())


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
    reported = as_listed(connection, of_documents(connection, [number]).get(number, ()))
    return Added(document.id, status, reported, moved)


def in_order(connection: Connection, numbers: Sequence[int]) -> tuple[Incident, ...]:
    """Return the incidents with these numbers, as they are listed, in the same order."""
    query = select(_INCIDENTS.c.number, _INCIDENTS.c.content)
    found = {
        row.number: unpack(Incident, row.content)
        for some in chunks(numbers)
        for row in connection.execute(query.where(_INCIDENTS.c.number.in_(some)))
    }
    return as_listed(connection, [found[number] for number in numbers])


def as_listed(connection: Connection, found: Sequence[Incident]) -> tuple[Incident, ...]:
    """Return incidents with the titles and the order of types that their dossiers have."""
    known = summaries_of(connection, [each.id for each in found])
    return tuple(
        replace(each, title=known[each.id].title, types=known[each.id].types) if each.id in known else each
        for each in found
    )


def members(connection: Connection, id: str) -> Members:
    """Return an incident with what its documents say about it. Raises as `incident` does."""
    found = incident(connection, id)
    rows = [
        row
        for some in chunks(found.profiles)
        for row in connection.execute(select(_PROFILES).where(_PROFILES.c.id.in_(some)))
    ]
    ignored = log.ignored_forms(connection) | log.forms_ignored_in(connection, found.profiles)
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
    decisions = decisions_about(connection, analyses)
    return tuple(corrected(analysis, decisions[number]) for number, analysis in analyses.items())


def corrected_documents(connection: Connection, numbers: Iterable[int]) -> dict[int, Document]:
    """Return the newest revision of each document with the title, date, publisher and blocks that people decided on."""
    newest = documents.newest(connection, numbers)
    decisions = decisions_about(connection, newest)
    return {number: corrected_document(document, decisions[number]) for number, (_, document) in newest.items()}


def decisions_about(connection: Connection, numbers: Iterable[int]) -> dict[int, list[Decision]]:
    """Return what people decided about what is in each document, and is in force, the earliest first."""
    former = documents.text_ids(connection, numbers)
    homes: dict[str, list[int]] = {}
    for number, ids in former.items():
        for id in ids:
            homes.setdefault(id, []).append(number)
    found: dict[int, list[Decision]] = {number: [] for number in former}
    for decision in log.corrections_of(connection, homes):
        for number in {number for id in subjects(decision.content) for number in homes.get(id, ())}:
            found[number].append(decision)
    return found


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
    queue.forget(connection, number)
    analysis = corrected_analyses(connection, [number])[0]
    profiles = ready[1] if ready and ready[0] == analysis else profiles_of(analysis)
    ignored = frozenset(
        folded(decision.content.value)
        for decision in decisions_about(connection, [number])[number]
        if isinstance(decision.content, Ignore)
    )
    return put_profiles(connection, number, [profile_without(profile, ignored) for profile in profiles])


def _is_reported(incident: Incident) -> bool:
    """Return whether any document reports the incident; the others wait for one that does."""
    return bool(incident.types)


def _ignored_at(connection: Connection, analyses: Iterable[Analysis]) -> str:
    """Return when people last changed which values are ignored, if `analyses` have any such value; else ""."""
    forms, last = log.ever_ignored(connection)
    return last if any(analysis_without(each, forms) != each for each in analyses) else ""
