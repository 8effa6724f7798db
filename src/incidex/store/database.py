"""Opens the database of a store, begins its transactions, and translates its errors."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from incidex.errors import InputError, MissingExtra, StoreError
from incidex.store.pack import DamagedRecord

T = TypeVar("T")

# The environment variable with the default store.
VARIABLE = "INCIDEX_STORE"

# How long a writer waits for its turn.
_TIMEOUT_S = 60

# The advisory lock of PostgreSQL with which writers take turns; any number will do, but always the same one.
_WRITE_LOCK = 0x1C1DE8

_WRITES = "incidex_writes"


def default_store() -> str:
    """Return the value of `INCIDEX_STORE`, else the path of `store.sqlite` in the user's data folder."""
    from platformdirs import user_data_path

    return os.environ.get(VARIABLE) or str(user_data_path("incidex", appauthor=False) / "store.sqlite")


def store_url(place: str) -> URL:
    """
    Return the URL of a store that is given as a path or a URL.

    Raises:
        InputError: It is neither a path nor the URL of an SQLite or PostgreSQL database.
    """
    if "://" not in place:
        return URL.create("sqlite", database=str(Path(place).expanduser().absolute()))
    try:
        url = make_url(place)
    except (ArgumentError, ValueError) as error:
        raise InputError("The URL of the store is not valid.\nGive it as postgresql://user@host/database.") from error
    backend = url.get_backend_name()
    # Options such as ?timeout= and other drivers go to the driver unchecked, which fails in ways of its own.
    plain = url.drivername in ("sqlite", "sqlite+pysqlite") and url.database and not url.query
    if backend not in ("sqlite", "postgresql", "postgres") or (backend == "sqlite" and not plain):
        raise InputError(
            f"A store cannot be kept in {url.render_as_string()}.\n"
            "Give the path of a file, or postgresql://user@host/database."
        )
    return url if backend == "sqlite" else url.set(drivername="postgresql+psycopg")


def connect(url: URL, *, create: bool = True) -> Engine:
    """
    Return an engine for the database at `url`. An SQLite file that may not be written to is opened for reading only.

    Args:
        url: From `store_url`.
        create: Whether an SQLite file that is missing is created, with its folder.

    Raises:
        MissingExtra: PostgreSQL is wanted, and its driver is not installed.
        StoreError: The folder cannot be created, or the file is missing and not to be created.
    """
    if url.get_backend_name() == "sqlite":
        file = Path(str(url.database))
        if not create and not (file.exists() and file.stat().st_size):
            raise no_store(str(url.database))
        return _sqlite(url)
    try:
        return create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise MissingExtra(
            "A store in PostgreSQL needs the extra 'postgres'.\nInstall it: pip install 'incidex[postgres]'"
        ) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a connection that sees the store at one moment, whatever others write meanwhile."""
    with _errors_of(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a connection for writing: one writer at a time, whose changes are committed together or not at all."""
    with _errors_of(engine), engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")
        yield connection


def place_of(engine: Engine) -> str:
    """Return the name of the store in messages: its path, or its URL without the password."""
    url = engine.url
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def no_store(place: str) -> StoreError:
    """Return the error that there is no store at `place`, where one was to be read."""
    return StoreError(
        f"There is no store at {place}.\nCheck the path or URL (--store, {VARIABLE}); 'incidex add' makes a new store."
    )


def chunks(values: Iterable[T], size: int = 500) -> list[list[T]]:
    """Return `values` in lists that are short enough for one query."""
    listed = list(values)
    return [listed[start : start + size] for start in range(0, len(listed), size)]


def _sqlite(url: URL) -> Engine:
    file = Path(str(url.database))
    if file.is_file() and not all(os.access(each, os.W_OK) for each in (file, file.parent)):
        return _sqlite_for_reading(url, file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{url.database}: the folder of the store cannot be created: {error.strerror}.\n"
            f"Choose another place with --store or {VARIABLE}."
        ) from error
    _make_private(Path(str(url.database)))
    engine = create_engine(url, connect_args={"timeout": _TIMEOUT_S, "check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private(file: Path) -> None:
    """
    Make the file of a new store, readable by its owner alone: reports may be confidential. SQLite gives its further
    files the same permissions, and what else is wrong with the place is said when it is opened.
    """
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _sqlite_for_reading(url: URL, file: Path) -> Engine:
    """
    Return an engine for a file without permission to write, or on a read-only disk.

    SQLite shares a log between readers and writers in a file beside it. Where it cannot make that file there is no
    writer either, so that the store can be read as it is, unless a writer left something in the log.
    """
    import sqlite3

    shared, log = (file.with_name(file.name + ending) for ending in ("-shm", "-wal"))
    settings = "mode=ro"
    if not shared.exists() and not os.access(file.parent, os.W_OK):
        if log.exists() and log.stat().st_size:
            raise StoreError(
                f"{file} cannot be read where it is, as its last changes are still in {log.name}.\n"
                "Copy both files to a folder that you may write to, and use the store there."
            )
        settings += "&immutable=1"

    def opened() -> sqlite3.Connection:
        uri = f"{file.absolute().as_uri()}?{settings}"
        return sqlite3.connect(uri, uri=True, timeout=_TIMEOUT_S, check_same_thread=False)

    engine = create_engine(url, creator=opened)
    event.listen(engine, "connect", _without_transactions)
    event.listen(engine, "begin", _begin)
    return engine


def _without_transactions(connection: Any, _: Any) -> None:
    """Turn off Python's own transactions."""
    connection.isolation_level = None


def _prepare(connection: Any, _: Any) -> None:
    """Apply the settings that SQLite keeps per connection, and turn off Python's own transactions."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    # A document that is reported as added must survive a power failure.
    cursor.execute("PRAGMA synchronous = FULL")
    _use_wal(cursor)
    cursor.close()


def _use_wal(cursor: Any) -> None:
    """Let readers read while somebody writes. The setting stays with the file, which nobody else may use meanwhile."""
    import sqlite3

    ends = time.monotonic() + _TIMEOUT_S
    while cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            cursor.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > ends:
                raise
            time.sleep(0.05)


def _begin(connection: Connection) -> None:
    """Begin a transaction; writers wait for their turn here, since a reader cannot become one while others write."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _errors_of(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise StoreError(_explained(place_of(engine), error)) from error
    except (DamagedRecord, UnicodeDecodeError) as error:
        raise StoreError(
            f"{place_of(engine)} is damaged, or was written by a newer version of Incidex ({error}).\n"
            "Use another store with --store, or restore a backup."
        ) from error


def _explained(place: str, error: DBAPIError) -> str:
    cause = " ".join(str(error.orig).split())
    if "locked" in cause or "busy" in cause:
        return f"{place}: another program has been writing to the store for more than {_TIMEOUT_S} s.\nTry again later."
    if "readonly" in cause:
        return (
            f"{place} can be read, but not changed.\n"
            "Get permission to write to the file and its folder, or copy the store elsewhere."
        )
    if "not a database" in cause or "malformed" in cause:
        return f"{place} is not a store, or is damaged ({cause}).\nUse another one with --store, or restore a backup."
    if isinstance(error, OperationalError):
        remedy = f"Check its path or URL (--store, {VARIABLE}), the connection, and your permission to write."
        return f"{place}: the store cannot be used: {cause}.\n{remedy}"
    raise error
