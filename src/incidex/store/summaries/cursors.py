"""Where a part of a list begins, as an opaque word that a caller hands back."""

import base64
import binascii
import json

from incidex.errors import InputError
from incidex.records import Order


def written(order: Order, key: str | int, number: int) -> str:
    """Return the place after the incident with this number, which has `key` in the list that is ordered by `order`."""
    place = json.dumps([order.value, key, number], separators=(",", ":"))
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def read(cursor: str, order: Order) -> tuple[str | int, int]:
    """
    Return the key and the number of the incident after which a part begins.

    Raises:
        InputError: `cursor` is not one, or belongs to another order.
    """
    try:
        place = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        named, key, number = place
    except (binascii.Error, ValueError, TypeError) as error:
        raise _refused(cursor) from error
    kind = int if order is Order.SIZE else str
    if named != order.value or type(key) is not kind or type(number) is not int:
        raise _refused(cursor)
    return key, number


def _refused(cursor: str) -> InputError:
    return InputError(
        f"{cursor[:40]!r} is no place in this list.\n"
        "Hand on 'next' of the part before, with the same order; or leave it out to begin with the first part."
    )
