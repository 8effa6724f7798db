"""`incidex join`: merges two incidents into one."""

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


@click.command(short_help="Merge two incidents into one.")
@click.argument("a", metavar="A", type=TEXT)
@click.argument("b", metavar="B", type=TEXT)
@decision_options
@with_console()
def join(console: Console, a: str, b: str, store: str | None, as_json: bool, **by: str | None) -> int:
    """
    Merge the incidents A and B into one. Both ids then lead to it.

    A and B are given as for 'incidex show'.

    Example: incidex join 35e8efc0 9d0c61aa --reason "The same leak under another name."
    """

    def decide(store: "Store") -> "tuple[Decision, tuple[Incident, ...]]":
        from incidex.cli.support.store import find_incident

        one, other = (find_incident(store, id).id for id in (a, b))
        return store.join(one, other, named=(a, b), **signature(by)), (store.incident(one),)

    return record(console, store, as_json, decide)
