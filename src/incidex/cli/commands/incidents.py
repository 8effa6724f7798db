"""`incidex incidents`: which incidents the store knows."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import click

from incidex.cli.support import options

_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")


def _day(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not (_DAY.fullmatch(value) and _exists(value + "-01-01"[: 10 - len(value)])):
        raise click.BadParameter(f"{value!r} is no date. Give it as 2024-03-14, 2024-03 or 2024.", param=parameter)
    return value


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that choose incidents."""
    for option in (
        click.option("--victim", metavar="NAME", help="Only those whose reports name such a victim."),
        click.option("--actor", metavar="NAME", help="Only those whose reports name such an actor."),
        click.option("--type", metavar="TYPE", help="Only those of an event type, or a part of its name: ransom."),
        click.option("--until", metavar="DATE", callback=_day, help="Only those reported on this day or before."),
        click.option("--since", metavar="DATE", callback=_day, help="Only those reported on this day or later."),
    ):
        command = option(command)
    return command


@click.command(short_help="List the incidents in the store.")
@_filters
@options.STORE
@click.option("--json", "as_json", is_flag=True, help="Print a list of JSON objects.")
def incidents(store: str | None, as_json: bool, **wanted: str | None) -> int:
    """
    List the incidents in the store, the latest first: what happened, when it was reported, by whom.

    Example: incidex incidents --since 2024-03 --type ransom
    """
    from incidex.cli.support.analysing import wants_colour
    from incidex.cli.support.console import Console
    from incidex.cli.support.reading import documents_of, opened
    from incidex.export.jsonl.incidents import to_json_incidents
    from incidex.export.terminal.incidents import to_terminal_incidents

    console = Console()
    with opened(store) as kept:
        found = kept.incidents(**wanted)
        documents = documents_of(kept, found)
        place = kept.place
    if as_json:
        console.write(to_json_incidents(found, documents))
    elif found:
        colour = console.is_terminal and wants_colour("auto")
        console.write(to_terminal_incidents(found, documents, width=console.width, colour=colour))
    else:
        chosen = any(wanted.values())
        said = "No incident in the store fits" if chosen else "There is no incident in the store yet"
        hint = "'incidex incidents' lists them all" if chosen else "Add reports with 'incidex add SOURCE...'"
        console.message("note", f"{said} ({place}).\n{hint}.")
    return 0
