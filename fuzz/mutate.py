"""Changes one value in a JSON text: changed bytes alone hardly ever give JSON again."""

import json
import random
from collections.abc import Iterator
from typing import Any

_ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 10**400, float("nan"), float("inf"), "", " ", "\0", "\ud800", "İ", "a" * 300, "2026-13-45",
    [], {}, [[]], [None], {"": None}, ["\ud800"], {"type": []}, {"id": {}}, "<script>", "=1+1", "\u009b31m", "🦊" * 20,
)  # fmt: skip


def mutated(content: bytes, *, most: int, seed: int) -> bytes | None:
    """Return the JSON in `content` with some values changed; None if it is no JSON, or got longer than `most` bytes."""
    drawn = random.Random(seed)
    try:
        value = [json.loads(content)]
        for _ in range(drawn.randint(1, 4)):
            _change(value, drawn)
        changed = json.dumps(value[0]).encode()
    except (ValueError, RecursionError, IndexError):
        return None
    return changed if len(changed) <= most else None


def _change(value: list[Any], drawn: random.Random) -> None:
    """Replace, remove, repeat or move a value somewhere in `value`."""
    places = list(_places(value))
    holder, key = drawn.choice(places)
    act = drawn.randrange(5)
    if act <= 1:
        holder[key] = drawn.choice(_ODD)
    elif act == 2:
        other, another = drawn.choice(places)
        holder[key] = other[another] if drawn.random() < 0.5 else [other[another]] * drawn.randint(1, 3)
        json.dumps(value)  # raises ValueError if a value holds itself now
    elif isinstance(holder, dict):
        moved = holder.pop(key)
        if act == 3:
            holder[str(drawn.choice(list(holder) or [""]))] = moved
    elif holder is not value:
        holder.insert(key, holder[key]) if act == 3 else holder.pop(key)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield where each value in lists and objects stands: what holds it, and its index or key."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])
