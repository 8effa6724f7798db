"""
The index of imported names, in a file beside theirs: a text needs a few of 100,000 names.

The file is an SQLite database that is never changed, but made again when the names, or the rules for their spellings,
are others than those it was made from, and when it is damaged.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from incidex.english.lexicon import words
from incidex.link.names.index import Known, Name, Names, ambiguous_names, index, names_of
from incidex.link.names.knowledge import (
    Knowledge,
    imported_file,
    knowledge_file,
    names_content,
    parsed_names,
    read_knowledge,
    uses_imported,
)
from incidex.records import EntityKind, Entry

# To be raised with each change of the tables, or of how names are spelled (`incidex.english.names.spelling`).
_FORMAT = 1
# A name that more entries share says nothing: whoever writes a file can give one name to 100,000 of them.
_MOST_ENTRIES = 100
_MOST_REMEMBERED = 65_536
_TABLES = """
    CREATE TABLE about (fingerprint TEXT, ordinary TEXT);
    CREATE TABLE entries
        (rank INTEGER PRIMARY KEY, source TEXT, cluster TEXT, id TEXT, name TEXT, kind TEXT, aliases TEXT);
    CREATE TABLE names (key TEXT PRIMARY KEY, cuts TEXT, whole INTEGER, known TEXT) WITHOUT ROWID;
    CREATE TABLE starts (word TEXT PRIMARY KEY, longest INTEGER) WITHOUT ROWID;
"""


def known_names() -> Names:
    """
    Return the published names, and the imported ones unless `INCIDEX_KNOWLEDGE` is set.

    Raises what `incidex.link.names.knowledge.knowledge` raises.
    """
    published, file = read_knowledge(knowledge_file()), imported_file()
    if not uses_imported():
        return index(published)
    stat = file.stat()
    return index(published, _opened(file, (stat.st_mtime_ns, stat.st_size), _count(published)))


class ImportedIndex:
    """The imported names in a file, looked up one by one."""

    def __init__(self, file: Path, *, before: int) -> None:
        """
        Open the index of the names in `file`, or make it.

        Args:
            file: The file of the names; the index is kept beside it where that can be written, else in memory.
            before: How many entries stand before these: ranks are counted from there.

        Raises:
            FormatError, InputError: The file of the names is damaged, or cannot be read.
        """
        self._file, self._before = file, before
        self._lock = Lock()
        content = names_content(file)
        fingerprint = _fingerprint(content)
        self._connection = _kept(_beside(file), fingerprint) or _made(parsed_names(content, file), file, fingerprint)
        self.ordinary = frozenset(json.loads(self._ask("SELECT ordinary FROM about")[0][0]))
        self.find = lru_cache(_MOST_REMEMBERED)(self._find)
        self.longest = lru_cache(_MOST_REMEMBERED)(self._longest)

    def _find(self, key: str) -> Name | None:
        """Return the name with a key."""
        for cuts, whole, known in self._ask("SELECT cuts, whole, known FROM names WHERE key = ?", key):
            items = [self._known(*item) for item in json.loads(known)]
            return Name(key, frozenset(json.loads(cuts)), items, whole=bool(whole))
        return None

    def _known(self, rank: int, alias: str, dropped: str) -> Known:
        row = self._ask("SELECT source, cluster, id, name, kind, aliases FROM entries WHERE rank = ?", rank)[0]
        source, cluster, id, name, kind, aliases = row
        entry = Entry(id, name, EntityKind(kind), tuple(json.loads(aliases)))
        return Known(source, entry, alias, self._before + rank, cluster, dropped)

    def _longest(self, word: str) -> int:
        """Return how many words the longest name that begins with `word` has; 0 if there is none."""
        rows = self._ask("SELECT longest FROM starts WHERE word = ?", word)
        return int(rows[0][0]) if rows else 0

    def _ask(self, query: str, *values: str | int) -> list[Any]:
        """Return the rows of a query; from an index that is made again if this one is damaged."""
        with self._lock:
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.Error:
                self._connection.close()
                content = names_content(self._file)
                self._connection = _made(parsed_names(content, self._file), self._file, _fingerprint(content))
                return self._connection.execute(query, values).fetchall()


@lru_cache(maxsize=1)
def _opened(file: Path, state: tuple[int, int], before: int) -> ImportedIndex:
    """Return the index of `file`, opened once for each `state` of the file: when it was changed, and its size."""
    return ImportedIndex(file, before=before)


def _count(known: Knowledge) -> int:
    return sum(len(source.entries) for source in known.sources)


def _beside(file: Path) -> Path:
    return file.with_suffix(".index")


def _fingerprint(content: bytes) -> str:
    """Return what changes whenever an index has to be made again."""
    rules = [_FORMAT, sorted(ambiguous_names("never")), *map(sorted, _dropped())]
    return sha256(json.dumps(rules).encode() + content).hexdigest()


def _dropped() -> tuple[frozenset[str], frozenset[str]]:
    always = words("dropped_from_name.always", forms=("singular",))
    return always, words("dropped_from_name", forms=("singular", "only"))


def _kept(file: Path, fingerprint: str) -> sqlite3.Connection | None:
    """Return the index in a file; None if there is none, or it is damaged or one of other names."""
    if not file.is_file():
        return None
    connection: sqlite3.Connection | None = None
    try:
        # No other process changes the file: it is replaced as a whole.
        place = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(place, uri=True, check_same_thread=False)
        if connection.execute("SELECT fingerprint FROM about").fetchall() == [(fingerprint,)]:
            return connection
    except sqlite3.Error:
        pass
    if connection:
        connection.close()
    return None


def _made(known: Knowledge, file: Path, fingerprint: str) -> sqlite3.Connection:
    """Return the index of `known`, and keep it beside their `file` if that can be written."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.executescript(_TABLES)
    connection.execute("INSERT INTO about VALUES (?, ?)", (fingerprint, _json(sorted(known.ordinary))))
    connection.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", _entry_rows(known))
    by_key, starts = names_of(known.sources)
    connection.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", map(_name_row, by_key.values()))
    connection.executemany("INSERT INTO starts VALUES (?, ?)", starts.items())
    connection.commit()
    _keep(connection.serialize(), _beside(file))
    return connection


def _keep(content: bytes, file: Path) -> None:
    """Write the index to a file; where that is not possible, it is made again next time."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    with suppress(OSError):
        try:
            part.write_bytes(content)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)


def _entry_rows(known: Knowledge) -> Iterator[tuple[Any, ...]]:
    rank = 0
    for source in known.sources:
        label = f"{source.name} {source.version}"
        for entry in source.entries:
            rank += 1
            yield rank, label, source.key, entry.id, entry.name, entry.kind.value, _json(entry.aliases)


def _name_row(name: Name) -> tuple[Any, ...]:
    known = [(item.rank, item.alias, item.dropped) for item in name.known[:_MOST_ENTRIES]]
    return name.key, _json(sorted(name.cuts)), name.whole, _json(known)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
