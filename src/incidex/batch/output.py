"""Writes the documents of a shard as Parquet: what is asked for most in columns, and the whole line of JSON."""

import io
import json
from collections.abc import Sequence
from typing import Any

TABLE_VERSION = 1

_TEXTS = ("id", "source", "title", "published_at", "publisher", "author", "language", "link", "model", "text")
_LISTS = ("labels", "actors", "indicators")


def to_table(lines: Sequence[bytes]) -> bytes:
    """
    Return a Parquet file with a row for each document, which docs/reference/formats/bulk.md describes.

    Args:
        lines: Its documents as `incidex extract --format jsonl` writes them.
    """
    import pyarrow
    import pyarrow.parquet

    string = pyarrow.string()
    fields = [
        *(pyarrow.field(name, string) for name in _TEXTS),
        *(pyarrow.field(name, pyarrow.list_(string)) for name in _LISTS),
        pyarrow.field("events", pyarrow.int64()),
        pyarrow.field("json", string, nullable=False),
    ]
    schema = pyarrow.schema(fields, metadata={"incidex.batch_version": str(TABLE_VERSION)})
    rows = [_row(line) for line in lines]
    sink = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows, schema), sink, compression="zstd")
    return sink.getvalue()


def _row(line: bytes) -> dict[str, Any]:
    content = json.loads(line)
    return {
        **{name: content[name] for name in _TEXTS},
        "labels": sorted({label for sentence in content["sentences"] for label in sentence["labels"]}),
        "actors": sorted({one["name"] for one in content["entities"] if one["kind"] == "actor"}),
        "indicators": sorted({one["value"] for one in content["indicators"] if one["role"] == "indicator"}),
        "events": len(content["events"]),
        "json": line.decode().rstrip("\n"),
    }
