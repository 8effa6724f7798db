"""
Writes findings as Parquet: the rows of the CSV table with types, for pandas, Polars, DuckDB and the like.

Needs the extra 'parquet', which brings pyarrow.
"""

import io
from collections.abc import Iterable
from typing import Any

from incidex.export.csv.rows import COLUMNS, Cell, findings
from incidex.export.formats import demand
from incidex.ingest.decode import replace_surrogates
from incidex.records import Analysis

TABLE_VERSION = 1

_NUMBERS = ("low", "high", "score")
_POSITIONS = ("start", "end")
_TRUTHS = ("approximate", "quoted")
_ALWAYS = ("finding", "words", "start", "end", "document")


def to_parquet(analyses: Iterable[Analysis], *, everything: bool = False) -> bytes:
    """
    Return one table with a row for each finding in `analyses`, and null in each cell that says nothing.

    docs/reference/formats/parquet.md says what the columns are. Words are those of the document, not changed as for
    spreadsheets. With `everything`, the labels of captions, links and notices are among the rows.

    Raises:
        MissingExtra: pyarrow is not there.
    """
    demand("parquet")
    import pyarrow
    import pyarrow.parquet

    rows = [row for analysis in analyses for row in findings(analysis, everything=everything)]
    fields = [pyarrow.field(column, _type(column, pyarrow), column not in _ALWAYS) for column in COLUMNS]
    schema = pyarrow.schema(fields, metadata={"incidex.table_version": str(TABLE_VERSION)})
    columns = [[_cell(column, row.get(column, "")) for row in rows] for column in COLUMNS]
    arrays = [pyarrow.array(cells, field.type) for cells, field in zip(columns, fields, strict=True)]
    sink = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=schema), sink, compression="zstd")
    return sink.getvalue()


def _type(column: str, pyarrow: Any) -> Any:
    if column in _NUMBERS:
        return pyarrow.float64()
    if column in _POSITIONS:
        return pyarrow.int64()
    return pyarrow.bool_() if column in _TRUTHS else pyarrow.string()


def _cell(column: str, value: Cell) -> Any:
    if value == "":
        return None
    if column in _NUMBERS:
        return float(value)
    return replace_surrogates(value).text if isinstance(value, str) else value
