"""`incidex remove`: deletes reports from the store with everything that came from them."""

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


@click.command(short_help="Delete reports from the store.")
@click.argument("documents", metavar="DOC...", nargs=-1, required=True, type=TEXT)
@decision_options
@with_console()
def remove(console: Console, documents: tuple[str, ...], store: str | None, as_json: bool, **by: str | None) -> int:
    """
    Delete the documents DOC with all their revisions, analyses and corrections, and merge the other reports anew.

    DOC is the id of a document or the beginning of it, as 'incidex search' and 'incidex show' print it. Nothing of the
    content is left, and it cannot be undone; that the documents were removed, by whom and why stays on record.

    Example: incidex remove 0b9f3a77 --reason "Published by mistake."
    """

    def decide(store: "Store") -> "tuple[Decision, tuple[Incident, ...]]":
        return store.remove(documents, **signature(by)), ()

    return record(console, store, as_json, decide)
