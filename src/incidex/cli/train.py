"""`incidex train`: corpora in, a model bundle out. The work is done by the package `incidex_training`."""

from importlib.util import find_spec
from pathlib import Path

import click

from incidex.errors import MissingExtra


@click.group(short_help="Make a model bundle.")
def train() -> None:
    """Make a model bundle from annotated articles."""


@train.command(short_help="Train the model for sentence labels.")
@click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    default=Path("runs/bundle"),
    show_default=True,
    help="Where the bundle goes.",
)
@click.option(
    "--runs",
    type=click.Path(path_type=Path),
    metavar="DIR",
    default=Path("runs"),
    show_default=True,
    help="Where checkpoints go, from which a stopped run goes on.",
)
@click.option(
    "--seeds", default="1,2,3", show_default=True, help="One network is trained for each; the spread is reported."
)
@click.option("--epochs", type=click.IntRange(min=1), help="Fewer or more rounds than the settings say.")
@click.option("--device", type=click.Choice(["auto", "cpu", "cuda"]), default="auto", show_default=True)
def sentences(corpus: Path, output: Path, runs: Path, seeds: str, epochs: int | None, device: str) -> None:
    """
    Train on the folder CORPUS and write a bundle.

    Needs the extra 'train'. docs/how-to/train-your-own-bundle.md says what belongs into CORPUS.

    Example: incidex train sentences corpus --output bundle
    """
    numbers = _seeds(seeds)
    if find_spec("torch") is None:
        raise MissingExtra(
            'Training needs torch, which is not installed.\nInstall it with: pip install "incidex[train]"'
        )
    from incidex_training.command import train_sentences

    train_sentences(corpus, output=output, runs=runs, seeds=numbers, epochs=epochs, device=device)


def _seeds(written: str) -> tuple[int, ...]:
    numbers = [number.strip() for number in written.split(",")]
    if not all(number.isdecimal() for number in numbers) or len(set(numbers)) < len(numbers):
        raise click.BadParameter(f"'{written}' is not a list of different numbers such as 1,2,3.", param_hint="--seeds")
    return tuple(int(number) for number in numbers)
