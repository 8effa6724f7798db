"""`incidex undo`: takes a decision back."""

import click

from incidex.cli.support.console import Console
from incidex.cli.support.decisions import decision_options, record, signature
from incidex.cli.support.options import with_console


@click.command(short_help="Undo a decision.")
@click.argument("number", metavar="[NUMBER]", type=click.IntRange(min=1), required=False)
@decision_options
@with_console()
def undo(console: Console, number: int | None, store: str | None, as_json: bool, **by: str | None) -> int:
    """
    Undo the decision NUMBER, or the latest one in force. To undo an undo, give its number.

    Example: incidex undo 3 --reason "It was the same ferry after all."
    """
    return record(console, store, as_json, lambda store: (store.undo(number, **signature(by)), ()))
