"""`incidex add`: sources into the store, and into the incidents that they report on."""

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import click

from incidex.cli.support import options
from incidex.cli.support.analysing import expanded
from incidex.cli.support.console import Console
from incidex.cli.support.prefetch import ahead
from incidex.cli.support.sources import about, for_each, open_model
from incidex.cli.support.storing import JSON, Listing
from incidex.errors import InputError

if TYPE_CHECKING:
    from incidex.pipeline import SentenceScorer
    from incidex.records import Analysis, Document
    from incidex.store import Store

    Work = tuple[Document, Analysis | None]


@click.command(short_help="Add reports to the store.")
@options.SOURCES
@options.STORE
@JSON
@options.MODEL
@options.ALLOW_PRIVATE
def add(sources: tuple[str, ...], store: str | None, as_json: bool, model: Path | None, allow_private: bool) -> int:
    """
    Analyse each SOURCE, keep it in the store, and put it to the incidents that it reports on.

    SOURCE is a file (.txt, .html, .pdf, .eml, or .json in CASIE's form), a folder, a URL, or - for standard input.
    There is a line for each: whether it was added, is known already or a new revision, and which incidents it went to.
    What is known already is not analysed again, so a run that was stopped goes on where it was.

    Example: incidex add articles/
    """
    from incidex.store import open_store

    with Console() as console, open_store(store) as kept:
        encoder = partial(open_model, model)
        return add_sources(
            sources, kept, console=console, encoder=encoder, as_json=as_json, allow_private=allow_private
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
    """Add all `sources` to `store` and return the exit code. `encoder` is called as soon as it is needed."""
    from incidex.ingest import read
    from incidex.pipeline import analyse

    opening = Lock()

    def work(source: str) -> "Work":
        document = read(source, allow_private=allow_private)
        if store.knows(document):
            return document, None
        with opening:
            model = encoder()
        return document, analyse(document, encoder=model)

    found = expanded(sources, console)
    with Listing(console, as_json=as_json) as listing, closing(ahead(found, work)) as results:

        def add_next(source: str) -> None:
            _, result = next(results)
            try:
                _add(source, result(), store, console, listing)
            except InputError as error:
                reason = str(error)
                listing.put({"source": source, "status": "failed", "reason": reason}, ())
                raise

        return 1 if for_each(found, add_next, console) else 0


def _add(source: str, work: "Work", store: "Store", console: Console, listing: Listing) -> None:
    document, analysis = work
    for warning in (analysis.document if analysis else document).warnings:
        console.message("warning", about(source, warning))
    added = store.add(analysis) if analysis else store.known(document)
    if added is None:
        raise InputError(f"{source} was changed in the store while it was read.\nAdd it again.")
    listing.put_added(source, added)
