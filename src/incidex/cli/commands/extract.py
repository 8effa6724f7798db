"""`incidex extract`: finds events, claims, indicators and names in sources."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.documents import analyse_source, open_model, open_pool, open_reader, read_source
from incidex.cli.support.feeds import open_items
from incidex.cli.support.options import Job
from incidex.cli.support.outputs import for_people, open_output, wants_colour
from incidex.cli.support.prefetch import for_each_ahead
from incidex.cli.support.sources import with_source
from incidex.export.formats import FORMATS, Options, names, write_document

if TYPE_CHECKING:
    from concurrent.futures import Future

    from incidex.pipeline import SentenceScorer
    from incidex.records import Analysis, Document

_DEFAULT = "jsonl"


@click.command(short_help="Find events, claims, indicators and names.")
@options.SOURCES
@options.PRESPLIT
@options.ALL
@click.option(
    "--format", type=click.Choice(names("document")), help="JSON, a table, a web page, exchange or annotation."
)
@options.PROFILE
@options.TLP
@options.OUTPUT_DIR
@options.MODEL
@options.COLOR
@options.with_reading
@options.with_console()
def extract(console: Console, sources: tuple[str, ...], model: Path | None, **wanted: Any) -> int:
    """
    Find the events in each SOURCE: who did what to whom, when, with what, and whether it happened.

    SOURCE is a file (.txt, .md, .html, .pdf, .docx, .eml or .json in CASIE format), a feed (.xml, .rss, .atom,
    .json; .opml for several), each of whose items is a source, a folder, a URL, or - for standard input.
    Without --format, a terminal shows a few lines for each event, and a file or pipe gets JSON Lines.

    csv puts the findings of all sources into one table; parquet is the same with typed columns, one file per source.
    stix and misp are marked TLP:AMBER unless --tlp says otherwise. brat needs --output-dir, because it writes two
    files for each source.

    Example: incidex extract article.html --format html -o events.html
    """
    return extract_sources(sources, Job(**wanted), console=console, encoder=partial(open_model, model))


def extract_sources(
    sources: Sequence[str], job: Job, *, console: Console, encoder: Callable[[], "SentenceScorer"]
) -> int:
    """Find the events in all `sources` and return the exit code. `encoder` is called when it is first needed."""
    with open_pool(job.reading, sources) as pool:
        reader = open_reader(job.reading, pool)
        items = open_items(sources, reader, job, console)
        is_view = job.format is None and for_people(job, console)
        format = FORMATS[job.format or _DEFAULT]
        output = open_output(format, items.sources, job, console, between="\n" if is_view else "")
        how = Options(everything=job.everything, profile=job.profile, tlp=job.tlp)

        def extract_one(source: str, document: "Future[Document]") -> None:
            analysis = analyse_source(source, document, job, console, encoder, events=True)
            if is_view:
                output.put(source, _for_terminal(analysis, job, console))
                return
            written = write_document(format.name, analysis, how)
            if written.note:
                console.message("note", with_source(source, written.note))
            output.put(source, written.content)

        read = partial(read_source, reader=items, job=job)
        return for_each_ahead(items.sources, read, extract_one, console, helper=reader)


def _for_terminal(analysis: "Analysis", job: Job, console: Console) -> str:
    from incidex.export.terminal.events import to_terminal_events

    return to_terminal_events(analysis, width=console.width, colour=wants_colour(job.color))
