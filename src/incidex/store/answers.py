"""What a store answers: documents, analyses, incidents, their list and their dossiers, and what people decided."""

from collections.abc import Callable, Iterable
from typing import Self

from sqlalchemy import Engine

from incidex.records import Analysis, Document, Dossier, Filter, Incident, Incidents, Order, Page
from incidex.store import documents, incidents, search
from incidex.store.database import place_of, reading
from incidex.store.decisions import log
from incidex.store.decisions.records import Decision
from incidex.store.results import DocumentPart, Hit, Members, News, Status
from incidex.store.summaries import listing, make, rows


class Answers:
    """What `Store` can be asked. Only summaries that are out of date are written."""

    def __init__(self, engine: Engine) -> None:
        """Use a database whose tables are up to date; see `open_store`."""
        self._engine = engine

    def __enter__(self) -> Self:
        """Use the store until the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close all connections."""
        self.close()

    @property
    def place(self) -> str:
        """The name of the store in messages."""
        return place_of(self._engine)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def knows(self, document: Document) -> bool:
        """Return whether the store has `document`, so that it need not be analysed."""
        with reading(self._engine) as connection:
            return documents.locate(connection, document).status is Status.KNOWN

    def document(self, id: str) -> Document:
        """Return the newest revision of the document that has, or had, the id, with people's corrections."""
        return self.documents([id])[0]

    def documents(self, ids: Iterable[str]) -> tuple[Document, ...]:
        """Return the newest revisions of several documents, in the same order, with people's corrections."""
        with reading(self._engine) as connection:
            numbers = documents.existing_numbers(connection, ids)
            newest = incidents.corrected_documents(connection, numbers)
            return tuple(newest[number] for number in numbers)

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

    def document_part(self, *, limit: int = 50, before: int | None = None) -> DocumentPart:
        """Return the ids of some documents, the latest added first, from `before` on: `next` of the part before."""
        with reading(self._engine) as connection:
            return documents.part(connection, limit=limit, before=before)

    def incident(self, id: str) -> Incident:
        """Return the incident that has, or ever had, the id, with the title of its dossier."""
        with reading(self._engine) as connection:
            found = incidents.incident(connection, id)
            waiting = rows.outdated(connection, [found.id])
        make.make_waiting(self._engine, waiting)
        with reading(self._engine) as connection:
            return incidents.as_listed(connection, [incidents.incident(connection, found.id)])[0]

    def incidents(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        type: str | None = None,
        actor: str | None = None,
        victim: str | None = None,
    ) -> Incidents:
        """Return the incidents that fulfil all conditions, which are those of `Filter`, the latest first."""
        wanted = Filter(since=since, until=until, type=type, actor=actor, victim=victim)
        self.update_summaries()
        with reading(self._engine) as connection:
            numbers = connection.execute(listing.in_order(connection, wanted)).scalars().all()
            return Incidents(incidents.in_order(connection, numbers))

    def summaries(
        self,
        wanted: Filter | None = None,
        *,
        order: Order = Order.DATE,
        limit: int = 50,
        after: str | None = None,
        facets: bool = False,
    ) -> Page:
        """
        Return a part of the list of incidents, each as its dossier shows it.

        Args:
            wanted: Which incidents; by default all.
            order: The order of the list.
            limit: The greatest number of incidents to return.
            after: `next` of the part before; None for the first part. What is added or changed between two parts may
                be missed, or come twice.
            facets: Whether to count the values by which the list can be narrowed down.

        Raises:
            InputError: `after` is no such place, or `wanted.words` has no word.
        """
        self.update_summaries()
        with reading(self._engine) as connection:
            return listing.page(
                connection, wanted or Filter(), order=order, limit=limit, after=after, with_facets=facets
            )

    def update_summaries(self, progress: Callable[[int, int], None] | None = None) -> None:
        """
        Make the summaries anew that are out of date; those who read them do so, too.

        That takes a moment after large incidents have changed or a value was ignored, and long after an update of
        Incidex. A store that may not be changed keeps them as they were.

        Args:
            progress: Called with how many are made, and how many there are to make.
        """
        with reading(self._engine) as connection:
            waiting = rows.outdated(connection)
        make.make_waiting(self._engine, waiting, progress)

    def incidents_of(self, reports: Iterable[str]) -> dict[str, tuple[Incident, ...]]:
        """Return the incidents that each of these documents reports, by its id, with the titles of their dossiers."""
        ids = list(reports)
        with reading(self._engine) as connection:
            numbers = documents.existing_numbers(connection, ids)
            found = incidents.of_documents(connection, numbers)
            listed = {number: incidents.as_listed(connection, each) for number, each in found.items()}
        return {id: listed.get(number, ()) for id, number in zip(ids, numbers, strict=True)}

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

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions, the earliest first, including those that were undone."""
        with reading(self._engine) as connection:
            return log.all_decisions(connection)

    def ignored(self) -> tuple[str, ...]:
        """Return the ignored values, as people wrote them."""
        with reading(self._engine) as connection:
            return log.ignored(connection)
