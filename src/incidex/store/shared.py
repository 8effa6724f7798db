"""What other programs poll: the STIX objects of the dossiers in all their versions, in the order of their addition."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, and_, delete, func, insert, or_, select, update

from incidex.store import schema
from incidex.store.database import chunks, reading, writing
from incidex.store.pack import pack, unpack

_SHARED, _HOLDINGS, _SUMMARIES, _INCIDENTS = schema.shared, schema.holdings, schema.summaries, schema.incidents
_GIVEN, _HIDDEN, _REVOKED = "given", "hidden", "revoked"
# Of an object that is hidden only this is kept, as the rest may repeat the words of a report that was removed.
_STUB = frozenset(
    ("type", "spec_version", "id", "created_by_ref", "created", "modified", "object_marking_refs")
    + ("relationship_type", "source_ref", "target_ref")
)

Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SharedObject:
    """
    One version of an object.

    Attributes:
        id: The id of the object.
        version: Its `modified`, else its `created`, else `added_at`.
        added_at: When it was added: UTC, ISO 8601, to the microsecond; no two are added at once.
        content: The object.
    """

    id: str
    version: str
    added_at: str
    content: Object


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    Which versions are wanted; empty for all.

    Attributes:
        ids: The ids of objects.
        types: Their types.
        versions: "first", "last", "all" or times.
        added_after: Only what was added after this time, in the form of `SharedObject.added_at`.
    """

    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    versions: tuple[str, ...] = ("last",)
    added_after: str = ""


@dataclass(slots=True)
class _Clock:
    """Gives times of which each is later than the one before, whatever the clock of the machine does."""

    last: str
    now: str = field(default_factory=lambda: _written(datetime.now(UTC)))

    def tick(self) -> str:
        following = _written(datetime.fromisoformat(self.last) + timedelta(microseconds=1)) if self.last else ""
        self.last = max(self.now, following)
        return self.last


