"""`incidex reanalyse`: analyses the texts in the store again with the current model."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.documents import open_model
from incidex.cli.support.prefetch import for_each_ahead
from incidex.cli.support.store import Listing, open_store

if TYPE_CHECKING:
    from concurrent.futures import Future

    from incidex.pipeline import SentenceScorer
    from incidex.records import Analysis
    from incidex.store import Store


@click.command(short_help="Analyse the reports in the store again.")
@click.option("--all", "everything", is_flag=True, help="Also those that the current model and version have analysed.")
@options.MODEL
@options.STORE
@options.JSON
@options.with_console()
def reanalyse(console: Console, everything: bool, model: Path | None, store: str | None, as_json: bool) -> int:
    """
    Analyse again the reports in the store that another model or another version of Incidex has analysed.

    Decisions stay in force, and ids still lead to the same incidents. An interrupted run continues where it stopped.

    Example: incidex reanalyse
    """
    with open_store(store, console, create=False) as opened:
        encoder = partial(open_model, model)
        return reanalyse_all(opened, console=console, encoder=encoder, everything=everything, as_json=as_json)


def reanalyse_all(
    store: "Store",
    *,
    console: Console,
    encoder: Callable[[], "SentenceScorer"],
    everything: bool = False,
    as_json: bool = False,
) -> int:
    """Analyse the texts in `store` again and return the exit code."""
    from incidex.pipeline import analyse

    model = encoder()
    ids = store.document_ids(not_by=None if everything else model.name)

    def work(id: str) -> "Analysis":
        return analyse(store.document(id), encoder=model)

    with Listing(console, as_json=as_json) as listing:

        def replace_next(_: str, result: "Future[Analysis]") -> None:
            analysis = result.result()
            listing.put_added(analysis.document.source, store.replace(analysis))

        code = for_each_ahead(ids, work, replace_next, console)
    if not ids:
        console.message("note", f"{model.name} and this version have already analysed all reports in the store.")
    return code
