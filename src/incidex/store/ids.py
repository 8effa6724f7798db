"""Finds out what an id that somebody gives or remembers means now: ids by their beginnings, and former ids."""

import re
from collections.abc import Iterable

from sqlalchemy import Column, Connection, select

from incidex.errors import InputError
from incidex.store import schema
from incidex.store.database import chunks

# So many characters of an id are enough if no other id begins with them.
_SHORTEST = 4
_BEGINNING = re.compile(rf"[0-9a-f-]{{{_SHORTEST},35}}")
_MOST_SHOWN = 9


def full_id(connection: Connection, id: str, columns: Iterable["Column[str]"], *, what: str) -> str:
    """
    Return the id in one of `columns` that begins with `id`, or `id` itself if there is none.

    Args:
        what: What the ids are of, for the message: "documents".

    Raises:
        InputError: Several ids begin with it.
    """
    if not _BEGINNING.fullmatch(id):
        return id
    found: set[str] = set()
    for column in columns:
        # "g" comes right after the digits of an id.
        beginning = select(column).where(column >= id, column < f"{id}g").distinct().limit(_MOST_SHOWN)
        found.update(connection.execute(beginning).scalars())
    if len(found) > 1:
        shown = ", ".join(sorted(found)[:_MOST_SHOWN])
        raise InputError(f"The ids of several {what} begin with {id}: {shown}.\nGive more characters.")
    return found.pop() if found else id


def present_ids(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the present id of each profile by any id that it had; profiles of which nothing is left are missing."""
    profiles, successors = schema.profiles, schema.successors
    found: dict[str, str] = {}
    for some in chunks(dict.fromkeys(ids)):
        alive = connection.execute(select(profiles.c.id).where(profiles.c.id.in_(some))).scalars()
        found.update((id, id) for id in alive)
        gone = select(successors.c.id, successors.c.profile).where(successors.c.id.in_(some))
        found.update((row.id, row.profile) for row in connection.execute(gone))
    return found
