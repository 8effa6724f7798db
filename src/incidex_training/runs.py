"""Keeps the checkpoints of different training runs apart."""

import json
from pathlib import Path
from typing import Any

from incidex.errors import InputError


def reserve(runs: Path, made_from: dict[str, Any]) -> None:
    """
    Record what the checkpoints in `runs` are made from, or check that it is the same.

    Args:
        made_from: Seeds, settings and hashes of the data, as JSON values or tuples.

    Raises:
        InputError: The folder contains checkpoints made from something else.
    """
    made_from = json.loads(json.dumps(made_from))
    path = runs / "made-from.json"
    if path.exists():
        if other := _different(json.loads(path.read_text("utf-8")), made_from):
            raise InputError(
                f"{runs} contains checkpoints of another training run: {', '.join(other)} changed.\n"
                "Choose another folder with --runs, or empty this one."
            )
    elif any(runs.glob("*.pt")):
        raise InputError(
            f"{runs} contains checkpoints, but no {path.name} that records what they were made from.\n"
            "Choose another folder with --runs, or empty this one."
        )
    runs.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(made_from, indent=1) + "\n", "utf-8")


def _different(known: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    """Return the keys whose values differ, nested keys joined by dots."""
    names = []
    for name in sorted(known.keys() | wanted.keys()):
        one, other = known.get(name), wanted.get(name)
        if isinstance(one, dict) and isinstance(other, dict):
            names += [f"{name}.{part}" for part in _different(one, other)]
        elif one != other:
            names.append(name)
    return names
