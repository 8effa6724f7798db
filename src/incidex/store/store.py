"""The store: one object for a database of documents and incidents."""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from incidex.errors import InputError
from incidex.matching.profiles import profiles as profiles_of
from incidex.records import Analysis, Document, Dossier, Event, Incident, Incidents, Span
from incidex.store import documents, incidents, removal, search
from incidex.store.database import connect, default_store, place_of, reading, store_url, writing
from incidex.store.decisions import actions, log
from incidex.store.decisions.records import Decision
from incidex.store.feeds import Feeds
from incidex.store.migrate import migrate
from incidex.store.results import Added, Hit, Members, News, Status


def open_store(place: str | Path | None = None, *, create: bool = True) -> "Store":
    """
    Return the store at `place`, updated if an older version wrote it.

    A file that may not be written to, such as one on a read-only disk, can be read.

    Args:
        place: The path of an SQLite file, or the URL of an SQLite or PostgreSQL database; by default the value of
            `INCIDEX_STORE`, or a file in the user's data folder.
        create: Whether a store that is missing is created.

    Raises:
        InputError: `place` is not a path or a supported URL.
        StoreError: The database cannot be opened, is damaged, was written by a newer version of Incidex, or there is
            none and it is not to be created.
        MissingExtra: The driver of PostgreSQL is not installed.
    """
    engine = connect(store_url(str(place) if place else default_store()), create=create)
    try:
        migrate(engine, create=create)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


