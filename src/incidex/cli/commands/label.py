"""`incidex label`: sources in, their sentences with labels out."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidex.cli.support import options
from incidex.cli.support.analysing import analysed, expanded, for_people, wants_colour
from incidex.cli.support.console import Console
from incidex.cli.support.options import Job
from incidex.cli.support.outputs import Output, OutputFolder, StandardOutput
from incidex.cli.support.sources import for_each, open_model

if TYPE_CHECKING:
    from incidex.pipeline import SentenceScorer
    from incidex.records import Analysis

_ENDINGS = {"labelled": ".txt", "jsonl": ".jsonl"}
_FORM = click.Choice(list(_ENDINGS))


@click.command(short_help="Print each sentence with its labels.")
@options.SOURCES
@options.PRESPLIT
@options.ALL
@click.option(
    "--format", "form", type=_FORM, default="labelled", show_default=True, help="Lines, or JSON with positions."
)
@options.OUTPUT_DIR
@options.MODEL
@options.ALLOW_PRIVATE
@options.COLOR
def label(sources: tuple[str, ...], model: Path | None, **wanted: Any) -> int:
    """
    Print each sentence of each SOURCE with its labels: sentence | Label, Label.

    SOURCE is a file (.txt, .html, .pdf, .eml, or .json in CASIE's form), a folder, a URL, or - for standard input. A
    sentence without labels has O. What stands around the article (captions, links, notices) is left out. On a terminal
    the labels are coloured, unless NO_COLOR is set. With --presplit there is an output line for each input line.

    Example: incidex label article.html > article.txt
    """
    with Console() as console:
        return label_sources(sources, Job(**wanted), console=console, encoder=partial(open_model, model))


def label_sources(
    sources: Sequence[str], job: Job, *, console: Console, encoder: Callable[[], "SentenceScorer"]
) -> int:
    """Label all `sources` as `job` says and return the exit code. `encoder` is called as soon as it is needed."""
    found = expanded(sources, console)
    output = _output(found, job, console)

    def label_one(source: str) -> None:
        analysis = analysed(source, job, console, encoder, events=job.form == "jsonl")
        output.put(source, _written(analysis, job, console))

    return 1 if for_each(found, label_one, console) else 0


def _output(sources: Sequence[str], job: Job, console: Console) -> Output:
    form = job.form or "labelled"
    if job.output_dir:
        return OutputFolder(job.output_dir, _ENDINGS[form], sources, console)
    # A blank line, which readers of the labelled form skip, tells one document from the next. Presplit lines are
    # counted by whoever gave them.
    return StandardOutput(console, between="\n" if form == "labelled" and not job.presplit else "")


def _written(analysis: "Analysis", job: Job, console: Console) -> str:
    from incidex.export.jsonl.analysis import to_jsonl
    from incidex.export.labelled import shown, to_labelled, to_presplit
    from incidex.export.terminal.text import to_terminal

    if job.form == "jsonl":
        return to_jsonl(analysis, everything=job.everything)
    labelled = to_presplit(analysis) if job.presplit else to_labelled(analysis, everything=job.everything)
    if not for_people(job, console):
        return labelled
    sentences = enumerate(shown(analysis, everything=job.everything))
    outside = {index for index, sentence in sentences if not sentence.kind.in_article}
    return to_terminal(labelled, outside=outside, colour=wants_colour(job.color))
