"""`incidex review`: lists what is unsure."""

from typing import TYPE_CHECKING

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.store import open_store
from incidex.cli.support.values import TEXT

if TYPE_CHECKING:
    from incidex.store.doubts import Doubt

_KINDS = ("sentence", "event", "argument", "claim", "name", "merge")


@click.command(short_help="List what is unsure.")
@click.option("--kind", type=click.Choice(_KINDS), multiple=True, help="Only this kind; repeat for more.")
@click.option("--document", type=TEXT, metavar="DOC", help="Only in this document.")
@click.option("--incident", type=TEXT, metavar="ID", help="Only in the reports of this incident.")
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True, help="The most to list.")
@options.STORE
@options.JSON
@options.with_console()
def review(
    console: Console,
    kind: tuple[str, ...],
    document: str | None,
    incident: str | None,
    limit: int,
    store: str | None,
    as_json: bool,
) -> int:
    """
    List what the model is unsure of, what is hedged, names of several things and incidents that may be one: the least
    certain of each kind in turn. What somebody has decided does not come back.

    The desk has the same list ('incidex serve', Review), where a key decides.

    Example: incidex review --kind sentence
    """
    from dataclasses import asdict

    from incidex.export.jsonl.values import json_text
    from incidex.store.doubts import DoubtKind

    if document and incident:
        raise click.UsageError("Give --document or --incident, not both.")
    with open_store(store, console, create=False) as opened:
        found = opened.review.queue(
            kinds=[DoubtKind(one) for one in kind],
            document=document or "",
            incident=incident or "",
            limit=limit,
            patience=None,
        )
    if as_json:
        content = {"items": [asdict(one) for one in found.items], "counts": found.counts}
        console.write(json_text(content, indent=2))
    elif found.items:
        console.write("\n".join(map(_written, found.items)))
        counts = ", ".join(f"{count:,} of kind {name}" for name, count in found.counts.items())
        console.message("note", f"In all: {counts}.")
    else:
        console.message("note", "Nothing is unsure here.")
    return 0


def _written(one: "Doubt") -> str:
    """Return an item in two or three lines."""
    from incidex.export.terminal.text import printable

    place = (
        f"document {one.document[:8]}" if one.document else f"incidents {' and '.join(i[:8] for i in one.incidents)}"
    )
    score = "" if one.incidents else f"{one.score:.2f}  "
    words = " ".join(f"{one.before[-60:]}[{one.words[:300]}]{one.behind[:60]}".split()) if one.document else one.words
    return printable(f"{score}{one.kind}: {one.said} ({one.why}), {place}\n      {words}") + "\n"
