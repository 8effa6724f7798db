"""Removes documents from the database with everything that came from them, but for the decision that removed them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine, delete, select, text, update

from incidex.store import documents, schema, shared
from incidex.store.database import chunks
from incidex.store.decisions import log
from incidex.store.decisions.edits import Edit
from incidex.store.decisions.records import KINDS, Annotation, Content, Correction, Decision, Ignore, Remove
from incidex.store.memberships import remove_profiles
from incidex.store.pack import pack, unpack

_DECISIONS, _SUBJECTS = schema.decisions, schema.subjects


def remove(connection: Connection, ids: Sequence[str], *, author: str, reason: str) -> Decision:
    """
    Delete documents, given by their ids, and append the decision to do so.

    People's corrections of them are emptied, too, as they repeat the words.

    Raises:
        InputError: There is no such document.
    """
    numbers = list(dict.fromkeys(documents.existing_numbers(connection, ids)))
    former = documents.text_ids(connection, numbers)
    removed = Remove(tuple(document.id for _, document in documents.newest(connection, numbers).values()))
    shared.hide(connection, numbers)
    remove_profiles(connection, numbers)
    for number in numbers:
        _delete_rows(connection, number)
    _empty_corrections(connection, [id for number in numbers for id in former[number]])
    return log.append(connection, removed, author=author, reason=reason)


def compact(engine: Engine) -> None:
    """Write an SQLite file anew, so that nothing of what was deleted is left in it. PostgreSQL does so by itself."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        # The index of words keeps what was deleted until its parts are merged.
        for statement in (
            "INSERT INTO search(search) VALUES ('optimize')",
            "VACUUM",
            "PRAGMA wal_checkpoint(TRUNCATE)",
        ):
            raw.execute(statement).fetchall()


def _delete_rows(connection: Connection, number: int) -> None:
    """Delete a document that no profile is of any more."""
    if connection.dialect.name == "sqlite":
        words = "SELECT 'delete', document, title, body FROM texts WHERE document = :number"
        connection.execute(text(f"INSERT INTO search(search, rowid, title, body) {words}"), {"number": number})
    for table in (
        schema.doubts,
        schema.looked_through,
        schema.texts,
        schema.analyses,
        schema.revisions,
        schema.sources,
    ):
        connection.execute(delete(table).where(table.c.document == number))
    connection.execute(delete(schema.documents).where(schema.documents.c.number == number))


def _empty_corrections(connection: Connection, ids: Iterable[str]) -> None:
    """Take the words of the documents with these ids out of the decisions about them, in force or not."""
    joined = _DECISIONS.join(_SUBJECTS, _SUBJECTS.c.decision == _DECISIONS.c.number)
    query = select(_DECISIONS.c.number, _DECISIONS.c.kind, _DECISIONS.c.content).select_from(joined)
    rows = [row for some in chunks(ids) for row in connection.execute(query.where(_SUBJECTS.c.subject.in_(some)))]
    contents = ((row.number, unpack(KINDS[row.kind], row.content)) for row in rows)
    emptied = [(number, new) for number, each in contents if (new := _emptied(each)) is not None]
    if not emptied:
        return
    with _changeable(connection):
        for number, content in emptied:
            values = {"content": pack(content)}
            connection.execute(update(_DECISIONS).where(_DECISIONS.c.number == number).values(values))


def _emptied(content: Content) -> Content | None:
    """Return a decision without the words of its document; None if it has none."""
    match content:
        case Correction():
            return replace(content, words="")
        case Edit(target=target, change=change):
            bare = replace(change, name=None, link=None, value=None)
            return replace(content, target=replace(target, detail=""), change=bare, quotes=())
        case Annotation():
            return replace(content, text="", events=None, labels=None)
        case Ignore() if content.document:
            return replace(content, value="")
    return None


@contextmanager
def _changeable(connection: Connection) -> Iterator[None]:
    """Lift for a moment, within the transaction, what keeps decisions from being changed."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE decisions DISABLE TRIGGER decisions_kept"))
        yield
        connection.execute(text("ALTER TABLE decisions ENABLE TRIGGER decisions_kept"))
        return
    query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'decisions_update'"
    trigger = connection.execute(text(query)).scalar_one()
    connection.execute(text("DROP TRIGGER decisions_update"))
    yield
    connection.exec_driver_sql(trigger)