class Store:
    """
    Documents, analyses, incidents and decisions in a database. Each method is one transaction.

    Several threads and processes may use a store at once: they write in turn, and read without waiting. All methods
    raise `StoreError` if the database fails. Those that take ids accept unambiguous beginnings of ids, and raise
    `InputError` for unknown ones. Those that decide something take the author and, if any, the reason.
    """

    def __init__(self, engine: Engine) -> None:
        """Use a database whose tables are up to date; see `open_store`."""
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
        """The name of the store in messages."""
        return place_of(self._engine)

    @property
    def feeds(self) -> Feeds:
        """What is watched, and what was found there."""
        return Feeds(self._engine)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def back_up(self, file: Path, *, progress: Callable[[int, int], object] | None = None) -> None:
        """
        Write a copy of the store, as it is at one moment, to a new SQLite file while others read and write.

        Raises:
            InputError: The file is the store itself.
            StoreError: The file cannot be written.
        """
        from incidex.store.backup import back_up

        back_up(self._engine, file, progress=progress)

    def knows(self, document: Document) -> bool:
        """Return whether the store has `document`, so that it need not be analysed."""
        with reading(self._engine) as connection:
            return documents.locate(connection, document).status is Status.KNOWN

    def known(self, document: Document) -> Added | None:
        """Record the source of a document that the store has, and return it; None if the store does not have it."""
        with writing(self._engine) as connection:
            where = documents.locate(connection, document)
            if where.status is not Status.KNOWN or where.number is None:
                return None
            documents.put_source(connection, where.number, document.source)
            return incidents.added(connection, where.number, document, Status.KNOWN)

    def add(self, analysis: Analysis) -> Added:
        """
        Add a document with its analysis. Of a document that the store has, only the source is recorded.

        Raises:
            TypeError: `analysis` is not one.
        """
        if not isinstance(analysis, Analysis):
            raise TypeError(
                f"A store takes what incidex.analyse returns, not {type(analysis).__name__}.\n"
                "From a file: store.add(incidex.analyse(incidex.read(path)))"
            )
        ready = analysis, profiles_of(analysis)  # takes seconds for a long text, and nobody else can write meanwhile
        with writing(self._engine) as connection:
            where = documents.locate(connection, analysis.document)
            number = documents.put(connection, analysis, where)
            documents.put_source(connection, number, analysis.document.source)
            moved = () if where.status is Status.KNOWN else incidents.update(connection, number, ready)
            return incidents.added(connection, number, analysis.document, where.status, moved)

    def replace(self, analysis: Analysis) -> Added:
        """
        Replace the analysis of a document, such as that of an earlier model.

        Raises:
            InputError: The document is not in the store, or has a newer revision.
        """
        ready = analysis, profiles_of(analysis)  # before the transaction begins, as in `add`
        with writing(self._engine) as connection:
            number = documents.number_of(connection, analysis.document.id)
            newest = documents.newest(connection, [] if number is None else [number])
            if number is None or newest[number][1].id != analysis.document.id:
                raise InputError(f"No document in the store has the id {analysis.document.id} now.")
            revision, document = newest[number]
            documents.put_analysis(connection, number, revision, dataclasses.replace(analysis, document=document))
            moved = incidents.update(connection, number, ready)
            return incidents.added(connection, number, document, Status.REPLACED, moved)

    def document(self, id: str) -> Document:
        """Return the newest revision of the document that has, or had, the id."""
        with reading(self._engine) as connection:
            number = documents.existing_number(connection, id)
            return documents.newest(connection, [number])[number][1]

    def documents(self, ids: Iterable[str]) -> tuple[Document, ...]:
        """Return the newest revisions of several documents, in the same order."""
        with reading(self._engine) as connection:
            numbers = documents.existing_numbers(connection, ids)
            newest = documents.newest(connection, numbers)
            return tuple(newest[number][1] for number in numbers)

    def analysis(self, id: str) -> Analysis:
        """Return the analysis of the newest revision of a document, with people's corrections."""
        with reading(self._engine) as connection:
            return incidents.corrected_analyses(connection, [documents.existing_number(connection, id)])[0]

    def document_ids(self, *, not_by: str | None = None) -> tuple[str, ...]:
        """
        Return the ids of all documents, in the order in which they were added.

        Args:
            not_by: Leave out documents analysed by this model with the present version of Incidex.
        """
        with reading(self._engine) as connection:
            return documents.ids(connection, not_by=not_by)

    def count_documents(self) -> int:
        """Return how many documents there are."""
        with reading(self._engine) as connection:
            return documents.count(connection)

    def count_incidents(self) -> int:
        """Return how many incidents documents report."""
        with reading(self._engine) as connection:
            return incidents.count(connection)

    def incident(self, id: str) -> Incident:
        """Return the incident that has, or ever had, the id."""
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
    ) -> Incidents:
        """
        Return the incidents that fulfil all conditions, the latest first.

        Args:
            since: Has reports of this day or later: an ISO 8601 date, or the beginning of one such as "2017-05".
            until: Has reports of this day or earlier.
            type: Part of the name of an event type, in any case: "ransom".
            actor: Part of the name of an actor.
            victim: Part of the name of a victim.
        """
        with reading(self._engine) as connection:
            found = incidents.matching(connection, since=since, until=until, type=type, actor=actor, victim=victim)
            return Incidents(found)

    def news(self, since: str) -> tuple[News, ...]:
        """Return the incidents that reports were added to since a time (UTC, ISO 8601), the latest first."""
        with reading(self._engine) as connection:
            return incidents.news(connection, since)

    def members(self, id: str) -> Members:
        """Return an incident with what its documents say about it."""
        with reading(self._engine) as connection:
            return incidents.members(connection, id)

    def dossier(self, id: str) -> Dossier:
        """Return what all documents of an incident say about it, with people's corrections."""
        from incidex.dossiers.build import dossier  # takes a moment to load, and few need it

        members = self.members(id)
        return dossier(members.incident, members.analyses, members.profiles, founded_on=members.founded_on)

    def search(self, words: str, *, limit: int = 20) -> tuple[Hit, ...]:
        """
        Return the documents that have all of `words`, the best first.

        Args:
            words: Words in any form ("patches" finds "patched"), beginnings of words ("ransom*"), phrases in quotation
                marks; -word must not occur.
            limit: The greatest number of documents to return.

        Raises:
            InputError: There is no word to search for.
        """
        with reading(self._engine) as connection:
            return search.hits(connection, words, limit)

    def join(self, left: str, right: str, *, author: str, reason: str = "", named: Sequence[str] = ()) -> Decision:
        """
        Join two incidents, given by their ids; both ids lead to the result.

        Args:
            left: One of them.
            right: The other one.
            author: Who decides.
            reason: Why, in the author's words.
            named: How the author named the two, for the record; by default `left` and `right`.

        Raises:
            InputError: They are the same incident already.
        """
        with writing(self._engine) as connection:
            content = actions.join(connection, left, right, named=named or (left, right))
            return actions.carry_out(connection, content, author=author, reason=reason)

    def split(
        self, incident: str, documents: Sequence[str], *, author: str, reason: str = "", named: str = ""
    ) -> Decision:
        """
        Take documents, given by their ids, out of an incident, together; `named` is how the author named the incident.

        Raises:
            InputError: They do not report the incident, or there would be none left.
        """
        with writing(self._engine) as connection:
            leave = actions.split(connection, incident, documents, named=named or incident)
            return actions.carry_out(connection, leave, author=author, reason=reason)

    def ignore(self, value: str, *, author: str, reason: str = "") -> Decision:
        """Ignore a name, indicator or other value when incidents are merged and in dossiers."""
        with writing(self._engine) as connection:
            return actions.carry_out(connection, actions.ignore(value), author=author, reason=reason)

    def remove(self, documents: Sequence[str], *, author: str, reason: str = "") -> Decision:
        """
        Delete documents, given by their ids, with everything that came from them. Only the decision remains.

        Raises:
            InputError: There is no such document.
        """
        with writing(self._engine) as connection:
            decision = removal.remove(connection, documents, author=author, reason=reason)
        removal.compact(self._engine)
        return decision

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
        Correct a sentence (give `labels`) or an event mention (give `event_type`, `realis` or both, or `no_event`).

        Args:
            document: The id of the document.
            words: The sentence or trigger, or part of it, as in the text.
            at: Where `words` begin, if they occur in several places.
            labels: All labels of the sentence.
            event_type: The event type of the trigger. Words that are not a trigger become one.
            realis: The realis of the event mention.
            no_event: Whether the words are not a trigger.

        Raises:
            InputError: The words, the label or the realis do not exist, or it is not exactly one correction.
        """
        with writing(self._engine) as connection:
            content = actions.correct(
                connection,
                document,
                words,
                at=at,
                labels=None if labels is None else tuple(dict.fromkeys(labels)),
                event_type=event_type,
                realis=realis,
                no_event=no_event,
            )
            return actions.carry_out(connection, content, author=author, reason=reason)

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
        Keep a person's annotation of a whole document in place of what the model found; None if it is kept already.

        Args:
            document: The document, which is identified by its text.
            events: All events; None if events were not annotated.
            labels: The sentences that have labels, each with its labels; None if labels were not annotated.

        Raises:
            InputError: No document in the store has, or had, this text; or a span is not within the text.
        """
        with writing(self._engine) as connection:
            content = actions.annotate(connection, document, events, labels)
            if content is None:
                return None
            return actions.carry_out(connection, content, author=author, reason=reason)

    def undo(self, number: int | None = None, *, author: str, reason: str = "") -> Decision:
        """
        Undo a decision; undoing an undo puts the decision in force again.

        Args:
            number: The number of the decision; by default the last one in force.

        Raises:
            InputError: There is no such decision, or it has already been undone.
        """
        with writing(self._engine) as connection:
            return actions.carry_out(connection, actions.undo(connection, number), author=author, reason=reason)

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions, the earliest first, including those that were undone."""
        with reading(self._engine) as connection:
            return log.all_decisions(connection)

    def ignored(self) -> tuple[str, ...]:
        """Return the ignored values, as people wrote them."""
        with reading(self._engine) as connection:
            return log.ignored(connection)
