"""`incidex label`: sources in, their sentences with labels out."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidex.cli.console import Console
from incidex.cli.each import about, for_each, open_model
from incidex.cli.outputs import Output, OutputFolder, StandardOutput
from incidex.cli.presplit import read_presplit

if TYPE_CHECKING:
    from incidex.pipeline import SentenceScorer
    from incidex.records import Analysis

_ENDINGS = {"labelled": ".txt", "jsonl": ".jsonl"}
_FORM = click.Choice(list(_ENDINGS))
_COLOR = click.Choice(["auto", "always", "never"])
_FOLDER = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class Job:
    """
    What is wanted: the options of the command.

    Attributes:
        everything: Whether sentences outside the article are wanted too.
        form: "labelled" or "jsonl".
        output_dir: The folder for one file per source; None for standard output.
        color: "auto", "always" or "never".
    """

    presplit: bool = False
    everything: bool = False
    form: str = "labelled"
    output_dir: Path | None = None
    allow_private: bool = False
    color: str = "auto"


@click.command(short_help="Print each sentence with its labels.")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--presplit", is_flag=True, help="Each line is a sentence, each file one article; print line for line.")
@click.option("--all", "everything", is_flag=True, help="Print sentences of captions, links and notices, too.")
@click.option(
    "--format", "form", type=_FORM, default="labelled", show_default=True, help="Lines, or JSON with positions."
)
@click.option(
    "--output-dir", type=_FOLDER, metavar="DIR", help="Write one file per source to DIR, such as article.txt."
)
@click.option("--model", type=_FOLDER, metavar="DIR", help="Use the model bundle in DIR.")
@click.option("--allow-private", is_flag=True, help="Let URLs lead to private and loopback addresses.")
@click.option("--color", type=_COLOR, default="auto", show_default=True, help="Whether labels are coloured.")
def label(sources: tuple[str, ...], model: Path | None, **options: Any) -> int:
    """
    Print each sentence of each SOURCE with its labels: sentence | Label, Label.

    SOURCE is a file (.txt, .html, .pdf, .eml, or .json in CASIE's form), a folder, a URL, or - for standard input. A
    sentence without labels has O. What stands around the article (captions, links, notices) is left out. On a terminal
    the labels are coloured, unless NO_COLOR is set.

    Example: incidex label article.html > article.txt
    """
    with Console() as console:
        return label_sources(sources, Job(**options), console=console, encoder=partial(open_model, model))


def label_sources(
    sources: Sequence[str], job: Job, *, console: Console, encoder: Callable[[], "SentenceScorer"]
) -> int:
    """Label all `sources` as `job` says and return the exit code. `encoder` is called as soon as it is needed."""
    found = _expanded(sources, console)
    output = _output(found, job, console)

    def label_one(source: str) -> None:
        analysis = _analysed(source, job, console, encoder)
        output.put(source, _written(analysis, job, console))

    return 1 if for_each(found, label_one, console) else 0


def _expanded(sources: Sequence[str], console: Console) -> tuple[str, ...]:
    """Return the single sources, and say how many files of folders are none."""
    from incidex.ingest.expand import expand

    left_out: list[str] = []
    found = tuple(expand(sources, left_out=left_out.append))
    if left_out:
        console.message("note", f"Files passed over because of their endings: {len(left_out)}, such as {left_out[0]}.")
    return found


def _output(sources: Sequence[str], job: Job, console: Console) -> Output:
    if job.output_dir:
        return OutputFolder(job.output_dir, _ENDINGS[job.form], sources, console)
    # A blank line, which readers of the labelled form skip, tells one document from the next. Presplit lines are
    # counted by whoever gave them.
    return StandardOutput(console, between="\n" if job.form == "labelled" and not job.presplit else "")


def _analysed(source: str, job: Job, console: Console, encoder: Callable[[], "SentenceScorer"]) -> "Analysis":
    """Read and analyse `source`, and print what a reader of its labels should know."""
    from incidex.export.labelled import shown
    from incidex.ingest import read
    from incidex.labels.labelled import read_lines
    from incidex.pipeline import analyse
    from incidex.records import Sentence

    if job.presplit:
        document = read_presplit(source, allow_private=job.allow_private)
        sentences = [Sentence(line.span) for line in read_lines(document.text) if line.span]
    else:
        document, sentences = read(source, allow_private=job.allow_private), None
    for warning in document.warnings:
        console.message("warning", about(source, warning))
    analysis = analyse(document, sentences=sentences, events=False, encoder=encoder())
    if not any(shown(analysis, everything=job.everything)):
        console.message("warning", about(source, "It has no sentence of an article. See what it has with --all."))
    return analysis


def _written(analysis: "Analysis", job: Job, console: Console) -> str:
    from incidex.export.jsonl import to_jsonl
    from incidex.export.labelled import shown, to_labelled, to_presplit
    from incidex.export.terminal import to_terminal

    if job.form == "jsonl":
        return to_jsonl(analysis, everything=job.everything)
    labelled = to_presplit(analysis) if job.presplit else to_labelled(analysis, everything=job.everything)
    if job.output_dir or not (console.is_terminal or job.color == "always"):
        return labelled
    sentences = enumerate(shown(analysis, everything=job.everything))
    outside = {index for index, sentence in sentences if not sentence.kind.in_article}
    return to_terminal(labelled, outside=outside, colour=_wants_colour(job.color))


def _wants_colour(color: str) -> bool:
    """Return whether a terminal gets colours; see no-color.org."""
    if color == "auto":
        return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return color == "always"
