"""`incidex train`: trains a model bundle. The package `incidex_training` does the work."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.values import EXISTING_FILE, EXISTING_FOLDER
from incidex.errors import MissingExtra

_FOLDER = click.Path(path_type=Path, file_okay=False)


class _Train(click.Command):
    """The command, which also answers to its old name: `incidex train sentences CORPUS` does the same."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Drop the second word of the old name. Without further arguments it is the name of a folder."""
        return super().parse_args(ctx, args[1:] if len(args) > 1 and args[0] == "sentences" else args)


def _seeds(_: click.Context, parameter: click.Parameter, written: str) -> tuple[int, ...]:
    numbers = [number.strip() for number in written.split(",")]
    if not all(number.isdecimal() for number in numbers) or len(set(numbers)) < len(numbers):
        raise click.BadParameter(f"{written!r} is not a list of different numbers, such as 1,2,3.", param=parameter)
    return tuple(int(number) for number in numbers)


@click.command(cls=_Train, short_help="Train a model bundle.")
@click.argument("corpus", type=EXISTING_FOLDER)
@click.option(
    "-o",
    "--output",
    type=_FOLDER,
    metavar="DIR",
    default="runs/bundle",
    show_default=True,
    help="Write the bundle to this folder.",
)
@click.option(
    "--runs",
    type=_FOLDER,
    metavar="DIR",
    default="runs",
    show_default=True,
    help="Keep checkpoints in this folder.",
)
@click.option("--articles", type=EXISTING_FOLDER, metavar="DIR", help="Also learn from the labelled articles in here.")
@click.option("--prose", type=EXISTING_FOLDER, metavar="DIR", help="Also learn from the unlabelled texts in here.")
@click.option(
    "--annotations",
    type=EXISTING_FILE,
    metavar="FILE",
    multiple=True,
    help="Annotations of some texts of the prose. May be repeated.",
)
@click.option(
    "--newer",
    type=EXISTING_FILE,
    metavar="FILE",
    help="Annotations of prose on which thresholds are chosen, beside the dev articles.",
)
@click.option(
    "--held-out",
    type=EXISTING_FILE,
    metavar="FILE",
    multiple=True,
    help="Annotations of prose that is measured on, and never learnt from. May be repeated.",
)
@click.option("--start", type=EXISTING_FOLDER, metavar="DIR", help="Go on from this bundle, without small teachers.")
@click.option(
    "--teacher",
    type=EXISTING_FILE,
    metavar="FILE",
    help="With --start: a checkpoint of training/teach.py that labels the prose.",
)
@click.option("--mpnet", type=EXISTING_FOLDER, metavar="DIR", help="The encoder that --teacher began as.")
@click.option(
    "--seeds",
    metavar="NUMBERS",
    default="1,2,3",
    show_default=True,
    callback=_seeds,
    help="Train a teacher and a student with each.",
)
@click.option("--epochs", type=click.IntRange(min=1), help="Rounds of training.  [default: as the shipped bundle]")
@click.option(
    "--device",
    type=click.Choice(["auto", "cpu", "cuda"]),
    default="auto",
    show_default=True,
    help="Where to train.",
)
@options.with_console(output=False)
def train(console: Console, corpus: Path, epochs: int | None, device: str, **wanted: Any) -> int:
    """
    Train a model bundle on the annotated articles in the folder CORPUS.

    Needs the extra 'train'. docs/how-to/train-your-own-bundle.md says what CORPUS holds. You can stop it at any time:
    the same command continues from the checkpoints.

    Example: incidex train corpus --output bundle
    """
    for name in ("annotations", "newer", "held_out"):
        if wanted[name] and not wanted["prose"]:
            raise click.UsageError(
                f"--{name.replace('_', '-')}: these are documents of the prose. Name its folder with --prose."
            )
    if wanted["teacher"] and not (wanted["start"] and wanted["mpnet"] and wanted["prose"]):
        raise click.UsageError("--teacher: it labels prose for a bundle. Name these with --prose, --start and --mpnet.")
    if find_spec("torch") is None:
        raise MissingExtra(
            'Training needs packages that are not installed.\nInstall them with: pip install "incidex[train]"'
        )
    import logging
    from dataclasses import replace

    from incidex_training.command import TrainingOptions, train_sentences
    from incidex_training.config import Settings, resolve_device

    # The log is the progress of this command, so it is shown without --verbose.
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log = logging.getLogger("incidex_training")
    log.addHandler(handler)
    log.setLevel(logging.WARNING if console.is_quiet else logging.INFO)
    wanted["runs"].mkdir(parents=True, exist_ok=True)
    options = TrainingOptions(corpus=corpus, device=resolve_device(device), **wanted)
    settings = Settings()
    train_sentences(options, replace(settings, epochs=epochs) if epochs else settings)
    output = wanted["output"]
    console.message("written", f"{output}\nDescribe it with: incidex model info --model {output}")
    return 0
