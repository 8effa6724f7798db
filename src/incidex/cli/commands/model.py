"""`incidex model`: prints what the model bundle is, what it was trained on, and its scores."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console

if TYPE_CHECKING:
    from incidex.encoder.bundle import Bundle


@click.group(short_help="Describe the model.")
def model() -> None:
    """Describe the model."""


@model.command(short_help="Name, data, licences and scores of the model.")
@options.MODEL
@options.JSON
@options.with_console()
def info(console: Console, model: Path | None, as_json: bool) -> int:
    """
    Describe the model: what it was made from, its labels with their thresholds and scores, and the licences.

    --json prints everything that the bundle says of itself: settings of the training, all scores, hashes, where it is.

    Example: incidex model info
    """
    from incidex.encoder.bundle import open_bundle
    from incidex.export.jsonl.values import json_text
    from incidex.export.terminal.text import printable

    bundle = open_bundle(model)
    console.protect(bundle.folder / file for file in (*bundle.metadata["files"], "bundle.json"))
    sizes = {file: (bundle.folder / file).stat().st_size for file in bundle.metadata["files"]}
    if as_json:
        text = json_text({**bundle.metadata, "bytes": sizes, "folder": str(bundle.folder)}, indent=2)
    else:
        text = "".join(f"{printable(line)}\n" for line in _lines(bundle, sum(sizes.values())))
    console.write(text)
    return 0


def _lines(bundle: "Bundle", size: int) -> Iterator[str]:
    """Yield what people want to know of a bundle; what it does not say of itself is left out."""
    about = bundle.metadata
    yield f"Model {about['name']} {about['version']}: {size / 1e6:.1f} MB, reads {bundle.window} tokens at a time"
    if base := about.get("base"):
        yield f"Made from {base.get('name', 'an unknown model')} ({base.get('licence', 'licence not stated')})"
    corpora = [one for one in about.get("corpora") or () if isinstance(one, dict)]
    if corpora:
        yield "Trained on"
        yield from (f"  {one.get('name')} (licence: {one.get('licence') or 'not stated'})" for one in corpora)
    dev = (about.get("scores") or {}).get("dev") or {}
    yield ""
    yield f"{'label':24}{'threshold':>9}{'F1' if dev else '':>8}".rstrip()
    for label, threshold in zip(about["labels"], bundle.thresholds, strict=True):
        yield f"{label:24}{threshold:9.2f}{_score(dev.get('labels', {}).get(label))}"
    if dev:
        yield f"{'weighted, with O':24}{'':9}{_score(dev.get('weighted'))}"
        yield f"{'macro, event labels':24}{'':9}{_score(dev.get('macro_events'))}"
        yield "F1 is that on articles for choosing thresholds. Everything else: --json"


def _score(value: float | None) -> str:
    return "" if value is None else f"{value:8.2f}"
