"""`incidex extract`: sources in, their events out."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidex.cli.support import options
from incidex.cli.support.analysing import analysed, expanded, for_people, wants_colour
from incidex.cli.support.annotation_files import ANNOTATION, annotation_files, beside
from incidex.cli.support.console import Console
from incidex.cli.support.exchanged import EXCHANGED, exchanged
from incidex.cli.support.options import Job
from incidex.cli.support.outputs import Output, OutputFolder, Result, StandardOutput
from incidex.cli.support.sources import for_each, open_model

if TYPE_CHECKING:
    from incidex.pipeline import SentenceScorer
    from incidex.records import Analysis

_ENDINGS = {
    "jsonl": ".jsonl",
    "casie": ".json",
    "csv": ".csv",
    "html": ".html",
    "parquet": ".parquet",
    **EXCHANGED,
    **ANNOTATION,
}
# One source makes one file of these.
_WHOLE = ("html", "parquet", *EXCHANGED, *ANNOTATION)
_FORM = click.Choice(list(_ENDINGS))


@click.command(short_help="Find events: triggers, arguments, realis, coreference.")
@options.SOURCES
@options.PRESPLIT
@options.ALL
@click.option("--format", "form", type=_FORM, help="JSON Lines, CASIE's JSON, tables, a page, exchange, annotation.")
@options.PROFILE
@options.TLP
@options.OUTPUT_DIR
@options.MODEL
@options.ALLOW_PRIVATE
@options.COLOR
def extract(sources: tuple[str, ...], model: Path | None, **wanted: Any) -> int:
    """
    Find the events of each SOURCE: who did what to whom, when, with what, and whether it happened.

    SOURCE is a file (.txt, .html, .pdf, .eml, or .json in CASIE's form), a folder, a URL, or - for standard input.
    Without --format, a terminal gets a few lines for each event, and everything else JSON Lines.

    With --format csv all findings of all sources are one table; parquet has the same with types, in one file per
    source. With stix or misp, the file is marked --tlp amber unless you say otherwise.
    brat writes a text and its marks, and so needs --output-dir.

    Example: incidex extract article.html --format html > events.html
    """
    with Console() as console:
        return extract_sources(sources, Job(**wanted), console=console, encoder=partial(open_model, model))


def extract_sources(
    sources: Sequence[str], job: Job, *, console: Console, encoder: Callable[[], "SentenceScorer"]
) -> int:
    """Find the events of all `sources` and return the exit code. `encoder` is called as soon as it is needed."""
    found = expanded(sources, console)
    output = _output(found, job, console)

    def extract_one(source: str) -> None:
        analysis = analysed(source, job, console, encoder, events=True)
        output.put(source, _written(analysis, job, console))

    return 1 if for_each(found, extract_one, console) else 0


def _output(sources: Sequence[str], job: Job, console: Console) -> Output:
    from incidex.export.csv.table import BYTE_ORDER_MARK, heading
    from incidex.export.formats import demand

    demand(job.form or "jsonl")
    head = heading() if job.form == "csv" else ""
    if job.output_dir:
        head = head and f"{BYTE_ORDER_MARK}{head}"
        folder = OutputFolder(job.output_dir, _ENDINGS[job.form or "jsonl"], sources, console, head=head)
        for name, text in beside(job.form or "").items():
            folder.put_beside(name, text)
        return folder
    if job.form == "brat":
        raise click.UsageError("brat needs two files for each source. Name a folder with --output-dir.")
    if job.form in _WHOLE and len(sources) > 1:
        what = "a page" if job.form == "html" else "a file"
        raise click.UsageError(
            f"There are {len(sources)} sources, and each gets {what} of its own. Name a folder with --output-dir."
        )
    return StandardOutput(console, between="\n" if _is_view(job, console) else "", head=head)


def _written(analysis: "Analysis", job: Job, console: Console) -> Result:
    from incidex.dossiers.build import document_dossier
    from incidex.export.annotation.casie import to_casie
    from incidex.export.csv.parquet import to_parquet
    from incidex.export.csv.table import to_rows
    from incidex.export.html.analysis import to_html
    from incidex.export.jsonl.analysis import to_jsonl
    from incidex.export.terminal.events import to_terminal_events

    if _is_view(job, console):
        return to_terminal_events(analysis, width=console.width, colour=wants_colour(job.color))
    if job.form == "casie":
        return to_casie(analysis)
    if job.form in EXCHANGED:
        return exchanged(document_dossier(analysis), analysis.document.source, job, console)
    if job.form in ANNOTATION:
        return annotation_files(analysis, job.form, everything=job.everything)
    if job.form == "parquet":
        return to_parquet([analysis], everything=job.everything)
    write = {"html": to_html, "csv": to_rows}.get(job.form or "", to_jsonl)
    return write(analysis, everything=job.everything)


def _is_view(job: Job, console: Console) -> bool:
    """Return whether the view for terminals is wanted."""
    return job.form is None and for_people(job, console)
