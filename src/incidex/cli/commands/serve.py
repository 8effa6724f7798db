"""`incidex serve`: serves the store as pages, over REST and over TAXII."""

from functools import partial
from pathlib import Path

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.values import TEXT


@click.command(short_help="Serve the desk: pages, REST and TAXII.")
@click.option("--host", type=TEXT, default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="The port; 0 for any.")
@click.option("--public-url", type=TEXT, metavar="URL", help="The address of a reverse proxy before the desk.")
@click.option(
    "--proxy", type=TEXT, metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Where that proxy runs."
)
@options.STORE
@options.MODEL
@options.with_reading
@options.with_console(output=False)
def serve(
    console: Console,
    host: str,
    port: int,
    public_url: str | None,
    proxy: str,
    store: str | None,
    model: Path | None,
    reading: options.Reading,
) -> int:
    """
    Serve the store to browsers and programs, until Ctrl-C: pages to read, add and correct reports, REST at /api,
    TAXII 2.1 at /taxii2.

    Without accounts, the desk serves one person on one machine. On another address than a loopback one, or behind a
    reverse proxy, it needs accounts ('incidex account').

    Example: incidex serve --port 8000
    """
    from incidex.cli.support.documents import open_model, open_pool, open_reader
    from incidex.cli.support.store import open_store
    from incidex.service.desk import Desk
    from incidex.service.server import check_public_url
    from incidex.service.server import serve as run

    public = check_public_url(public_url) if public_url else None
    opened = open_store(store, console)
    reader = open_reader(reading, open_pool(reading))
    with Desk(opened, reader=reader, encoder=partial(open_model, model)) as desk:

        def ready(address: str) -> None:
            console.write(f"The desk is at {address} (store: {opened.place}). End it with Ctrl-C.\n")

        run(desk, host=host, port=port, public_url=public, proxy=proxy, ready=ready)
    return 0
