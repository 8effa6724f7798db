"""`incidex digest`: prints what is new in the store since a time."""

from datetime import UTC, datetime

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.values import Since
from incidex.export.digest import FORMATS, write_digest


@click.command(short_help="Print what is new since a time.")
@click.option(
    "--since",
    type=Since(),
    metavar="TIME",
    default="yesterday",
    show_default=True,
    help="today, yesterday, 36h, 7d, a date or a time (ISO 8601).",
)
@click.option(
    "--format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Text, a web page, JSON, or a feed for a feed reader.",
)
@options.STORE
@options.with_console()
def digest(console: Console, since: str, format: str, store: str | None) -> int:
    """
    Print what reports added since a time say that is new: new incidents, and what is new in known ones.

    Each line names the reports that say so. What counts is when a report was added to the store, not when it was
    published. Days begin at midnight of your time zone.

    Example: incidex digest --since yesterday
    """
    from incidex.cli.support.outputs import wants_colour
    from incidex.cli.support.store import open_store, without_garbage_collection
    from incidex.watch.digest import digest as digest_of

    with open_store(store, console, create=False) as opened, without_garbage_collection():
        found = digest_of(opened, since, datetime.now(UTC).isoformat(timespec="milliseconds"))
        place = opened.place
    colour = console.is_terminal and wants_colour("auto")
    written = write_digest(format, found, place=place, colour=colour)
    if format == "text":
        console.page(written)
    else:
        console.write(written)
    return 0
