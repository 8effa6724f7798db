"""`incidex add`: analyses sources and adds them to the store and its incidents."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.documents import open_model
from incidex.cli.support.prefetch import prefetch
from incidex.cli.support.sources import expand_sources, for_each, readable, with_source
from incidex.cli.support.store import Listing, open_store
from incidex.errors import InputError

if TYPE_CHECKING:
    from incidex.pipeline import SentenceScorer
    from incidex.records import Analysis, Document
    from incidex.store import Store

    Work = tuple[Document, Analysis | None]


@click.command(short_help="Add reports to the store.")
@options.SOURCES
@options.STORE
@options.JSON
@options.MODEL
@options.ALLOW_PRIVATE
@options.with_console()
def add(
    console: Console,
    sources: tuple[str, ...],
    store: str | None,
    as_json: bool,
    model: Path | None,
    allow_private: bool,
) -> int:
    """
    Analyse each SOURCE, add it to the store, and merge it into the incidents it reports.

    SOURCE is a file (.txt, .md, .html, .pdf, .docx, .eml or .json in CASIE format), a folder, a URL, or - for
    standard input. One line per source says whether it was added, is known already or is a new revision, and which
    incidents it belongs to. Known sources are not analysed again, so an interrupted run continues where it stopped.

    Example: incidex add articles/
    """
    with open_store(store, console) as opened:
        encoder = partial(open_model, model)
        return add_sources(
            sources, opened, console=console, encoder=encoder, as_json=as_json, allow_private=allow_private
        )


def add_sources(
    sources: Sequence[str],
    store: "Store",
    *,
    console: Console,
    encoder: Callable[[], "SentenceScorer"],
    as_json: bool = False,
    allow_private: bool = False,
) -> int:
    """Add all `sources` to `store` and return the exit code. `encoder` is called when it is first needed."""
    from incidex.ingest import read
    from incidex.pipeline import analyse

    opening = Lock()

    def work(source: str) -> "Work":
        document = read(source, allow_private=allow_private)
        document = replace(document, source=readable(document.source))
        if store.knows(document):
            return document, None
        with opening:
            model = encoder()
        return document, analyse(document, encoder=model)

    found = expand_sources(sources, console)
    with Listing(console, as_json=as_json) as listing, closing(prefetch(found, work)) as results:

        def add_next(source: str) -> None:
            _, result = next(results)
            try:
                _add(source, result(), store, console, listing)
            except InputError as error:
                listing.put({"source": source, "status": "failed", "reason": str(error)}, ())
                raise

        return 1 if for_each(found, add_next, console) else 0


def _add(source: str, work: "Work", store: "Store", console: Console, listing: Listing) -> None:
    document, analysis = work
    for warning in (analysis.document if analysis else document).warnings:
        console.message("warning", with_source(source, warning))
    added = store.add(analysis) if analysis else store.known(document)
    if added is None:
        raise InputError(f"{source} was changed in the store while it was being read.\nAdd it again.")
    listing.put_added(source, added)
