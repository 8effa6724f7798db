"""Makes STIX 2.1 objects with ids that depend on nothing but what they are, and collects them."""

import json
import uuid
from typing import Any

from incidex.export.exchange.stamps import EPOCH
from incidex.export.stix.tlp import marking
from incidex.records import NAMESPACE

Object = dict[str, Any]

# Ids of domain objects lie in a namespace of our own; the one of the specification is for observables alone (2.9).
_OURS = uuid.uuid5(NAMESPACE, "STIX 2.1")
_OBSERVABLES = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")

_US = ("incidex", "system")


def identifier(kind: str, *key: str) -> str:
    """Return the id of the object of type `kind` that `key` tells from others. No two types share a UUID."""
    return f"{kind}--{uuid.uuid5(_OURS, json.dumps([kind, *key]))}"


def observable(kind: str, contributing: Object, **others: Any) -> Object:
    """
    Return a cyber observable; `contributing` are the properties that the specification makes its id of.

    These must be strings, or dictionaries of strings: of those JSON's canonical form (RFC 8785) is what is hashed here.
    """
    hashed = json.dumps(contributing, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    name = f"{kind}--{uuid.uuid5(_OBSERVABLES, hashed)}"
    return {"type": kind, "spec_version": "2.1", "id": name, **contributing, **others}


class Objects:
    """
    The objects of one bundle, each once, in the order in which they were added.

    All are by the identity "Incidex", which states what it read, and carry one marking.
    """

    def __init__(self, *, tlp: str, modified: str, founded: str = EPOCH) -> None:
        """
        Begin with our identity and the marking.

        Args:
            tlp: The level of the Traffic Light Protocol.
            modified: The stamp of all that may change.
            founded: When that is said to have been made whose id is made from that of the whole.
        """
        self.founded = founded
        self._found: dict[str, Object] = {}
        self._marking = self.put(marking(tlp))
        self._creator = identifier("identity", *_US)
        self._modified = modified
        self.add("identity", _US, fixed=True, name="Incidex", identity_class="system")

    def add(
        self, kind: str, key: tuple[str, ...], *, created: str = EPOCH, fixed: bool = False, **properties: Any
    ) -> str:
        """
        Add a domain object or a relationship, and return its id.

        Args:
            key: What tells it from others of its type.
            created: When it is said to have been made. It must depend on nothing but the id.
            fixed: Whether its properties too depend on nothing but the id, so that it never changes.
            properties: Its other properties; empty ones are left out. `object_refs` without any id refer to us, since
                STIX demands one.
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
        """Add a relationship from something that is of the whole, and return its id."""
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
        """Return the ids of all but the marking and our identity."""
        return [name for name in self._found if name not in (self._marking, self._creator)]

    def bundle(self, key: str) -> Object:
        """Return all objects in a bundle that `key` tells from others."""
        return {"type": "bundle", "id": identifier("bundle", key), "objects": list(self._found.values())}
