"""Reads STIX bundles of other producers: names and incidents."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
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
    readable,
    types_in,
)
from incidex.records import EntityKind, Entry

_KINDS = {
    "intrusion-set": EntityKind.INTRUSION_SET,
    "threat-actor": EntityKind.INTRUSION_SET,
    "malware": EntityKind.MALWARE,
    "tool": EntityKind.TOOL,
}
_ACTORS = ("intrusion-set", "threat-actor")
_MOST_WARNINGS = 10

_Object = dict[str, Any]


def is_bundle(content: Any) -> bool:
    """Return whether a JSON value looks like a STIX bundle."""
    return isinstance(content, dict) and content.get("type") == "bundle"


def read_bundle(content: dict[str, Any], *, name: str) -> FeedContent:
    """
    Return the content of a STIX bundle, version 2.0 or 2.1.

    The victims of an incident are what it `targets`, its actors what it is `attributed-to`. A report without an
    incident counts as one if it refers to a vulnerability with a CVE number, or to an identity that something in it
    targets. Revoked objects are skipped; of several versions of an object the latest counts, of different
    objects with one id and one date the first.

    Args:
        content: The bundle.
        name: The name of the file for messages.

    Raises:
        FormatError: It has no list of objects.
    """
    objects = content.get("objects")
    if not isinstance(objects, list):
        raise FormatError(f'{name} is a STIX bundle without a list "objects".\nCheck that it was saved completely.')
    bundle = _Bundle(objects)
    names, incidents = tuple(bundle.names()), tuple(bundle.incidents())
    return FeedContent(bundle.producer(), bundle.day(), names, incidents, _shortened(bundle.warnings()))


class _Bundle:
    """The objects of a bundle by id, and its relationships by source."""

    def __init__(self, objects: Iterable[Any]) -> None:
        """Take the latest version of each object that was not revoked."""
        whole = [one for one in objects if isinstance(one, dict) and _text(one, "id") and _text(one, "type")]
        self._repeated: dict[str, _Object] = {}
        latest: dict[str, _Object] = {}
        for one in sorted(whole, key=lambda one: _text(one, "modified")):
            before = latest.get(_text(one, "id"))
            if before and before != one and _text(before, "modified") == _text(one, "modified"):
                self._repeated[_text(one, "id")] = before
            else:
                latest[_text(one, "id")] = one
        self._known = frozenset(latest)
        self._objects = {id: one for id, one in latest.items() if not one.get("revoked")}
        self._relations: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for one in self._of("relationship"):
            self._relations[_text(one, "source_ref")].append(
                (_text(one, "relationship_type"), _text(one, "target_ref"))
            )

    def producer(self) -> str:
        """Return the name of the creator of most objects; empty if unknown."""
        creators = Counter(_text(one, "created_by_ref") for one in self._objects.values() if one.get("created_by_ref"))
        most = creators.most_common(1)
        return clean(self._objects.get(most[0][0], {}).get("name")) if most else ""

    def day(self) -> str:
        """Return the date of the latest change; empty if there is none."""
        return max((day_of(one.get("modified")) for one in self._objects.values()), default="")

    def warnings(self) -> Iterator[str]:
        """Yield what is wrong: different objects with one id, and references to objects that are not there."""
        for id, kept in self._repeated.items():
            yield f'{id} stands for several different objects; the first, "{clean(kept.get("name"))}", is used.'
        for one in self._of("relationship", "report"):
            whose = clean(self._objects.get(_text(one, "source_ref"), one).get("name")) or _text(one, "id")
            refs = [one.get("source_ref"), one.get("target_ref"), *_list(one.get("object_refs"))]
            how = _text(one, "relationship_type") or "refers to"
            for ref in once(ref for ref in refs if isinstance(ref, str) and ref not in self._known):
                yield f'"{whose}" {how} {clean(ref)}, which is not in the file.'

    def names(self) -> Iterator[Entry]:
        """Yield the actors, malware and tools."""
        for one in self._of(*_KINDS):
            if name := clean(one.get("name")):
                aliases = (clean(alias) for alias in _list(one.get("aliases")) + _list(one.get("x_mitre_aliases")))
                others = once(alias for alias in aliases if alias != name)
                yield Entry(clean(one.get("id")), name, _KINDS[_text(one, "type")], others)

    def incidents(self) -> Iterator[FeedIncident]:
        """Yield the incidents, and the reports that describe one."""
        for one in self._of("incident"):
            related = self._relations[_text(one, "id")]
            victims = [target for kind, target in related if kind == "targets"]
            others = [target for kind, target in related if kind != "targets"]
            # Not in STIX 2.1, but some platforms use it for the start; 1970 means unknown.
            yield self._one(one, day_of(one.get("first_seen")) or _text(one, "created"), victims, others)
        for one in self._of("report"):
            refs = [ref for ref in _list(one.get("object_refs")) if isinstance(ref, str)]
            if any(ref.startswith("incident--") for ref in refs):
                continue
            targeted = {target for ref in refs for kind, target in self._relations[ref] if kind == "targets"}
            victims = [ref for ref in refs if ref in targeted]
            found = self._one(one, _text(one, "published"), victims, refs)
            if found.victims or found.cves:
                yield found

    def _one(self, about: _Object, day: str, victims: Iterable[str], others: Iterable[str]) -> FeedIncident:
        others = list(others)
        malware = [self._objects[ref] for ref in others if ref.startswith("malware--") and ref in self._objects]
        said = [about, *malware, *_extensions(about)]
        words = [word for one in said for key in _SAYING for word in _list(one.get(key)) if isinstance(word, str)]
        words.append(_text(about, "incident_type"))  # likewise, a single one
        weak = self._named([*others, *victims], ("vulnerability",))
        return FeedIncident(
            source=address("stix", about.get("id")),
            title=clean(about.get("name")),
            day=day_of(day),
            description=readable(about.get("description")),
            types=types_in(words),
            victims=self._named(victims, ("identity",)),
            actors=self._named(others, _ACTORS),
            software=self._named(others, ("malware", "tool")),
            cves=cves_in(weak),
        )

    def _named(self, refs: Iterable[str], kinds: tuple[str, ...]) -> tuple[str, ...]:
        objects = (self._objects[ref] for ref in refs if ref in self._objects)
        return once(clean(one.get("name")) for one in objects if one["type"] in kinds)

    def _of(self, *kinds: str) -> list[_Object]:
        return [one for one in self._objects.values() if one["type"] in kinds]


# The properties with labels and types of incidents and malware.
_SAYING = ("labels", "incident_types", "report_types", "malware_types")


def _shortened(warnings: Iterable[str]) -> tuple[str, ...]:
    """Return the first warnings, and how many there are besides."""
    found = list(warnings)
    more = [f"There are {len(found) - _MOST_WARNINGS:,} more such problems."] if len(found) > _MOST_WARNINGS else []
    return (*found[:_MOST_WARNINGS], *more)


def _extensions(about: _Object) -> list[_Object]:
    extensions = about.get("extensions")
    return [one for one in extensions.values() if isinstance(one, dict)] if isinstance(extensions, dict) else []


def _text(entry: _Object, key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
