"""
The records between what was found and the formats of other tools: things with names, and who says what of them.

A format writes `Facts` and knows nothing of spans. One document makes them as well as all reports of an incident.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from incidex.records import EntityKind, IndicatorKind, Link


@dataclass(frozen=True, slots=True)
class Article:
    """
    A document as something to refer to.

    Attributes:
        id: The document's id.
        title: Its headline, at most 200 characters.
        digest: The SHA-256 of its text, hexadecimal.
        url: Its address without user and password; None for what was read from a file.
        publisher: As in `Document`.
        author: As in `Document`.
        published_at: As in `Document`; None if it is not precise to the day.
        language: As in `Document`.
        labels: The event types that its sentences report, in the order of the scheme.
        model: What made the labels.
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
class Named:
    """
    An actor, a malware or a tool.

    Attributes:
        name: The canonical name.
        kind: What it is; None for an attacker that is no known group: a person, a gang by a name of its own.
        links: What it may be in published lists of names.
        disputed: Whether one list has several entries for the name, so that no other name may be given to it.
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
    Somebody who was hit.

    Attributes:
        name: The name.
        is_person: Whether it is a person; otherwise it is an organisation.
    """

    name: str
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """
    An attack that is reported: what becomes an incident.

    Attributes:
        id: That of the profile, so that an incident founded by this document has it too.
        name: Unique and stable: "Acme Corp – data breach – reported 2024-02".
        types: The types of its events that are attacks, the most frequent first.
        happened: Whether anybody says that it did; otherwise it is planned, feared, denied or did not happen.
        day: The day that is said for it, ISO 8601; None if no exact day is said.
        victims: Who was hit, as far as they have names.
        attackers: Who is said to have done it, as far as they have names.
        software: The malware and tools that are said to have been used for it.
        is_ransomware: Whether it is said to be an attack with ransomware: extortion alone is none.
    """

    id: str
    name: str
    types: tuple[str, ...]
    happened: bool
    day: str | None = None
    victims: tuple[Party, ...] = ()
    attackers: tuple[Named, ...] = ()
    software: tuple[Named, ...] = ()
    is_ransomware: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """
    A claim: who says what.

    Attributes:
        id: The same for the same claim of the same document.
        article: The id of the document.
        kind: As `Claim.kind`.
        claimant: Who says so; None where nobody is named.
        quote: What is said, in the words of the document, at most 300 characters.
        hedges: The words that say how sure the claimant is.
        certainty: How sure the claimant is, where the words are on a scale of ICD 203: ("likelihood", "very likely") or
            ("confidence", "high"); None otherwise.
        event_type: The type of the event that it is about; None if it is about an actor alone.
        happening: The id of the happening that it is about; None if it is about none.
        accused: The name of whom it accuses or clears; None if it names nobody.
        refuses: Whether it is about paying or negotiating: not to do so denies no attack.
    """

    id: str
    article: str
    kind: str
    claimant: str | None
    quote: str
    hedges: tuple[str, ...] = ()
    certainty: tuple[str, str] | None = None
    event_type: str | None = None
    happening: str | None = None
    accused: str | None = None
    refuses: bool = False

    @property
    def denies(self) -> bool:
        """Whether it says that the attack did not happen, or that somebody did not do it."""
        return self.kind == "denies" and not self.refuses


@dataclass(frozen=True, slots=True)
class Sighted:
    """
    A technical value.

    Attributes:
        kind: What it is.
        value: What it stands for.
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
    Something that was released against weaknesses.

    Attributes:
        words: What it is called in the document.
        cves: The numbers of the weaknesses.
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
        quote: The sentence with its first place there, at most 300 characters.
    """

    number: str
    article: str
    quote: str


@dataclass(frozen=True, slots=True)
class Facts:
    """
    All that goes into one file.

    Attributes:
        id: That of the document, or of the incident.
        articles: The documents that it is taken from, in the order of publication.
        founded_on: The day of publication of the document, or of the one that founded the incident, ISO 8601; None if
            that has none. It stays while other documents join.
        happenings: The attacks.
        names: The actors, malware and tools, attackers of the happenings among them; each name once for each kind.
        unclear: Names of which the text does not tell whether they are an actor's or a software's.
        values: The technical values but those that everybody knows; each once.
        cves: The numbers of the weaknesses.
        fixes: What was released against them.
        techniques: The techniques whose numbers stand in the documents; each once for each document.
        said: The claims.
    """

    id: str
    articles: tuple[Article, ...]
    founded_on: str | None = None
    happenings: tuple[Happening, ...] = ()
    names: tuple[Named, ...] = ()
    unclear: tuple[Named, ...] = ()
    values: tuple[Sighted, ...] = ()
    cves: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    techniques: tuple[Technique, ...] = ()
    said: tuple[Said, ...] = ()


def names_once(names: Iterable[Named]) -> tuple[Named, ...]:
    """Return each name once for each kind, whatever its case."""
    return tuple({(one.name.casefold(), one.kind): one for one in names}.values())


def values_once(values: Iterable[Sighted]) -> tuple[Sighted, ...]:
    """Return each technical value once: as malicious, if it is so anywhere."""
    found: dict[tuple[IndicatorKind, str], Sighted] = {}
    for one in values:
        before = found.get((one.kind, one.value))
        if before is None or (one.malicious and not before.malicious):
            found[one.kind, one.value] = one
    return tuple(found.values())
