"""The Parquet table: the rows of the CSV table with types, the same to everybody who reads it."""

import csv
import importlib.util
import io
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from incidex.errors import MissingExtra
from incidex.export.csv.parquet import TABLE_VERSION, to_parquet
from incidex.export.csv.rows import COLUMNS
from incidex.export.csv.table import to_csv, unguarded
from incidex.records import Analysis, Document, Sentence, Span


def table(*analyses: Analysis) -> pyarrow.Table:
    return pyarrow.parquet.read_table(io.BytesIO(to_parquet(analyses)))


def test_the_columns_have_types_and_the_table_has_a_version(analysis: Analysis) -> None:
    found = table(analysis)
    assert found.column_names == list(COLUMNS)
    types = {field.name: str(field.type) for field in found.schema}
    assert {types[name] for name in ("low", "high", "score")} == {"double"}
    assert {types[name] for name in ("start", "end")} == {"int64"}
    assert {types[name] for name in ("approximate", "quoted")} == {"bool"}
    assert set(types.values()) == {"double", "int64", "bool", "string"}
    assert found.schema.metadata[b"incidex.table_version"] == str(TABLE_VERSION).encode()


def test_the_rows_are_those_of_the_other_table(told: Analysis) -> None:
    rows = table(told).to_pylist()
    others = list(csv.DictReader(io.StringIO(to_csv([told]))))
    assert len(rows) == len(others) > 10
    for row, other in zip(rows, others, strict=True):
        for column in ("finding", "type", "role", "value", "claimant", "group"):
            assert (row[column] or "") == unguarded(other[column])
        assert row["words"] == told.document.text[row["start"] : row["end"]]
        assert (str(row["quoted"]).lower() if row["quoted"] is not None else "") == other["quoted"]


def test_what_says_nothing_is_null() -> None:
    text = "Thieves stole names."
    (row,) = table(
        Analysis(Document(text), (Sentence(Span(0, len(text)), labels=("AttackDatabreach",)),), "")
    ).to_pylist()
    told = {name for name, cell in row.items() if cell is not None}
    assert told == {"finding", "type", "role", "words", "sentence", "start", "end", "document"}


def test_a_document_without_findings_has_a_table_without_rows() -> None:
    found = table(Analysis(Document("Nothing."), (), ""))
    assert (found.num_rows, found.column_names) == (0, list(COLUMNS))


def test_a_file_name_that_is_no_unicode_does_not_stop_it() -> None:
    text = "=Thieves stole."
    sentences = (Sentence(Span(0, len(text)), labels=("AttackDatabreach",)),)
    (row,) = table(Analysis(Document(text, source="caf\udce9.txt"), sentences, "")).to_pylist()
    assert (row["source"], row["words"]) == ("caf\ufffd.txt", text)


def test_the_same_findings_give_the_same_bytes(told: Analysis) -> None:
    assert to_parquet([told]) == to_parquet([told])


def test_without_pyarrow_it_is_said_what_to_install(analysis: Analysis, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr("incidex.export.formats.find_spec", lambda name: None if name == "pyarrow" else real(name))
    with pytest.raises(MissingExtra, match=r"incidex\[parquet\]"):
        to_parquet([analysis])


@pytest.fixture
def folder(told: Analysis, analysis: Analysis, tmp_path: Path) -> Path:
    """Return a folder with two tables."""
    for number, one in enumerate((told, analysis)):
        (tmp_path / f"{number}.parquet").write_bytes(to_parquet([one]))
    return tmp_path


def counted(told: Analysis, analysis: Analysis) -> dict[str, int]:
    found = [row["finding"] for row in table(told, analysis).to_pylist()]
    return {name: found.count(name) for name in sorted(set(found))}


@pytest.mark.readers
def test_pandas_reads_a_folder(folder: Path, told: Analysis, analysis: Analysis) -> None:
    pandas = pytest.importorskip("pandas", reason="needs the extra 'readers'")
    frame = pandas.read_parquet(folder)
    assert dict(sorted(frame["finding"].value_counts().items())) == counted(told, analysis)
    assert str(frame["low"].dtype) == "float64"


@pytest.mark.readers
def test_polars_reads_a_folder(folder: Path, told: Analysis, analysis: Analysis) -> None:
    polars = pytest.importorskip("polars", reason="needs the extra 'readers'")
    frame = polars.read_parquet(folder / "*.parquet")
    assert dict(sorted(frame["finding"].value_counts().iter_rows())) == counted(told, analysis)
    assert frame.schema["start"] == polars.Int64


@pytest.mark.readers
def test_duckdb_reads_a_folder(folder: Path, told: Analysis, analysis: Analysis) -> None:
    duckdb = pytest.importorskip("duckdb", reason="needs the extra 'readers'")
    query = f"select finding, count(*) from '{folder}/*.parquet' group by finding order by finding"
    assert dict(duckdb.sql(query).fetchall()) == counted(told, analysis)
    assert duckdb.sql(f"select typeof(score) from '{folder}/*.parquet' limit 1").fetchall() == [("DOUBLE",)]
