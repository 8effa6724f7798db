"""`incidex split`: moves documents of an incident into one of their own."""

from typing import TYPE_CHECKING

import click

from incidex.cli.support.console import Console
from incidex.cli.support.decisions import decision_options, record, signature
from incidex.cli.support.options import with_console
from incidex.cli.support.values import TEXT

if TYPE_CHECKING:
    from incidex.records import Incident
    from incidex.store import Store
    from incidex.store.decisions.records import Decision


@click.command(short_help="Move reports into an incident of their own.")
@click.argument("a", metavar="A", type=TEXT)
@click.argument("documents", metavar="DOC...", nargs=-1, required=True, type=TEXT)
@decision_options
@with_console()
def split(
    console: Console, a: str, documents: tuple[str, ...], store: str | None, as_json: bool, **by: str | None
) -> int:
    """
    Take the documents DOC out of the incident A, and make them an incident of their own.

    A is given as for 'incidex show', DOC by its id or the beginning of it.

    Example: incidex split 35e8efc0 0b9f3a77 --reason "Another ferry."
    """

    def decide(store: "Store") -> "tuple[Decision, tuple[Incident, ...]]":
        from incidex.cli.support.store import find_incident

        incident = find_incident(store, a)
        decision = store.split(incident.id, documents, named=a, **signature(by))
        now = {found.id: found for found in map(store.incident, incident.profiles)}
        return decision, tuple(now.values())

    return record(console, store, as_json, decide)
