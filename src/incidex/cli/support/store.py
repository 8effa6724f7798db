"""What the commands that use the store share: opening it, finding incidents in it, and printing results."""

import gc
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from incidex.cli.support.console import Console
from incidex.errors import InputError

if TYPE_CHECKING:
    from incidex.records import Document, Incident
    from incidex.store import Store
    from incidex.store.results import Added, Moved

# Anything shorter is more likely a word of a title than the beginning of an id.
_SHORTEST_ID = 4
_MOST_NAMED = 8

# How many characters of an id and of a title a line shows.
_SHORT_ID = 8
_SHORT_TITLE = 70


def open_store(place: str | None, console: Console, *, create: bool = True) -> "Store":
    """
    Return the store at `place`; by default the one that `INCIDEX_STORE` names, or that in the user's data folder.

    Args:
        place: The value of `--store`.
        console: Where messages go.
        create: Whether a store that is missing is created. That in the user's data folder always is, since its path
            cannot be mistyped.

    Raises:
        UsageError: It is the output file.
        StoreError: It cannot be opened.
    """
    from incidex.store import open_store as open_place
    from incidex.store.database import VARIABLE, default_store

    console.protect([place or default_store()])
    store = open_place(place, create=create or not (place or os.environ.get(VARIABLE)))
    console.detail(f"opened the store {store.place}")
    return store


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Turn garbage collection off while very many records are made that all stay: it would find nothing, slowly."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def find_incident(store: "Store", wanted: str) -> "Incident":
    """
    Return the incident that `wanted` means: its id, an id that it had, the beginning of one, or words of its title.

    Raises:
        InputError: There is no such incident, or there are several.
    """
    try:
        return store.incident(wanted)
    except InputError:
        pass
    known = store.incidents()
    beginning, words = wanted.lower(), wanted.casefold().split()
    found = [one for one in known if _has_id(one, beginning)] if len(beginning) >= _SHORTEST_ID else []
    found = found or [one for one in known if words and all(word in one.title.casefold() for word in words)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(
            f"No incident in {store.place} has an id that begins with {wanted!r}, or these words in its title.\n"
            "List all incidents with 'incidex incidents'."
        )
    listed = "\n".join(f"{one.id}  {one.title[:80]}" for one in found[:_MOST_NAMED])
    more = f"\n… and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    raise InputError(f"{wanted!r} could be any of {len(found)} incidents. Give more of the id:\n{listed}{more}")


def documents_of(store: "Store", incidents: Iterable["Incident"]) -> dict[str, "Document"]:
    """Return the documents of `incidents` by id."""
    ids = list(dict.fromkeys(id for incident in incidents for id in incident.documents))
    return dict(zip(ids, store.documents(ids), strict=True))


def author(given: str | None) -> str:
    """Return who decides: `given`, the value of `INCIDEX_AUTHOR`, or the name of the user."""
    import getpass

    named = given or os.environ.get("INCIDEX_AUTHOR")
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A process may run as a user without a name.
        return "unknown"


def incident_line(incident: "Incident") -> str:
    """Return an incident as one line: the beginning of its id, its title, and the number of its documents."""
    title = incident.title if len(incident.title) <= _SHORT_TITLE else f"{incident.title[: _SHORT_TITLE - 1]}…"
    count = len(incident.documents)
    return f"{incident.id[:_SHORT_ID]}  {title} ({count} {'document' if count == 1 else 'documents'})"


def incident_content(incident: "Incident") -> dict[str, Any]:
    """Return an incident as plain values for JSON, with what a list of results needs."""
    return {"id": incident.id, "title": incident.title, "documents": list(incident.documents)}


class Listing:
    """Prints results one by one: as lines, or as one JSON list that is well formed even after an interruption."""

    def __init__(self, console: Console, *, as_json: bool) -> None:
        """Print to `console`."""
        self._console = console
        self._as_json = as_json
        self._count = 0

    def __enter__(self) -> "Listing":
        """Return the listing."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the JSON list."""
        if self._as_json:
            self._console.write("\n]\n" if self._count else "[]\n")

    def put_added(self, source: str, added: "Added") -> None:
        """Print what happened to a document, and which incidents it belongs to."""
        content = {
            "source": source,
            "status": added.status,
            "document": added.document,
            "incidents": [incident_content(incident) for incident in added.incidents],
            "moved": [asdict(moved) for moved in added.moved],
        }
        incidents = "; ".join(map(incident_line, added.incidents)) or "no incident"
        line = f"{added.status:13}  {source or added.document[:_SHORT_ID]}  ->  {incidents}"
        self.put(content, [line, *_moved_lines(added.moved)])

    def put(self, content: dict[str, Any], lines: Iterable[str]) -> None:
        """Print a result: `content` as JSON, otherwise `lines`."""
        from incidex.export.jsonl.values import json_text
        from incidex.export.terminal.text import printable

        if not self._as_json:
            # The name of a file may have a line end in it.
            self._console.write("".join(f"{printable(' '.join(line.splitlines()))}\n" for line in lines))
            return
        self._console.write(("[\n" if not self._count else ",\n") + json_text(content).rstrip("\n"))
        self._count += 1


def _moved_lines(moved: "Sequence[Moved]") -> Iterator[str]:
    """Yield a line for each document that a new one moved to another incident."""
    for one in moved[:_MOST_NAMED]:
        before = one.before[:_SHORT_ID] or "no incident"
        title = one.title if len(one.title) <= _SHORT_TITLE else f"{one.title[: _SHORT_TITLE - 1]}…"
        yield f"{'moved':13}  {one.document[:_SHORT_ID]}  {title}: from {before} to {one.after[:_SHORT_ID]}"
    if len(moved) > _MOST_NAMED:
        yield f"{'moved':13}  … and {len(moved) - _MOST_NAMED} more"


def _has_id(incident: "Incident", beginning: str) -> bool:
    return any(id.startswith(beginning) for id in (incident.id, *incident.profiles))
