"""`incidex search`: the documents in the store that have some words."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from incidex.cli.support import options
from incidex.cli.support.storing import JSON

if TYPE_CHECKING:
    from incidex.store.results import Hit


@click.command(short_help="Find words in the reports in the store.")
@click.argument("words", metavar="WORDS", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many to print at most.")
@options.STORE
@JSON
def search(words: tuple[str, ...], limit: int, store: str | None, as_json: bool) -> int:
    """
    Print the reports in the store that have all WORDS, the best first, with the words around those that were found.

    WORDS are found in any form: "patches" finds "patched". A phrase stands in quotation marks; what must not occur has
    a minus sign before it (after --, so that it is not taken for an option).

    Example: incidex search '"customer data" ransom'
    """
    import json

    from incidex.cli.support.analysing import wants_colour
    from incidex.cli.support.console import Console
    from incidex.cli.support.reading import opened

    console = Console()
    with opened(store) as kept:
        hits = kept.search(" ".join(words), limit=limit)
        place = kept.place
    if as_json:
        console.write(json.dumps([asdict(hit) for hit in hits], indent=2, ensure_ascii=False) + "\n")
    elif hits:
        colour = console.is_terminal and wants_colour("auto")
        console.write("\n".join("".join(f"{line}\n" for line in _told(hit, colour)) for hit in hits))
    else:
        console.message("note", f"No report in the store has these words ({place}).")
    return 0


def _told(hit: "Hit", colour: bool) -> Iterator[str]:
    from incidex.export.terminal.text import printable

    about = ", ".join(part for part in (hit.publisher, hit.published_at, hit.source) if part)
    yield printable(f"{hit.document[:8]}  {hit.title or hit.source or 'without a title'}")
    yield printable(f"          {about}") if about else ""
    yield f"          {_marked(hit, colour)}"
    if hit.incidents:
        yield f"          incident: {', '.join(id[:8] for id in hit.incidents)}"


def _marked(hit: "Hit", colour: bool) -> str:
    """Return the snippet with what was found in bold, or as it is."""
    from incidex.export.terminal.text import printable

    pieces: list[str] = []
    end = 0
    for mark in hit.marks if colour else ():
        pieces += [printable(hit.snippet[end : mark.start]), "\x1b[1m", printable(mark.of(hit.snippet)), "\x1b[0m"]
        end = mark.end
    return "".join([*pieces, printable(hit.snippet[end:])])
