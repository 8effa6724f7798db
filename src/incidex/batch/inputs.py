"""Reads the documents of a shard from files, JSON Lines, Parquet and WARC."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from incidex.batch.records import Item, Kind, Shard
from incidex.errors import InputError
from incidex.ingest.load import LARGEST, load

# Bytes of a line. JSON may need two or more for a character.
_LONGEST_LINE = 2 * LARGEST
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "text/markdown")
# Records of a web archive with what a server sent, a page saved without its head, and a page as plain text.
_PAGE_RECORDS = ("response", "resource", "conversion")


# What libraries raise about a file that is damaged; pyarrow's own errors are ValueErrors and OSErrors.
UNREADABLE = (OSError, ValueError, EOFError, zlib.error)


class Inputs:
    """Reads shards, each from where it begins. Shards that follow one another are read without starting again."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self._next: tuple[object, Iterator[Item]] | None = None

    def items(self, shard: Shard) -> Iterator[Item]:
        """Yield the documents of `shard`, in order; one that cannot be obtained has an error."""
        if shard.error:
            yield Item(shard.files[0], error=shard.error)
            return
        if shard.kind is Kind.FILES:
            yield from map(_file_item, shard.files)
            return
        begins = (shard.files, shard.group, shard.first)
        known = self._next
        items = known[1] if known and known[0] == begins else _READERS[shard.kind](shard)
        self._next = None
        given, problem = 0, "it ends before"
        try:
            for item in islice(items, shard.count):
                given += 1
                yield item
        except UNREADABLE as error:
            problem = reason_of(error)
        for number in range(given, shard.count):  # the file was changed while the run went on
            place = f"{shard.files[0]}, number {shard.first + number}"
            yield Item(place, error=f"{place} cannot be read: {problem}.\nBegin again in another folder.")
        self._next = ((shard.files, shard.group, shard.first + shard.lines), items)


def reason_of(error: BaseException) -> str:
    """Return what is wrong with a file, in a line."""
    said = error.strerror if isinstance(error, OSError) else None
    return (said or str(error).strip().partition("\n")[0] or type(error).__name__).rstrip(".")


def lines_of(path: str, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield each line with the byte where the next one begins; one that is too long is cut off."""
    with _opened(path) as file:
        file.seek(start)
        while line := file.readline(_LONGEST_LINE):
            start += len(line)
            while not line.endswith(b"\n") and (rest := file.readline(_LONGEST_LINE)):
                start += len(rest)
                if rest.endswith(b"\n"):
                    break
            yield start, line


def pages_of(path: str, start: int = 0) -> Iterator[tuple[int, int, Any]]:
    """
    Yield each page of a web archive: its number among all records, the byte where it begins, and the record of warcio.

    Args:
        path: A WARC file, compressed record by record or not at all.
        start: The byte where a record begins, from which on they are counted.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    with Path(path).open("rb") as file:
        file.seek(start)
        records = ArchiveIterator(file)
        try:
            for number, record in enumerate(records):
                if _is_page(record):
                    yield number, records.offset, record
        except ArchiveLoadFailed as error:
            raise ValueError(str(error)) from error


def _opened(path: str) -> BinaryIO:
    if path.lower().endswith(".gz"):
        return cast(BinaryIO, gzip.open(path, "rb"))
    return Path(path).open("rb")


def _file_item(path: str) -> Item:
    # Bytes of a name that are not UTF-8 become escapes: JSON has none.
    name = path.encode("utf-8", "backslashreplace").decode("utf-8")
    try:
        return Item(name, name, load(path).content)
    except InputError as error:
        return Item(name, error=str(error))


def _line_items(shard: Shard) -> Iterator[Item]:
    (path,) = shard.files
    for number, (_, line) in enumerate(lines_of(path, shard.start), shard.first):
        place = f"{path}, line {number}"
        if len(line) >= _LONGEST_LINE:
            yield Item(place, error=f"{place} has more than {_LONGEST_LINE // 1_000_000} MB.\nSplit it.")
        elif line.strip():
            yield Item(place, content=line, is_record=True)


def _row_items(shard: Shard) -> Iterator[Item]:
    import pyarrow.parquet

    (path,) = shard.files
    with pyarrow.parquet.ParquetFile(path) as file:
        done = 0
        for batch in file.iter_batches(batch_size=100, row_groups=[shard.group]):
            for place in range(max(0, shard.start - done), batch.num_rows):
                number = shard.first + done + place - shard.start
                yield _row_item(f"{path}, row {number}", batch.slice(place, 1))
            done += batch.num_rows


def _row_item(place: str, table: Any) -> Item:
    """Return a row as an object of JSON. Dates become text; what has no place in JSON is no field that is read."""
    try:
        (row,) = table.to_pylist()
    except UNREADABLE as error:
        return Item(place, error=f"{place} cannot be read: {reason_of(error)}.\nMend this row, or leave it out.")
    given = {name: value for name, value in row.items() if value is not None and not isinstance(value, bytes)}
    return Item(place, content=json.dumps(given, default=str).encode("utf-8", "surrogatepass"), is_record=True)


def _page_items(shard: Shard) -> Iterator[Item]:
    (path,) = shard.files
    for number, _, record in pages_of(path, shard.start):
        place = f"{path}, record {shard.first + number}"
        media_type, charset = _declared(record)
        yield Item(
            place,
            source=record.rec_headers.get_header("WARC-Target-URI") or place,
            content=record.content_stream().read(LARGEST + 1),
            media_type=media_type,
            charset=charset,
        )


def _is_page(record: Any) -> bool:
    if record.rec_type not in _PAGE_RECORDS:
        return False
    answered = record.http_headers.get_statuscode() if record.http_headers else "200"
    return answered == "200" and (_declared(record)[0] or "text/html") in _PAGES


def _declared(record: Any) -> tuple[str, str | None]:
    """Return the media type that the server declared, in lower case, and the encoding."""
    headers = record.http_headers or record.rec_headers
    media_type, _, rest = (headers.get_header("Content-Type") or "").partition(";")
    _, _, charset = rest.partition("charset=")
    return media_type.strip().lower(), charset.partition(";")[0].strip(" \"'") or None


_READERS: dict[Kind, Callable[[Shard], Iterator[Item]]] = {
    Kind.JSONL: _line_items,
    Kind.PARQUET: _row_items,
    Kind.WARC: _page_items,
}
