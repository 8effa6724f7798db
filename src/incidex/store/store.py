"""The store: one object for a database of documents and incidents."""

import dataclasses
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from incidex.errors import InputError
from incidex.matching.profiles import profiles as profiles_of
from incidex.records import Analysis, Document, Event, Span
from incidex.store import documents, incidents, removal
from incidex.store.accounts import Accounts
from incidex.store.answers import Answers
from incidex.store.database import writing
from incidex.store.decisions import actions
from incidex.store.decisions.records import Decision
from incidex.store.feeds import Feeds
from incidex.store.results import Added, Status
from incidex.store.review import Review
from incidex.store.shared import Shared
from incidex.store.summaries import make


class Store(Answers):
    """
    Documents, analyses, incidents and decisions in a database. Each method is one transaction.

    Several threads and processes may use a store at once: they write in turn, and read without waiting. All methods
    raise `StoreError` if the database fails. Those that take ids accept unambiguous beginnings of ids, and raise
    `InputError` for unknown ones. Those that decide something take the author and, if any, the reason.
    """

    @property
    def accounts(self) -> Accounts:
        """Who may use the desk."""
        return Accounts(self._engine)

    @property
    def feeds(self) -> Feeds:
        """What is watched, and what was found there."""
        return Feeds(self._engine)

    @property
    def review(self) -> Review:
        """What people check and put right in it."""
        return Review(self._engine)

    @property
    def shared(self) -> Shared:
        """What other programs poll."""
        return Shared(self._engine)

    def back_up(self, file: Path, *, progress: Callable[[int, int], object] | None = None) -> None:
        """
        Write a copy of the store, as it is at one moment, to a new SQLite file while others read and write.

        Raises:
            InputError: The file is the store itself.
            StoreError: The file cannot be written.
        """
        from incidex.store.backup import back_up

        back_up(self._engine, file, progress=progress)

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
            make.make_small(connection)
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
            make.make_small(connection)
            return incidents.added(connection, number, document, Status.REPLACED, moved)

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

    def ignore(self, value: str, *, author: str, reason: str = "", document: str = "", incident: str = "") -> Decision:
        """
        Ignore a name, indicator or other value when incidents are merged and in dossiers.

        Args:
            value: The value, in any case and with any punctuation.
            document: The id of the only document in which to ignore it, by default everywhere.
            incident: The id of the only incident in whose dossier to leave it out. Merging does not change.

        Raises:
            InputError: It has no letter or digit, there is no such document or incident, or both are given.
        """
        with writing(self._engine) as connection:
            content = actions.ignore(connection, value, document=document, incident=incident)
            return actions.carry_out(connection, content, author=author, reason=reason)

    def remove(self, documents: Sequence[str], *, author: str, reason: str = "") -> Decision:
        """
        Delete documents, given by their ids, with everything that came from them. Only the decision remains.

        Raises:
            InputError: There is no such document.
        """
        with writing(self._engine) as connection:
            decision = removal.remove(connection, documents, author=author, reason=reason)
            make.make_small(connection)
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
