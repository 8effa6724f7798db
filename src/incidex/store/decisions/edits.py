"""The records of edits: what a person changed in one thing that was found in a document."""

from dataclasses import dataclass, fields
from enum import StrEnum

from incidex.records import Link, Realis, Span


class Thing(StrEnum):
    """What can be put right."""

    SENTENCE = "sentence"
    """The labels of a sentence, or one label of it."""
    EVENT = "event"
    """An event mention, which is found by its trigger."""
    ARGUMENT = "argument"
    NAME = "name"
    """An entity with all its mentions."""
    CLAIM = "claim"
    VICTIM = "victim"
    """Whether somebody is a victim in the document, wherever it says so."""
    BLOCK = "block"
    TITLE = "title"
    DATE = "date"
    """When the document was published."""
    PUBLISHER = "publisher"


class Verdict(StrEnum):
    """What a person thinks of something as it is."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNSURE = "unsure"
    """It stays as it is, for a colleague to look at."""


@dataclass(frozen=True, slots=True)
class Target:
    """
    The thing that an edit is about.

    Attributes:
        thing: What it is.
        span: Where it is: the sentence, the trigger, the argument, a mention of the name, the words of the claim, the
            block. None for the title, date and publisher of a document.
        trigger: The trigger of the event mention: of an argument always, of a claim if it is about one.
        detail: Which of several at the same place: the label of a sentence, the type of an event mention, the role of
            an argument, the kind of a claim. Of a victim, the name.
    """

    thing: Thing
    span: Span | None = None
    trigger: Span | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """
    What becomes of a thing. What is None stays as it is; `FIELDS_OF` says what each thing has.

    Attributes:
        verdict: Whether it is right as it is. What is rejected is taken away.
        labels: All labels of the sentence.
        event_type: The event type of the mention. Words that are not a trigger become one.
        realis: The realis of the mention.
        role: The role of the argument. Words that are no argument of the mention become one.
        entity_type: What kind of thing the argument is.
        extent: Where the trigger, the argument or the mention of a name really begins and ends.
        trigger: The trigger of another mention: that the argument belongs to, or that is of the same event.
        apart: Whether the mention is of an event of its own.
        kind: The kind of the name, the claim or the block. Words that are no name become one.
        name: The name that an entity is known by.
        link: What the entity is in a source of names.
        claimant: Who makes the claim. A claim without anybody is made by the report itself: see `no_claimant`.
        no_claimant: Whether nobody makes the claim but the report.
        value: The title, the date (ISO 8601) or the publisher; empty if the document has none.
    """

    verdict: Verdict | None = None
    labels: tuple[str, ...] | None = None
    event_type: str | None = None
    realis: Realis | None = None
    role: str | None = None
    entity_type: str | None = None
    extent: Span | None = None
    trigger: Span | None = None
    apart: bool = False
    kind: str | None = None
    name: str | None = None
    link: Link | None = None
    claimant: Span | None = None
    no_claimant: bool = False
    value: str | None = None

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the fields that change something."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) not in (None, False))


FIELDS_OF: dict[Thing, frozenset[str]] = {
    Thing.SENTENCE: frozenset({"verdict", "labels"}),
    Thing.EVENT: frozenset({"verdict", "event_type", "realis", "extent", "trigger", "apart"}),
    Thing.ARGUMENT: frozenset({"verdict", "role", "entity_type", "extent", "trigger"}),
    Thing.NAME: frozenset({"verdict", "kind", "name", "link", "extent"}),
    Thing.CLAIM: frozenset({"verdict", "kind", "claimant", "no_claimant"}),
    Thing.VICTIM: frozenset({"verdict"}),
    Thing.BLOCK: frozenset({"verdict", "kind"}),
    Thing.TITLE: frozenset({"verdict", "value"}),
    Thing.DATE: frozenset({"verdict", "value"}),
    Thing.PUBLISHER: frozenset({"verdict", "value"}),
}


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the document at the time of the decision, by which they are found in a later revision."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Edit:
    """
    A person changed one thing that was found in a document.

    Attributes:
        document: The id of the document at the time of the decision.
        target: Which thing.
        change: What becomes of it.
        quotes: The words of every span in `target` and `change`; empty once the document has been removed.
    """

    document: str
    target: Target
    change: Change
    quotes: tuple[Quote, ...] = ()

    @property
    def words(self) -> str:
        """The words of the target: empty for the title, date and publisher."""
        return next((quote.words for quote in self.quotes if quote.span == self.target.span), "")


def spans_of(target: Target, change: Change) -> tuple[Span, ...]:
    """Return every span of an edit, each once."""
    every = (target.span, target.trigger, change.extent, change.trigger, change.claimant)
    return tuple(dict.fromkeys(span for span in every if span))


def describe_edit(edit: Edit) -> str:
    """Return an edit in a few words: "argument 'Kestrel Ferries' of 'stole': role Victim"."""
    words = {quote.span: quote.words for quote in edit.quotes}
    target = edit.target
    of = f" of {words[target.trigger]!r}" if target.trigger in words else ""
    what = f"{target.thing} {words[target.span]!r}" if target.span in words else str(target.thing)
    detail = f" ({target.detail})" if target.detail else ""
    return f"{what}{of}{detail}: {', '.join(_changes(edit.change, words))}"


def _changes(change: Change, words: dict[Span, str]) -> list[str]:
    found = []
    for name in change.given:
        value = getattr(change, name)
        match value:
            case Span():
                value = repr(words.get(value, ""))
            case Link():
                value = f"{value.name} ({value.source} {value.id})"
            case tuple():
                value = ", ".join(value) or "none"
        plain = name.replace("_", " ")
        found.append(str(value) if name == "verdict" else plain if value is True else f"{plain} {value or 'none'}")
    return found
