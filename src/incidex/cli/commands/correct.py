"""`incidex correct`: corrects the labels of a sentence, or an event."""

from typing import TYPE_CHECKING, Any

import click

from incidex.cli.support.console import Console
from incidex.cli.support.decisions import decision_options, record, signature
from incidex.cli.support.options import with_console
from incidex.cli.support.values import TEXT, event_types, realis

if TYPE_CHECKING:
    from incidex.records import Incident
    from incidex.store import Store
    from incidex.store.decisions.records import Decision


@click.command(short_help="Correct labels or an event.")
@click.argument("document", metavar="DOC", type=TEXT)
@click.argument("words", metavar="WORDS", type=TEXT)
@click.option(
    "--label",
    "labels",
    type=event_types(none=True),
    multiple=True,
    metavar="TYPE",
    help="What the sentence reports, O for nothing; repeat for more.",
)
@click.option("--event", "event_type", type=event_types(), metavar="TYPE", help="The type of the event.")
@click.option("--realis", type=realis(), metavar="REALIS", help="Actual, Generic or Other.")
@click.option("--no-event", is_flag=True, help="WORDS do not name an event.")
@click.option("--at", type=click.IntRange(min=0), metavar="NUMBER", help="Where WORDS begin, if they occur repeatedly.")
@decision_options
@with_console()
def correct(
    console: Console,
    document: str,
    words: str,
    labels: tuple[str, ...],
    store: str | None,
    as_json: bool,
    author: str | None,
    reason: str,
    **wanted: Any,
) -> int:
    """
    Correct what the model found in WORDS, in the document DOC.

    DOC is the id of a document or the beginning of it. With --label, WORDS are a sentence or a part of one, and get
    these labels and no others. Otherwise they are the trigger of an event.

    Example: incidex correct 0b9f3a77 "stole" --event AttackRansom --reason "They ask for money."
    """
    from incidex.labels import scheme

    is_event = wanted["event_type"] is not None or wanted["realis"] is not None
    if bool(labels) + is_event + wanted["no_event"] != 1:
        raise click.UsageError("Give either --label, or --event and --realis, or --no-event.")
    chosen = [name for name in labels if name != scheme().none] if labels else None
    decided_by: dict[str, Any] = signature({"author": author, "reason": reason})

    def decide(store: "Store") -> "tuple[Decision, tuple[Incident, ...]]":
        return store.correct(document, words, labels=chosen, **wanted, **decided_by), ()

    return record(console, store, as_json, decide)
