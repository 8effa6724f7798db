"""The records of merging: what one report says of one happening, and the incident that several reports are about."""

from dataclasses import dataclass

from incidex.records.notebook import incidents_html
from incidex.records.span import Span

# Something that a report names and how much the report is about it, 0..1.
Weighted = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Period:
    """
    When something of a happening is said to have been.

    Attributes:
        begins: ISO 8601 date.
        ends: ISO 8601 date, not included: May 2017 is "2017-05-01" to "2017-06-01".
        stated: Whether the words say it all ("May 2017"); otherwise it is counted from the day of publication, and as
            wrong as that may be.
    """

    begins: str
    ends: str
    stated: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """
    What one document says of one happening, as far as comparing needs it.

    A round-up has several, one for each item. Names are in lower case and without titles and legal forms; the
    `Weighted` ones are ordered by weight, the greatest first.

    Attributes:
        id: A UUID made from the document's id and the place in it: the same analysis gives the same ids.
        document: The document's id.
        title: Its headline without the name of the site; of an item of a round-up: the item's first words.
        publisher: The site, paper or organisation that the document is from.
        published_at: ISO 8601 date; None if the document has none.
        types: The event types that it reports, the most frequent first; empty if it reports nothing in particular, but
            may be about what others report.
        sentences: The sentences that are about it.
        mentions: The triggers of its event mentions.
        victims: Who was hit.
        organisations: Those that its headline or first sentences name.
        cves: CVE numbers.
        software: Malware and tools.
        actors: Who is said to have done it.
        names: Capitalised words and pairs of them that few reports have.
        words: The words that tell it from other reports, weighted so that their squares add up to 1.
        title_words: The same of its title alone.
        amounts: Exact numbers with what they count: "money USD 55000", "people 270000".
        periods: When it is said to have happened.
        months: The months that its headline and first sentences name: "december".
        counts: How many weaknesses its headline and first sentences say there are.
        another: The name that the headline is most about, if it or the first sentences say that this happening is
            another one: "a second university"; empty otherwise.
        aftermath: Whether its headline or first sentences tell what came of an older happening: arrests, fines, repair.
    """

    id: str
    document: str
    title: str
    publisher: str | None
    published_at: str | None
    types: tuple[str, ...]
    sentences: tuple[Span, ...]
    mentions: tuple[Span, ...]
    victims: tuple[Weighted, ...] = ()
    organisations: tuple[str, ...] = ()
    cves: tuple[Weighted, ...] = ()
    software: tuple[Weighted, ...] = ()
    actors: tuple[Weighted, ...] = ()
    names: tuple[Weighted, ...] = ()
    words: tuple[Weighted, ...] = ()
    title_words: tuple[Weighted, ...] = ()
    amounts: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    months: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()
    another: str = ""
    aftermath: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """
    Another incident that may be the same or belongs to it.

    Attributes:
        incident: Its id.
        reasons: What they share, and what keeps them apart, one sentence each.
    """

    incident: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Incident:
    """
    One happening, and the documents that report it.

    Attributes:
        id: The id of the profile that founded it: the first by day of publication.
        title: The headline of the document that is nearest to all others.
        types: Its event types, the one that most documents report first. Of incidents, there is at least one.
        first_seen: ISO 8601 date of the first document; None if no document has a date.
        last_seen: ISO 8601 date of the last document, likewise.
        profiles: The ids of its profiles, ordered as `documents`.
        documents: The ids of its documents, in the order of their publication; those without a date last.
        reasons: Why they were joined, one sentence each.
        related: Other incidents that may be the same.
    """

    id: str
    title: str
    types: tuple[str, ...]
    first_seen: str | None
    last_seen: str | None
    profiles: tuple[str, ...]
    documents: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()

    def __repr__(self) -> str:
        """Return which one it is, in one line."""
        return f"<Incident {self.id[:8]} {self.title!r}: {len(self.documents)} reports>"

    def _repr_html_(self) -> str:
        return incidents_html([self])


class Incidents(tuple[Incident, ...]):
    """A tuple of incidents, which notebooks show as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return incidents_html(self)
