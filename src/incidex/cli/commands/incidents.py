"""`incidex incidents`: lists the incidents in the store."""

from collections.abc import Callable
from typing import Any

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.values import TEXT, Day, event_types


def _filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that choose incidents."""
    day, event_type = Day(partial=True), event_types(part=True)
    for option in (
        click.option(
            "--victim", type=TEXT, metavar="NAME", help="Only incidents with this victim, or a part of its name."
        ),
        click.option(
            "--actor", type=TEXT, metavar="NAME", help="Only incidents with this actor, or a part of its name."
        ),
        click.option("--type", type=event_type, metavar="TYPE", help="Only this event type, or a part of it: ransom."),
        click.option("--until", type=day, metavar="DATE", help="Only incidents reported on this day or earlier."),
        click.option("--since", type=day, metavar="DATE", help="Only incidents reported on this day or later."),
    ):
        command = option(command)
    return command


@click.command(short_help="List the incidents in the store.")
@_filters
@options.STORE
@options.JSON
@options.with_console()
def incidents(console: Console, store: str | None, as_json: bool, **wanted: str | None) -> int:
    """
    List the incidents in the store, newest first: what happened, when it was reported, and by whom.

    Example: incidex incidents --since 2024-03 --type ransom
    """
    from incidex.cli.support.outputs import wants_colour
    from incidex.cli.support.store import documents_of, open_store
    from incidex.export.jsonl.incidents import to_json_incidents
    from incidex.export.terminal.incidents import to_terminal_incidents

    with open_store(store, console, create=False) as opened:
        found = opened.incidents(**wanted)
        documents = documents_of(opened, found)
        place = opened.place
    if as_json:
        console.write(to_json_incidents(found, documents))
    elif found:
        colour = console.is_terminal and wants_colour("auto")
        console.page(to_terminal_incidents(found, documents, width=console.width, colour=colour))
    elif any(wanted.values()):
        console.message("note", f"No incident in the store matches ({place}).\nList all with 'incidex incidents'.")
    else:
        console.message("note", f"There are no incidents in the store yet ({place}).\n{options.HOW_TO_ADD}")
    return 0
