"""`incidex model`: prints what the model bundle is, what it was trained on, and its scores."""

from pathlib import Path

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console


@click.group(short_help="Describe the model.")
def model() -> None:
    """Describe the model."""


@model.command(short_help="Name, data, licences and scores of the model.")
@options.MODEL
@options.JSON
@options.with_console()
def info(console: Console, model: Path | None, as_json: bool) -> int:
    """
    Describe the model: its labels, the data that it was trained on, the licences of both, and its scores.

    Example: incidex model info
    """
    import yaml

    from incidex.encoder.bundle import open_bundle
    from incidex.export.jsonl.values import json_text
    from incidex.export.terminal.text import printable

    bundle = open_bundle(model)
    console.protect(bundle.folder / file for file in (*bundle.metadata["files"], "bundle.json"))
    sizes = {file: (bundle.folder / file).stat().st_size for file in bundle.metadata["files"]}
    content = {**bundle.metadata, "bytes": sizes, "folder": str(bundle.folder)}
    if as_json:
        text = json_text(content, indent=2)
    else:
        text = printable(
            yaml.safe_dump(content, sort_keys=False, allow_unicode=True, default_flow_style=None, width=100)
        )
    console.write(text)
    return 0
