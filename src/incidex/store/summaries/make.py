"""Makes summaries anew from the dossiers of incidents."""

import logging
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection, Engine, select

from incidex.errors import StoreError
from incidex.store import incidents, schema, search
from incidex.store.database import writing
from incidex.store.memberships import incidents_of, profiles_with
from incidex.store.summaries import rows

_LOG = logging.getLogger(__name__)

# A dossier of so many reports takes about a tenth of a second, which nobody else can write meanwhile.
_SMALL = 30
# So many summaries are made in one transaction.
_AT_ONCE = 10


def make_small(connection: Connection) -> None:
    """Make the summaries of the incidents that have changed, except of large ones, which wait until they are read."""
    make(connection, rows.changed(connection, most_reports=_SMALL))


def make(connection: Connection, numbers: Iterable[int]) -> None:
    """Make the summaries of incidents, given by their numbers; those that are gone meanwhile are passed over."""
    from incidex.dossiers.build import dossier  # takes a moment to load, and opening a store does not need it
    from incidex.dossiers.summary import summary, terms

    table = schema.incidents
    for number in numbers:
        id = connection.execute(select(table.c.id).where(table.c.number == number)).scalar()
        if id is None:
            continue
        found = incidents.members(connection, id)
        made = dossier(found.incident, found.analyses, found.profiles, founded_on=found.founded_on)
        short = summary(made, changed_at=found.changed_at)
        rows.put(connection, number, short, terms(short, made))


def make_waiting(engine: Engine, waiting: Sequence[int], progress: Callable[[int, int], None] | None = None) -> None:
    """
    Make summaries that are out of date, a few in each transaction, so that others can write in between.

    In a store that may not be changed they stay as they are.

    Args:
        engine: The database.
        waiting: The numbers of the incidents.
        progress: Called with how many are made, and how many there are to make.
    """
    for start in range(0, len(waiting), _AT_ONCE):
        if progress:
            progress(start, len(waiting))
        try:
            with writing(engine) as connection:
                make(connection, waiting[start : start + _AT_ONCE])
        except StoreError as error:
            _LOG.info("The summaries of %d incidents stay as they were: %s", len(waiting) - start, error)
            return


def postpone_with(connection: Connection, value: str) -> None:
    """Note that the dossiers may have changed that have a value which people now ignore, or no longer do."""
    concerned = incidents_of(connection, profiles_with(connection, value))
    rows.postpone(connection, concerned | search.incidents_with(connection, value))
