"""Carries out decisions: checks them, appends them to the log, and updates the incidents concerned."""

import re
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, select

from incidex.errors import InputError, UnknownId
from incidex.labels import scheme
from incidex.records import Document, Event, Realis, Span
from incidex.store import documents, incidents, schema
from incidex.store.database import chunks
from incidex.store.decisions import log
from incidex.store.decisions.checks import checked_edit
from incidex.store.decisions.edits import Change, Edit, Target
from incidex.store.decisions.records import (
    Annotation,
    Content,
    Correction,
    Decision,
    Ignore,
    Join,
    Split,
    Undo,
    Unsure,
    subjects,
)
from incidex.store.memberships import incidents_of, profiles_with, refresh
from incidex.store.summaries.make import make_small, postpone_with

# The kinds of decisions that are not undone unless they are named, or not at all.
_FINAL = ("undo", "remove")

# How much of the text around a place an error message shows, in characters.
_CONTEXT = 30


def join(connection: Connection, left: str, right: str, *, named: Sequence[str]) -> Join:
    """
    Return the decision that two incidents are one; `named` is how the person named them.

    Raises:
        InputError: They are one already.
    """
    one, other = incidents.incident(connection, left), incidents.incident(connection, right)
    if one.id == other.id:
        raise InputError(f"{' and '.join(named)} are already the same incident.")
    return Join(one.profiles, other.profiles, tuple(named))


def split(connection: Connection, id: str, leaving: Sequence[str], *, named: str) -> Split:
    """
    Return the decision to take documents out of an incident, which the person named `named`.

    Raises:
        InputError: That is impossible.
    """
    incident = incidents.incident(connection, id)
    numbers = {documents.existing_number(connection, document): document for document in leaving}
    table = schema.profiles
    rows = [
        row
        for some in chunks(incident.profiles)
        for row in connection.execute(select(table.c.id, table.c.document).where(table.c.id.in_(some)))
    ]
    for number in numbers.keys() - {row.document for row in rows}:
        raise InputError(f"The document {numbers[number]} does not report on the incident {named}.")
    apart = tuple(row.id for row in rows if row.document in numbers)
    rest = tuple(row.id for row in rows if row.document not in numbers)
    if not rest or not apart:
        raise InputError("A split takes some documents out of an incident.\nName at least one of them, but not all.")
    return Split(apart, rest, (named, *leaving))


def unsure(connection: Connection, left: str, right: str, *, named: Sequence[str]) -> Unsure:
    """Return the decision that somebody else has to tell whether two incidents are one. Raises as `join` does."""
    joined = join(connection, left, right, named=named)
    return Unsure(joined.left, joined.right, joined.named)


def apart(connection: Connection, left: str, right: str, *, named: Sequence[str]) -> Split:
    """Return the decision that two incidents are not the same. Raises as `join` does."""
    joined = join(connection, left, right, named=named)
    return Split(joined.left, joined.right, tuple(named))


def ignore(connection: Connection, value: str, *, document: str = "", incident: str = "") -> Ignore:
    """
    Return the decision to ignore a value everywhere, in a document, or in an incident.

    Raises:
        InputError: It has no letter or digit, there is no such document or incident, or both are given.
    """
    if not any(letter.isalnum() for letter in value):
        raise InputError(f"{value!r} cannot be ignored, since it has no letter or digit.")
    if document and incident:
        raise InputError(
            "A value is ignored in a document, in an incident, or everywhere.\nGive one of the two at most."
        )
    if document:
        number = documents.existing_number(connection, document)
        return Ignore(value, documents.newest(connection, [number])[number][1].id)
    return Ignore(value, incident=incidents.incident(connection, incident).profiles if incident else ())


def correct(
    connection: Connection,
    document: str,
    words: str,
    *,
    at: int | None,
    labels: tuple[str, ...] | None,
    event_type: str | None,
    realis: str | None,
    no_event: bool,
) -> Correction:
    """Return the decision that a sentence or an event is different; see `Store.correct`."""
    number = documents.existing_number(connection, document)
    text = documents.newest(connection, [number])[number][1]
    for name in (*(labels or ()), *([event_type] if event_type else ())):
        if name not in scheme().names:
            raise InputError(f"There is no event type {name!r}.\nThe event types are {', '.join(scheme().names)}.")
    if realis is not None and realis not in scheme().realis:
        raise InputError(f"There is no realis {realis!r}.\nIt is one of {', '.join(scheme().realis)}.")
    if (labels is not None) + (event_type is not None or realis is not None) + no_event != 1:
        raise InputError("A correction sets labels, changes an event, or removes an event: exactly one of the three.")
    span = _only_place(text.text, words, at)
    return Correction(text.id, words, span, labels, event_type, Realis(realis) if realis else None, no_event)


