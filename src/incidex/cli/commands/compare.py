"""`incidex compare`: says what two incidents have in common and where they differ."""

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.values import TEXT


@click.command(short_help="Compare the dossiers of two incidents.")
@click.argument("first", metavar="A", type=TEXT)
@click.argument("second", metavar="B", type=TEXT)
@options.JSON
@options.STORE
@options.with_console()
def compare(console: Console, first: str, second: str, as_json: bool, store: str | None) -> int:
    """
    Compare two incidents field by field: what both dossiers have (=), only the first (-), or only the second (+).

    A and B are as ID for 'incidex show'.

    Example: incidex compare 35e8efc0 9443a8d9
    """
    from incidex.cli.support.outputs import wants_colour
    from incidex.cli.support.store import find_incident, open_store, without_garbage_collection
    from incidex.dossiers.build import dossier
    from incidex.dossiers.comparison import compare_dossiers
    from incidex.export.jsonl.incidents import to_json_comparison
    from incidex.export.terminal.comparison import to_terminal_comparison

    with open_store(store, console, create=False) as opened, without_garbage_collection():
        ids = [find_incident(opened, words).id for words in (first, second)]
        members = [opened.members(id) for id in ids]
        one, other = (dossier(each.incident, each.analyses, each.profiles) for each in members)
    found = compare_dossiers(one, other)
    if as_json:
        console.write(to_json_comparison(one, other, found))
        return 0
    colour = console.is_terminal and wants_colour("auto")
    console.page(to_terminal_comparison(one, other, found, width=console.width, colour=colour))
    return 0
