"""`incidex reanalyse`: the texts in the store once more, with the present model."""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.prefetch import ahead
from incidex.cli.support.sources import for_each, open_model
from incidex.cli.support.storing import JSON, Listing

if TYPE_CHECKING:
    from incidex.pipeline import SentenceScorer
    from incidex.records import Analysis
    from incidex.store import Store


@click.command(short_help="Analyse all reports in the store anew.")
@click.option("--all", "everything", is_flag=True, help="Also what the present model and version have analysed.")
@options.MODEL
@options.STORE
@JSON
def reanalyse(everything: bool, model: Path | None, store: str | None, as_json: bool) -> int:
    """
    Analyse the texts in the store anew that another model, or another version of Incidex, has analysed.

    People's decisions stay in force, and ids lead to the same incidents. A run that was stopped goes on where it was.

    Example: incidex reanalyse
    """
    from incidex.cli.support.reading import opened

    with Console() as console, opened(store) as kept:
        encoder = partial(open_model, model)
        return reanalyse_all(kept, console=console, encoder=encoder, everything=everything, as_json=as_json)


def reanalyse_all(
    store: "Store",
    *,
    console: Console,
    encoder: Callable[[], "SentenceScorer"],
    everything: bool = False,
    as_json: bool = False,
) -> int:
    """Analyse the texts in `store` anew and return the exit code."""
    from incidex.pipeline import analyse

    model = encoder()
    ids = store.document_ids(not_by=None if everything else model.name)

    def work(id: str) -> "Analysis":
        return analyse(store.document(id), encoder=model)

    with Listing(console, as_json=as_json) as listing, closing(ahead(ids, work)) as results:

        def replace_next(id: str) -> None:
            _, result = next(results)
            analysis = result()
            listing.put_added(analysis.document.source, store.replace(analysis))

        failed = for_each(ids, replace_next, console)
    if not ids:
        console.message("note", f"All reports in the store were analysed by {model.name} and this version already.")
    return 1 if failed else 0
