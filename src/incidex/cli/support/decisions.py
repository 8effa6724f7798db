"""What the commands that record decisions share: their options, and how a decision is printed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.store import author, incident_content, incident_line, open_store

if TYPE_CHECKING:
    from incidex.records import Incident
    from incidex.store import Store
    from incidex.store.decisions.records import Decision

    Decide = Callable[[Store], tuple[Decision, tuple[Incident, ...]]]


def decision_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options of every command that records a decision."""
    for option in (options.JSON, options.STORE, options.REASON, options.AUTHOR):
        command = option(command)
    return command


def signature(given: dict[str, str | None]) -> dict[str, str]:
    """Return who decides and why, from the options `author` and `reason`."""
    return {"author": author(given["author"]), "reason": given["reason"] or ""}


def record(console: Console, store: str | None, as_json: bool, decide: "Decide") -> int:
    """
    Record a decision, print it and return the exit code.

    Args:
        console: Where it is printed.
        store: The place of the store.
        as_json: Whether to print JSON.
        decide: Records the decision, and returns it with the incidents that there are now because of it.
    """
    from incidex.export.jsonl.decisions import decision_dict
    from incidex.export.jsonl.values import json_text
    from incidex.export.terminal.text import printable

    with open_store(store, console, create=False) as opened:
        decision, incidents = decide(opened)
    if as_json:
        content = {**decision_dict(decision), "incidents": [incident_content(incident) for incident in incidents]}
        console.write(json_text(content, indent=2))
    else:
        lines = (decision_line(decision), *(printable(f"  {incident_line(incident)}") for incident in incidents))
        console.write("".join(f"{line}\n" for line in lines))
    return 0


def decision_line(decision: "Decision") -> str:
    """Return a decision as one line: its number, what was decided, by whom, when and why."""
    from incidex.export.terminal.text import printable
    from incidex.store.decisions.records import describe

    undone = "" if decision.holds else " (undone)"
    reason = f": {decision.reason}" if decision.reason else ""
    what = f"{decision.kind} {describe(decision.content)}"
    return printable(f"{decision.number}. {what}{undone}, by {decision.author}, {decision.made_at}{reason}")
