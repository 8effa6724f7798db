"""`incidex schema`: what stands in the JSON that other commands write."""

import click


@click.command(short_help="Print the JSON Schema of what other commands write.")
@click.argument("name", type=click.Choice(["document", "dossier", "incidents", "veris"]), default="document")
def schema(name: str) -> int:
    """
    Print a JSON Schema (draft 2020-12).

    NAME is document (the default) for a line of 'incidex extract' and 'incidex label --format jsonl', dossier for
    'incidex show --json', incidents for 'incidex incidents --json', or veris for 'incidex extract --format veris'.

    Example: incidex schema dossier > dossier.schema.json
    """
    from incidex.cli.support.console import Console
    from incidex.export.schema import schema as text

    Console().write(text(name))
    return 0
