"""The records of events: what a document says happened, with the words that say so."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from incidex.records.span import Span


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
        name: The name of what the words stand for, where they are no name and the document gives one: "Kestrel Ferries"
            for "the company", "it" or "ferry operator Kestrel Ferries". Empty if they are the name, or there is none.
        decision: The number of the decision in the store by which a person set it or confirmed it; None for what the
            machine found.
    """

    span: Span
    entity_type: str
    role: str
    score: float = 1.0
    name: str = ""
    decision: int | None = None


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
        decision: The number of the decision in the store by which a person set it or confirmed it; None for what the
            machine found.
    """

    trigger: Span
    event_type: str
    realis: Realis = Realis.ACTUAL
    arguments: tuple[Argument, ...] = ()
    score: float = 1.0
    decision: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """
    One event: all mentions of it in one document, in the order of their triggers. CASIE calls it a hopper.

    Attributes:
        mentions: At least one.
        decision: The number of the decision by which a person said which mentions are of it; None if nobody did.
    """

    mentions: tuple[EventMention, ...]
    decision: int | None = None

    @property
    def event_type(self) -> str:
        """The event type of most mentions; the first one's where there are as many of another."""
        return Counter(mention.event_type for mention in self.mentions).most_common(1)[0][0]