class Shared:
    """The table of shared objects, in the database of a store. Each method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        """Use the database of a store; see `Store.shared`."""
        self._engine = engine

    def outdated(self, *, limit: int) -> tuple[tuple[int, str], ...]:
        """Return the numbers and ids of incidents whose objects are not shared as they are now, the oldest first."""
        query = select(_SUMMARIES.c.incident, _INCIDENTS.c.id).join(
            _INCIDENTS, _INCIDENTS.c.number == _SUMMARIES.c.incident
        )
        query = query.where(_SUMMARIES.c.is_shared == 0).order_by(_SUMMARIES.c.incident).limit(limit)
        with reading(self._engine) as connection:
            return tuple((row.incident, row.id) for row in connection.execute(query))

    def put(self, incident: int, changed_at: str, objects: Sequence[Object]) -> None:
        """
        Share the objects of an incident in place of those shared before.

        Args:
            incident: Its number.
            changed_at: When the incident that they were made from had changed: if it has again, it stays outdated.
            objects: They need an `id` and a `type`. Those that are shared as they are stay as they are.
        """
        with writing(self._engine) as connection:
            _put_versions(connection, objects)
            connection.execute(delete(_HOLDINGS).where(_HOLDINGS.c.incident == incident))
            ids = dict.fromkeys(str(one["id"]) for one in objects)
            if ids:
                connection.execute(insert(_HOLDINGS), [{"incident": incident, "object": id} for id in ids])
            own = and_(_SUMMARIES.c.incident == incident, _SUMMARIES.c.changed_at <= changed_at)
            connection.execute(update(_SUMMARIES).where(own).values(is_shared=1))

    def without_incident(self, *, limit: int) -> tuple[Object, ...]:
        """Return what is left of objects that belong to no incident any more, and are not revoked yet."""
        gone = _HOLDINGS.c.incident.not_in(select(_SUMMARIES.c.incident))
        with writing(self._engine) as connection:
            connection.execute(delete(_HOLDINGS).where(gone))
        held = select(_HOLDINGS.c.object).where(_HOLDINGS.c.object == _SHARED.c.object).exists()
        query = select(_SHARED.c.content).where(_SHARED.c.is_last == 1, _SHARED.c.state != _REVOKED, ~held)
        with reading(self._engine) as connection:
            found = connection.execute(query.order_by(_SHARED.c.number).limit(limit)).scalars()
            return tuple(unpack(dict, content) for content in found)

    def revoke(self, objects: Iterable[Object]) -> None:
        """Add the last versions of objects, which say that they are revoked, and forget what they said before."""
        with writing(self._engine) as connection:
            revoked = list(objects)
            _put_versions(connection, revoked, state=_REVOKED)
            for some in chunks(str(one["id"]) for one in revoked):
                old = and_(_SHARED.c.object.in_(some), _SHARED.c.is_last == 0)
                connection.execute(delete(_SHARED).where(old))
                connection.execute(update(_SHARED).where(_SHARED.c.object.in_(some)).values(is_first=1))

    def forget(self, ids: Iterable[str]) -> None:
        """Delete all versions of objects that cannot be revoked."""
        with writing(self._engine) as connection:
            for some in chunks(ids):
                connection.execute(delete(_SHARED).where(_SHARED.c.object.in_(some)))

    def part(self, wanted: Wanted, *, limit: int) -> tuple[tuple[SharedObject, ...], bool]:
        """Return versions of objects in the order of their addition, and whether there are more behind them."""
        query = select(_SHARED).where(_SHARED.c.state != _HIDDEN, *_conditions(wanted))
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(_SHARED.c.added_at).limit(limit + 1)).all()
        found = tuple(_shared_object(row) for row in rows[:limit])
        return found, len(rows) > limit


def hide(connection: Connection, documents: Collection[int]) -> None:
    """
    Let what may repeat the words of documents that are removed be seen by nobody, until its incidents are shared anew.

    Args:
        connection: For writing, before the profiles of the documents go.
        documents: Their numbers.
    """
    for some in chunks(documents):
        incidents = select(schema.profiles.c.incident).where(schema.profiles.c.document.in_(some))
        ids = select(_HOLDINGS.c.object).where(_HOLDINGS.c.incident.in_(incidents))
        held = list(connection.execute(ids.distinct()).scalars())
        connection.execute(update(_SUMMARIES).where(_SUMMARIES.c.incident.in_(incidents)).values(is_shared=0))
        for part in chunks(held):
            _hide(connection, part)


def _hide(connection: Connection, ids: Sequence[str]) -> None:
    connection.execute(delete(_SHARED).where(_SHARED.c.object.in_(ids), _SHARED.c.is_last == 0))
    rows = connection.execute(select(_SHARED).where(_SHARED.c.object.in_(ids), _SHARED.c.state == _GIVEN)).all()
    for row in rows:
        stub = {name: value for name, value in unpack(dict, row.content).items() if name in _STUB}
        values = {"content": pack(stub), "state": _HIDDEN, "is_first": 1}
        connection.execute(update(_SHARED).where(_SHARED.c.number == row.number).values(values))


def _put_versions(connection: Connection, objects: Iterable[Object], *, state: str = _GIVEN) -> None:
    by_id = {str(one["id"]): one for one in objects}
    last = _last(connection, by_id)
    clock = _Clock(connection.execute(select(func.max(_SHARED.c.added_at))).scalar() or "")
    for id, one in by_id.items():
        before = last.get(id)
        digest = _digest(one)
        if before is not None and before.state != _REVOKED and before.digest == digest and state == _GIVEN:
            if before.state == _HIDDEN:
                content = pack({**one, "modified": before.version} if "modified" in one else one)
                own = _SHARED.c.number == before.number
                connection.execute(update(_SHARED).where(own).values(state=_GIVEN, content=content))
            continue
        added_at = clock.tick()
        whole = _newer(one, before.version, added_at) if before is not None else one
        if before is not None:
            connection.execute(update(_SHARED).where(_SHARED.c.number == before.number).values(is_last=0))
        values = {
            "object": id,
            "kind": str(one["type"]),
            "version": str(whole.get("modified") or whole.get("created") or added_at),
            "added_at": added_at,
            "is_first": int(before is None),
            "is_last": 1,
            "state": state,
            "digest": digest,
            "content": pack(whole),
        }
        connection.execute(insert(_SHARED).values(values))


def _last(connection: Connection, ids: Iterable[str]) -> dict[str, Any]:
    columns = (_SHARED.c.number, _SHARED.c.object, _SHARED.c.version, _SHARED.c.state, _SHARED.c.digest)
    query = select(*columns).where(_SHARED.c.is_last == 1)
    rows = (row for some in chunks(ids) for row in connection.execute(query.where(_SHARED.c.object.in_(some))))
    return {row.object: row for row in rows}


def _newer(one: Object, before: str, now: str) -> Object:
    """Return a version that is later than the one before it. Objects without versions have none."""
    if "modified" not in one:
        return one
    later = datetime.fromisoformat(before) + timedelta(milliseconds=1)
    stated = max(datetime.fromisoformat(now), later).astimezone(UTC).replace(tzinfo=None)
    return {**one, "modified": f"{stated.isoformat(timespec='milliseconds')}Z"}


def _digest(one: Object) -> str:
    """Return a hash of what an object says."""
    said = {name: value for name, value in one.items() if name != "modified"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode("utf-8", "backslashreplace")).hexdigest()


def _conditions(wanted: Wanted) -> list[Any]:
    found: list[Any] = []
    if wanted.ids:
        found.append(_SHARED.c.object.in_(wanted.ids))
    if wanted.types:
        found.append(_SHARED.c.kind.in_(wanted.types))
    if wanted.added_after:
        found.append(_SHARED.c.added_at > wanted.added_after)
    if "all" not in wanted.versions:
        each: list[Any] = [_SHARED.c.version.in_([one for one in wanted.versions if one not in ("first", "last")])]
        each += [_SHARED.c.is_first == 1] if "first" in wanted.versions else []
        each += [_SHARED.c.is_last == 1] if "last" in wanted.versions else []
        found.append(or_(*each))
    return found


def _shared_object(row: Any) -> SharedObject:
    return SharedObject(row.object, row.version, row.added_at, unpack(dict, row.content))


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
