"""Takes people's decisions: checks them, keeps them, and puts the incidents that they concern together anew."""

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from incidex.errors import InputError
from incidex.labels import scheme
from incidex.records import Realis, Span
from incidex.store import documents, incidents, schema
from incidex.store.decisions import decided
from incidex.store.decisions.records import (
    Annotation,
    Content,
    Correction,
    Decision,
    Ignore,
    Join,
    Split,
    Undo,
    subjects,
)
from incidex.store.memberships import incidents_of, profiles_with, refresh

# How much of the text is shown around a place, in characters.
_AROUND = 30


def join(connection: Connection, ids: Sequence[str]) -> Join:
    """Return the decision that two incidents are one. Raises InputError if there are not two."""
    left, right = (incidents.incident(connection, id) for id in ids)
    if left.id == right.id:
        raise InputError(f"{ids[0]} and {ids[1]} are one incident already.")
    return Join(left.profiles, right.profiles)


def split(connection: Connection, id: str, leaving: Iterable[str]) -> Split:
    """Return the decision that some documents leave an incident. Raises InputError if they cannot."""
    incident = incidents.incident(connection, id)
    numbers = {documents.known_number(connection, document): document for document in leaving}
    table = schema.profiles
    rows = [
        row
        for some in documents.parts(incident.profiles)
        for row in connection.execute(select(table.c.id, table.c.document).where(table.c.id.in_(some)))
    ]
    for number in numbers.keys() - {row.document for row in rows}:
        raise InputError(f"{numbers[number]} does not report on the incident {id}.")
    apart = tuple(row.id for row in rows if row.document in numbers)
    rest = tuple(row.id for row in rows if row.document not in numbers)
    if not rest or not apart:
        raise InputError("An incident cannot be left by all of its documents, or by none.\nName some of them.")
    return Split(apart, rest)


def ignore(value: str) -> Ignore:
    """Return the decision to ignore a value. Raises InputError if there is nothing in it."""
    if not any(letter.isalnum() for letter in value):
        raise InputError(f"{value!r} is no value that could be ignored.")
    return Ignore(value)


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
    """Return a decision about a sentence or an event; see `Store.correct`."""
    number = documents.known_number(connection, document)
    text = documents.newest(connection, [number])[number][1]
    for name in (*(labels or ()), *([event_type] if event_type else ())):
        if name not in scheme().names:
            raise InputError(f"There is no event type {name!r}.\nThere are {', '.join(scheme().names)}.")
    if realis is not None and realis not in scheme().realis:
        raise InputError(f"Realis is one of {', '.join(scheme().realis)}, not {realis!r}.")
    if (labels is not None) + (event_type is not None or realis is not None) + no_event != 1:
        raise InputError("A correction is about labels, about an event, or takes an event away: one of the three.")
    span = _only_place(text.text, words, at)
    return Correction(text.id, words, span, labels, event_type, Realis(realis) if realis else None, no_event)


def undo(connection: Connection, number: int | None) -> Undo:
    """Return the decision to undo one: the last that holds and undoes nothing, where no number is given."""
    decisions = decided.all_decisions(connection)
    if number is None:
        number = max((each.number for each in decisions if each.holds and each.kind != "undo"), default=None)
        if number is None:
            raise InputError("There is no decision that could be undone.")
    meant = next((each for each in decisions if each.number == number), None)
    if meant is None or not meant.holds:
        state = "was undone already" if meant else "is not there"
        raise InputError(f"The decision {number} {state}.\nSee which there are: incidex decisions")
    return Undo(number)


def keep(connection: Connection, content: Content, *, author: str, reason: str) -> Decision:
    """Keep a decision, and put together anew what it concerns."""
    decision = decided.append(connection, content, author=author, reason=reason)
    _apply(connection, _meant(connection, content))
    return decision


def _meant(connection: Connection, content: Content) -> Content:
    """Return what changes with a decision: that of an undo is what it undoes, or makes hold again."""
    if not isinstance(content, Undo):
        return content
    by_number = {each.number: each.content for each in decided.all_decisions(connection)}
    while isinstance(content, Undo):
        content = by_number[content.number]
    return content


def _apply(connection: Connection, content: Content) -> None:
    if isinstance(content, Correction | Annotation):
        number = documents.number_of(connection, content.document)
        if number is not None:
            incidents.tell(connection, number)
    elif isinstance(content, Ignore):
        having = profiles_with(connection, content.value)
        for incident in sorted(incidents_of(connection, having)):
            refresh(connection, [incident], changed=having)
    else:
        concerned = subjects(content)
        refresh(connection, incidents_of(connection, concerned), changed=concerned)


def _only_place(text: str, words: str, at: int | None) -> Span:
    """Return where `words` stand in the text, which has to be one place only, or begin at `at`."""
    starts = [match.start() for match in re.finditer(re.escape(words), text)] if words else []
    if not starts:
        raise InputError(f"The document has no such words: {words!r}.\nGive them exactly as they stand in its text.")
    chosen = starts if at is None else [start for start in starts if start == at]
    if len(chosen) == 1:
        return Span(chosen[0], chosen[0] + len(words))
    shown = "\n".join(f"at {start}: {_around(text, start, len(words))}" for start in starts[:10])
    raise InputError(f"Choose one of {len(starts)} places where {words!r} stands, with its number (--at):\n{shown}")


def _around(text: str, start: int, length: int) -> str:
    return " ".join(text[max(0, start - _AROUND) : start + length + _AROUND].split())
