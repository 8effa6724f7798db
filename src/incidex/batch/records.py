"""The records of a bulk run: shards of its input, the items in them, and what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How an input file holds documents."""

    FILES = "files"
    """One each."""
    JSONL = "jsonl"
    """One a line, as JSON."""
    PARQUET = "parquet"
    """One a row."""
    WARC = "warc"
    """One a record of the web archive, as far as it is a page."""


@dataclass(frozen=True, slots=True)
class Shard:
    """
    A part of the input. It is done as a whole: the unit of resuming.

    Attributes:
        number: Its place in the plan, from 0.
        kind: How its documents are held.
        files: The input file; of `FILES`, one for each document.
        start: Where it begins in the file: a byte, after unpacking for JSON Lines; or a row of `group`.
        first: The number of its first line, row or record in the file, from 1.
        lines: How many lines, rows or records it spans, those that hold no document included.
        count: How many documents it has.
        group: The row group, of Parquet.
        error: Why the file cannot be read from here on; it then counts as one document, which fails.
    """

    number: int
    kind: Kind
    files: tuple[str, ...]
    count: int
    start: int = 0
    first: int = 1
    lines: int = 0
    group: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """
    A document of the input, as it is handed to a child process.

    Attributes:
        place: Where it stands: a path, or a file and a line, row or record.
        source: The path or URL of its content.
        content: Bytes of a file or page, or a JSON object with fields if `is_record`.
        is_record: Whether it is such an object.
        media_type: What the web server declared.
        charset: The encoding that the web server declared, if any.
        error: Why there is no content; empty if there is.
    """

    place: str
    source: str = ""
    content: bytes = b""
    is_record: bool = False
    media_type: str = ""
    charset: str | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What is wanted of each document. Two runs with the same give the same output.

    Attributes:
        format: Of the shards: "jsonl" or "parquet".
        everything: Whether sentences of captions, links and notices are wanted too.
        model: The folder of the model bundle; None for the one that ships.
        fields: The names of fields of records where they are not the usual ones: {"text": "story"}.
        shard_size: How many documents a shard has at most.
    """

    format: str = "jsonl"
    everything: bool = False
    model: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    shard_size: int = 100


@dataclass(frozen=True, slots=True)
class Failed:
    """
    A document that gave no result.

    Attributes:
        source: Where it stands in the input.
        reason: "unreadable", "time", "memory", "crash" or "defect".
        message: What is wrong and what to do.
    """

    source: str
    reason: str
    message: str


# What became of a document: its line of JSON, or why there is none.
Result = bytes | Failed
