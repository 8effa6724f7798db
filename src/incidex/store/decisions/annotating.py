"""Takes what somebody marked in a whole document: checks that it can be kept, and whether it is kept already."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from incidex.errors import InputError
from incidex.labels import scheme
from incidex.records import Document, Event, Span
from incidex.store import documents
from incidex.store.decisions import decided
from incidex.store.decisions.records import Annotation


def annotation(
    connection: Connection,
    document: Document,
    events: Sequence[Event] | None,
    labels: Sequence[tuple[Span, Sequence[str]]] | None,
) -> Annotation:
    """Return the decision that a document reports these events and labels; see `Store.annotate`."""
    if documents.number_of(connection, document.id) is None:
        raise InputError(_unknown(connection, document))
    if events is None and labels is None:
        raise InputError("Nothing is marked there, neither events nor sentences with labels.")
    for span in (*_spans(events or ()), *(span for span, _ in labels or ())):
        if span.end > len(document.text):
            raise InputError(f"A mark reaches from {span.start} to {span.end}, beyond the end of the text.")
    marked = None if labels is None else tuple(_marked(labels))
    return Annotation(document.id, document.text, None if events is None else tuple(events), marked)


def holds(connection: Connection, content: Annotation) -> bool:
    """Return whether the last annotation of the document that holds says the same."""
    kept = decided.corrections_of(connection, [content.document])
    last = next((one for one in reversed(kept) if isinstance(one, Annotation)), None)
    return last == content


def _marked(labels: Iterable[tuple[Span, Sequence[str]]]) -> Iterable[tuple[Span, tuple[str, ...]]]:
    for span, names in sorted(labels, key=lambda one: one[0]):
        if ordered := scheme().ordered(names):
            yield span, ordered


def _spans(events: Iterable[Event]) -> Iterable[Span]:
    for event in events:
        for mention in event.mentions:
            yield mention.trigger
            yield from (argument.span for argument in mention.arguments)


def _unknown(connection: Connection, document: Document) -> str:
    if documents.place(connection, document).number is None:
        return "No document of the store has this text.\nAdd it first with 'incidex add'."
    return (
        f"The text differs from the one that the store has of {document.source}, be it by a blank.\n"
        "Marks are places in a text. Mark the text of the store, or add the other one with 'incidex add'."
    )
