"""`incidex model`: what the model bundle is, from which data, with which scores."""

from pathlib import Path

import click


@click.group(short_help="Say what the model is.")
def model() -> None:
    """Say what the model is."""


@model.command(short_help="Name, data, licences and scores of the model.")
@click.option("--model", "folder", type=click.Path(path_type=Path), metavar="DIR", help="Use the model bundle in DIR.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def info(folder: Path | None, as_json: bool) -> None:
    """
    Say what the model is: its labels, the data that it was trained on, the licences of both, and its scores.

    Example: incidex model info
    """
    import json

    import yaml

    from incidex.cli.support.console import Console
    from incidex.encoder.bundle import open_bundle
    from incidex.export.terminal.text import printable

    bundle = open_bundle(folder)
    sizes = {file: (bundle.folder / file).stat().st_size for file in bundle.metadata["files"]}
    content = {**bundle.metadata, "bytes": sizes, "folder": str(bundle.folder)}
    if as_json:
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    else:
        text = printable(
            yaml.safe_dump(content, sort_keys=False, allow_unicode=True, default_flow_style=None, width=100)
        )
    Console().write(text)
