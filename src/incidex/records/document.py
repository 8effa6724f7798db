"""
The document, its blocks and sentences, and all that was found in it.

All positions are `Span`s into `Document.text`: zero-based, half-open, counted in Unicode code points, so that
`document.text[span.start:span.end]` is always the exact words. Records are frozen: a step makes new ones.
"""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from incidex.records.claims import Claim
from incidex.records.entities import Entity
from incidex.records.events import Event
from incidex.records.notebook import analysis_html, document_html
from incidex.records.span import Span
from incidex.records.values import Indicator, Quantity, TimeExpression

# The namespace of every id that is derived from content (RFC 9562, version 5).
NAMESPACE = uuid.UUID("6a0e2b61-4a37-5b58-9c0e-6f1d5a1f3c55")


class BlockKind(StrEnum):
    """What a block of a page is. `BlockKind.in_article` tells the article from what stands around it."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    DATE = "date"
    BODY = "body"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    CODE = "code"
    CAPTION = "caption"
    RELATED = "related"
    BOILERPLATE = "boilerplate"

    @property
    def in_article(self) -> bool:
        """Whether sentences of such a block are part of what the article reports."""
        return self not in _AROUND_THE_ARTICLE


_AROUND_THE_ARTICLE = frozenset(
    (BlockKind.BYLINE, BlockKind.DATE, BlockKind.CAPTION, BlockKind.RELATED, BlockKind.BOILERPLATE)
)


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
        level: The level of a heading, 1 for the highest; 0 for other blocks, and for headings of unknown level.
        markup: What a reader of the formatted text does not see, in order, inside `span`: emphasis marks, the targets
            of links.
        decision: The number of the decision in the store by which a person set it or confirmed it; None for what the
            machine found.
    """

    span: Span
    kind: BlockKind
    reason: str = ""
    repeats: int | None = None
    origin: str = ""
    level: int = 0
    markup: tuple[Span, ...] = ()
    decision: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """
    One article or report, as it was read.

    Attributes:
        text: The one text that every span counts in. Fixed when the document is read.
        blocks: What the text consists of, in reading order, without overlap.
        source: The path or URL as it was given; "-" for standard input; empty for text that never was a file.
        format: "text", "markdown", "asciidoc", "rst", "html", "pdf", "docx", "email" or "casie"; "stix" or "misp"
            for an incident without a report.
        title: The headline, also where it is not part of `text` (CASIE JSON).
        published_at: ISO 8601, exactly as precise as the source: "2017-05-06" or "2017-05-06T16:36+01:00".
        publisher: The site, paper or organisation.
        author: Who wrote it, as written.
        language: ISO 639-1, such as "en"; None where the text is too short to tell.
        warnings: What a reader of the results should know, one full sentence each.
        link: The address of the report on the web where a file gives it; None if it does not, or if `source` is it.
        corrected: Which of "title", "published_at" and "publisher" a person has set in the store, in this order.
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
    link: str | None = None
    corrected: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """A UUID made from the text alone: the same text has the same id everywhere."""
        return str(uuid.uuid5(NAMESPACE, self.text))

    def __repr__(self) -> str:
        """Return what it is, in one line: an article would fill the screen."""
        about = (self.title or self.source or self.text[:60].strip(), self.publisher, self.published_at)
        return f"<Document {', '.join(repr(part) for part in about if part)}: {len(self.text):,} characters>"

    def _repr_html_(self) -> str:
        return document_html(self)


@dataclass(frozen=True, slots=True)
class Sentence:
    """
    One sentence of a document and what it reports.

    Attributes:
        span: Its words in `Document.text`.
        kind: The kind of the block that it stands in.
        labels: Event types in the order of the label scheme; empty if the sentence reports none of them (written `O`).
        scores: One calibrated probability (0..1) for each event type, in the order of the label scheme; empty before
            the model has seen the sentence. They are the model's, whatever a person decided.
        decision: The number of the decision in the store by which a person set or confirmed its labels; None for what
            the machine found.
    """

    span: Span
    kind: BlockKind = BlockKind.BODY
    labels: tuple[str, ...] = ()
    scores: tuple[float, ...] = ()
    decision: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
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

    def __repr__(self) -> str:
        """Return how much was found, in one line."""
        found = [f"{len(self.sentences)} sentences"]
        found += [f"{len(part)} {name}" for name in _FOUND for part in [getattr(self, name)] if part]
        return f"<Analysis of {self.document!r}: {', '.join(found)}>"

    def _repr_html_(self) -> str:
        return analysis_html(self)


_FOUND = ("events", "indicators", "entities", "times", "quantities", "claims")
