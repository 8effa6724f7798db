"""`incidex evaluate events`: annotated articles in, scores of events out."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidex.cli.support.console import Console
from incidex.cli.support.sources import about, for_each, open_model
from incidex.errors import FormatError, InputError

if TYPE_CHECKING:
    from incidex.evaluation.events import Pair
    from incidex.ingest.annotated import Annotated
    from incidex.pipeline import SentenceScorer


@click.command(short_help="Scores of triggers, arguments, realis and coreference.")
@click.argument("gold", metavar="GOLD...", nargs=-1, required=True)
@click.option("--predicted", type=click.Path(path_type=Path), metavar="DIR", help="CASIE file or folder to judge.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--model", type=click.Path(path_type=Path), metavar="DIR", help="Judge the model bundle in DIR.")
def events(gold: tuple[str, ...], predicted: Path | None, as_json: bool, model: Path | None) -> int:
    """
    Say how well events agree with those in GOLD: files in CASIE's form (.json), or folders of them.

    The model finds the events of each article, and then all but the triggers once more, with those of GOLD given. With
    --predicted, files of the same names in DIR are judged instead.

    Example: incidex evaluate events gold/
    """
    with Console() as console:
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
        raise click.UsageError(f"--predicted {predicted} is no folder, but GOLD are {len(found)} files. Name a folder.")
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

    failed = for_each(found, evaluate_one, console)
    if pairs and not any(pair.gold for pair in pairs):
        console.message("warning", "There is no event in what was given as gold, so every score is 0.")
    if pairs:
        write = to_json if as_json else to_table
        with_gold_triggers = evaluate_events(given) if given else None
        judged = str(predicted) if predicted else encoder().name
        console.write(write(evaluate_events(pairs), with_gold_triggers, judged=judged))
    return 1 if failed else 0


def _annotated_files(sources: Sequence[str], console: Console) -> tuple[str, ...]:
    """Return the single sources, of folders those in CASIE's form, and say how many other files there are."""
    from incidex.ingest.expand import expand

    everything = tuple(expand(sources))
    found = tuple(source for source in everything if source in sources or source.lower().endswith(".json"))
    if not found:
        raise InputError(f"{', '.join(sources)}: there is no file in CASIE's form (.json).")
    if len(found) < len(everything):
        console.message("note", f"Files passed over because they do not end in .json: {len(everything) - len(found)}.")
    return found


def _read(source: str, console: Console) -> "Annotated":
    from incidex.ingest.casie_events import read_annotated

    annotated = read_annotated(source)
    for warning in annotated.document.warnings:
        console.message("warning", about(source, warning))
    return annotated


def _with_file(gold: "Annotated", predicted: Path, console: Console) -> "Pair":
    from incidex.evaluation.events import Pair

    file = str(predicted / Path(gold.document.source).name if predicted.is_dir() else predicted)
    found = _read(file, console)
    if found.document.text != gold.document.text:
        raise FormatError(
            f"{file} holds another text than {gold.document.source}, so positions cannot be compared.\n"
            "Predict on the gold files: incidex extract --format casie."
        )
    return Pair(gold.events, found.events)


def _with_model(gold: "Annotated", encoder: "SentenceScorer") -> tuple["Pair", "Pair"]:
    """Return the gold events with those that the model finds by itself, and with those for the gold triggers."""
    from incidex.evaluation.events import Pair
    from incidex.pipeline import analyse

    triggers = [mention for event in gold.events for mention in event.mentions]
    alone = analyse(gold.document, encoder=encoder)
    given = analyse(gold.document, triggers=triggers, encoder=encoder)
    return Pair(gold.events, alone.events), Pair(gold.events, given.events)
