"""Writes what people decided as JSON."""

from dataclasses import asdict
from typing import Any, Protocol


class Decided(Protocol):
    """A decision, as the store returns it."""

    @property
    def number(self) -> int:
        """It counts from 1."""

    @property
    def kind(self) -> str:
        """What kind of decision it is: "join"."""

    @property
    def made_at(self) -> str:
        """UTC, ISO 8601."""

    @property
    def author(self) -> str:
        """Who decided."""

    @property
    def reason(self) -> str:
        """Why; may be empty."""

    @property
    def holds(self) -> bool:
        """Whether it is in force."""

    @property
    def content(self) -> Any:
        """What was decided: a record."""


def decision_dict(decision: Decided) -> dict[str, Any]:
    """Return a decision as plain values."""
    return {
        "number": decision.number,
        "kind": decision.kind,
        "made_at": decision.made_at,
        "author": decision.author,
        "reason": decision.reason,
        "holds": decision.holds,
        "content": asdict(decision.content),
    }
