"""What commands that write to the store have in common: who decides, and how results are printed."""

import json
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from incidex.cli.support.console import Console

if TYPE_CHECKING:
    from incidex.records import Incident
    from incidex.store.results import Added

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
AUTHOR = click.option("--author", metavar="NAME", help="Who decides it.  [default: INCIDEX_AUTHOR, or your user name]")
REASON = click.option("--reason", metavar="TEXT", default="", help="Why, for those who read it later.")

# As many characters of an id as people need to see.
_SHORT = 8
_TITLE = 70


def author(given: str | None) -> str:
    """Return who decides: `given`, what `INCIDEX_AUTHOR` says, or the name of the user."""
    import getpass

    named = given or os.environ.get("INCIDEX_AUTHOR")
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A process may run as a user that has no name.
        return "unknown"


def brief(incident: "Incident") -> str:
    """Return an incident on one line: the beginning of its id, its title, how many documents it has."""
    title = incident.title if len(incident.title) <= _TITLE else f"{incident.title[: _TITLE - 1]}…"
    count = len(incident.documents)
    return f"{incident.id[:_SHORT]}  {title} ({count} {'document' if count == 1 else 'documents'})"


def as_content(incident: "Incident") -> dict[str, Any]:
    """Return an incident as plain values for JSON, as far as a list of results needs it."""
    return {"id": incident.id, "title": incident.title, "documents": list(incident.documents)}


class Listing:
    """Prints results one after another: as lines, or as one JSON list that is complete even after an interruption."""

    def __init__(self, console: Console, *, as_json: bool) -> None:
        """Print to `console`."""
        self._console = console
        self._as_json = as_json
        self._count = 0

    def __enter__(self) -> "Listing":
        """Begin the list."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the list."""
        if self._as_json:
            self._console.write("\n]\n" if self._count else "[]\n")

    def put_added(self, source: str, added: "Added") -> None:
        """Print what became of a document, and which incidents it went to."""
        content = {
            "source": source,
            "status": added.status,
            "document": added.document,
            "incidents": [as_content(incident) for incident in added.incidents],
        }
        told = "; ".join(map(brief, added.incidents)) or "no incident"
        self.put(content, [f"{added.status:13}  {source or added.document[:_SHORT]}  ->  {told}"])

    def put(self, content: dict[str, Any], lines: Iterable[str]) -> None:
        """Print a result: `content` as JSON, or else `lines`."""
        from incidex.export.terminal.text import printable

        if not self._as_json:
            self._console.write("".join(f"{printable(line)}\n" for line in lines))
            return
        self._console.write(("[\n" if not self._count else ",\n") + json.dumps(content, ensure_ascii=False))
        self._count += 1
