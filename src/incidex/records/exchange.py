"""
The parts of a dossier that are written for other tools: articles, attacks, entities, technical values, claims.

They name things instead of pointing at spans, so that STIX, MISP, VERIS and the like need neither the texts nor the
analyses.
"""

from dataclasses import dataclass

from incidex.records.entities import EntityKind, Link
from incidex.records.values import IndicatorKind


@dataclass(frozen=True, slots=True)
class Article:
    """
    A report as something to cite.

    Attributes:
        id: The id of the document.
        title: Its headline, at most 200 characters.
        digest: The SHA-256 of its text, hexadecimal.
        url: Its address without user and password; None if it was read from a file that does not give it.
        publisher: As in `Document`.
        author: As in `Document`.
        published_at: As in `Document`; None if it is not precise to the day.
        language: As in `Document`.
        labels: The event types that its sentences report, in the order of the label scheme.
        model: The model that made the labels.
    """

    id: str
    title: str
    digest: str
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published_at: str | None = None
    language: str | None = None
    labels: tuple[str, ...] = ()
    model: str = ""


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """
    An actor, malware or tool with its entries in published lists.

    Attributes:
        name: The canonical name.
        kind: What it is; None for an attacker that is no known group: a person, or a gang under a name of its own.
        links: What it may be in published lists.
        disputed: Whether one list has several entries for the name, so that it cannot be given any other name.
    """

    name: str
    kind: EntityKind | None
    links: tuple[Link, ...] = ()
    disputed: bool = False

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its other names, each once; none for a disputed name."""
        if self.disputed:
            return ()
        others = (name for link in self.links for name in (link.name, link.alias))
        return tuple(name for name in dict.fromkeys(others) if name.casefold() != self.name.casefold())


@dataclass(frozen=True, slots=True)
class Party:
    """
    A victim with a name.

    Attributes:
        name: The name.
        is_person: Whether it is a person rather than an organisation.
    """

    name: str
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Attack:
    """
    A reported attack. An incident has at most one; a document has several if it is a round-up.

    Attributes:
        id: The id of the incident; in a document, that of the profile, and so of the incident that it founds.
        name: Unique and stable: "Acme Corp – data breach – reported 2024-02".
        types: The types of its events that are attacks, the most frequent first.
        happened: Whether anybody says that it happened. Otherwise it is planned, feared or denied, or did not happen.
        day: The day that is given for it, ISO 8601; None if no exact day is given.
        victims: Those with names.
        attackers: Who is said to have done it, if they have names.
        software: The malware and tools that are said to have been used.
        is_ransomware: Whether it is called an attack with ransomware. Extortion alone is none.
    """

    id: str
    name: str
    types: tuple[str, ...]
    happened: bool
    day: str | None = None
    victims: tuple[Party, ...] = ()
    attackers: tuple[NamedEntity, ...] = ()
    software: tuple[NamedEntity, ...] = ()
    is_ransomware: bool = False


@dataclass(frozen=True, slots=True)
class ReportedClaim:
    """
    A claim in one report, with names instead of spans.

    Attributes:
        id: The same for the same claim in the same document.
        article: The id of the document.
        kind: As in `Claim`.
        claimant: Who makes it; None if nobody is named.
        quote: The words of the document, at most 300 characters.
        hedges: The words that say how sure the claimant is.
        certainty: How sure the claimant is, if the words are on a scale of ICD 203: ("likelihood", "very likely") or
            ("confidence", "high"); None otherwise.
        confidence: The same as a number of STIX, 0..100.
        event_type: The type of the event that it is about; None if it is about an actor alone.
        attack: The id of the attack that it is about; None if it is about none.
        accused: The name of whoever it accuses or clears; None if it names nobody.
        refuses: Whether it is about paying or negotiating. Refusing that denies no attack.
    """

    id: str
    article: str
    kind: str
    claimant: str | None
    quote: str
    hedges: tuple[str, ...] = ()
    certainty: tuple[str, str] | None = None
    confidence: int | None = None
    event_type: str | None = None
    attack: str | None = None
    accused: str | None = None
    refuses: bool = False

    @property
    def denies(self) -> bool:
        """Whether it says that the attack did not happen, or that somebody did not do it."""
        return self.kind == "denies" and not self.refuses


@dataclass(frozen=True, slots=True)
class Observable:
    """
    A technical value.

    Attributes:
        kind: What it is.
        value: The value, without defanging.
        malicious: Whether the text says that it is a means or a trace of an attack.
        reason: What in the text says what it is.
    """

    kind: IndicatorKind
    value: str
    malicious: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Fix:
    """
    Something that was released against vulnerabilities.

    Attributes:
        words: What the document calls it.
        cves: The numbers of the vulnerabilities.
    """

    words: str
    cves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Technique:
    """
    A technique of MITRE ATT&CK whose number stands in a document.

    Attributes:
        number: Such as "T1566" or "T1566.001".
        article: The id of the document.
        quote: The sentence in which it stands first, at most 300 characters.
    """

    number: str
    article: str
    quote: str
