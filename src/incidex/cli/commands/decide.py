"""`incidex join`, `split`, `ignore`, `correct`, `undo` and `decisions`: what people decide about incidents."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from incidex.cli.support import options
from incidex.cli.support.storing import AUTHOR, JSON, REASON, author, brief

if TYPE_CHECKING:
    from incidex.records import Incident
    from incidex.store import Store
    from incidex.store.decisions.records import Decision

    Deciding = Callable[[Store], tuple[Decision, tuple[Incident, ...]]]


def _decision(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options of a decision."""
    for option in (JSON, options.STORE, REASON, AUTHOR):
        command = option(command)
    return command


@click.command(short_help="Make one of two incidents.")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@_decision
def join(a: str, b: str, store: str | None, as_json: bool, **by: str | None) -> int:
    """
    Make one of the incidents A and B, given by id. Both ids lead to it from now on.

    Example: incidex join 35e8efc0 9d0c61aa --reason "The same leak, told by another name."
    """

    def decide(kept: "Store") -> "tuple[Decision, tuple[Incident, ...]]":
        from incidex.cli.support.reading import found_incident

        one, other = (found_incident(kept, id).id for id in (a, b))
        return kept.join(one, other, **_by(by)), (kept.incident(one),)

    return _decided(store, as_json, decide)


@click.command(short_help="Take reports out of an incident.")
@click.argument("a", metavar="A")
@click.argument("documents", metavar="DOC...", nargs=-1, required=True)
@_decision
def split(a: str, documents: tuple[str, ...], store: str | None, as_json: bool, **by: str | None) -> int:
    """
    Take the documents DOC out of the incident A, all given by id, and let them be another incident together.

    Example: incidex split 35e8efc0 0b9f3a77 --reason "Another ferry."
    """

    def decide(kept: "Store") -> "tuple[Decision, tuple[Incident, ...]]":
        from incidex.cli.support.reading import found_incident

        incident = found_incident(kept, a)
        decision = kept.split(incident.id, documents, **_by(by))
        now = {found.id: found for found in map(kept.incident, incident.profiles)}
        return decision, tuple(now.values())

    return _decided(store, as_json, decide)


@click.command(short_help="Let a value join no reports.")
@click.argument("value", metavar="VALUE")
@_decision
def ignore(value: str, store: str | None, as_json: bool, **by: str | None) -> int:
    """
    Ignore VALUE, a name, a CVE number, an indicator: it joins no reports, and stands in no dossier.

    Example: incidex ignore "Acme News" --reason "It is the paper, not the victim."
    """
    return _decided(store, as_json, lambda kept: (kept.ignore(value, **_by(by)), ()))


@click.command(short_help="Correct a label or an event.")
@click.argument("document", metavar="DOC")
@click.argument("words", metavar="WORDS")
@click.option("--label", "labels", multiple=True, metavar="TYPE", help="What the sentence reports; O for nothing.")
@click.option("--event", "event_type", metavar="TYPE", help="The event type that WORDS name.")
@click.option("--realis", metavar="REALIS", help="Whether that happened: Actual, Generic or Other.")
@click.option("--no-event", is_flag=True, help="WORDS name no event.")
@click.option("--at", type=click.IntRange(min=0), metavar="NUMBER", help="Where WORDS begin, if there are several.")
@_decision
def correct(
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
    Correct what the model made of WORDS, which stand in the document DOC, given by id.

    With --label, once for each, they are a sentence or a part of it; the labels are all that it has from now on.
    Otherwise they are the trigger of an event.

    Example: incidex correct 0b9f3a77 "stole" --event AttackRansom --reason "They ask for money."
    """
    from incidex.labels import scheme

    chosen = None if not labels else [name for name in labels if name != scheme().none]
    decided_by: dict[str, Any] = _by({"author": author, "reason": reason})

    def decide(kept: "Store") -> "tuple[Decision, tuple[Incident, ...]]":
        return kept.correct(document, words, labels=chosen, **wanted, **decided_by), ()

    return _decided(store, as_json, decide)


@click.command(short_help="Undo a decision.")
@click.argument("number", metavar="[NUMBER]", type=int, required=False)
@_decision
def undo(number: int | None, store: str | None, as_json: bool, **by: str | None) -> int:
    """
    Undo the decision NUMBER, or the last one that holds. To undo an undo, give its number.

    Example: incidex undo 3 --reason "It was the same ferry after all."
    """
    return _decided(store, as_json, lambda kept: (kept.undo(number, **_by(by)), ()))


@click.command(short_help="List what people decided.")
@options.STORE
@JSON
def decisions(store: str | None, as_json: bool) -> int:
    """
    List all decisions with their numbers, who made them, when and why. What was undone is listed too.

    Example: incidex decisions
    """
    from incidex.cli.support.console import Console
    from incidex.cli.support.reading import opened

    console = Console()
    with opened(store) as kept:
        found = kept.decisions()
        place = kept.place
    if as_json:
        console.write(_json([_content(decision) for decision in found]))
    elif found:
        console.write("".join(f"{_line(decision)}\n" for decision in found))
    else:
        console.message("note", f"Nobody has decided anything in the store yet ({place}).")
    return 0


def _by(given: dict[str, str | None]) -> dict[str, str]:
    return {"author": author(given["author"]), "reason": given["reason"] or ""}


def _decided(store: str | None, as_json: bool, decide: "Deciding") -> int:
    from incidex.cli.support.console import Console
    from incidex.cli.support.reading import opened
    from incidex.cli.support.storing import as_content
    from incidex.export.terminal.text import printable

    with opened(store) as kept:
        decision, now = decide(kept)
    console = Console()
    if as_json:
        console.write(_json({**_content(decision), "incidents": [as_content(incident) for incident in now]}))
    else:
        lines = (_line(decision), *(printable(f"  {brief(incident)}") for incident in now))
        console.write("".join(f"{line}\n" for line in lines))
    return 0


def _line(decision: "Decision") -> str:
    from incidex.export.terminal.text import printable
    from incidex.store.decisions.records import describe

    undone = "" if decision.holds else " (undone)"
    reason = f": {decision.reason}" if decision.reason else ""
    about = f"{decision.kind} {describe(decision.content)}"
    return printable(f"{decision.number}. {about}{undone}, by {decision.author}, {decision.made_at}{reason}")


def _content(decision: "Decision") -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "number": decision.number,
        "kind": decision.kind,
        "made_at": decision.made_at,
        "author": decision.author,
        "reason": decision.reason,
        "holds": decision.holds,
        "content": asdict(decision.content),
    }


def _json(content: Any) -> str:
    import json

    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
