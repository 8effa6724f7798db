"""Copies a whole store into a new SQLite file while others read and write it."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Engine, insert, select

from incidex.errors import InputError, StoreError
from incidex.store import schema
from incidex.store.database import connect, place_of, reading, store_url, writing
from incidex.store.migrate import migrate

# Pages of 4 KB, and rows, that are copied at a time: writers wait no longer than that takes.
_PAGES, _ROWS = 2_000, 500


def back_up(engine: Engine, file: Path, *, progress: Callable[[int, int], object] | None = None) -> None:
    """
    Write a copy of a store as it is at one moment. An SQLite file gets its name when it is complete.

    Args:
        engine: The store.
        file: The new file, readable by its owner alone. One that is there is replaced.
        progress: Called with how much was copied and how much there is.

    Raises:
        InputError: The file is the store itself.
        StoreError: The store cannot be read, or the file not be written.
    """
    if file.exists() and engine.dialect.name == "sqlite" and file.samefile(str(engine.url.database)):
        raise InputError(f"{file} is the store itself.\nGive the backup another name.")
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    copy = _pages_of_sqlite if engine.dialect.name == "sqlite" else _rows
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        copy(engine, part, progress or _ignore)
        _finish(part)
        os.replace(part, file)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"{file}: the backup of {place_of(engine)} failed: {error}.\n"
            "What has this name is as it was. Free some space, or choose another folder."
        ) from error
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                os.unlink(f"{part}{ending}")


def _pages_of_sqlite(engine: Engine, part: Path, progress: Callable[[int, int], object]) -> None:
    """Copy page by page with SQLite's own means, which begins again if somebody writes to the store meanwhile."""
    with engine.connect() as connection, closing(sqlite3.connect(part)) as target:
        source = connection.connection.dbapi_connection
        assert isinstance(source, sqlite3.Connection)
        # One moment of the store is copied however long it takes; with a log, this holds up no writer.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM alembic_version").fetchone()
        source.backup(target, pages=_PAGES, progress=lambda _, left, whole: progress(whole - left, whole), sleep=0)
        source.execute("ROLLBACK")


def _rows(engine: Engine, part: Path, progress: Callable[[int, int], object]) -> None:
    """Copy row by row, from whatever database the store is in."""
    target = connect(store_url(str(part)))
    tables = schema.metadata.sorted_tables
    try:
        migrate(target)
        with reading(engine) as source, writing(target) as connection:
            for done, table in enumerate(tables):
                progress(done, len(tables))
                rows = source.execution_options(yield_per=_ROWS).execute(select(table))
                for some in rows.mappings().partitions(_ROWS):
                    connection.execute(insert(table), [dict(row) for row in some])
    finally:
        target.dispose()


def _finish(part: Path) -> None:
    """Check a copy, and make one file of it that can be copied and read as it is, on a read-only disk, too."""
    with closing(sqlite3.connect(part)) as connection:
        if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("the copy is damaged")
        connection.execute("PRAGMA journal_mode = DELETE")


def _ignore(done: int, whole: int) -> None:
    """Ignore how far it is."""
