"""Adds names from imported STIX and MISP files to the published ones, and removes them again."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager

from incidex.errors import InputError
from incidex.link.names.knowledge import (
    Knowledge,
    Source,
    imported_file,
    ordinary_words,
    read_knowledge,
    write_knowledge,
)
from incidex.link.names.upstream import ordinary_vocabulary
from incidex.records import Entry

_KEY = "imported"
# How many seconds to wait for another process that is changing the names: importing 100,000 takes a tenth of it.
_PATIENCE = 120


def add_names(producer: str, entries: Iterable[Entry], *, day: str) -> int:
    """
    Add the names in `entries` to those of `producer`, replacing earlier ones with the same ids.

    Args:
        producer: Who published them: the name of their source from now on.
        entries: The names; an entry that is there already changes nothing.
        day: When they were published, ISO 8601, or empty: the latest day is the version of the source.

    Returns how many entries are new or changed.

    Raises:
        FormatError: The file with imported names is damaged.
        InputError: It cannot be written, or another process keeps it locked.
    """
    with _locked():
        return _add(producer, entries, day)


def forget(producer: str) -> int:
    """Remove the names of `producer`, and return how many entries these were. Raises what `add_names` raises."""
    with _locked():
        known = _imported()
        removed = [source for source in known if source.name == producer]
        if removed:
            _write([source for source in known if source.name != producer])
        return sum(len(source.entries) for source in removed)


def _add(producer: str, entries: Iterable[Entry], day: str) -> int:
    known = _imported()
    before = next((source for source in known if source.name == producer), None)
    kept = {entry.id: entry for entry in (before.entries if before else ())}
    new = {entry.id: entry for entry in entries if kept.get(entry.id) != entry}
    if new:
        ordered = tuple(sorted((kept | new).values(), key=lambda entry: (entry.id, entry.name)))
        latest = max(day, before.date if before else "")
        source = Source(
            f"{_KEY}: {producer}", producer, latest or "undated", latest, "as its producer says", "", ordered
        )
        _write([*(source for source in known if source.name != producer), source])
    return len(new)


def _imported() -> tuple[Source, ...]:
    file = imported_file()
    read_knowledge.cache_clear()  # another process may have changed it
    return read_knowledge(file).sources if file.is_file() else ()


def _write(sources: Iterable[Source]) -> None:
    ordered = tuple(sorted(sources, key=lambda source: source.name))
    ordinary = ordinary_words(ordered, ordinary_vocabulary()) if ordered else frozenset[str]()
    write_knowledge(Knowledge(ordered, ordinary), imported_file())


@contextmanager
def _locked() -> Iterator[None]:
    """Wait until no other process changes the names. SQLite's lock works on every system and ends with its process."""
    file = imported_file().with_suffix(".lock")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)) as lock:
            lock.execute("BEGIN EXCLUSIVE")
            yield
    except (OSError, sqlite3.Error) as error:
        raise InputError(
            f"{file}: the names cannot be changed: {getattr(error, 'strerror', None) or error}.\n"
            "Check that you may write there, and that no other import hangs."
        ) from error
