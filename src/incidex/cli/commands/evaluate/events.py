"""`incidex evaluate events`: scores events against annotated articles."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.documents import open_model
from incidex.cli.support.sources import for_each, with_source
from incidex.cli.support.values import EXISTING_PATH
from incidex.errors import FormatError, InputError

if TYPE_CHECKING:
    from incidex.evaluation.events import Pair
    from incidex.ingest.annotated import Annotated
    from incidex.pipeline import SentenceScorer


@click.command(short_help="Scores of triggers, arguments, realis and coreference.")
@click.argument("gold", metavar="GOLD...", nargs=-1, required=True)
@click.option("--predicted", type=EXISTING_PATH, metavar="PATH", help="Score this CASIE file or folder.")
@options.JSON
@options.MODEL
@options.with_console()
def events(console: Console, gold: tuple[str, ...], predicted: Path | None, as_json: bool, model: Path | None) -> int:
    """
    Score events against those in GOLD: CASIE files (.json), or folders of them.

    The model finds the events of each article, and then once more with the triggers of GOLD given. With --predicted,
    files of the same names are scored instead.

    Example: incidex evaluate events gold/
    """
    encoder = partial(open_model, model)
    return evaluate_files(gold, predicted, as_json=as_json, console=console, encoder=encoder)


def evaluate_files(
    sources: Sequence[str],
    predicted: Path | None,
    *,
    as_json: bool,
    console: Console,
    encoder: Callable[[], "SentenceScorer"],
) -> int:
    """Evaluate on all `sources`, print the report and return the exit code."""
    from incidex.cli.support.event_report import to_json, to_table
    from incidex.evaluation.events import evaluate_events

    found = _annotated_files(sources, console)
    if predicted and not predicted.is_dir() and len(found) > 1:
        raise click.UsageError(f"--predicted {predicted} is one file, but GOLD is {len(found)} files. Name a folder.")
    pairs: list[Pair] = []
    given: list[Pair] = []

    def evaluate_one(source: str) -> None:
        gold = _read(source, console)
        if predicted:
            pairs.append(_with_file(gold, predicted, console))
        else:
            pair, pair_given = _with_model(gold, encoder())
            pairs.append(pair)
            given.append(pair_given)

    code = for_each(found, evaluate_one, console)
    if pairs and not any(pair.gold for pair in pairs):
        console.message("warning", "The gold data has no events, so every score is 0.")
    if pairs:
        write = to_json if as_json else to_table
        with_gold_triggers = evaluate_events(given) if given else None
        judged = str(predicted) if predicted else encoder().name
        console.write(write(evaluate_events(pairs), with_gold_triggers, judged=judged))
    return code


def _annotated_files(sources: Sequence[str], console: Console) -> tuple[str, ...]:
    """Return the single sources, of folders only the CASIE files, and print how many other files there are."""
    from incidex.ingest.expand import expand

    everything = tuple(expand(sources))
    found = tuple(source for source in everything if source in sources or source.lower().endswith(".json"))
    if not found:
        raise InputError(f"{', '.join(sources)}: there is no CASIE file (.json).")
    if len(found) < len(everything):
        console.message("note", f"Files skipped because they do not end in .json: {len(everything) - len(found)}.")
    console.protect(found)
    return found


def _read(source: str, console: Console) -> "Annotated":
    from incidex.ingest.casie_events import read_annotated

    annotated = read_annotated(source)
    for warning in annotated.document.warnings:
        console.message("warning", with_source(source, warning))
    return annotated


def _with_file(gold: "Annotated", predicted: Path, console: Console) -> "Pair":
    from incidex.evaluation.events import Pair

    file = str(predicted / Path(gold.document.source).name if predicted.is_dir() else predicted)
    found = _read(file, console)
    if found.document.text != gold.document.text:
        raise FormatError(
            f"{file} has a different text from {gold.document.source}, so positions cannot be compared.\n"
            "Make the predictions from the gold files, with 'incidex extract --format casie'."
        )
    return Pair(gold.events, found.events)


def _with_model(gold: "Annotated", encoder: "SentenceScorer") -> tuple["Pair", "Pair"]:
    """Return the gold events with those that the model finds alone, and with those that it finds at gold triggers."""
    from incidex.evaluation.events import Pair
    from incidex.pipeline import analyse

    triggers = [mention for event in gold.events for mention in event.mentions]
    alone = analyse(gold.document, encoder=encoder)
    given = analyse(gold.document, triggers=triggers, encoder=encoder)
    return Pair(gold.events, alone.events), Pair(gold.events, given.events)
