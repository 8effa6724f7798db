"""The records that the store answers with."""

from dataclasses import dataclass
from enum import StrEnum

from incidex.records import Analysis, Incident, Profile, Span


class Status(StrEnum):
    """What became of a document that was given to the store."""

    ADDED = "added"
    KNOWN = "known already"
    REVISED = "new revision"
    REPLACED = "analysed anew"


@dataclass(frozen=True, slots=True)
class Added:
    """
    What became of a document that was given to the store.

    Attributes:
        document: Its id.
        status: Whether it is new.
        incidents: What it reports on, by its profiles; none if it reports nothing in particular.
    """

    document: str
    status: Status
    incidents: tuple[Incident, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """
    A document that has the words that were sought.

    Attributes:
        document: Its id.
        source: The path or URL as it was given.
        title: The headline; None if it has none.
        published_at: As in `Document`.
        publisher: As in `Document`.
        snippet: The words around those that were found, on one line.
        marks: Where the words that were found stand in `snippet`.
        incidents: The ids of the incidents that it reports on.
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
class Members:
    """
    The documents of an incident, as far as they report on it.

    Attributes:
        incident: The incident.
        analyses: One for each document, in the order of `incident.documents`, with people's corrections.
        profiles: What they say of it, in the order of `incident.profiles`.
        founded_on: The day of publication of the report that founded it, ISO 8601; None if that has none. It never
            changes, whatever joins or leaves.
        changed_at: When the store last learnt or was told something that changed any of this: UTC, ISO 8601.
    """

    incident: Incident
    analyses: tuple[Analysis, ...]
    profiles: tuple[Profile, ...]
    founded_on: str | None = None
    changed_at: str = ""
