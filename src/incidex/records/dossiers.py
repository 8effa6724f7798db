"""
The records of a dossier: what all reports of one incident say, each thing once, with the places that say so.

A dossier never decides between reports. Where they differ, all versions stand side by side, each with its evidence.
"""

from dataclasses import dataclass
from enum import StrEnum

from incidex.records.exchange import (
    Article,
    Attack,
    Fix,
    NamedEntity,
    Observable,
    ReportedClaim,
    Technique,
)
from incidex.records.notebook import dossier_html
from incidex.records.span import Span


class Status(StrEnum):
    """How well established the incident is. `docs/reference/dossier.md` says how it is computed."""

    CONFIRMED = "confirmed by the victim"
    """The victim says so."""
    CONFIRMED_IN_PART = "confirmed by the victim in part"
    """The victim confirms one part of it and denies another."""
    DISPUTED = "disputed"
    """Somebody says that it happened, and somebody denies it."""
    DENIED = "denied"
    """It is denied, and nobody with a name says that it happened."""
    CLAIMED = "claimed by the attacker"
    """Of those with names, only somebody who claims responsibility says that it happened."""
    SUSPECTED = "suspected"
    """All claims about it are hedged, or are beliefs or fears."""
    REPORTED = "reported"
    """The reports say so in their own words, or others than the victim do."""
    DISCLOSED = "disclosed"
    """A vulnerability is known, and no fix is reported."""
    FIXED = "fix released"
    """A vulnerability is known, and a fix was released."""


