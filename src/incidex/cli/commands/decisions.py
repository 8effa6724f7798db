"""`incidex decisions`: lists the decisions that people made."""

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.decisions import decision_line
from incidex.cli.support.store import open_store


@click.command(short_help="List decisions.")
@options.STORE
@options.JSON
@options.with_console()
def decisions(console: Console, store: str | None, as_json: bool) -> int:
    """
    List all decisions with their numbers, who made them, when and why. Undone ones are listed too.

    Example: incidex decisions
    """
    from incidex.export.jsonl.decisions import decision_dict
    from incidex.export.jsonl.values import json_text

    with open_store(store, console, create=False) as opened:
        found = opened.decisions()
        place = opened.place
    if as_json:
        content = [decision_dict(decision) for decision in found]
        console.write(json_text(content, indent=2))
    elif found:
        console.write("".join(f"{decision_line(decision)}\n" for decision in found))
    else:
        console.message("note", f"No decisions have been made in the store yet ({place}).")
    return 0
