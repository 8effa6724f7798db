"""`incidex schema`: prints the JSON Schema of what other commands write."""

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console


@click.command(short_help="Print the JSON Schema of what other commands write.")
@click.argument("name", type=click.Choice(["document", "dossier", "incidents", "veris"]), default="document")
@options.with_console()
def schema(console: Console, name: str) -> int:
    """
    Print a JSON Schema (draft 2020-12).

    NAME is document (the default) for a line of 'incidex extract' and 'incidex label --format jsonl', dossier for
    'incidex show --json', incidents for 'incidex incidents --json', or veris for 'incidex extract --format veris'.

    Example: incidex schema dossier -o dossier.schema.json
    """
    from incidex.export.schema import schema as text

    console.write(text(name))
    return 0
