"""
Incidents, actors and malware from STIX or MISP, and the document composed from an incident.

Such an incident has no report, only fields. The document states these fields in plain sentences, so that it can be
read, quoted and merged like any other; see docs/decisions/0016-incidents-without-a-report.md.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from incidex.ingest.decode import replace_surrogates
from incidex.labels import EventType, scheme
from incidex.records import (
    Argument,
    Block,
    BlockKind,
    Document,
    Entry,
    Event,
    EventMention,
    Realis,
    Span,
)
from incidex.tables import table

# Limits on the length of names and descriptions and on the number of values, to keep documents readable.
_LONGEST_NAME, _LONGEST_TEXT, _MOST = 200, 20_000, 50
_TRIGGER = "This incident"
# Incidex and others write this year for "no date".
_NO_YEAR = 1970
_CVE = re.compile(r"CVE-\d{4}-\d{4,9}", re.IGNORECASE)
# Control characters but line breaks and tabs, and bidirectional controls, which databases and terminals choke on.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class FeedIncident:
    """
    One incident in a file.

    Attributes:
        source: A URL such as "stix://incident--..." or "misp://UUID", which later versions share.
        title: Its name.
        day: Its date in ISO 8601; empty if there is none.
        description: Prose; may be empty.
        types: The event types that its tags or types name.
        victims: The organisations attacked.
        actors: The suspected attackers.
        software: Malware and tools.
        cves: CVE numbers.
    """

    source: str
    title: str
    day: str
    description: str = ""
    types: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    software: tuple[str, ...] = ()
    cves: tuple[str, ...] = ()

    @property
    def missing(self) -> str:
        """What it lacks to be compared with reports, in words; empty if nothing."""
        wanted = {
            "a title": self.title,
            "a date": self.day,
            "a victim, an actor or a CVE number": self.victims or self.actors or self.cves,
        }
        return ", ".join(what for what, found in wanted.items() if not found)


@dataclass(frozen=True, slots=True)
class FeedContent:
    """
    The content of a STIX or MISP file.

    Attributes:
        producer: Who wrote it, if it says.
        day: The date of its latest change or event in ISO 8601; empty if there is none.
        names: The actors, malware and tools in it, each id once.
        incidents: The incidents.
        warnings: What is wrong with the file, such as a reference to an object that it lacks.
    """

    producer: str
    day: str
    names: tuple[Entry, ...]
    incidents: tuple[FeedIncident, ...]
    warnings: tuple[str, ...] = ()


def types_in(words: Iterable[str]) -> tuple[str, ...]:
    """Return the event types for labels, tags and types of STIX or MISP, in scheme order."""
    said = [word.lower() for word in words]
    known = table("incidex.ingest.threat_feeds", "fields")["types"]
    return scheme().ordered(
        kind for kind, parts in known.items() if any(part in word for part in parts for word in said)
    )


def compose_document(incident: FeedIncident, producer: str, form: str) -> Document:
    """Return the document that states the fields of an incident in sentences; `form` is "stix" or "misp"."""
    opening = f"{_TRIGGER} is reported by {producer or form.upper()}."
    lines = [
        incident.title,
        opening,
        *_paragraphs(incident.description),
        *(sentence for sentence, _, _ in _facts(incident)),
    ]
    blocks, start = [], 0
    for number, line in enumerate(lines):
        kind = BlockKind.BODY if number else BlockKind.TITLE
        blocks.append(Block(Span(start, start + len(line)), kind, "a field of the file"))
        start += len(line) + 2
    return Document(
        "\n\n".join(lines) + "\n",
        blocks=tuple(blocks),
        source=incident.source,
        format=form,
        title=incident.title,
        published_at=incident.day,
        publisher=producer or None,
        language="en",
        warnings=(f"The text was composed from {form.upper()} fields, as there was no report.",),
    )


def events_of(incident: FeedIncident, document: Document, types: Iterable[str]) -> tuple[Event, ...]:
    """Return events of `types` with the fields of an incident as arguments. Their trigger is in the first sentence."""
    facts = list(_facts(incident))
    places = []
    for (sentence, name, kind), block in zip(facts, document.blocks[len(document.blocks) - len(facts) :], strict=True):
        start = block.span.start + sentence.rindex(name)
        places.append((Span(start, start + len(name)), kind))
    start = document.blocks[1].span.start
    trigger = Span(start, start + len(_TRIGGER))
    known = [scheme().event_type(name) for name in types]
    return tuple(
        Event((EventMention(trigger, one.name, Realis.ACTUAL, tuple(_arguments(places, one))),)) for one in known
    )


def once(values: Iterable[str]) -> tuple[str, ...]:
    """Return `values` in order, without empty ones and duplicates."""
    return tuple(dict.fromkeys(value for value in values if value))


def cves_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the CVE numbers in `texts`, in upper case, without duplicates."""
    return once(match.upper() for text in texts for match in _CVE.findall(text))


def clean(value: object) -> str:
    """Return a field as one line, cut to the length of a name; empty if it is not a string."""
    return " ".join(readable(value).split())[:_LONGEST_NAME].strip()


def address(form: str, id: object) -> str:
    """Return the source URL for an id in a file, with special characters escaped."""
    return f"{form}://{quote(clean(id), safe=' ')}"


def readable(value: object) -> str:
    """Return a field with control characters as spaces and surrogates as U+FFFD; empty if it is not a string."""
    return _CONTROLS.sub(" ", replace_surrogates(value).text) if isinstance(value, str) else ""


def day_of(written: object) -> str:
    """Return the date that a field begins with, in ISO 8601; empty if there is none, or it means "no date" (1970)."""
    text = written[:10] if isinstance(written, str) else ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return ""
    return "" if day.year == _NO_YEAR else day.isoformat()


def _facts(incident: FeedIncident) -> Iterator[tuple[str, str, str]]:
    """Yield the sentence for each field, the name in it, and the key of the field in `fields.yaml`."""
    fields = {
        "victims": incident.victims,
        "actors": incident.actors,
        "software": incident.software,
        "cves": incident.cves,
    }
    if incident.day:
        fields["day"] = (incident.day,)
    sentences = table("incidex.ingest.threat_feeds", "fields")["sentences"]
    for kind, values in fields.items():
        for value in values[:_MOST]:
            yield sentences[kind].format(value), value, kind


def _arguments(places: Iterable[tuple[Span, str]], event_type: EventType) -> Iterator[Argument]:
    roles = table("incidex.ingest.threat_feeds", "fields")["roles"]
    for span, kind in places:
        for role, entity_type in roles[kind]:
            if entity_type in event_type.roles.get(role, ()):
                yield Argument(span, entity_type, role)


def _paragraphs(text: str) -> list[str]:
    parts = text[:_LONGEST_TEXT].split("\n\n")
    return [line for part in parts if (line := " ".join(part.split()))]