def annotate(
    connection: Connection,
    document: Document,
    events: Sequence[Event] | None,
    labels: Sequence[tuple[Span, Sequence[str]]] | None,
) -> Annotation | None:
    """Return the decision that a document reports these events and labels; None if the last one says the same."""
    if documents.number_of(connection, document.id) is None:
        raise InputError(_unknown_text(connection, document))
    if events is None and labels is None:
        raise InputError("Nothing is annotated: there are neither events nor labels.")
    for span in (*_spans(events or ()), *(span for span, _ in labels or ())):
        if span.end > len(document.text):
            raise InputError(f"The annotation at {span.start}:{span.end} is beyond the end of the text.")
    marked = None if labels is None else tuple(_with_types(labels))
    content = Annotation(document.id, document.text, None if events is None else tuple(events), marked)
    contents = [decision.content for decision in log.corrections_of(connection, [document.id])]
    annotations = [each for each in contents if isinstance(each, Annotation)]
    return None if annotations and annotations[-1] == content else content


def edit(connection: Connection, document: str, target: Target, change: Change) -> Edit:
    """Return the decision that one thing in a document is different; see `Store.edit`."""
    number = documents.existing_number(connection, document)
    return checked_edit(incidents.corrected_analyses(connection, [number])[0], target, change)


def redo(connection: Connection, number: int | None) -> Undo:
    """
    Return the decision that puts an undone decision in force again: by default the one that was undone last.

    Raises:
        InputError: It has not been undone, or there is none.
    """
    undos = [each for each in log.all_decisions(connection) if isinstance(each.content, Undo) and each.holds]
    meant = [each for each in undos if isinstance(each.content, Undo) and number in (None, each.content.number)]
    if not meant:
        fact = "No decision has been undone." if number is None else f"Decision {number} has not been undone."
        raise InputError(f"{fact}\nList them with: incidex decisions")
    return Undo(meant[-1].number)


def undo(connection: Connection, number: int | None) -> Undo:
    """Return the decision to undo another: by default the last one in force that is not an undo itself."""
    decisions = log.all_decisions(connection)
    if number is None:
        number = max((each.number for each in decisions if each.holds and each.kind not in _FINAL), default=None)
        if number is None:
            raise InputError("There is no decision to undo.")
    meant = next((each for each in decisions if each.number == number), None)
    if meant is None or not meant.holds:
        fact = f"Decision {number} has already been undone." if meant else f"There is no decision {number}."
        raise (InputError if meant else UnknownId)(f"{fact}\nList them with: incidex decisions")
    if meant.kind == "remove":
        raise InputError(
            f"Decision {number} removed documents, of which nothing is left to bring back.\n"
            "Add them again with 'incidex add'."
        )
    return Undo(number)


def carry_out(connection: Connection, content: Content, *, author: str, reason: str) -> Decision:
    """Append a decision to the log and update the incidents that it concerns."""
    decision = log.append(connection, content, author=author, reason=reason)
    _apply(connection, _meant(connection, content))
    make_small(connection)
    return decision


def _meant(connection: Connection, content: Content) -> Content:
    """Return what takes effect or ceases to: for an undo, the decision at the end of the chain of undos."""
    if not isinstance(content, Undo):
        return content
    by_number = {each.number: each.content for each in log.all_decisions(connection)}
    while isinstance(content, Undo):
        content = by_number[content.number]
    return content


def _apply(connection: Connection, content: Content) -> None:
    if isinstance(content, Correction | Edit | Annotation) or (isinstance(content, Ignore) and content.document):
        number = documents.number_of(connection, content.document)
        if number is not None:
            incidents.update(connection, number)
    elif isinstance(content, Ignore) and content.is_everywhere:
        affected = profiles_with(connection, content.value)
        for incident in sorted(incidents_of(connection, affected)):
            refresh(connection, [incident], changed=affected)
        postpone_with(connection, content.value)
    else:
        concerned = subjects(content)
        refresh(connection, incidents_of(connection, concerned), changed=concerned)


def _only_place(text: str, words: str, at: int | None) -> Span:
    """Return the only place of `words` in the text, or the one that begins at `at`."""
    starts = [match.start() for match in re.finditer(re.escape(words), text)] if words else []
    if not starts:
        raise InputError(f"The document does not contain {words!r}.\nGive the words exactly as in its text.")
    chosen = starts if at is None else [start for start in starts if start == at]
    if len(chosen) == 1:
        return Span(chosen[0], chosen[0] + len(words))
    shown = "\n".join(f"at {start}: {_around(text, start, len(words))}" for start in starts[:10])
    raise InputError(f"{words!r} occurs in {len(starts)} places.\nChoose one by its position (--at):\n{shown}")


def _around(text: str, start: int, length: int) -> str:
    return " ".join(text[max(0, start - _CONTEXT) : start + length + _CONTEXT].split())


def _with_types(labels: Iterable[tuple[Span, Sequence[str]]]) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield the spans with at least one event type, in the order of the text."""
    for span, names in sorted(labels, key=lambda label: label[0]):
        if ordered := scheme().ordered(names):
            yield span, ordered


def _spans(events: Iterable[Event]) -> Iterator[Span]:
    for event in events:
        for mention in event.mentions:
            yield mention.trigger
            yield from (argument.span for argument in mention.arguments)


def _unknown_text(connection: Connection, document: Document) -> str:
    if documents.locate(connection, document).number is None:
        return "No document in the store has this text.\nAdd it first with 'incidex add'."
    return (
        f"The text differs from that of {document.source} in the store, if only by a space.\n"
        "Annotations are positions in a text. Annotate the text in the store, or add yours with 'incidex add'."
    )
