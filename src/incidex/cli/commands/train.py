"""`incidex train`: corpora in, a model bundle out. The work is done by the package `incidex_training`."""

from importlib.util import find_spec
from pathlib import Path

import click

from incidex.errors import MissingExtra

_FOLDER = click.Path(path_type=Path, file_okay=False)
_OLD_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_OLD_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)


class _Train(click.Command):
    """The command under its name of today; `incidex train sentences CORPUS`, its old one, does the same."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Leave the second word of the old name out. Alone it is the name of a folder."""
        return super().parse_args(ctx, args[1:] if len(args) > 1 and args[0] == "sentences" else args)


@click.command(cls=_Train, short_help="Make a model bundle.")
@click.argument("corpus", type=_OLD_FOLDER)
@click.option("--output", type=_FOLDER, metavar="DIR", default="runs/bundle", show_default=True, help="For the bundle.")
@click.option("--runs", type=_FOLDER, metavar="DIR", default="runs", show_default=True, help="For checkpoints.")
@click.option("--articles", type=_OLD_FOLDER, metavar="DIR", help="Learn from the labelled articles in DIR, too.")
@click.option("--prose", type=_OLD_FOLDER, metavar="DIR", help="Learn from the unlabelled texts in DIR, too.")
@click.option("--annotations", type=_OLD_FILE, metavar="FILE", help="What FILE says about some texts of the prose.")
@click.option("--seeds", default="1,2,3", show_default=True, help="Train a teacher and a student with each.")
@click.option("--epochs", type=click.IntRange(min=1), help="Rounds of training.  [default: as the shipped bundle]")
@click.option("--device", type=click.Choice(["auto", "cpu", "cuda"]), default="auto", show_default=True, help="Where.")
def train(
    corpus: Path,
    output: Path,
    runs: Path,
    articles: Path | None,
    prose: Path | None,
    annotations: Path | None,
    seeds: str,
    epochs: int | None,
    device: str,
) -> None:
    """
    Train on the annotated articles in the folder CORPUS, and write a model bundle: labels and events.

    Needs the extra 'train'. docs/how-to/train-your-own-bundle.md says what belongs into CORPUS. Stop it whenever you
    like: the same command goes on from the checkpoints.

    Example: incidex train corpus --output bundle
    """
    numbers = _numbers(seeds)
    if annotations and not prose:
        raise click.UsageError("--annotations are about documents of the prose: name its folder with --prose, too.")
    if find_spec("torch") is None:
        raise MissingExtra(
            'Training needs packages that are not here.\nInstall them with: pip install "incidex[train]"'
        )
    import logging
    from dataclasses import replace

    from incidex_training.command import TrainingOptions, train_sentences
    from incidex_training.config import Settings, resolve_device

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    runs.mkdir(parents=True, exist_ok=True)
    options = TrainingOptions(corpus, articles, prose, annotations, output, runs, numbers, resolve_device(device))
    settings = Settings()
    train_sentences(options, replace(settings, epochs=epochs) if epochs else settings)
    click.echo(f"The bundle is in {output}. Look at it with: incidex model info --model {output}", err=True)


def _numbers(written: str) -> tuple[int, ...]:
    numbers = [number.strip() for number in written.split(",")]
    if not all(number.isdecimal() for number in numbers) or len(set(numbers)) < len(numbers):
        raise click.BadParameter(f"'{written}' is no list of different numbers, such as 1,2,3.", param_hint="--seeds")
    return tuple(int(number) for number in numbers)
