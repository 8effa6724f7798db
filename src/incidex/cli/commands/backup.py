"""`incidex backup`: writes a copy of the store while it is in use."""

from pathlib import Path

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.values import OutputFile


@click.command(short_help="Write a copy of the store while it is in use.")
@click.argument("file", metavar="FILE", type=OutputFile(dash=False))
@options.STORE
@options.with_console(output=False)
def backup(console: Console, file: Path, store: str | None) -> int:
    """
    Write a copy of the store to FILE as it is at one moment, whatever is read and written meanwhile.

    FILE is itself a store, of SQLite, also where the store is in PostgreSQL: read it with --store FILE, or put it in
    the place of a store that was lost. A file of that name is replaced when the copy is complete.

    Example: incidex backup incidents-2026-12-01.sqlite
    """
    from incidex.cli.support.store import open_store

    with open_store(store, console, create=False) as opened:
        opened.back_up(file, progress=lambda done, whole: console.progress(done, whole, f"backup to {file}"))
        console.message("note", f"{opened.place} was copied to {file} ({file.stat().st_size / 1e6:,.1f} MB).")
    return 0
