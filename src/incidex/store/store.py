"""The store: one object for a database, which threads and processes may share."""

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from incidex.errors import InputError
from incidex.records import Analysis, Document, Event, Incident, Span
from incidex.store import documents, incidents, search
from incidex.store.database import connect, default_store, place_of, reading, store_url, writing
from incidex.store.decisions import annotating, decided, deciding
from incidex.store.decisions.records import Decision
from incidex.store.migrate import migrate
from incidex.store.results import Added, Hit, Members, Status


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
    try:
        migrate(engine)
    except BaseException:
        engine.dispose()
        raise
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

    def known(self, document: Document) -> Added | None:
        """Return what `add` would answer if it changed nothing but where the document is found; None if it would."""
        with writing(self._engine) as connection:
            where = documents.place(connection, document)
            if where.status is not Status.KNOWN or where.number is None:
                return None
            documents.put_source(connection, where.number, document.source)
            return _added(connection, where.number, document, Status.KNOWN)

    def add(self, analysis: Analysis) -> Added:
        """Keep a document and what was found in it. One that is known already changes nothing."""
        with writing(self._engine) as connection:
            where = documents.place(connection, analysis.document)
            number = documents.put(connection, analysis, where)
            documents.put_source(connection, number, analysis.document.source)
            if where.status is not Status.KNOWN:
                incidents.tell(connection, number)
            return _added(connection, number, analysis.document, where.status)

    def replace(self, analysis: Analysis) -> Added:
        """
        Keep what was found in a document in place of what was found before, by an earlier model.

        Raises:
            InputError: The document is not in the store, or has another text by now.
        """
        with writing(self._engine) as connection:
            number = documents.number_of(connection, analysis.document.id)
            newest = documents.newest(connection, [] if number is None else [number])
            if number is None or newest[number][1].id != analysis.document.id:
                raise InputError(f"No document of the store has the id {analysis.document.id} now.")
            revision, document = newest[number]
            documents.put_analysis(connection, number, revision, dataclasses.replace(analysis, document=document))
            incidents.tell(connection, number)
            return _added(connection, number, document, Status.REPLACED)

    def document(self, id: str) -> Document:
        """
        Return the newest revision of the document that has, or had, the id.

        Raises:
            InputError: There is none.
        """
        with reading(self._engine) as connection:
            number = documents.known_number(connection, id)
            return documents.newest(connection, [number])[number][1]

    def documents(self, ids: Iterable[str]) -> tuple[Document, ...]:
        """Return the newest revisions of several documents, in the same order. Raises as `document` does."""
        with reading(self._engine) as connection:
            numbers = documents.known_numbers(connection, ids)
            newest = documents.newest(connection, numbers)
            return tuple(newest[number][1] for number in numbers)

    def analysis(self, id: str) -> Analysis:
        """
        Return what was found in the newest revision of a document, with people's corrections.

        Raises as `document` does.
        """
        with reading(self._engine) as connection:
            return incidents.corrected_analyses(connection, [documents.known_number(connection, id)])[0]

    def document_ids(self, *, not_by: str | None = None) -> tuple[str, ...]:
        """
        Return the ids of all documents, in the order in which they were added.

        Args:
            not_by: Leave out what this model analysed, with the present version of Incidex.
        """
        with reading(self._engine) as connection:
            return documents.ids(connection, not_by=not_by)

    def incident(self, id: str) -> Incident:
        """
        Return the incident that has, or ever had, the id.

        Raises:
            InputError: There is none.
        """
        with reading(self._engine) as connection:
            return incidents.incident(connection, id)

    def incidents(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        type: str | None = None,
        actor: str | None = None,
        victim: str | None = None,
    ) -> tuple[Incident, ...]:
        """
        Return the incidents that fit all that is given, the latest first.

        Args:
            since: Reports of this day or later, ISO 8601, as precise as wanted: "2017-05".
            until: Reports of this day or earlier.
            type: A part of the name of an event type, in any case: "ransom".
            actor: A part of the name of an actor.
            victim: A part of the name of a victim.
        """
        with reading(self._engine) as connection:
            return incidents.matching(connection, since=since, until=until, type=type, actor=actor, victim=victim)

    def members(self, id: str) -> Members:
        """Return an incident with what its documents say of it. Raises as `incident` does."""
        with reading(self._engine) as connection:
            return incidents.members(connection, id)

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
            numbers = [number for number, _, _ in rows]
            newest = documents.newest(connection, numbers)
            told = incidents.of_documents(connection, numbers)
        return tuple(_hit(newest[number][1], snippet, marks, told.get(number, ())) for number, snippet, marks in rows)

    def join(self, left: str, right: str, *, author: str, reason: str = "") -> Decision:
        """
        Make one of two incidents; both ids lead to it.

        Args:
            left: The id of an incident.
            right: That of another one.
            author: Who decides it.
            reason: Why.

        Raises:
            InputError: They are not two incidents.
        """
        with writing(self._engine) as connection:
            content = deciding.join(connection, (left, right))
            return deciding.keep(connection, content, author=author, reason=reason)

    def split(self, incident: str, documents: Sequence[str], *, author: str, reason: str = "") -> Decision:
        """
        Take documents, by their ids, out of an incident, together.

        Raises:
            InputError: They do not report on it, or there would be none left.
        """
        with writing(self._engine) as connection:
            content = deciding.split(connection, incident, documents)
            return deciding.keep(connection, content, author=author, reason=reason)

    def ignore(self, value: str, *, author: str, reason: str = "") -> Decision:
        """Let a name, an indicator or another value join no documents and stand in no dossier."""
        with writing(self._engine) as connection:
            return deciding.keep(connection, deciding.ignore(value), author=author, reason=reason)

    def correct(
        self,
        document: str,
        words: str,
        *,
        author: str,
        reason: str = "",
        at: int | None = None,
        labels: Collection[str] | None = None,
        event_type: str | None = None,
        realis: str | None = None,
        no_event: bool = False,
    ) -> Decision:
        """
        Correct what a sentence reports, or one event mention: give `labels`, or `event_type` and `realis`, or
        `no_event`.

        Args:
            document: Its id.
            words: The sentence or the trigger, or a part of it, as it stands in the text.
            author: Who decides it.
            reason: Why.
            at: Where `words` begin, if they stand in several places.
            labels: All that the sentence reports.
            event_type: What the trigger names. Words that are no trigger become one.
            realis: Whether that happened.
            no_event: Whether the words name no event.

        Raises:
            InputError: There are no such words, or labels, or it is not one correction.
        """
        chosen = None if labels is None else tuple(name for name in dict.fromkeys(labels))
        with writing(self._engine) as connection:
            content = deciding.correct(
                connection,
                document,
                words,
                at=at,
                labels=chosen,
                event_type=event_type,
                realis=realis,
                no_event=no_event,
            )
            return deciding.keep(connection, content, author=author, reason=reason)

    def annotate(
        self,
        document: Document,
        *,
        author: str,
        reason: str = "",
        events: Sequence[Event] | None = None,
        labels: Sequence[tuple[Span, Sequence[str]]] | None = None,
    ) -> Decision | None:
        """
        Keep what somebody marked in a whole document, in place of what the model found; None if it is kept already.

        Args:
            document: The document, which is known by its text.
            author: Who marked it.
            reason: Why.
            events: All that it reports; None if nobody was asked for events.
            labels: The sentences that report something, each with its labels; None if nobody was asked for labels.

        Raises:
            InputError: No document of the store has, or had, this text; or a mark is not in it.
        """
        with writing(self._engine) as connection:
            content = annotating.annotation(connection, document, events, labels)
            if annotating.holds(connection, content):
                return None
            return deciding.keep(connection, content, author=author, reason=reason)

    def undo(self, number: int | None = None, *, author: str, reason: str = "") -> Decision:
        """
        Undo a decision; undoing an undo makes the decision hold again.

        Args:
            number: That of the decision; by default the last one that holds.
            author: Who decides it.
            reason: Why.

        Raises:
            InputError: There is no such decision, or it was undone already.
        """
        with writing(self._engine) as connection:
            return deciding.keep(connection, deciding.undo(connection, number), author=author, reason=reason)

    def decisions(self) -> tuple[Decision, ...]:
        """Return everything that people decided, the earliest first, also what was undone."""
        with reading(self._engine) as connection:
            return decided.all_decisions(connection)

    def ignored(self) -> tuple[str, ...]:
        """Return the values that are ignored, as they were given."""
        with reading(self._engine) as connection:
            return decided.ignored(connection)


def _added(connection: Connection, number: int, document: Document, status: Status) -> Added:
    return Added(document.id, status, incidents.of_documents(connection, [number]).get(number, ()))


def _hit(document: Document, snippet: str, marks: tuple[Span, ...], told: tuple[Incident, ...]) -> Hit:
    return Hit(
        document=document.id,
        source=document.source,
        title=document.title,
        published_at=document.published_at,
        publisher=document.publisher,
        snippet=snippet,
        marks=marks,
        incidents=tuple(incident.id for incident in told),
    )
