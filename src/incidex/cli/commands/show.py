"""`incidex show`: prints the dossier of one incident."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.values import TEXT
from incidex.errors import InputError
from incidex.export.formats import Options, names, write_dossier

if TYPE_CHECKING:
    from incidex.store import Store


@click.command(short_help="Print the dossier of an incident.")
@click.argument("id", metavar="ID", type=TEXT)
@options.JSON
@click.option("--format", type=click.Choice(names("dossier")), help="A briefing, JSON or a web page.  [default: text]")
@options.STORE
@options.with_console()
def show(console: Console, id: str, as_json: bool, format: str | None, store: str | None) -> int:
    """
    Print the dossier of an incident: what happened, who says so, and where the reports differ.

    ID is the id of an incident, the beginning of one, or words that only its title has. Numbers in brackets refer to
    the sources listed at the end. With --format html the dossier is a web page with a timeline and a graph.

    Example: incidex show 35e8efc0
    """
    from incidex.cli.support.outputs import wants_colour
    from incidex.cli.support.store import find_incident, open_store, without_garbage_collection
    from incidex.dossiers.build import dossier

    if as_json and format:
        raise click.UsageError("--json and --format exclude each other. Choose one.")
    with open_store(store, console, create=False) as opened, without_garbage_collection():
        members = opened.members(find_incident(opened, id).id)
        made = dossier(members.incident, members.analyses, members.profiles)
        titles = dict(_titles(opened, made.related))
    how = Options(titles=titles, width=console.width, colour=console.is_terminal and wants_colour("auto"))
    console.write(write_dossier("json" if as_json else format or "text", made, how))
    return 0


def _titles(store: "Store", ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the ids with the titles of their incidents, except for incidents that no longer exist."""
    for id in ids:
        with suppress(InputError):
            yield id, store.incident(id).title
