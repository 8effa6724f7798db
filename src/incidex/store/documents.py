"""Documents in the database: their sources, revisions and analyses."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import Connection, Join, Table, delete, func, insert, select, update

from incidex.errors import StoreError, UnknownId
from incidex.records import Analysis, BlockKind, Document
from incidex.store import schema
from incidex.store.database import chunks
from incidex.store.ids import full_id
from incidex.store.pack import DamagedRecord, digest, pack, pack_analysis, unpack, unpack_analysis
from incidex.store.results import DocumentPart, Status

# What the source of an upload begins with: files of the same name that two people hand in need not be one report.
UPLOADED = "upload:"

# In characters, of up to four bytes. Paths and URLs of pages are shorter.
_LONGEST_KEY = 600
_ANOTHER_VERSION = (
    "{what} was written by another version of Incidex, or is damaged.\n"
    "Analyse everything again with 'incidex reanalyse --all'; if a document itself cannot be read, add it again."
)

# NUL, which PostgreSQL cannot hold, and the characters that mark hits in `search`.
_UNWANTED = str.maketrans("\0\x02\x03", "   ")

# The surroundings of an article are not searched.
_NOT_SEARCHED = (BlockKind.RELATED, BlockKind.BOILERPLATE)


@dataclass(frozen=True, slots=True)
class Location:
    """
    Where a document belongs in the database.

    Attributes:
        number: The number of the document; None if it is new.
        status: Whether it is new, known, or a revision.
    """

    number: int | None
    status: Status


def now() -> str:
    """Return the current time in UTC, ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def maker(model: str) -> str:
    """Return the name under which an analysis is kept: the model and the version of Incidex."""
    return f"{model}, incidex {version('incidex')}"


def source_key(source: str) -> str:
    """
    Return the canonical form of a path or URL; empty for standard input, uploads and text without a source.

    Of a very long one it is the beginning with a hash of the whole: PostgreSQL indexes no more than 2,700 bytes.
    """
    key = _canonical(source)
    if len(key) <= _LONGEST_KEY:
        return key
    return f"{key[: _LONGEST_KEY // 2]}#sha256={sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()}"


def locate(connection: Connection, document: Document) -> Location:
    """
    Return where `document` belongs.

    The same text is the same document wherever it is found. Another text from the same source is a new revision, unless
    the earlier text is still found elsewhere.
    """
    source = source_key(document.source)
    at_source = _number_at(connection, source)
    same_text = _number_with(connection, document.id)
    if same_text is not None:
        if at_source == same_text and _newest_digest(connection, same_text) != digest(document):
            return Location(same_text, Status.REVISED)
        return Location(same_text, Status.KNOWN)
    if at_source is None or _has_other_source(connection, at_source, source):
        return Location(None, Status.ADDED)
    return Location(at_source, Status.REVISED)


def put(connection: Connection, analysis: Analysis, where: Location) -> int:
    """Write a document with its analysis and words, unless it is known, and return its number."""
    document = analysis.document
    if where.status is Status.KNOWN and where.number is not None:
        return where.number
    table, number = schema.documents, where.number
    if number is None:
        row = {"revision": 0, "text_id": document.id}
        number = int(connection.execute(insert(table).values(row).returning(table.c.number)).scalar_one())
    revision = connection.execute(select(table.c.revision).where(table.c.number == number)).scalar_one() + 1
    connection.execute(update(table).where(table.c.number == number).values(revision=revision, text_id=document.id))
    connection.execute(
        insert(schema.revisions).values(
            document=number,
            revision=revision,
            text_id=document.id,
            digest=digest(document),
            added_at=now(),
            content=pack(document),
        )
    )
    put_analysis(connection, number, revision, analysis)
    _put_words(connection, number, document)
    return number


def put_source(connection: Connection, number: int, source: str) -> None:
    """Record that the document is found at `source`."""
    key = source_key(source)
    if key and _number_at(connection, key) != number:
        connection.execute(delete(schema.sources).where(schema.sources.c.source == key))
        connection.execute(insert(schema.sources).values(source=key, document=number))


