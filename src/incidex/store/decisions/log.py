"""The log of decisions in the database: they are appended, looked up, and undone by further ones."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert, select

from incidex.store import schema
from incidex.store.database import chunks
from incidex.store.decisions.edits import Edit
from incidex.store.decisions.ignored import folded
from incidex.store.decisions.records import KINDS, Annotation, Content, Correction, Decision, Ignore, Undo, subjects
from incidex.store.documents import now
from incidex.store.pack import pack, unpack

_TABLE = schema.decisions


def append(connection: Connection, content: Content, *, author: str, reason: str) -> Decision:
    """Append a decision and return it."""
    made = Decision(0, made_at=now(), author=author, reason=reason, content=content)
    values: dict[str, Any] = {
        "made_at": made.made_at,
        "author": author,
        "reason": reason,
        "kind": made.kind,
        "content": pack(content),
        "undoes": content.number if isinstance(content, Undo) else None,
    }
    number = connection.execute(insert(_TABLE).values(values).returning(_TABLE.c.number)).scalar_one()
    rows = [{"subject": subject, "decision": number} for subject in dict.fromkeys(subjects(content))]
    if rows:
        connection.execute(insert(schema.subjects), rows)
    return replace(made, number=number)


def all_decisions(connection: Connection) -> tuple[Decision, ...]:
    """Return every decision, the earliest first."""
    return _decisions(connection, connection.execute(select(_TABLE).order_by(_TABLE.c.number)).all())


def about(connection: Connection, ids: Iterable[str]) -> tuple[Decision, ...]:
    """Return the decisions in force about any of these profiles or documents, the earliest first."""
    return tuple(decision for decision in ever_about(connection, ids) if decision.holds)


def ever_about(connection: Connection, ids: Iterable[str]) -> tuple[Decision, ...]:
    """Return all decisions about any of these profiles or documents, also those undone, the earliest first."""
    table = schema.subjects
    numbers: set[int] = set()
    for some in chunks(ids):
        numbers.update(connection.execute(select(table.c.decision).where(table.c.subject.in_(some))).scalars())
    rows = [row for some in chunks(sorted(numbers)) for row in _rows(connection, some)]
    return _decisions(connection, rows)


def with_undos(connection: Connection, numbers: Iterable[int]) -> tuple[Decision, ...]:
    """Return these decisions and all that undo one of them, or undo such an undo, the earliest first."""
    every = set(numbers)
    query = select(_TABLE.c.number, _TABLE.c.undoes).where(_TABLE.c.undoes.is_not(None)).order_by(_TABLE.c.number)
    for row in connection.execute(query):
        if row.undoes in every:
            every.add(row.number)
    return _decisions(connection, [row for some in chunks(sorted(every)) for row in _rows(connection, some)])


def corrections_of(connection: Connection, ids: Iterable[str]) -> list[Decision]:
    """Return what people decided about what is in the documents with these ids, and is in force, the earliest first."""
    return [each for each in about(connection, ids) if _is_about_content(each.content)]


def ignored(connection: Connection) -> tuple[str, ...]:
    """Return the values that are ignored everywhere, as they were given."""
    rows = connection.execute(select(_TABLE).where(_TABLE.c.kind == "ignore").order_by(_TABLE.c.number)).all()
    found = (decision.content for decision in _decisions(connection, rows) if decision.holds)
    return tuple(dict.fromkeys(each.value for each in found if isinstance(each, Ignore) and each.is_everywhere))


def ignored_forms(connection: Connection) -> frozenset[str]:
    """Return the values that are ignored everywhere, in folded form."""
    return frozenset(map(folded, ignored(connection)))


def forms_ignored_in(connection: Connection, profiles: Iterable[str]) -> frozenset[str]:
    """Return the values, in folded form, that are ignored in the incident that has any of these profiles."""
    found = (decision.content for decision in about(connection, profiles))
    return frozenset(folded(each.value) for each in found if isinstance(each, Ignore) and each.incident)


def ever_ignored(connection: Connection) -> tuple[frozenset[str], str]:
    """Return the folded forms of all values ever ignored, and when that last changed ("" if never)."""
    roots: dict[int, Ignore] = {}
    last = ""
    for row in connection.execute(
        select(_TABLE).where(_TABLE.c.kind.in_(("ignore", "undo"))).order_by(_TABLE.c.number)
    ):
        content = unpack(KINDS[row.kind], row.content)
        root = roots.get(content.number) if isinstance(content, Undo) else content
        if isinstance(root, Ignore):
            roots[row.number] = root
            last = max(last, row.made_at)
    return frozenset(folded(root.value) for root in roots.values()), last


def _is_about_content(content: Content) -> bool:
    """Return whether a decision changes what is in one document; one to ignore a value may do so, too."""
    return isinstance(content, Correction | Edit | Annotation) or (
        isinstance(content, Ignore) and bool(content.document)
    )


def _rows(connection: Connection, numbers: Sequence[int]) -> Sequence[Any]:
    return connection.execute(select(_TABLE).where(_TABLE.c.number.in_(numbers)).order_by(_TABLE.c.number)).all()


def _decisions(connection: Connection, rows: Collection[Any]) -> tuple[Decision, ...]:
    undone = _undone(connection) if rows else frozenset()
    return tuple(
        Decision(
            number=row.number,
            made_at=row.made_at,
            author=row.author,
            reason=row.reason,
            content=unpack(KINDS[row.kind], row.content),
            holds=row.number not in undone,
        )
        for row in rows
    )


def _undone(connection: Connection) -> frozenset[int]:
    """Return the numbers of the decisions that are undone. Each undo comes later than what it undoes."""
    query = select(_TABLE.c.number, _TABLE.c.undoes).where(_TABLE.c.undoes.is_not(None))
    undone: set[int] = set()
    for row in connection.execute(query.order_by(_TABLE.c.number.desc())):
        if row.number not in undone:
            undone.add(row.undoes)
    return frozenset(undone)
