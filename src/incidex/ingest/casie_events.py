"""Reads the event annotations in CASIE's JSON files, made by people or programs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from incidex.errors import FormatError
from incidex.ingest.annotated import Annotated, read_json
from incidex.ingest.casie import casie_document, casie_record
from incidex.ingest.decode import replace_surrogates
from incidex.ingest.language import with_language
from incidex.ingest.load import Raw, load
from incidex.labels import EventType, scheme
from incidex.records import Argument, Event, EventMention, Realis, Span

# Offsets in CASIE are right, or one, two or (in one article) twelve characters too high.
_SHIFTS = (0, -1, -2, -12)

_REALIS = {realis.value: realis for realis in Realis} | {"General": Realis.GENERIC}  # a slip of one annotator
_KINDS: dict[type, str] = {dict: "an object", list: "a list", str: "a string", int: "an integer"}
_HELP = "See docs/reference/events.md for the format."

_Kind = TypeVar("_Kind", dict[str, Any], list[Any], str, int)


def read_annotated(source: str | Path, *, allow_private: bool = False) -> Annotated:
    """
    Return the article and the events in a file in CASIE format.

    Args:
        source: A path, an http or https URL, or "-" for standard input.
        allow_private: Whether a URL may lead to a private or loopback address.

    Raises:
        UnreadableSource: It is not JSON, or has no string "content".
        FetchError: The URL could not or must not be fetched.
        FormatError: The annotations do not follow CASIE's format, or use an unknown type, role or realis.
    """
    raw = load(str(source), allow_private=allow_private)
    content, warnings = read_json(raw)
    return annotated(content, raw, warnings=warnings)


def annotated(content: Any, raw: Raw, *, warnings: tuple[str, ...]) -> Annotated:
    """Return the article and the events in `content`, the result of `read_json(raw)`; see `read_annotated`."""
    record = casie_record(content, name=raw.name)
    document = with_language(casie_document(record, raw, warnings=warnings))
    events, lost = read_events(record, document.text, name=raw.name)
    return Annotated(replace(document, warnings=document.warnings + lost), events)


def read_events(record: dict[str, Any], text: str, *, name: str) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """
    Return the events in `record`, ordered as in `Annotated`, and warnings about annotations that could not be used.

    A hopper is an event. Offsets are corrected by `repaired`. A trigger or argument whose words are not at its offset
    is left out, as are the arguments of such a trigger; duplicate arguments of a mention are merged. An argument whose
    role or entity type the scheme does not allow for its event type is kept.

    Args:
        record: The content of a file in CASIE format.
        text: Its article.
        name: The name of the file for messages.

    Raises:
        FormatError: See `read_annotated`.
    """
    marks = _Marks(text, lost=[], unusual=[])
    root = _field(record, "cyberevent", dict, name)
    hoppers = (_mentions(hopper, marks, place) for hopper, place in _each(root, "hopper", f"{name}, cyberevent"))
    events = sorted((Event(mentions) for mentions in hoppers if mentions), key=lambda event: event.mentions[0].trigger)
    return tuple(events), tuple(_warnings(marks))


def repaired(text: str, start: int, words: str) -> Span | None:
    """Return the true span of `words`: at `start`, or before it by an offset error of CASIE; None if not found."""
    for shift in _SHIFTS:
        if start + shift >= 0 and words and text.startswith(words, start + shift):
            return Span(start + shift, start + shift + len(words))
    return None


@dataclass(frozen=True, slots=True)
class _Marks:
    """The annotated text, with the annotations that were left out or are unusual, for warnings."""

    text: str
    lost: list[str]
    unusual: list[str]


def _mentions(hopper: dict[str, Any], marks: _Marks, place: str) -> tuple[EventMention, ...]:
    found = [_mention(entry, marks, where) for entry, where in _each(hopper, "events", place)]
    return tuple(sorted((mention for mention in found if mention), key=lambda mention: mention.trigger))


def _mention(entry: dict[str, Any], marks: _Marks, place: str) -> EventMention | None:
    event_type = _event_type(entry, place)
    realis = _REALIS[_known(_field(entry, "realis", str, place), _REALIS, "realis", place)]
    trigger = _span(_field(entry, "nugget", dict, place), marks, "trigger", f"{place}.nugget")
    entries = _each(entry, "argument", place) if "argument" in entry else ()
    found = [_argument(argument, event_type, marks, where) for argument, where in entries]
    arguments = {argument for argument in found if argument}
    if trigger is None:
        marks.lost.extend("argument of that trigger" for _ in arguments)
        return None
    ordered = sorted(arguments, key=lambda argument: (argument.span, argument.role, argument.entity_type))
    return EventMention(trigger, event_type.name, realis, tuple(ordered))


def _argument(entry: dict[str, Any], event_type: EventType, marks: _Marks, place: str) -> Argument | None:
    role = _field(_field(entry, "role", dict, place), "type", str, f"{place}.role")
    entity_type = _field(entry, "type", str, place)
    _known(role, scheme().roles, "role", place)
    _known(entity_type, scheme().entity_types, "entity type", place)
    span = _span(entry, marks, "argument", place)
    if span and entity_type not in event_type.roles.get(role, ()):
        marks.unusual.append(f"{event_type.name} with {role} of type {entity_type}")
    return Argument(span, entity_type, role) if span else None


def _event_type(entry: dict[str, Any], place: str) -> EventType:
    written = f"{_field(entry, 'type', str, place)}/{_field(entry, 'subtype', str, place)}"
    return _event_types()[_known(written, _event_types(), "event type", place)]


@cache
def _event_types() -> dict[str, EventType]:
    return {"/".join(event_type.casie): event_type for event_type in scheme().event_types}


def _span(entry: dict[str, Any], marks: _Marks, what: str, place: str) -> Span | None:
    words = replace_surrogates(_field(entry, "text", str, place)).text
    start = _field(entry, "startOffset", int, place)
    if start < 0:
        raise FormatError(f'{place}: "startOffset" is negative; offsets count from 0.\n{_HELP}')
    span = repaired(marks.text, start, words)
    if span is None:
        marks.lost.append(f"{what} {_shown(words)} at {_shown(start)}")
    return span


def _warnings(marks: _Marks) -> Iterator[str]:
    if marks.lost:
        yield (
            f"Annotations left out because their text is not at the given offset: {len(marks.lost)}, "
            f"such as the {marks.lost[0]}."
        )
    if marks.unusual:
        yield (f"Arguments outside the scheme, kept as they are: {len(marks.unusual)}, such as {marks.unusual[0]}.")


def _field(entry: dict[str, Any], key: str, kind: type[_Kind], place: str) -> _Kind:
    """Return `entry[key]`, which must be of type `kind`."""
    if key not in entry:
        raise FormatError(f'{place}: "{key}" is missing.\n{_HELP}')
    value = entry[key]
    if not isinstance(value, kind) or isinstance(value, bool):
        raise FormatError(f'{place}: "{key}" should be {_KINDS[kind]}, not {_shown(value)}.\n{_HELP}')
    return value


def _each(entry: dict[str, Any], key: str, place: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each object in the list `entry[key]` with its place."""
    for number, value in enumerate(_field(entry, key, list, place)):
        if not isinstance(value, dict):
            raise FormatError(f"{place}.{key}[{number}] should be an object, not {_shown(value)}.\n{_HELP}")
        yield value, f"{place}.{key}[{number}]"


def _known(written: str, known: Any, what: str, place: str) -> str:
    if written not in known:
        raise FormatError(f"{place}: unknown {what} {_shown(written)}. Known are {', '.join(known)}.\n{_HELP}")
    return written


def _shown(value: object) -> str:
    """Return `value` as JSON, shortened for a message."""
    if isinstance(value, dict | list):  # may be nested too deeply to serialise
        return _KINDS[type(value)]
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= 60 else f"{written[:57]}..."
