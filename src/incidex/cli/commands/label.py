"""`incidex label`: prints the sentences of sources with their labels."""

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
from incidex.export.formats import FORMATS, Options, names, write_sentences

if TYPE_CHECKING:
    from concurrent.futures import Future

    from incidex.pipeline import SentenceScorer
    from incidex.records import Analysis, Document

_DEFAULT = "labelled"


@click.command(short_help="Print each sentence with its labels.")
@options.SOURCES
@options.PRESPLIT
@options.ALL
@click.option(
    "--format",
    type=click.Choice(names("sentences")),
    default=_DEFAULT,
    show_default=True,
    help="Lines of text, or JSON with positions.",
)
@options.OUTPUT_DIR
@options.MODEL
@options.COLOR
@options.with_reading
@options.with_console()
def label(console: Console, sources: tuple[str, ...], model: Path | None, **wanted: Any) -> int:
    """
    Print each sentence of each SOURCE with its labels: sentence | Label, Label.

    SOURCE is a file (.txt, .md, .html, .pdf, .docx, .eml or .json in CASIE format), a feed (.xml, .rss, .atom,
    .json; .opml for several), each of whose items is a source, a folder, a URL, or - for standard input. A sentence
    without labels gets O. Captions, links and notices around the article are left out. On a terminal the labels are
    coloured unless NO_COLOR is set. With --presplit there is one output line for each input line.

    Example: incidex label article.html -o article.txt
    """
    return label_sources(sources, Job(**wanted), console=console, encoder=partial(open_model, model))


def label_sources(
    sources: Sequence[str], job: Job, *, console: Console, encoder: Callable[[], "SentenceScorer"]
) -> int:
    """Label all `sources` and return the exit code. `encoder` is called when it is first needed."""
    with open_pool(job.reading, sources) as pool:
        reader = open_reader(job.reading, pool)
        items = open_items(sources, reader, job, console)
        format = FORMATS[job.format or _DEFAULT]
        # Readers of the labelled form skip blank lines, so one can separate documents. The lines of a presplit file are
        # counted by the user, and there must be no others.
        between = "\n" if format.name == _DEFAULT and not job.presplit else ""
        output = open_output(format, items.sources, job, console, between=between)

        def label_one(source: str, document: "Future[Document]") -> None:
            # JSON Lines hold the events as well.
            analysis = analyse_source(source, document, job, console, encoder, events=format.document is not None)
            text = write_sentences(format.name, analysis, Options(everything=job.everything, presplit=job.presplit))
            if format.name == _DEFAULT and for_people(job, console):
                text = _for_terminal(text, analysis, job, console)
            output.put(source, text)

        read = partial(read_source, reader=items, job=job)
        return for_each_ahead(items.sources, read, label_one, console, helper=reader)


def _for_terminal(labelled: str, analysis: "Analysis", job: Job, console: Console) -> str:
    from incidex.export.labelled import shown
    from incidex.export.terminal.text import to_terminal

    sentences = enumerate(shown(analysis, everything=job.everything))
    outside = {index for index, sentence in sentences if not sentence.kind.in_article}
    # With --presplit there is one line for each of the user's.
    width = console.width if console.is_terminal and not job.presplit else None
    return to_terminal(labelled, outside=outside, colour=wants_colour(job.color), width=width)
