"""`incidex search`: finds documents in the store by their words."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.values import TEXT

if TYPE_CHECKING:
    from incidex.store.results import Hit


@click.command(short_help="Search the reports in the store.")
@click.argument("words", metavar="WORDS", nargs=-1, required=True, type=TEXT)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Print at most this many.")
@options.STORE
@options.JSON
@options.with_console()
def search(console: Console, words: tuple[str, ...], limit: int, store: str | None, as_json: bool) -> int:
    """
    Find the reports in the store that contain all WORDS, best match first, and show the words in context.

    WORDS match in any form: "patches" finds "patched", and ransom* all words that begin so. Put a phrase in quotation
    marks, and a minus sign before a word that must not occur (after --, so that it is not taken for an option).

    Example: incidex search '"customer data" ransom'
    """
    from incidex.cli.support.outputs import wants_colour
    from incidex.cli.support.store import open_store
    from incidex.export.jsonl.values import json_text

    with open_store(store, console, create=False) as opened:
        hits = opened.search(" ".join(words), limit=limit)
        place = opened.place
    if as_json:
        console.write(json_text([asdict(hit) for hit in hits], indent=2))
    elif hits:
        colour = console.is_terminal and wants_colour("auto")
        console.write("\n".join("".join(f"{line}\n" for line in _lines(hit, colour)) for hit in hits))
    else:
        console.message("note", f"No report in the store has these words ({place}).")
    return 0


def _lines(hit: "Hit", colour: bool) -> Iterator[str]:
    from incidex.export.terminal.text import printable

    origin = ", ".join(part for part in (hit.publisher, hit.published_at, hit.source) if part)
    yield printable(f"{hit.document[:8]}  {hit.title or hit.source or 'without a title'}")
    yield printable(f"          {origin}") if origin else ""
    yield f"          {_snippet(hit, colour)}"
    if hit.incidents:
        yield f"          incident: {', '.join(id[:8] for id in hit.incidents)}"


def _snippet(hit: "Hit", colour: bool) -> str:
    """Return the snippet, on a terminal with colours with the matches in bold."""
    from incidex.export.terminal.text import printable

    pieces: list[str] = []
    end = 0
    for mark in hit.marks if colour else ():
        pieces += [printable(hit.snippet[end : mark.start]), "\x1b[1m", printable(mark.of(hit.snippet)), "\x1b[0m"]
        end = mark.end
    return "".join([*pieces, printable(hit.snippet[end:])])