def put_analysis(connection: Connection, number: int, revision: int, analysis: Analysis) -> None:
    """Write `analysis` in place of an earlier one of the same revision."""
    table = schema.analyses
    connection.execute(delete(table).where(table.c.document == number, table.c.revision == revision))
    content = pack_analysis(analysis)
    row = {"document": number, "revision": revision, "maker": maker(analysis.model), "made_at": now()}
    connection.execute(insert(table).values(row | {"content": content}))


def number_of(connection: Connection, id: str) -> int | None:
    """
    Return the number of the document that has, or had, this id; None if there is none.

    Raises:
        InputError: Several ids begin with it.
    """
    id = full_id(connection, id, [schema.revisions.c.text_id], what="documents")
    found = _number_with(connection, id)
    if found is not None:
        return found
    table = schema.revisions
    old = select(table.c.document).where(table.c.text_id == id).order_by(table.c.document.desc()).limit(1)
    return connection.execute(old).scalar()


def existing_number(connection: Connection, id: str) -> int:
    """Return the number of the document that has, or had, this id. Raises InputError if there is none."""
    number = number_of(connection, id)
    if number is None:
        raise UnknownId(f"No document in the store has the id {id}.")
    return number


def existing_numbers(connection: Connection, ids: Iterable[str]) -> list[int]:
    """Return the numbers of several documents, in the same order. Raises as `existing_number` does."""
    listed, table = list(ids), schema.documents
    found: dict[str, int] = {}
    for some in chunks(listed):
        rows = connection.execute(select(table.c.text_id, table.c.number).where(table.c.text_id.in_(some)))
        found.update((row.text_id, row.number) for row in rows)
    return [found[id] if id in found else existing_number(connection, id) for id in listed]


def newest(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[int, Document]]:
    """
    Return the newest revision of each document: its number and the document as it is there.

    Raises:
        DamagedRecord: A document has none.
    """
    table, listed = schema.revisions, list(numbers)
    query = select(table.c.document, table.c.revision, table.c.content).select_from(_newest_in(table))
    found: dict[int, tuple[int, Document]] = {}
    for some in chunks(listed):
        for row in connection.execute(query.where(table.c.document.in_(some))):
            found[row.document] = (row.revision, _document(row))
    if lost := [number for number in listed if number not in found]:
        raise DamagedRecord(f"document {lost[0]} has lost its newest revision")
    return found


def analyses_of(connection: Connection, numbers: Iterable[int]) -> dict[int, Analysis]:
    """Return the analysis of the newest revision of each document."""
    table = schema.analyses
    query = select(table.c.document, table.c.content).select_from(_newest_in(table))
    documents = newest(connection, numbers)
    found: dict[int, Analysis] = {}
    for some in chunks(documents):
        for row in connection.execute(query.where(table.c.document.in_(some))):
            _, document = documents[row.document]
            found[row.document] = _analysis(document, row)
    return found


def ids(connection: Connection, *, not_by: str | None = None) -> tuple[str, ...]:
    """Return the ids of all documents, or of those not analysed by this model and version of Incidex."""
    docs, made = schema.documents, schema.analyses
    query = select(docs.c.text_id).order_by(docs.c.number)
    if not_by is not None:
        query = query.select_from(_newest_in(made)).where(made.c.maker != maker(not_by))
    return tuple(connection.execute(query).scalars())


def part(connection: Connection, *, limit: int, before: int | None) -> DocumentPart:
    """Return a part of the list of all documents, the latest added first, from those before number `before` on."""
    table = schema.documents
    query = select(table.c.number, table.c.text_id).order_by(table.c.number.desc()).limit(limit + 1)
    if before is not None:
        query = query.where(table.c.number < before)
    rows = connection.execute(query).all()
    total = connection.execute(select(func.count()).select_from(table)).scalar_one()
    after = rows[limit - 1].number if len(rows) > limit else None
    return DocumentPart(tuple(row.text_id for row in rows[:limit]), total, after)


