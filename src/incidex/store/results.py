"""The records that the store returns."""

from dataclasses import dataclass
from enum import StrEnum

from incidex.records import Analysis, Incident, Profile, Span


class Status(StrEnum):
    """What adding a document to the store did."""

    ADDED = "added"
    KNOWN = "known already"
    REVISED = "new revision"
    REPLACED = "analysed anew"


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """
    A part of the list of all documents.

    Attributes:
        ids: Their ids, the latest added first.
        total: How many documents the store has.
        next: Where the next part begins; None at the end.
    """

    ids: tuple[str, ...]
    total: int
    next: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """
    A document that belongs to another incident than before, since another document was added.

    Attributes:
        document: Its id.
        title: Its headline.
        before: The id of the incident that it was in; empty if it was in none that any document reports.
        after: The id of the incident that it is in now.
    """

    document: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Added:
    """
    The result of adding a document to the store.

    Attributes:
        document: Its id.
        status: What was done with it.
        incidents: The incidents that it reports; none if it reports nothing in particular.
        moved: Other documents that belong to another incident because of it.
    """

    document: str
    status: Status
    incidents: tuple[Incident, ...]
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """
    A document found by a search.

    Attributes:
        document: Its id.
        source: As in `Document`.
        title: As in `Document`.
        published_at: As in `Document`.
        publisher: As in `Document`.
        snippet: The matching words with their context, on one line.
        marks: The places of the matching words in `snippet`.
        incidents: The ids of the incidents that it reports.
    """

    document: str
    source: str
    title: str | None
    published_at: str | None
    publisher: str | None
    snippet: str
    marks: tuple[Span, ...]
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class News:
    """
    An incident that reports were added to.

    Attributes:
        incident: The incident as it is now.
        added: The ids of the reports that were added or revised, each with when: UTC, ISO 8601.
    """

    incident: Incident
    added: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Members:
    """
    An incident with what its documents say about it.

    Attributes:
        incident: The incident.
        analyses: One for each document, in the order of `incident.documents`, with people's corrections.
        profiles: In the order of `incident.profiles`.
        founded_on: The day of publication of its first report in the store, ISO 8601; None if that has no date. It
            never changes, whichever reports are added or leave.
        changed_at: When any of this last changed: UTC, ISO 8601.
    """

    incident: Incident
    analyses: tuple[Analysis, ...]
    profiles: tuple[Profile, ...]
    founded_on: str | None = None
    changed_at: str = ""
