"""`incidex knowledge forget`: removes imported names."""

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.errors import InputError


@click.command(short_help="Forget imported names.")
@click.argument("producer", metavar="PRODUCER")
@options.with_console(output=False)
def forget(console: Console, producer: str) -> int:
    """
    Forget the names that 'incidex import' took from files of PRODUCER, a name that 'incidex knowledge info' lists.

    Example: incidex knowledge forget "CERT Norhaven"
    """
    from incidex.link.names.imported import forget as forget_names

    count = forget_names(producer)
    if not count:
        raise InputError(f"No names were imported from {producer!r}.\nList the sources with 'incidex knowledge info'.")
    console.message("forgotten", f"{producer}: {count} entries")
    return 0
