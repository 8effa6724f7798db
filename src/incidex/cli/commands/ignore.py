"""`incidex ignore`: excludes a value from merging and from dossiers."""

import click

from incidex.cli.support.console import Console
from incidex.cli.support.decisions import decision_options, record, signature
from incidex.cli.support.options import with_console
from incidex.cli.support.values import TEXT


@click.command(short_help="Exclude a value from merging and dossiers.")
@click.argument("value", metavar="VALUE", type=TEXT)
@decision_options
@with_console()
def ignore(console: Console, value: str, store: str | None, as_json: bool, **by: str | None) -> int:
    """
    Never merge reports because of VALUE, and leave it out of dossiers. VALUE is a name, a CVE number or an indicator.

    Example: incidex ignore "Acme News" --reason "The newspaper, not the victim."
    """
    return record(console, store, as_json, lambda store: (store.ignore(value, **signature(by)), ()))
