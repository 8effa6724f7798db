"""
The records that flow through the pipeline.

All positions are `Span`s into `Document.text`: zero-based, half-open, counted in Unicode code points, so that
`document.text[span.start:span.end]` is always the exact words. Records are frozen: a step makes new ones.
"""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from incidex.assertions import Claim as Claim
from incidex.assertions import Claimant as Claimant
from incidex.assertions import ClaimKind as ClaimKind
from incidex.assertions import Hedge as Hedge
from incidex.entities import Entity as Entity
from incidex.entities import EntityKind as EntityKind
from incidex.entities import Link as Link
from incidex.spans import Span as Span
from incidex.values import Granularity as Granularity
from incidex.values import PartOfPeriod as PartOfPeriod
from incidex.values import Quantity as Quantity
from incidex.values import QuantityKind as QuantityKind
from incidex.values import TimeBasis as TimeBasis
from incidex.values import TimeBound as TimeBound
from incidex.values import TimeExpression as TimeExpression

# The namespace of every id that is derived from content (RFC 9562, version 5).
NAMESPACE = uuid.UUID("6a0e2b61-4a37-5b58-9c0e-6f1d5a1f3c55")


class BlockKind(StrEnum):
    """What a block of a page is. `BlockKind.in_article` tells the article from what stands around it."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    DATE = "date"
    BODY = "body"
    CAPTION = "caption"
    RELATED = "related"
    BOILERPLATE = "boilerplate"

    @property
    def in_article(self) -> bool:
        """Whether sentences of such a block are part of what the article reports."""
        return self in (BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.BODY)


@dataclass(frozen=True, slots=True)
class Block:
    """
    A paragraph, heading or line of a page, and what it is.

    Attributes:
        span: Its words, without the white space around them.
        kind: What it is.
        reason: Which rule or model said so, in a few words.
        repeats: The index of the earlier block that it repeats, if it does.
        origin: Where it stood in the source, such as "page 3" or "attachment report.pdf"; empty where that goes without
            saying.
    """

    span: Span
    kind: BlockKind
    reason: str = ""
    repeats: int | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """
    One article or report, as it was read.

    Attributes:
        text: The one text that every span counts in. Fixed when the document is read.
        blocks: What the text consists of, in reading order, without overlap.
        source: The path or URL as it was given; "-" for standard input; empty for text that never was a file.
        format: "text", "html", "pdf", "email" or "casie"; "stix" or "misp" for an incident without a report.
        title: The headline, also where it is not part of `text` (CASIE JSON).
        published_at: ISO 8601, exactly as precise as the source: "2017-05-06" or "2017-05-06T16:36+01:00".
        publisher: The site, paper or organisation.
        author: Who wrote it, as written.
        language: ISO 639-1, such as "en"; None where the text is too short to tell.
        warnings: What a reader of the results should know, one full sentence each.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    source: str = ""
    format: str = "text"
    title: str | None = None
    published_at: str | None = None
    publisher: str | None = None
    author: str | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """A UUID made from the text alone: the same text has the same id everywhere."""
        return str(uuid.uuid5(NAMESPACE, self.text))


@dataclass(frozen=True, slots=True)
class Sentence:
    """
    One sentence of a document and what it reports.

    Attributes:
        span: Its words in `Document.text`.
        kind: The kind of the block that it stands in.
        labels: Event types in the order of the label scheme; empty if the sentence reports none of them (written `O`).
        scores: One calibrated probability (0..1) for each event type, in the order of the label scheme; empty before
            the model has seen the sentence.
    """

    span: Span
    kind: BlockKind = BlockKind.BODY
    labels: tuple[str, ...] = ()
    scores: tuple[float, ...] = ()


class Realis(StrEnum):
    """Whether an event really happened, in CASIE's terms."""

    ACTUAL = "Actual"
    """It happened, or is happening."""
    GENERIC = "Generic"
    """No event at a time and a place, but a kind of event: "phishing is on the rise"."""
    OTHER = "Other"
    """It is planned, feared, denied, possible, or did not happen."""


