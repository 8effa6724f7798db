"""Finds the id that somebody means who gives its beginning."""

import re
from collections.abc import Iterable

from sqlalchemy import Column, Connection, select

from incidex.errors import InputError

# So many characters of an id are enough, if no other one begins with them.
_SHORTEST = 4
_BEGINNING = re.compile(rf"[0-9a-f-]{{{_SHORTEST},35}}")


def full_id(connection: Connection, id: str, columns: Iterable["Column[str]"], *, what: str) -> str:
    """
    Return the id in one of `columns` that begins with `id`, or `id` itself if there is none.

    Raises:
        InputError: Several begin with it; `what` says of what.
    """
    if not _BEGINNING.fullmatch(id):
        return id
    found: set[str] = set()
    for column in columns:
        # "g" comes right after the digits of an id.
        beginning = select(column).where(column >= id, column < f"{id}g").distinct().limit(9)
        found.update(connection.execute(beginning).scalars())
    if len(found) > 1:
        shown = ", ".join(sorted(found)[:9])
        raise InputError(f"Several {what} have an id that begins with {id}: {shown}.\nGive more of it.")
    return found.pop() if found else id
