"""What commands that read the store have in common: open it, and find an incident by what a person gives for its id."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from incidex.errors import InputError

if TYPE_CHECKING:
    from incidex.records import Document, Incident
    from incidex.store import Store

# A shorter beginning of an id is more likely a word.
_SHORTEST = 4
_MOST_NAMED = 8


def opened(place: str | None) -> "Store":
    """Return the store at `place`; by default the one of `INCIDEX_STORE` or of the user's data folder."""
    from incidex.store import open_store

    return open_store(place)


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Spare Python the search for garbage while very many records are made that all stay: it takes much time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def found_incident(store: "Store", wanted: str) -> "Incident":
    """
    Return the incident that has, or had, the id; the one whose id begins so; or the one with such words in its title.

    Raises:
        InputError: There is none, or there are several.
    """
    try:
        return store.incident(wanted)
    except InputError:
        pass
    known = store.incidents()
    beginning, words = wanted.lower(), wanted.casefold().split()
    found = [one for one in known if _has_id(one, beginning)] if len(beginning) >= _SHORTEST else []
    found = found or [one for one in known if words and all(word in one.title.casefold() for word in words)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(
            f"No incident in {store.place} has an id that begins with {wanted!r}, or such words in its title.\n"
            "'incidex incidents' lists them all."
        )
    listed = "\n".join(f"{one.id}  {one.title[:80]}" for one in found[:_MOST_NAMED])
    more = f"\n… and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    raise InputError(f"{wanted!r} may be any of {len(found)} incidents. Give more of the id:\n{listed}{more}")


def documents_of(store: "Store", incidents: Iterable["Incident"]) -> dict[str, "Document"]:
    """Return the documents of `incidents` by their ids."""
    ids = list(dict.fromkeys(id for incident in incidents for id in incident.documents))
    return dict(zip(ids, store.documents(ids), strict=True))


def _has_id(incident: "Incident", beginning: str) -> bool:
    return any(id.startswith(beginning) for id in (incident.id, *incident.profiles))
