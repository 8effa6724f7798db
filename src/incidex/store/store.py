"""The store: one object for a database, which threads and processes may share."""

from types import TracebackType
from typing import Self

from sqlalchemy import Engine, select

from incidex.errors import InputError
from incidex.records import Analysis, Document, Span
from incidex.store import documents, schema, search
from incidex.store.database import connect, default_store, place_of, reading, store_url, writing
from incidex.store.migrate import migrate
from incidex.store.results import Added, Hit, Status


def open_store(place: str | None = None) -> "Store":
    """
    Return the store at `place`, made if it is not there, brought up to date if an older version wrote it.

    Args:
        place: The path of an SQLite file, or the URL of an SQLite or PostgreSQL database; by default what
            `INCIDEX_STORE` names, or a file in the user's data folder.

    Raises:
        InputError: `place` cannot be the place of a store.
        StoreError: The database cannot be opened, is damaged, or was written by a newer Incidex.
        MissingExtra: PostgreSQL is wanted, and its driver is not installed.
    """
    engine = connect(store_url(place or default_store()))
    migrate(engine)
    return Store(engine)


class Store:
    """
    Documents, analyses and incidents in a database. Each method is one transaction.

    Several threads and processes may use a store at once: they write in turn, and read without waiting. Methods raise
    `StoreError` where the database fails, besides what they name themselves.
    """

    def __init__(self, engine: Engine) -> None:
        """Take a database whose tables are up to date; see `open_store`."""
        self._engine = engine

    def __enter__(self) -> Self:
        """Use the store until the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all connections."""
        self.close()

    @property
    def place(self) -> str:
        """What to call the store in a message."""
        return place_of(self._engine)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def knows(self, document: Document) -> bool:
        """Return whether `add` would change nothing, so that `document` need not be analysed."""
        with reading(self._engine) as connection:
            return documents.place(connection, document).status is Status.KNOWN

    def add(self, analysis: Analysis) -> Added:
        """Keep a document and what was found in it. One that is known already changes nothing."""
        with writing(self._engine) as connection:
            where = documents.place(connection, analysis.document)
            number = documents.put(connection, analysis, where)
            documents.put_source(connection, number, analysis.document.source)
            return Added(analysis.document.id, where.status, ())

    def document(self, id: str) -> Document:
        """
        Return the newest revision of the document that has, or had, the id.

        Raises:
            InputError: There is none.
        """
        return self.analysis(id).document

    def analysis(self, id: str) -> Analysis:
        """Return what was found in the newest revision of a document. Raises as `document` does."""
        with reading(self._engine) as connection:
            number = documents.number_of(connection, id)
            if number is None:
                raise InputError(f"No document of the store has the id {id}.")
            return documents.analyses_of(connection, [number])[number]

    def document_ids(self) -> tuple[str, ...]:
        """Return the ids of all documents, in the order in which they were added."""
        table = schema.documents
        with reading(self._engine) as connection:
            return tuple(connection.execute(select(table.c.text_id).order_by(table.c.number)).scalars())

    def search(self, words: str, *, limit: int = 20) -> tuple[Hit, ...]:
        """
        Return the documents that have all of `words`, the best first.

        Args:
            words: Words in any form ("patches" finds "patched"), phrases in quotation marks; -word must not occur.
            limit: How many documents to return at most.

        Raises:
            InputError: There is no word to look for.
        """
        with reading(self._engine) as connection:
            rows = list(search.found(connection, words, limit))
            newest = documents.newest(connection, [number for number, _, _ in rows])
        return tuple(_hit(newest[number][1], snippet, marks) for number, snippet, marks in rows)


def _hit(document: Document, snippet: str, marks: tuple[Span, ...]) -> Hit:
    return Hit(
        document=document.id,
        source=document.source,
        title=document.title,
        published_at=document.published_at,
        publisher=document.publisher,
        snippet=snippet,
        marks=marks,
        incidents=(),
    )