def count(connection: Connection) -> int:
    """Return how many documents there are."""
    return int(connection.execute(select(func.count()).select_from(schema.documents)).scalar_one())


def added_since(connection: Connection, since: str) -> dict[int, tuple[str, str]]:
    """Return the id and the time of each document whose newest revision was added at `since` or later."""
    table = schema.revisions
    query = select(table.c.document, table.c.text_id, table.c.added_at).select_from(_newest_in(table))
    rows = connection.execute(query.where(table.c.added_at >= since).order_by(table.c.added_at, table.c.document))
    return {row.document: (row.text_id, row.added_at) for row in rows}


def text_ids(connection: Connection, numbers: Iterable[int]) -> dict[int, set[str]]:
    """Return all ids that each document has, or had, one for each text."""
    table = schema.revisions
    found: dict[int, set[str]] = {}
    for some in chunks(numbers):
        for row in connection.execute(select(table.c.document, table.c.text_id).where(table.c.document.in_(some))):
            found.setdefault(row.document, set()).add(row.text_id)
    return found


def _put_words(connection: Connection, number: int, document: Document) -> None:
    inside = [block.span.of(document.text) for block in document.blocks if block.kind not in _NOT_SEARCHED]
    body = "\n".join(inside) if document.blocks else document.text
    row = {"title": _plain(document.title or ""), "body": _plain(body)}
    table = schema.texts
    if not connection.execute(update(table).where(table.c.document == number).values(row)).rowcount:
        connection.execute(insert(table).values(row | {"document": number}))


def _plain(text: str) -> str:
    """Return `text` with spaces in place of unwanted characters."""
    return text.translate(_UNWANTED)


def _newest_in(table: Table) -> Join:
    """Return a join of documents with `table` (revisions or analyses) that has only newest revisions."""
    docs = schema.documents
    return docs.join(table, (table.c.document == docs.c.number) & (table.c.revision == docs.c.revision))


def _number_at(connection: Connection, source: str) -> int | None:
    table = schema.sources
    return connection.execute(select(table.c.document).where(table.c.source == source)).scalar() if source else None


def _number_with(connection: Connection, text_id: str) -> int | None:
    table = schema.documents
    return connection.execute(select(table.c.number).where(table.c.text_id == text_id)).scalar()


def _newest_digest(connection: Connection, number: int) -> str:
    table = schema.revisions
    query = select(table.c.digest).select_from(_newest_in(table)).where(table.c.document == number)
    return str(connection.execute(query).scalar_one())


def _has_other_source(connection: Connection, number: int, source: str) -> bool:
    table = schema.sources
    others = select(table.c.source).where(table.c.document == number, table.c.source != source).limit(1)
    return connection.execute(others).first() is not None


def _analysis(document: Document, row: Any) -> Analysis:
    try:
        return unpack_analysis(document, row.content)
    except ValueError as error:
        raise StoreError(_ANOTHER_VERSION.format(what=f"The analysis of {document.source or document.id}")) from error


def _document(row: Any) -> Document:
    try:
        return unpack(Document, row.content)
    except ValueError as error:
        raise StoreError(_ANOTHER_VERSION.format(what="A document")) from error


def _canonical(source: str) -> str:
    if source in ("", "-") or source.startswith(UPLOADED):
        return ""
    if "://" not in source:
        return os.path.abspath(source)
    try:
        parts = urlsplit(source)
    except ValueError:  # "https://[" is no URL, but somebody may have given it
        return source
    return urlunsplit(
        (parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, _of_item(parts.fragment))
    )


def _of_item(fragment: str) -> str:
    """Return what tells the items of a feed apart that have no address of their own; other fragments do not count."""
    return fragment if fragment.startswith("item-") else ""
