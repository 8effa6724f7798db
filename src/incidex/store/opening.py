"""Opens a store, wherever it is, and brings it up to date."""

from pathlib import Path

from incidex.store.database import connect, default_store, store_url
from incidex.store.migrate import migrate
from incidex.store.store import Store


def open_store(place: str | Path | None = None, *, create: bool = True) -> Store:
    """
    Return the store at `place`, updated if an older version wrote it.

    A file that may not be written to, such as one on a read-only disk, can be read.

    Args:
        place: The path of an SQLite file, or the URL of an SQLite or PostgreSQL database; by default the value of
            `INCIDEX_STORE`, or a file in the user's data folder.
        create: Whether a store that is missing is created.

    Raises:
        InputError: `place` is not a path or a supported URL.
        StoreError: The database cannot be opened, is damaged, was written by a newer version of Incidex, or there is
            none and it is not to be created.
        MissingExtra: The driver of PostgreSQL is not installed.
    """
    engine = connect(store_url(str(place) if place else default_store()), create=create)
    try:
        migrate(engine, create=create)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)