class Certainty(StrEnum):
    """How sure something is, from who says so. The first that fits is taken."""

    DISPUTED = "disputed"
    """Somebody denies it or leaves it open."""
    HEDGED = "hedged"
    """All who say so hedge: "may", "believed to"."""
    CORROBORATED = "corroborated"
    """At least two independent sources say so."""
    SINGLE = "single source"
    """One independent source says so."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    One place where a report says something.

    Attributes:
        document: The id of the document.
        span: The words, in `Document.text`.
        quote: The words themselves, at most 300 characters.
        sentence: The sentence around them, in `Document.text`.
        context: The words of the sentence, or those around the quote if it is longer than 600 characters.
        claimant: Who says so; None if the report itself does, or names nobody.
        kind: The kind of the claim, such as "denies"; None if the report itself says so.
        hedges: The words that say how sure the claimant is.
    """

    document: str
    span: Span
    quote: str
    sentence: Span
    context: str
    claimant: str | None = None
    kind: str | None = None
    hedges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """
    How many reports, sources and claimants say something.

    Attributes:
        reports: The number of documents.
        sources: The number of independent ones: copies, and reports that only cite another, count together with it.
        claimants: Those who are named as saying so, each once, however many reports quote them.
        first: The id of the document that reported it first.
        first_on: The day of publication of that document, ISO 8601; None if it has none.
        certainty: How sure it is, from who says so alone.
        reason: Why, in words: "2 independent sources; 1 of 3 places hedged; denied by Acme".
    """

    reports: int
    sources: int
    claimants: tuple[str, ...] = ()
    first: str = ""
    first_on: str | None = None
    certainty: Certainty | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """
    One thing that reports name.

    Attributes:
        text: The name in its most frequent form, or the words of the first report.
        kind: What it is, such as "Organization", "malware" or "cve".
        support: How many say so.
        evidence: Where, in the order of publication.
        note: Remarks: other names, or what a domain imitates.
    """

    text: str
    kind: str
    support: Support
    evidence: tuple[Evidence, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Development:
    """
    A figure that one source gave first and replaced later.

    Attributes:
        earlier: The first figure.
        later: The one that replaced it.
        reason: Why this is no disagreement, as a sentence.
    """

    earlier: Value
    later: Value
    reason: str


@dataclass(frozen=True, slots=True)
class Measure:
    """
    The figures that reports give for one measure.

    Attributes:
        name: What is counted or measured: "people", "records", "volume of data", "ransom", "damage".
        values: The figures, those with the most independent sources first. Equal figures in other words are one.
        differ: Whether two independent sources give figures that cannot all be right, and have none in common.
        parts: Figures that reports give as a part of one of `values`.
        developments: How the figures changed.
    """

    name: str
    values: tuple[Value, ...]
    differ: bool
    parts: tuple[Value, ...] = ()
    developments: tuple[Development, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """
    A time at which something is reported to have happened.

    Attributes:
        begins: ISO 8601, as in `TimeExpression`.
        ends: The same, not included.
        precision: The unit in which it is given: "day", "month" and so on.
        text: The time in words, with its precision: "April 2017 (month)".
        event_type: The type of the event that it belongs to; None if the text does not say.
        is_statement: Whether it is when somebody spoke, not when something happened.
        is_background: Whether it ended more than a year before the first report.
        support: How many say so.
        evidence: Where, in the order of publication.
        is_argument: Whether a text gives it as the time of the event itself, and not only in the same sentence.
    """

    begins: str
    ends: str
    precision: str
    text: str
    event_type: str | None
    is_statement: bool
    is_background: bool
    support: Support
    evidence: tuple[Evidence, ...]
    is_argument: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """
    What one claimant says, in however many reports.

    Attributes:
        claimant: Who says so; None if nobody is named.
        kind: As `Claim.kind`: "states", "denies", "attributed-to" and so on.
        about: What it is about: whom it accuses, a value, or the words for the event.
        accused: Whom it accuses or clears; None if it is about something else.
        support: How many report it.
        evidence: Where, in the order of publication.
        said_on: The day on which it was said, ISO 8601, if a report gives that; otherwise it was said no later than
            `support.first_on`.
    """

    claimant: str | None
    kind: str
    about: str
    accused: str | None
    support: Support
    evidence: tuple[Evidence, ...]
    said_on: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """
    An alleged attacker.

    Attributes:
        name: The canonical name, or the words of the reports.
        named: Where reports themselves call them attackers; None if none does.
        accused_by: Accusations and suspicions.
        claimed_by: Their own claims of responsibility.
        denied_by: Denials that they did it, by themselves or by others.
    """

    name: str
    named: Value | None = None
    accused_by: tuple[Statement, ...] = ()
    claimed_by: tuple[Statement, ...] = ()
    denied_by: tuple[Statement, ...] = ()

    @property
    def is_disputed(self) -> bool:
        """Whether somebody says that they did it and somebody denies it."""
        return bool(self.denied_by and (self.accused_by or self.claimed_by or self.named))


@dataclass(frozen=True, slots=True)
class Source:
    """
    One document of the incident, and whether it counts as an independent source.

    Attributes:
        document: The id of the document.
        source: The path or URL as it was given.
        title: The headline.
        publisher: As in `Document`; if that has none, the outlet that the text itself names.
        published_at: As in `Document`.
        counts_with: The id of the document that it is counted together with; its own id if it is independent.
        reason: Why it is counted together with another, as a sentence; empty if it is independent.
        is_mention: Whether it has no more than one sentence on the incident.
        link: The address of the report on the web without user and password; None if none is known.
        is_party: Whether somebody who was hit, or the maker of a product, published it.
    """

    document: str
    source: str
    title: str
    publisher: str | None
    published_at: str | None
    counts_with: str
    reason: str = ""
    is_mention: bool = False
    link: str | None = None
    is_party: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Dossier:
    """
    What is known about one incident, or what one document says.

    Attributes:
        id: The id of the incident, or of the document.
        title: What happened, in a line.
        types: Its event types, the one with the most mentions in independent sources first.
        status: How well established the incident is.
        status_reason: Why, as a sentence.
        status_evidence: The claims that the status rests on.
        first_seen: ISO 8601 date of the first report: an upper bound for when it happened, and no more.
        last_seen: ISO 8601 date of the last report.
        sources: The documents in the order of publication.
        independent: How many independent sources there are.
        timeline: What happened when, in that order.
        victims: Who was hit; those with the most independent sources first, as in the fields below.
        actors: The alleged attackers.
        data: What was taken or exposed.
        measures: How many and how much.
        tools: Malware and tools.
        products: Software, devices and systems with a vulnerability.
        vulnerabilities: CVE numbers, and descriptions of vulnerabilities that have none.
        patches: What was released against them.
        indicators: Technical values that are a means or a trace of the attack.
        places: Where it happened.
        statements: Who says what, in the order of publication.
        differing_dates: Days on which reports say that one kind of event happened, where they differ: side by side.
        mentioned: Other victims, of events that the reports tell only for comparison; nothing of these events is in
            the other fields.
        related: The ids of incidents that may be the same or belong to it.
        reasons: Why its documents were grouped.
        founded_on: The day of publication of the report that founded the incident, ISO 8601; None if it has none. It
            stays the same while other reports join.
        articles: The reports as something to cite.
        attacks: The attacks: at most one for an incident, several for a document that is a round-up.
        entities: Actors, malware and tools with their entries in published lists; each name once for each kind.
        unclear: Names that may be those of an actor or of software: the text does not say which.
        observables: Technical values except well-known ones, each once.
        cves: The numbers of the vulnerabilities.
        fixes: What was released against these.
        techniques: The ATT&CK techniques whose numbers stand in the reports, each once for each report.
        claims: The claims of each report.
    """

    id: str
    title: str
    types: tuple[str, ...]
    status: Status
    status_reason: str
    status_evidence: tuple[Evidence, ...]
    first_seen: str | None
    last_seen: str | None
    sources: tuple[Source, ...]
    independent: int
    timeline: tuple[Moment, ...] = ()
    victims: tuple[Value, ...] = ()
    actors: tuple[Actor, ...] = ()
    data: tuple[Value, ...] = ()
    measures: tuple[Measure, ...] = ()
    tools: tuple[Value, ...] = ()
    products: tuple[Value, ...] = ()
    vulnerabilities: tuple[Value, ...] = ()
    patches: tuple[Value, ...] = ()
    indicators: tuple[Value, ...] = ()
    places: tuple[Value, ...] = ()
    statements: tuple[Statement, ...] = ()
    differing_dates: tuple[tuple[Moment, ...], ...] = ()
    mentioned: tuple[Value, ...] = ()
    related: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    founded_on: str | None = None
    articles: tuple[Article, ...] = ()
    attacks: tuple[Attack, ...] = ()
    entities: tuple[NamedEntity, ...] = ()
    unclear: tuple[NamedEntity, ...] = ()
    observables: tuple[Observable, ...] = ()
    cves: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    techniques: tuple[Technique, ...] = ()
    claims: tuple[ReportedClaim, ...] = ()

    def __repr__(self) -> str:
        """Return what it is about, in one line."""
        return f"<Dossier {self.id[:8]} {self.title!r}: {len(self.sources)} reports, {self.independent} independent>"

    def _repr_html_(self) -> str:
        return dossier_html(self)
