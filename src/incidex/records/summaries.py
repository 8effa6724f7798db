"""
The records for lists of incidents: what a dossier says in a few words, and what to choose incidents by.

A summary is made from the dossier of an incident, so that lists, filters and counts look at what the dossier shows.
"""

from dataclasses import dataclass
from enum import StrEnum

from incidex.records.dossiers import Status


class Order(StrEnum):
    """In which order incidents are listed."""

    DATE = "date"
    """The day of the last report, the latest first; those without a date last."""
    CHANGED = "changed"
    """When something about them changed in the store, the latest first."""
    SIZE = "size"
    """The number of reports, the greatest first."""


class FacetKind(StrEnum):
    """What incidents can be chosen by, each with the same name in `Filter`."""

    TYPE = "type"
    STATUS = "status"
    VICTIM = "victim"
    ACTOR = "actor"
    COUNTRY = "country"
    CVE = "cve"


@dataclass(frozen=True, slots=True)
class Summary:
    """
    An incident in a few words: what its dossier shows.

    Attributes:
        id: The id of the incident.
        title: The title of the dossier.
        status: How well established the incident is.
        types: Its event types, the one with the most mentions first.
        victims: Who was hit, as in the dossier.
        actors: The alleged attackers, as in the dossier.
        countries: The countries in which it happened, in English; none if no report says so.
        cves: The numbers of the vulnerabilities.
        first_seen: ISO 8601 date of the first report; None if no report has a date.
        last_seen: ISO 8601 date of the last report, likewise.
        reports: How many reports it has.
        independent: How many independent sources these are.
        changed_at: When it or its reports last changed in the store: UTC, ISO 8601.
    """

    id: str
    title: str
    status: Status
    types: tuple[str, ...]
    victims: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    cves: tuple[str, ...] = ()
    first_seen: str | None = None
    last_seen: str | None = None
    reports: int = 1
    independent: int = 1
    changed_at: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """
    Which incidents are wanted: those that fulfil every condition given.

    A name is given by words of it, in any case and order: "kestrel" or "ferries kestrel" for "Kestrel Ferries". In
    quotation marks it is the whole name, as it stands in the dossier: '"Kestrel Ferries"'.

    Attributes:
        since: Has reports of this day or later: an ISO 8601 date, or the beginning of one such as "2017-05".
        until: Has reports of this day or earlier.
        changed_since: Changed in the store at this time or later: UTC, ISO 8601, or the beginning of it.
        type: An event type, or part of its name: "ransom".
        status: A status, or words of it: "confirmed".
        victim: Who was hit.
        actor: An alleged attacker, under any name that it is known by.
        country: Where it happened: a name, an adjective or an ISO 3166 code.
        cve: The number of a vulnerability, or part of it.
        words: Words that all stand in its title, or in one of its reports; see `Store.search`.
    """

    since: str | None = None
    until: str | None = None
    changed_since: str | None = None
    type: str | None = None
    status: str | None = None
    victim: str | None = None
    actor: str | None = None
    country: str | None = None
    cve: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """
    A value that incidents can be chosen by.

    Attributes:
        value: The value as it is shown. In quotation marks it is a condition of `Filter`.
        count: How many incidents have it, of those that fulfil the conditions of other kinds.
    """

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """
    The values of one kind that incidents can be chosen by.

    Attributes:
        kind: The kind.
        choices: The values, those with the most incidents first.
    """

    kind: FacetKind
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """
    A part of a list of incidents.

    Attributes:
        summaries: The incidents.
        total: How many the whole list has.
        next: Where the next part begins, to be handed on as it is; None at the end.
        facets: What the list can be narrowed down by; empty unless it was asked for.
    """

    summaries: tuple[Summary, ...]
    total: int
    next: str | None = None
    facets: tuple[Facet, ...] = ()
