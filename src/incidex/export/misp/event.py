"""Collects the parts of a MISP event, under ids that depend only on what the parts are."""

import json
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from incidex.records import NAMESPACE
from incidex.tables import table

Part = dict[str, Any]

_OURS = uuid.uuid5(NAMESPACE, "MISP")


def identifier(*key: str) -> str:
    """Return the UUID of the part with this key."""
    return str(uuid.uuid5(_OURS, json.dumps(key)))


def tag(name: str) -> Part:
    """Return a tag."""
    return {"name": name}


def machine_tag(namespace: str, predicate: str, value: str) -> Part:
    """Return the tag of a taxonomy or a galaxy that has values."""
    plain = value.replace('"', "'")
    return tag(f'{namespace}:{predicate}="{plain}"')


class Event:
    """One event, each part of it once."""

    def __init__(self, key: str, timestamp: int) -> None:
        """
        Begin an event.

        Args:
            key: What distinguishes it from other events.
            timestamp: When its parts last changed, in seconds since 1970.
        """
        self.id = identifier("event", key)
        self._key = key
        self._timestamp = str(timestamp)
        self._attributes: dict[str, Part] = {}
        self._objects: dict[str, Part] = {}

    def attribute(
        self,
        kind: str,
        category: str,
        value: str,
        *,
        to_ids: bool = False,
        comment: str = "",
        tags: Sequence[Part] = (),
    ) -> str:
        """Add an attribute, and return its UUID."""
        name = identifier(self._key, "attribute", kind, value)
        part = self._attribute(name, kind, category, value, to_ids=to_ids, comment=comment)
        self._attributes.setdefault(name, {**part, **({"Tag": list(tags)} if tags else {})})
        return name

    def object(
        self,
        template: str,
        key: str,
        values: Iterable[tuple[str, str]],
        *,
        comment: str = "",
        tags: Sequence[Part] = (),
    ) -> str:
        """
        Add an object, and return its UUID.

        Args:
            template: The name of its template, one of templates.yaml.
            key: What distinguishes it from others of its template.
            values: Its attributes, each with its relation in the template.
            comment: The comment of the object.
            tags: The tags of its first attribute: an object has none itself.
        """
        known = table("incidex.export.misp", "templates")[template]
        name = identifier(self._key, template, key)
        attributes = []
        for relation, value in values:
            kind, category = known["attributes"][relation]
            part = self._attribute(identifier(name, relation, value), kind, category, value)
            attributes.append({"object_relation": relation, **part})
        if tags:
            attributes[0]["Tag"] = list(tags)
        whole = {
            "uuid": name,
            "name": template,
            **{field: known[field] for field in ("template_uuid", "template_version", "meta-category")},
            "timestamp": self._timestamp,
            "distribution": "5",
            "comment": comment,
            "Attribute": attributes,
        }
        self._objects.setdefault(name, whole)
        return name

    def refer(self, source: str, relation: str, target: str) -> None:
        """Add a reference from an object to another object or to an attribute."""
        reference = {
            "uuid": identifier(source, relation, target),
            "object_uuid": source,
            "referenced_uuid": target,
            "relationship_type": relation,
        }
        references = self._objects[source].setdefault("ObjectReference", [])
        if reference not in references:
            references.append(reference)

    def written(self, *, info: str, date: str, tags: Sequence[Part], report: str) -> Part:
        """
        Return the event.

        Args:
            info: Its title.
            date: The day of the incident, ISO 8601.
            tags: Its tags.
            report: The Markdown of its event report.
        """
        return {
            "uuid": self.id,
            "info": info,
            "date": date,
            "timestamp": self._timestamp,
            "published": False,
            "distribution": "0",
            "analysis": "0",
            "threat_level_id": "4",
            "Orgc": {"name": "Incidex", "uuid": identifier("organisation", "Incidex")},
            "Tag": list(tags),
            **({"Attribute": list(self._attributes.values())} if self._attributes else {}),
            "Object": list(self._objects.values()),
            "EventReport": [
                {
                    "uuid": identifier(self._key, "report"),
                    "name": info,
                    "content": report,
                    "timestamp": self._timestamp,
                    "distribution": "5",
                    "deleted": False,
                }
            ],
        }

    def _attribute(
        self, name: str, kind: str, category: str, value: str, *, to_ids: bool = False, comment: str = ""
    ) -> Part:
        return {
            "uuid": name,
            "type": kind,
            "category": category,
            "value": value,
            "to_ids": to_ids,
            "disable_correlation": kind in ("text", "boolean"),
            "comment": comment,
            "timestamp": self._timestamp,
            "distribution": "5",
        }