@dataclass(frozen=True, slots=True)
class Argument:
    """
    A stretch of text that takes part in an event.

    Attributes:
        span: Its words in `Document.text`.
        entity_type: What kind of thing it is, such as "Organization"; one of `scheme().entity_types`.
        role: Which part it plays, such as "Victim"; one of the roles of the event's type in the scheme.
        score: How sure the model is of span, entity type and role together, 0..1; 1 for what a person annotated.
    """

    span: Span
    entity_type: str
    role: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class EventMention:
    """
    One place where an event is reported.

    Attributes:
        trigger: The words that name the event, in `Document.text`.
        event_type: One of `scheme().names`.
        realis: Whether it really happened.
        arguments: Who and what takes part, in the order of their spans.
        score: How sure the model is of trigger and event type together, 0..1; 1 for what a person annotated.
    """

    trigger: Span
    event_type: str
    realis: Realis = Realis.ACTUAL
    arguments: tuple[Argument, ...] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """
    One event: all mentions of it in one document, in the order of their triggers. CASIE calls it a hopper.

    Attributes:
        mentions: At least one.
    """

    mentions: tuple[EventMention, ...]

    @property
    def event_type(self) -> str:
        """The event type of most mentions; the first one's where there are as many of another."""
        types = [mention.event_type for mention in self.mentions]
        return max(dict.fromkeys(types), key=types.count)


class IndicatorKind(StrEnum):
    """What an indicator is."""

    DOMAIN = "domain"
    URL = "url"
    IPV4 = "ipv4"
    IPV6 = "ipv6"
    EMAIL = "email"
    MD5 = "md5"
    SHA1 = "sha1"
    SHA256 = "sha256"
    SHA512 = "sha512"
    FILE_NAME = "file-name"
    PATH = "path"
    REGISTRY_KEY = "registry-key"
    CVE = "cve"
    CRYPTO_ADDRESS = "crypto-address"
    ATTACK_ID = "attack-id"
    HANDLE = "handle"
    HASHTAG = "hashtag"


class IndicatorRole(StrEnum):
    """What the report makes of an indicator."""

    INDICATOR = "indicator"
    """It is a means or a trace of an attack."""
    REFERENCE = "reference"
    """The report mentions, cites or recommends it."""
    VICTIM = "victim"
    """It belongs to somebody who was attacked."""
    BENIGN = "benign"
    """Everybody knows it, and so it says nothing about an attack."""


@dataclass(frozen=True, slots=True)
class Imitation:
    """
    Whom a domain name imitates.

    Attributes:
        organisation: The name of the organisation or person, where it stands in `Document.text`.
        how: "affix", "typo", "homoglyph", "other top-level domain" or "subdomain".
    """

    organisation: Span
    how: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """
    A technical value that a report names: an address, a hash, a file, the number of a weakness.

    Attributes:
        span: It as written, in `Document.text`.
        kind: What it is.
        value: What it stands for: without defanging, hosts, hashes and e-mail addresses in lower case.
        role: What the report makes of it.
        reason: Which rule gave the role, in words.
        imitates: Whom a domain name imitates, where it does.
    """

    span: Span
    kind: IndicatorKind
    value: str
    role: IndicatorRole
    reason: str
    imitates: Imitation | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """
    All that was found in one document.

    Attributes:
        document: The document.
        sentences: Its sentences in reading order, without overlap, also those outside the article.
        events: Its events, ordered by their first trigger.
        model: Name and version of the model bundle that gave the labels.
        indicators: The technical values that its article names, in the order of the text, without overlap.
        entities: The actors, malware, tools and organisations that its article names, ordered by their first mentions.
        times: The times and durations in its article, in the order of the text, without overlap.
        quantities: The numbers, amounts, volumes and percentages in its article, likewise.
        claims: Who says what about its events and about who did it, in the order of the text.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    model: str
    events: tuple[Event, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    claims: tuple[Claim, ...] = ()
