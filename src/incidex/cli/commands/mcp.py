"""`incidex mcp`: answers assistants that speak the Model Context Protocol."""

from functools import partial
from importlib.util import find_spec
from pathlib import Path

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.errors import MissingExtra


@click.command(short_help="Answer assistants over the Model Context Protocol.")
@options.STORE
@options.MODEL
@options.with_console(output=False)
def mcp(console: Console, store: str | None, model: Path | None) -> int:
    """
    Let an assistant read the store, over the Model Context Protocol on standard input and output.

    The assistant starts this command itself; docs/how-to/ask-an-assistant.md says how. It can search reports, list
    incidents, open dossiers, read what was found in a report, and have a text analysed. It cannot change anything, and
    all text of reports is marked as quotation that is not to be obeyed. Needs the extra 'mcp'.

    Example: incidex mcp --store incidents.sqlite
    """
    if find_spec("mcp") is None:
        raise MissingExtra(
            'Assistants need packages that are not installed.\nInstall them with: pip install "incidex[mcp]"'
        )
    from incidex.cli.support.documents import open_model
    from incidex.cli.support.store import open_store
    from incidex.service.mcp.server import serve

    with open_store(store, console, create=False) as opened:
        serve(opened, partial(open_model, model))
    return 0
