"""The cursor of the review queue, in which each kind has a place of its own."""

import base64
import binascii
import json
from typing import Any

from incidex.errors import InputError
from incidex.store.doubts import DoubtKind
from incidex.store.queue import Place, Places


def place_for(places: Places) -> str:
    """Return the cursor for the part of the queue that follows."""
    return base64.urlsafe_b64encode(json.dumps(dict(places)).encode()).decode().rstrip("=")


def place_at(cursor: str | None) -> dict[str, Place] | None:
    """Return how far the queue was read, from a cursor. Raises InputError if it is none."""
    if not cursor:
        return None
    try:
        read = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if all(kind in tuple(DoubtKind) and _is_place(place) for kind, place in read.items()):
            return {kind: (place[0], place[1], place[2]) for kind, place in read.items()}
    except (binascii.Error, ValueError, AttributeError):
        pass
    raise InputError(
        f"{cursor[:40]!r} is no place in the queue.\nHand on 'next' of the part before, or leave it out to begin anew."
    )


def _is_place(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 3:
        return False
    return all(type(number) is int and 0 <= number < 2**31 for number in value)
