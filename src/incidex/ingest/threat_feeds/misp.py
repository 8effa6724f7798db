"""Reads MISP events of other producers: names and incidents."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from incidex.errors import FormatError
from incidex.ingest.threat_feeds.incidents import (
    FeedContent,
    FeedIncident,
    address,
    clean,
    cves_in,
    day_of,
    once,
    types_in,
)
from incidex.records import EntityKind, Entry

_ACTOR, _MALWARE, _TOOL = EntityKind.INTRUSION_SET, EntityKind.MALWARE, EntityKind.TOOL
# Galaxies that name actors, malware or tools.
_GALAXIES = {
    "threat-actor": _ACTOR,
    "mitre-intrusion-set": _ACTOR,
    "microsoft-activity-group": _ACTOR,
    "malpedia": _MALWARE,
    "mitre-malware": _MALWARE,
    "ransomware": _MALWARE,
    "android": _MALWARE,
    "backdoor": _MALWARE,
    "banker": _MALWARE,
    "botnet": _MALWARE,
    "stealer": _MALWARE,
    "mitre-tool": _TOOL,
    "rat": _TOOL,
    "tool": _TOOL,
}
# Objects with a "name" and other names in "alias" or "aliases".
_OBJECTS = {"intrusion-set": _ACTOR, "threat-actor": _ACTOR, "malware": _MALWARE, "ransomware": _MALWARE}
# The names of ATT&CK's clusters end in their number.
_NUMBER = re.compile(r" - [GS]\d{4}$")
_TAG = re.compile(r'misp-galaxy:(?P<galaxy>[\w-]+)="(?P<value>[^"]+)"')

_Part = dict[str, Any]


def is_event(content: Any) -> bool:
    """Return whether a JSON value looks like MISP events."""
    return bool(_events(content))


def read_events(content: Any, *, name: str) -> tuple[FeedContent, ...]:
    """
    Return the content of one or more MISP events, as exported or returned by its API, for each organisation that
    created some of them, in the order of the file.

    Names come from galaxies and their tags, attributes of type `threat-actor` and objects; victims from attributes of
    type `target-org` and `victim` objects.

    Args:
        content: The JSON value.
        name: The name of the file for messages.

    Raises:
        FormatError: There is no event.
    """
    by_producer: dict[str, list[_Event]] = defaultdict(list)
    for event in map(_Event, _events(content)):
        by_producer[event.producer()].append(event)
    if not by_producer:
        raise FormatError(f"{name} contains no MISP event.\nExport the event as 'MISP JSON'.")
    return tuple(_of_producer(producer, events) for producer, events in by_producer.items())


def _of_producer(producer: str, events: list["_Event"]) -> FeedContent:
    names = {one.id: one for event in events for one in event.names}
    incidents = tuple(event.incident() for event in events)
    return FeedContent(producer, max(one.day for one in incidents), tuple(names.values()), incidents)


class _Event:
    """An event, with its own attributes and those of its objects."""

    def __init__(self, event: _Part) -> None:
        self._event = event
        self._objects = _parts(event, "Object")
        self._attributes = [
            *_parts(event, "Attribute"),
            *(one for held in self._objects for one in _parts(held, "Attribute")),
        ]
        self.names = tuple(self._names())

    def producer(self) -> str:
        by = self._event.get("Orgc")
        return clean(by.get("name")) if isinstance(by, dict) else ""

    def _names(self) -> Iterator[Entry]:
        for galaxy in (one for part in (self._event, *self._attributes) for one in _parts(part, "Galaxy")):
            for cluster in _parts(galaxy, "GalaxyCluster"):
                yield from _of_cluster(cluster, str(galaxy.get("type")))
        yield from self._tagged()
        for one in self._attributes:
            if one.get("type") == "threat-actor" and (name := clean(one.get("value"))):
                yield Entry(_id(one, name), name, _ACTOR)
        for held in self._objects:
            kind = _OBJECTS.get(str(held.get("name")))
            name = next(iter(_values(held, "name")), "")
            if kind and name:
                aliases = tuple(alias for alias in _values(held, "alias", "aliases") if alias != name)
                yield Entry(_id(held, name), name, kind, aliases)

    def _tagged(self) -> Iterator[Entry]:
        """Yield the names in galaxy tags whose clusters are not in the file, as in feeds."""
        parts = (self._event, *self._attributes)
        galaxies = (galaxy for part in parts for galaxy in _parts(part, "Galaxy"))
        known = {clean(cluster.get("value")) for galaxy in galaxies for cluster in _parts(galaxy, "GalaxyCluster")}
        for tag in once(clean(tag.get("name")) for part in parts for tag in _parts(part, "Tag")):
            match = _TAG.fullmatch(tag)
            if match and match["value"] not in known:
                yield from _of_cluster({"value": match["value"]}, match["galaxy"])

    def incident(self) -> FeedIncident:
        title = clean(self._event.get("info"))
        tags = [str(tag.get("name")) for tag in _parts(self._event, "Tag")]
        incidents = [held for held in self._objects if held.get("name") == "incident"]
        victims = [
            *(clean(one.get("value")) for one in self._attributes if one.get("type") == "target-org"),
            *(name for held in self._objects if held.get("name") == "victim" for name in _values(held, "name")),
        ]
        weak = [str(one.get("value")) for one in self._attributes if one.get("type") == "vulnerability"]
        return FeedIncident(
            source=address("misp", _id(self._event, title)),
            title=title,
            day=day_of(self._event.get("date")),
            description="\n\n".join(text for held in incidents for text in _values(held, "description")),
            types=types_in([*tags, *(kind for held in incidents for kind in _values(held, "incident_type"))]),
            victims=once(victims),
            actors=once(one.name for one in self.names if one.kind is _ACTOR),
            software=once(one.name for one in self.names if one.kind is not _ACTOR),
            cves=cves_in(weak),
        )


def _of_cluster(cluster: _Part, galaxy: str) -> Iterator[Entry]:
    name = _NUMBER.sub("", clean(cluster.get("value")))
    if name and galaxy in _GALAXIES:
        meta = cluster.get("meta")
        synonyms = meta.get("synonyms") if isinstance(meta, dict) else None
        aliases = once(clean(alias) for alias in synonyms) if isinstance(synonyms, list) else ()
        others = tuple(alias for alias in aliases if alias != name)
        yield Entry(_id(cluster, name), name, _GALAXIES[galaxy], others)


def _events(content: Any) -> list[_Part]:
    if isinstance(content, dict) and "response" in content:
        content = content["response"]
    listed = content if isinstance(content, list) else [content]
    return [one["Event"] for one in listed if isinstance(one, dict) and isinstance(one.get("Event"), dict)]


def _parts(holder: _Part, key: str) -> list[_Part]:
    value = holder.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _values(held: _Part, *relations: str) -> list[str]:
    """Return the values of an object's attributes with one of these relations."""
    found = (clean(one.get("value")) for one in _parts(held, "Attribute") if one.get("object_relation") in relations)
    return [value for value in found if value]


def _id(part: _Part, otherwise: str) -> str:
    return clean(part.get("uuid")) or otherwise
