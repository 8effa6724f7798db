"""`incidex add`: analyses sources and adds them to the store and its incidents."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.documents import open_model, open_pool, open_reader
from incidex.cli.support.feeds import ItemReader
from incidex.cli.support.prefetch import for_each_ahead
from incidex.cli.support.sources import expand_sources, readable, with_source
from incidex.cli.support.store import Listing, open_store
from incidex.errors import InputError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from incidex.pipeline import SentenceScorer
    from incidex.records import Analysis, Document
    from incidex.store import Store

    Work = tuple[Document, Analysis | None]


@click.command(short_help="Add reports to the store.")
@options.SOURCES
@options.STORE
@options.JSON
@options.MODEL
@options.with_reading
@options.with_console()
def add(
    console: Console,
    sources: tuple[str, ...],
    store: str | None,
    as_json: bool,
    model: Path | None,
    reading: options.Reading,
) -> int:
    """
    Analyse each SOURCE, add it to the store, and merge it into the incidents it reports.

    SOURCE is a file (.txt, .md, .html, .pdf, .docx, .eml or .json in CASIE format), a feed (.xml, .rss, .atom,
    .json; .opml for several), each of whose items is a source, a folder, a URL, or - for standard input. One line
    per source says whether it was added, is known already or is a new revision, and which incidents it belongs to.
    Known sources are not analysed again, so an interrupted run continues where it stopped.

    Example: incidex add articles/
    """
    with open_store(store, console) as opened:
        encoder = partial(open_model, model)
        return add_sources(sources, opened, console=console, encoder=encoder, as_json=as_json, reading=reading)


def add_sources(
    sources: Sequence[str],
    store: "Store",
    *,
    console: Console,
    encoder: Callable[[], "SentenceScorer"],
    as_json: bool = False,
    reading: options.Reading | None = None,
) -> int:
    """Add all `sources` to `store` and return the exit code. `encoder` is called when it is first needed."""
    from incidex.pipeline import TOKENS_A_SECOND, analyse

    reading = reading or options.Reading()
    opening = Lock()
    with open_pool(reading, sources) as pool, Listing(console, as_json=as_json) as listing:
        reader = open_reader(reading, pool)
        found = expand_sources(sources, console, follow_links=reading.follow_links)
        items = ItemReader(found, reader, console, allow_private=reading.allow_private)

        def work(source: str) -> "Work":
            document = items.read(source)
            document = replace(document, source=readable(document.source))
            if store.knows(document):
                return document, None
            with opening:
                model = encoder()
            return document, analyse(document, encoder=model, most_tokens=reading.timeout * TOKENS_A_SECOND)

        def add_next(source: str, work: "Future[Work]") -> None:
            _add(source, work.result(), store, console, listing)

        def put_failure(source: str, reason: str) -> None:
            listing.put({"source": source, "status": "failed", "reason": reason}, ())

        return for_each_ahead(items.sources, work, add_next, console, on_failure=put_failure, helper=reader)


def _add(source: str, work: "Work", store: "Store", console: Console, listing: Listing) -> None:
    document, analysis = work
    for warning in (analysis.document if analysis else document).warnings:
        console.message("warning", with_source(source, warning))
    added = store.add(analysis) if analysis else store.known(document)
    if added is None:
        raise InputError(f"{source} was changed in the store while it was being read.\nAdd it again.")
    listing.put_added(source, added)
