"""Collects the objects of a STIX 2.1 bundle, under ids that depend only on what the objects are."""

import json
import uuid
from typing import Any

from incidex.dossiers.stamps import EPOCH
from incidex.records import NAMESPACE

Object = dict[str, Any]

# Ids of domain objects are in a namespace of our own; that of the specification is for observables only (2.9).
_OURS = uuid.uuid5(NAMESPACE, "STIX 2.1")
_OBSERVABLES = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")

_US = ("incidex", "system")

# The markings of the Traffic Light Protocol 2.0 as OASIS published them: everybody uses the same objects.
# See https://www.first.org/tlp/.
_TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_TLP = {
    "clear": "94868c89-83c2-464b-929b-a1a8aa3c8487",
    "green": "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "amber": "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "amber+strict": "939a9414-2ddd-4d32-a0cd-375ea402b003",
    "red": "e828b379-4e03-4974-9ac4-e53a884c97c1",
}


def identifier(kind: str, *key: str) -> str:
    """Return the id of the object of type `kind` that `key` tells from others. No two types share a UUID."""
    return f"{kind}--{uuid.uuid5(_OURS, json.dumps([kind, *key]))}"


def observable(kind: str, contributing: Object, **others: Any) -> Object:
    """
    Return a cyber observable. Its id is made from the properties in `contributing`, as the specification says.

    They must be strings or dictionaries of strings; for these, what is hashed is canonical JSON (RFC 8785).
    """
    hashed = json.dumps(contributing, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    name = f"{kind}--{uuid.uuid5(_OBSERVABLES, hashed)}"
    return {"type": kind, "spec_version": "2.1", "id": name, **contributing, **others}


class Bundle:
    """
    The objects of one bundle, each once, in the order in which they were added.

    All are created by the identity "Incidex" and carry the same marking.
    """

    def __init__(self, *, tlp: str, modified: str, founded: str = EPOCH) -> None:
        """
        Begin a bundle with our identity and the marking.

        Args:
            tlp: The level of the Traffic Light Protocol.
            modified: `modified` of objects that may change.
            founded: `created` of objects whose ids are made from that of the incident.
        """
        self.founded = founded
        self._found: dict[str, Object] = {}
        self._marking = self.put(_marking(tlp))
        self._creator = identifier("identity", *_US)
        self._modified = modified
        self.add("identity", _US, fixed=True, name="Incidex", identity_class="system")

    def add(
        self, kind: str, key: tuple[str, ...], *, created: str = EPOCH, fixed: bool = False, **properties: Any
    ) -> str:
        """
        Add a domain object or a relationship, and return its id.

        Args:
            kind: Its type.
            key: What distinguishes it from others of its type.
            created: Must depend only on the id.
            fixed: Whether all its properties depend only on the id, so that it never changes.
            properties: Its other properties; empty ones are left out. Empty `object_refs` become our identity, since
                STIX requires one.
        """
        if properties.get("object_refs") == []:
            properties["object_refs"] = [self._creator]
        return self.put(
            {
                "type": kind,
                "spec_version": "2.1",
                "id": identifier(kind, *key),
                "created_by_ref": self._creator,
                "created": created,
                "modified": created if fixed else max(created, self._modified),
                **{name: value for name, value in properties.items() if value not in (None, "", [], {})},
                "object_marking_refs": [self._marking],
            }
        )

    def put(self, whole: Object) -> str:
        """Add an object as it is, and return its id."""
        self._found.setdefault(whole["id"], whole)
        return str(whole["id"])

    def relate(self, source: str, kind: str, target: str, **properties: Any) -> str:
        """Add a relationship, and return its id."""
        return self.add(
            "relationship",
            (source, kind, target),
            created=self.founded,
            relationship_type=kind,
            source_ref=source,
            target_ref=target,
            **properties,
        )

    def ids(self) -> list[str]:
        """Return the ids of all objects except the marking and our identity."""
        return [name for name in self._found if name not in (self._marking, self._creator)]

    def written(self, key: str) -> Object:
        """Return the bundle with all objects; `key` distinguishes it from other bundles."""
        return {"type": "bundle", "id": identifier("bundle", key), "objects": list(self._found.values())}


def _marking(level: str) -> Object:
    """Return the marking definition of a level: "clear", "green", "amber", "amber+strict" or "red"."""
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": f"marking-definition--{_TLP[level]}",
        "created": "2022-10-01T00:00:00.000Z",
        "name": f"TLP:{level.upper()}",
        "extensions": {_TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": level}},
    }
