"""
The rows of summaries and of what incidents are chosen by, and which of them are out of date.

Whatever changes an incident marks its summary within the same transaction. Those of small incidents are made anew at
once, those of large ones and of incidents that an ignored value concerns when they are next read: see `make`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from incidex.records import Incident, Status, Summary
from incidex.store import schema
from incidex.store.database import chunks
from incidex.store.decisions.ignored import folded
from incidex.store.pack import pack, unpack

if TYPE_CHECKING:
    from incidex.dossiers.summary import Term

_SUMMARIES, _FACETS = schema.summaries, schema.facets

# In place of its maker: the summary of an incident that this transaction or an earlier one changed; and one that waits
# until it is read, however small the incident is.
_CHANGED, _LATER = "", "later"


def maker() -> str:
    """Return by what summaries are made: another version may make other ones."""
    return f"incidex {version('incidex')}"


def mark(connection: Connection, number: int, incident: Incident, changed_at: str) -> None:
    """Note that an incident has changed, with what is known of it without its dossier; one that nobody reports goes."""
    own = _SUMMARIES.c.incident == number
    if not incident.types:
        connection.execute(delete(_SUMMARIES).where(own))
        return
    content = connection.execute(select(_SUMMARIES.c.content).where(own)).scalar()
    former = unpack(Summary, content) if content else Summary(incident.id, incident.title, Status.REPORTED, ())
    provisional = replace(
        former,
        types=former.types or incident.types,
        first_seen=incident.first_seen,
        last_seen=incident.last_seen,
        reports=len(incident.documents),
        changed_at=changed_at,
    )
    _write(connection, number, provisional, _CHANGED, is_new=content is None)


def touch(connection: Connection, number: int, changed_at: str) -> None:
    """Note that something about an incident has changed that its summary does not show."""
    own = _SUMMARIES.c.incident == number
    content = connection.execute(select(_SUMMARIES.c.content).where(own)).scalar()
    if content:
        packed = pack(replace(unpack(Summary, content), changed_at=changed_at))
        values = {"changed_at": changed_at, "content": packed, "is_shared": 0}
        connection.execute(update(_SUMMARIES).where(own).values(values))


def postpone(connection: Connection, numbers: Iterable[int]) -> None:
    """Note that the dossiers of incidents may have changed; their summaries are made when they are next read."""
    for some in chunks(sorted(numbers)):
        connection.execute(update(_SUMMARIES).where(_SUMMARIES.c.incident.in_(some)).values(maker=_LATER))


def put(connection: Connection, number: int, summary: Summary, terms: "Iterable[Term]") -> None:
    """Write the summary of an incident, and what it is chosen by, in place of what was there."""
    _write(connection, number, summary, maker(), is_new=False)
    connection.execute(delete(_FACETS).where(_FACETS.c.incident == number))
    if rows := list(_facets(number, terms)):
        connection.execute(insert(_FACETS), rows)


def changed(connection: Connection, *, most_reports: int) -> list[int]:
    """Return the numbers of the incidents that changed since their summary was made, without large ones."""
    query = select(_SUMMARIES.c.incident).where(_SUMMARIES.c.maker == _CHANGED, _SUMMARIES.c.reports <= most_reports)
    return list(connection.execute(query.order_by(_SUMMARIES.c.incident)).scalars())


def outdated(connection: Connection, among: Collection[str] | None = None) -> list[int]:
    """Return the numbers of all incidents whose summary has to be made anew, or of those with an id in `among`."""
    # Two ranges, which the index serves; all that are up to date lie between them.
    made = or_(_SUMMARIES.c.maker < maker(), _SUMMARIES.c.maker > maker())
    query = select(_SUMMARIES.c.incident).where(made).order_by(_SUMMARIES.c.incident)
    if among is None:
        return list(connection.execute(query).scalars())
    incidents = schema.incidents
    joined = query.join(incidents, incidents.c.number == _SUMMARIES.c.incident)
    return [n for some in chunks(among) for n in connection.execute(joined.where(incidents.c.id.in_(some))).scalars()]


def summaries_of(connection: Connection, ids: Iterable[str]) -> dict[str, Summary]:
    """Return the summaries of incidents by the ids of these, as they are; incidents that nobody reports have none."""
    incidents = schema.incidents
    query = select(_SUMMARIES.c.content).join(incidents, incidents.c.number == _SUMMARIES.c.incident)
    found = (
        unpack(Summary, content)
        for some in chunks(dict.fromkeys(ids))
        for content in connection.execute(query.where(incidents.c.id.in_(some))).scalars()
    )
    return {summary.id: summary for summary in found}


def _write(connection: Connection, number: int, summary: Summary, made_by: str, *, is_new: bool) -> None:
    values: dict[str, Any] = {
        "maker": made_by,
        "title": summary.title.casefold(),
        "first_seen": summary.first_seen or "",
        "last_seen": summary.last_seen or "",
        "reports": summary.reports,
        "changed_at": summary.changed_at,
        "content": pack(summary),
        "is_shared": 0,
    }
    if is_new:
        connection.execute(insert(_SUMMARIES).values(incident=number, **values))
    else:
        connection.execute(update(_SUMMARIES).where(_SUMMARIES.c.incident == number).values(values))


def _facets(number: int, terms: "Iterable[Term]") -> Iterator[dict[str, Any]]:
    """Yield the rows of terms, of which those that differ only in case and punctuation are one."""
    seen: set[tuple[str, str]] = set()
    for term in terms:
        name = folded(term.value)
        if name and (term.kind, name) not in seen:
            seen.add((term.kind, name))
            forms = "|".join(dict.fromkeys((name, *map(folded, term.others))))
            yield {
                "kind": term.kind.value,
                "name": name,
                "incident": number,
                "shown": term.value,
                "forms": f"|{forms}|",
            }
