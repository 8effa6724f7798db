"""`incidex evaluate sentences`: scores sentence labels against gold labels."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.documents import open_model, read_presplit
from incidex.cli.support.sources import expand_sources, for_each
from incidex.cli.support.values import EXISTING_PATH
from incidex.errors import InputError

if TYPE_CHECKING:
    from incidex.evaluation.labelled import LabelledFile
    from incidex.evaluation.sentences import Example
    from incidex.pipeline import SentenceScorer


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    The options of the command.

    Attributes:
        predicted: The file or folder with the predictions; None if the model makes them.
        worst: How many mistakes to show.
    """

    predicted: Path | None = None
    as_json: bool = False
    worst: int = 10


@click.command(short_help="Precision, recall and F1 of sentence labels.")
@click.argument("gold", metavar="GOLD...", nargs=-1, required=True)
@click.option("--predicted", type=EXISTING_PATH, metavar="PATH", help="Score this labelled file or folder.")
@options.JSON
@options.MODEL
@click.option("--worst", type=click.IntRange(min=0), default=10, show_default=True, help="How many mistakes to show.")
@options.with_console()
def sentences(console: Console, gold: tuple[str, ...], model: Path | None, **wanted: Any) -> int:
    """
    Score sentence labels against those in GOLD: labelled files, or folders of them.

    The model labels the sentences of each file, which is one article. With --predicted, files of the same names are
    scored instead. Lines without labels are skipped and counted.

    Example: incidex evaluate sentences gold/
    """
    return evaluate_sources(gold, Comparison(**wanted), console=console, encoder=partial(open_model, model))


def evaluate_sources(
    sources: Sequence[str], comparison: Comparison, *, console: Console, encoder: Callable[[], "SentenceScorer"]
) -> int:
    """Evaluate on all `sources`, print the report and return the exit code."""
    from incidex.cli.support.sentence_report import to_json, to_table
    from incidex.evaluation.labelled import parse_labelled
    from incidex.evaluation.sentences import evaluate_sentences

    found = expand_sources(sources, console)
    if comparison.predicted and not comparison.predicted.is_dir() and len(found) > 1:
        raise click.UsageError("--predicted is one file, but GOLD is several. Name the folder with the predictions.")
    examples: list[Example] = []
    skipped: list[int] = []

    def evaluate_one(source: str) -> None:
        gold = parse_labelled(read_presplit(source).text, source=source)
        if all(labels is None for labels in gold.labels):
            raise InputError(
                f"{source} has no labels.\nEach line should read: sentence | Label, Label (or O for none)."
            )
        examples.extend(_compared(gold, comparison.predicted, encoder))
        skipped.append(gold.skipped)

    code = for_each(found, evaluate_one, console)
    if examples:
        report = evaluate_sentences(examples)
        judged = str(comparison.predicted) if comparison.predicted else encoder().name
        write = to_json if comparison.as_json else to_table
        console.write(write(report, judged=judged, skipped=sum(skipped), worst=comparison.worst))
    return code


def _compared(
    gold: "LabelledFile", predicted: Path | None, encoder: Callable[[], "SentenceScorer"]
) -> "tuple[Example, ...]":
    from incidex.evaluation.labelled import pair, pair_files, parse_labelled
    from incidex.pipeline import analyse
    from incidex.records import Document

    if predicted is None:
        document = Document(gold.text, source=gold.source)
        return pair(gold, analyse(document, sentences=gold.sentences, events=False, encoder=encoder()).sentences)
    file = str(predicted / Path(gold.source).name if predicted.is_dir() else predicted)
    return pair_files(gold, parse_labelled(read_presplit(file).text, source=file))
