"""Brings what is shared up to date with the dossiers, when somebody asks for it."""

import logging
import time

from incidex.dossiers.build import dossier
from incidex.errors import StoreError, UnknownId
from incidex.export.stix.write import bundled
from incidex.service.desk import Desk
from incidex.store import Store
from incidex.store.shared import Object

_LOG = logging.getLogger(__name__)

# A request waits no longer; those that follow it go on. In seconds.
_PATIENCE = 5.0
_AT_ONCE = 50
# What an object of a type must have, beside what all have: what it said is withdrawn with it.
_LEAST: dict[str, Object] = {
    "grouping": {"context": "unspecified"},
    "indicator": {"pattern": "[domain-name:value = 'withdrawn.invalid']", "pattern_type": "stix"},
    "malware": {"is_family": False},
    "note": {"content": "This was withdrawn."},
    "opinion": {"opinion": "neutral"},
}
_NAMELESS = ("indicator", "note", "opinion", "relationship")
_WITH_OBJECTS = ("grouping", "note", "opinion", "report")
_WITH_TIME = {"indicator": "valid_from", "report": "published"}


def bring_up_to_date(desk: Desk) -> None:
    """
    Share what dossiers say now, and withdraw what none of them says any more.

    That takes long for the first time; then a request goes on after some seconds, with what is shared by then. A store
    that may not be changed shares what it shared before.
    """
    if not desk.sharing.acquire(timeout=_PATIENCE):
        return
    try:
        _share(desk.store, time.monotonic() + _PATIENCE)
    except StoreError as error:
        _LOG.info("What is shared stays as it was: %s", " ".join(str(error).split()))
    finally:
        desk.sharing.release()


def _share(store: Store, until: float) -> None:
    store.update_summaries()
    shared = store.shared
    while outdated := shared.outdated(limit=_AT_ONCE):
        for number, id in outdated:
            if time.monotonic() > until:
                return
            _share_incident(store, number, id)
        if len(outdated) < _AT_ONCE:
            break
    while gone := shared.without_incident(limit=_AT_ONCE):
        # Observables and markings have no versions, so nothing can say that they are withdrawn.
        shared.forget(str(one["id"]) for one in gone if "modified" not in one)
        shared.revoke([_withdrawn(one) for one in gone if "modified" in one])


def _share_incident(store: Store, number: int, id: str) -> None:
    try:
        found = store.members(id)
    except UnknownId:  # merged with another one meanwhile
        return
    made = dossier(found.incident, found.analyses, found.profiles, founded_on=found.founded_on)
    store.shared.put(number, found.changed_at, bundled(made)["objects"])


def _withdrawn(one: Object) -> Object:
    """Return the last version of an object: that it is revoked, with no more than its type must have."""
    kind = str(one["type"])
    whole: Object = {name: one[name] for name in ("type", "spec_version", "id", "created", "modified") if name in one}
    kept = ("created_by_ref", "object_marking_refs", "relationship_type", "source_ref", "target_ref")
    whole |= {name: one[name] for name in kept if name in one} | {"revoked": True}
    if kind not in _NAMELESS:
        whole["name"] = "Withdrawn"
    if kind in _WITH_OBJECTS:
        whole["object_refs"] = [one["created_by_ref"]]
    if kind in _WITH_TIME:
        whole[_WITH_TIME[kind]] = one["created"]
    return whole | _LEAST.get(kind, {})
