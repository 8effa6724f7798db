"""The command line, `incidex`. Each command has a file in `commands`; `support` holds what several of them share."""

import sys
from collections.abc import Sequence

import click

from incidex.cli.commands.account import account
from incidex.cli.commands.add import add
from incidex.cli.commands.backup import backup
from incidex.cli.commands.batch import batch
from incidex.cli.commands.compare import compare
from incidex.cli.commands.correct import correct
from incidex.cli.commands.decisions import decisions
from incidex.cli.commands.digest import digest
from incidex.cli.commands.evaluate import evaluate
from incidex.cli.commands.export import export
from incidex.cli.commands.extract import extract
from incidex.cli.commands.ignore import ignore
from incidex.cli.commands.import_ import import_
from incidex.cli.commands.incidents import incidents
from incidex.cli.commands.join import join
from incidex.cli.commands.knowledge import knowledge
from incidex.cli.commands.label import label
from incidex.cli.commands.mcp import mcp
from incidex.cli.commands.model import model
from incidex.cli.commands.reanalyse import reanalyse
from incidex.cli.commands.remove import remove
from incidex.cli.commands.review import review
from incidex.cli.commands.schema import schema
from incidex.cli.commands.search import search
from incidex.cli.commands.serve import serve
from incidex.cli.commands.show import show
from incidex.cli.commands.split import split
from incidex.cli.commands.train import train
from incidex.cli.commands.undo import undo
from incidex.cli.commands.watch import watch
from incidex.cli.support.console import Console, use_utf8
from incidex.cli.support.failures import FAILED, failure_of
from incidex.cli.support.outputs import COLOUR
from incidex.cli.support.settings import defaults, settings
from incidex.errors import IncidexError


@click.group(
    invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="incidex")
@click.pass_context
def app(context: click.Context) -> None:
    """Read reports of cyber attacks and vulnerabilities, and say sentence by sentence what happened."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        return
    found = settings()
    context.default_map = defaults(app, found)
    context.meta[COLOUR] = found.get("color", "auto")


_STORE = (
    *(add, incidents, show, compare, search, export, join, split, ignore, remove, correct),
    *(import_, review, undo, decisions, reanalyse, watch, digest, backup),
)

_DESK = (serve, mcp, account)

for _command in (label, extract, batch, *_STORE, *_DESK, evaluate, knowledge, model, schema, train):
    app.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command and return its exit code.

    It is 0, 1 (something could not be used), 2 (wrong usage), 3 (a defect of Incidex) or 130 (interrupted).

    Args:
        arguments: The command line without `incidex`; by default that of this process.
    """
    use_utf8()
    try:
        return int(app.main(arguments, prog_name="incidex", standalone_mode=False) or 0)
    except click.Abort:
        return 130
    except click.ClickException as error:
        _print(error)
        return error.exit_code
    except IncidexError as error:
        Console().message("error", str(error))
        return FAILED
    except Exception as error:  # noqa: BLE001 - users get a message, not a traceback
        failure = failure_of(error)
        Console().message("error", failure.message)
        return failure.code


def _print(error: click.ClickException) -> None:
    context = getattr(error, "ctx", None)
    if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):  # since click 8.2
        error.show(sys.stderr)
    else:
        advice = f"\nSee '{context.command_path} --help'." if context else ""
        Console().message("error", f"{error.format_message()}{advice}")
