"""Lists the files of an input and cuts them into shards, without reading what the documents say."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from incidex.batch.inputs import UNREADABLE, lines_of, pages_of, reason_of
from incidex.batch.records import Kind, Shard
from incidex.errors import InputError
from incidex.ingest.expand import expand

_ENDINGS = {
    Kind.JSONL: (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"),
    Kind.PARQUET: (".parquet",),
    Kind.WARC: (".warc", ".warc.gz"),
}


@dataclass(frozen=True, slots=True)
class Listing:
    """
    The files of an input.

    Attributes:
        files: In the order in which they are read.
        skipped: Files left out because of their endings.
        outside: Links left out because they lead out of the folder.
    """

    files: tuple[str, ...]
    skipped: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    def fingerprint(self) -> str:
        """Return a hash of the names, sizes and times of change of the files."""
        digest = hashlib.sha256()
        for file in self.files:
            try:
                state = os.stat(file)
                about = f"{state.st_size}\0{state.st_mtime_ns}"
            except OSError:  # a link that leads nowhere; it fails when it is read
                about = "missing"
            digest.update(f"{file}\0{about}\n".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()


def list_files(given: str, *, follow_links: bool = False) -> Listing:
    """
    Return the files in `given`, a folder or a file.

    Raises:
        InputError: There is nothing to read.
    """
    if not os.path.exists(given):
        raise InputError(f"{given} does not exist.\nCheck the spelling and the current folder.")
    files: list[str] = []
    skipped: list[str] = []
    outside: list[str] = []

    def left_out(path: str) -> None:
        (files if kind_of(path) is not Kind.FILES else skipped).append(path)

    for path in expand([given], follow_links=follow_links, left_out=left_out, outside=outside.append):
        files.append(path)
    # A folder stands for itself if no report was found in it.
    found = tuple(path for path in files if path != given or not os.path.isdir(given))
    if not found:
        raise InputError(
            f"{given} has no file that can be read.\n"
            "It takes reports as `incidex extract` does, JSON Lines, Parquet and WARC, by their endings."
        )
    return Listing(found, tuple(skipped), tuple(outside))


def kind_of(path: str) -> Kind:
    """Return how a file holds documents, by the ending of its name."""
    name = path.lower()
    return next((kind for kind, endings in _ENDINGS.items() if name.endswith(endings)), Kind.FILES)


def cut(files: Sequence[str], size: int) -> Iterator[Shard]:
    """Yield the shards of `files`, with at most `size` documents each, numbered from 0."""
    for number, shard in enumerate(_shards(files, size)):
        yield replace(shard, number=number)


def to_line(shard: Shard) -> str:
    """Return a shard as a line of JSON, which `from_line` reads."""
    import msgspec

    return json.dumps(msgspec.to_builtins(shard)) + "\n"


def from_line(line: str) -> Shard:
    """Return the shard in a line of the plan. Raises ValueError if there is none."""
    import msgspec

    return msgspec.convert(json.loads(line), Shard)


def _shards(files: Sequence[str], size: int) -> Iterator[Shard]:
    single: list[str] = []
    for path in files:
        kind = kind_of(path)
        if kind is Kind.FILES:
            single.append(path)
        if single and (kind is not Kind.FILES or len(single) == size):
            yield Shard(0, Kind.FILES, tuple(single), len(single))
            single = []
        if kind is not Kind.FILES:
            yield from _of_file(path, kind, size)
    if single:
        yield Shard(0, Kind.FILES, tuple(single), len(single))


def _of_file(path: str, kind: Kind, size: int) -> Iterator[Shard]:
    """Yield the shards of a file with many documents; of a damaged one those before the damage, and one that fails."""
    if not os.path.isfile(path):  # to open a named pipe may take for ever
        yield _failing(path, f"{path} is not a regular file.\nSave what it gives to a file.")
        return
    found = False
    try:
        for shard in _CUTTERS[kind](path, size):
            found = True
            yield shard
    except UNREADABLE as error:
        yield _failing(path, f"{path} cannot be read to its end: {reason_of(error)}.\nGet it again.")
    else:
        if not found:
            yield _failing(path, f"{path} has no document in it.\nCheck that it was saved completely.")


def _failing(path: str, error: str) -> Shard:
    return Shard(0, Kind.FILES, (path,), 1, error=error)


def _lines(path: str, size: int) -> Iterator[Shard]:
    begin, first, count, number = 0, 1, 0, 0
    for number, (end, line) in enumerate(lines_of(path), 1):
        count += bool(line.strip())
        if count == size:
            yield Shard(0, Kind.JSONL, (path,), count, start=begin, first=first, lines=number - first + 1)
            begin, first, count = end, number + 1, 0
    if count:
        yield Shard(0, Kind.JSONL, (path,), count, start=begin, first=first, lines=number - first + 1)


def _rows(path: str, size: int) -> Iterator[Shard]:
    import pyarrow.parquet

    first = 1
    with pyarrow.parquet.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            rows = file.metadata.row_group(group).num_rows
            for start in range(0, rows, size):
                count = min(size, rows - start)
                yield Shard(0, Kind.PARQUET, (path,), count, start=start, first=first, lines=count, group=group)
                first += count


def _pages(path: str, size: int) -> Iterator[Shard]:
    begin, first, count, last = 0, 1, 0, 0

    def shard(end: int) -> Shard:
        return Shard(0, Kind.WARC, (path,), count, start=begin, first=first, lines=end - first)

    try:
        for number, offset, _ in pages_of(path):
            if count == size:
                yield shard(number + 1)
                count = 0
            if count == 0:
                begin, first = offset, number + 1
            count, last = count + 1, number
    except UNREADABLE:
        if count:
            yield shard(last + 2)
        raise
    if count:
        yield shard(last + 2)


_CUTTERS: dict[Kind, Callable[[str, int], Iterator[Shard]]] = {
    Kind.JSONL: _lines,
    Kind.PARQUET: _rows,
    Kind.WARC: _pages,
}


def demand_packages(files: Sequence[str]) -> None:
    """
    Check that what the formats of `files` need is installed.

    Raises:
        MissingExtra: It is not.
    """
    from incidex.export.formats import demand

    if any(kind_of(path) is Kind.PARQUET for path in files):
        demand("parquet")


def is_inside(path: str | Path, folder: str | Path) -> bool:
    """Whether `path` is `folder` or lies in it."""
    return Path(folder).resolve() in (Path(path).resolve(), *Path(path).resolve().parents)
