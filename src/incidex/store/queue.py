"""The review queue in the database: what is unsure in all documents, the least certain first, spread over kinds."""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, func, insert, select, tuple_

from incidex.records import Incident, Related, Summary
from incidex.store import documents, schema
from incidex.store.database import chunks, reading, writing
from incidex.store.decisions import log
from incidex.store.decisions.edits import Edit, Target, Verdict
from incidex.store.decisions.records import Decision, Unsure
from incidex.store.doubts import Doubt, DoubtKind, doubts_of
from incidex.store.pack import pack, unpack
from incidex.store.summaries.rows import summaries_of

_DOUBTS, _LOOKED = schema.doubts, schema.looked_through
_AT_ONCE = 20
# In so many incidents, those that changed last, merges are looked for.
_LATEST = 1000

# How far a kind has been read: score, document and number of the last item.
Place = tuple[int, int, int]
Places = Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class QueuePart:
    """
    A part of the queue.

    Attributes:
        items: What to look at, the least certain of each kind in turn.
        counts: How many there are of each kind.
        waiting: How many documents have not been looked through yet.
        next: Where the next part begins; None at the end.
    """

    items: tuple[Doubt, ...]
    counts: dict[str, int] = field(default_factory=dict)
    waiting: int = 0
    next: dict[str, Place] | None = None


def forget(connection: Connection, number: int) -> None:
    """Note that what is unsure in a document may have changed."""
    connection.execute(delete(_LOOKED).where(_LOOKED.c.document == number))


def look_through(engine: Engine, *, seconds: float | None) -> None:
    """Bring the queue up to date, the latest documents first, for at most so many seconds; None for all that takes."""
    from incidex.store.incidents import corrected_analyses, decisions_about

    until = None if seconds is None else time.monotonic() + seconds
    while until is None or time.monotonic() < until:
        with reading(engine) as connection:
            waiting = list(connection.execute(_waiting().limit(_AT_ONCE)).scalars())
        if not waiting:
            return
        with writing(engine) as connection:
            numbers = {document.id: number for number, (_, document) in documents.newest(connection, waiting).items()}
            decided = decisions_about(connection, numbers.values())
            for analysis in corrected_analyses(connection, list(numbers.values())):
                number = numbers[analysis.document.id]
                open_ones = (one.content for one in decided[number] if leaves_open(one))
                left = [content.target for content in open_ones if isinstance(content, Edit)]
                _put(connection, number, [one for one in doubts_of(analysis) if not _is_among(one, left)])


def part(
    connection: Connection, *, kinds: Sequence[DoubtKind], among: Collection[int] | None, limit: int, after: Places
) -> QueuePart:
    """
    Return a part of the queue.

    Args:
        connection: The database.
        kinds: Which kinds; they take turns.
        among: The numbers of the only documents to look at; None for all.
        limit: The greatest number of items.
        after: `QueuePart.next` of the part before; empty for the first one.
    """
    rows = {kind: _rows(connection, kind, among, after.get(kind), limit + 1) for kind in kinds}
    turns = [row for row in chain.from_iterable(zip_longest(*rows.values())) if row is not None]
    shown = turns[:limit]
    places: dict[str, Place] = {**after, **{row.kind: (row.score, row.document, row.number) for row in shown}}
    items = tuple(unpack(Doubt, row.content) for row in shown)
    next = places if len(turns) > len(shown) else None
    return QueuePart(items, _counts(connection, among), _count_waiting(connection), next)


def merges(connection: Connection, *, among: str, limit: int) -> tuple[Doubt, ...]:
    """
    Return pairs of incidents that may be the same and nobody decided about, those first that changed last.

    Args:
        connection: The database.
        among: The id of an incident that has to be one of the two; empty for any.
        limit: The most pairs.
    """
    changed, own = schema.summaries, schema.incidents
    query = select(own.c.content).join(changed, changed.c.incident == own.c.number)
    latest = connection.execute(query.order_by(changed.c.changed_at.desc()).limit(_LATEST)).scalars()
    pairs: dict[tuple[str, ...], tuple[Incident, Related]] = {}
    for incident in (unpack(Incident, content) for content in latest):
        for one in incident.related:
            pairs.setdefault(tuple(sorted((incident.id, one.incident))), (incident, one))
    titles = summaries_of(connection, {id for pair in pairs for id in pair})
    found = (
        _merge(pair, one, titles)
        for pair, (incident, one) in pairs.items()
        if among in ("", *pair)
        and all(id in titles for id in pair)
        and not _is_left(connection, incident, one.incident)
    )
    return tuple(islice(found, limit))


def leaves_open(decision: Decision) -> bool:
    """Return whether a decision leaves something to a colleague."""
    content = decision.content
    return isinstance(content, Unsure) or (isinstance(content, Edit) and content.change.verdict is Verdict.UNSURE)


def _is_among(one: Doubt, targets: Iterable[Target]) -> bool:
    own = one.target
    if own is None:
        return False
    return any((own.thing, own.span, own.trigger) == (each.thing, each.span, each.trigger) for each in targets)


def _merge(pair: tuple[str, ...], related: Related, titles: Mapping[str, Summary]) -> Doubt:
    words = " / ".join(titles[id].title for id in pair)
    return Doubt(DoubtKind.MERGE, words, "two incidents", "; ".join(related.reasons[:3]), 0.5, incidents=pair)


def _is_left(connection: Connection, incident: Incident, other: str) -> bool:
    """Return whether somebody left it to a colleague whether two incidents are the same."""
    decided = (decision.content for decision in log.about(connection, incident.profiles))
    return any(isinstance(one, Unsure) and other in (*one.left, *one.right) for one in decided)


def _waiting() -> Select[Any]:
    numbers = schema.documents.c.number
    looked = select(_LOOKED.c.document).where(_LOOKED.c.document == numbers).exists()
    return select(numbers).where(~looked).order_by(numbers.desc())


def _count_waiting(connection: Connection) -> int:
    every = connection.execute(select(func.count()).select_from(schema.documents)).scalar_one()
    return int(every - connection.execute(select(func.count()).select_from(_LOOKED)).scalar_one())


def _put(connection: Connection, number: int, found: Sequence[Doubt]) -> None:
    connection.execute(delete(_DOUBTS).where(_DOUBTS.c.document == number))
    rows = [
        {"document": number, "number": place, "kind": one.kind.value, "score": round(one.score * 1000)}
        | {"content": pack(one)}
        for place, one in enumerate(found)
    ]
    for some in chunks(rows):
        connection.execute(insert(_DOUBTS), some)
    connection.execute(delete(_LOOKED).where(_LOOKED.c.document == number))
    connection.execute(insert(_LOOKED).values(document=number))


def _rows(
    connection: Connection, kind: str, among: Collection[int] | None, after: Place | None, limit: int
) -> Sequence[Any]:
    order = (_DOUBTS.c.score, _DOUBTS.c.document, _DOUBTS.c.number)
    query = select(_DOUBTS).where(_DOUBTS.c.kind == kind).order_by(*order).limit(limit)
    if among is not None:
        query = query.where(_DOUBTS.c.document.in_(among))
    if after is not None:
        query = query.where(tuple_(*order) > tuple_(*after))
    return connection.execute(query).all()


def _counts(connection: Connection, among: Collection[int] | None) -> dict[str, int]:
    query = select(_DOUBTS.c.kind, func.count()).group_by(_DOUBTS.c.kind)
    if among is not None:
        query = query.where(_DOUBTS.c.document.in_(among))
    found = {kind: int(count) for kind, count in connection.execute(query)}
    return {kind.value: found[kind] for kind in DoubtKind if kind in found}
