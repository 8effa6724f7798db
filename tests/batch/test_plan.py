"""How an input is cut into shards, and that each document is read from its shard once, in order."""

import gzip
import json
import os
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from warc import archive

from incidex.batch.inputs import Inputs
from incidex.batch.plan import cut, from_line, is_inside, kind_of, list_files, to_line
from incidex.batch.records import Kind, Shard
from incidex.errors import InputError


def lines(count: int) -> bytes:
    return b"".join(json.dumps({"text": f"Report {number}."}).encode() + b"\n" for number in range(count))


def places(shards: list[Shard], inputs: Inputs | None = None) -> list[str]:
    inputs = inputs or Inputs()
    return [item.place for shard in shards for item in inputs.items(shard)]


def shards_of(path: Path, size: int = 3) -> list[Shard]:
    return list(cut(list_files(str(path)).files, size))


@pytest.fixture(params=["a.jsonl", "a.jsonl.gz", "a.parquet", "a.warc", "a.warc.gz"])
def container(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a file of each kind with seven documents."""
    path = tmp_path / str(request.param)
    if path.name.endswith(".parquet"):
        table = pyarrow.table({"text": [f"Report {number}." for number in range(7)]})
        pyarrow.parquet.write_table(table, path, row_group_size=5)
    elif ".warc" in path.name:
        archive(path, [f"<p>Report {number}.</p>" for number in range(7)])
    else:
        path.write_bytes(gzip.compress(lines(7)) if path.name.endswith(".gz") else lines(7))
    return path


def test_every_document_is_in_one_shard(container: Path) -> None:
    shards = shards_of(container)
    assert sum(shard.count for shard in shards) == 7
    assert max(shard.count for shard in shards) == 3
    assert [shard.number for shard in shards] == list(range(len(shards)))
    found = [item.content for shard in shards for item in Inputs().items(shard)]
    assert [f"Report {number}.".encode() in content for number, content in enumerate(found)] == [True] * 7


def test_a_shard_read_alone_is_the_same_as_after_those_before_it(container: Path) -> None:
    shards = shards_of(container)
    together = Inputs()
    for shard in shards:
        assert list(together.items(shard)) == list(Inputs().items(shard))
    assert places(shards[1:]) == places(shards)[shards[0].count :]


def test_a_shard_is_kept_as_a_line(container: Path) -> None:
    shards = shards_of(container)
    assert [from_line(to_line(shard)) for shard in shards] == shards


def test_a_folder_may_have_all_kinds(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.JSONL").write_bytes(lines(2))
    for name in ("a.txt", "c.html", "d.md", "left.exe"):
        (tmp_path / name).write_text("All is well.", "utf-8")
    listing = list_files(str(tmp_path))
    assert [Path(path).name for path in listing.skipped] == ["left.exe"]
    assert [(shard.kind, shard.count) for shard in cut(listing.files, 2)] == [
        (Kind.FILES, 2),
        (Kind.FILES, 1),
        (Kind.JSONL, 2),
    ]


def test_what_is_no_regular_file_fails_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jsonl")
    os.mkfifo(tmp_path / "b.txt")
    (tmp_path / "c.txt").symlink_to("nowhere.txt")
    (tmp_path / "d.txt").write_text("All is well.", "utf-8")
    listing = list_files(str(tmp_path))
    assert len(listing.fingerprint()) == 64
    items = [item for shard in cut(listing.files, 3) for item in Inputs().items(shard)]
    assert [(Path(item.place).name, bool(item.error)) for item in items] == [
        ("a.jsonl", True),
        ("b.txt", True),
        ("c.txt", True),
        ("d.txt", False),
    ]


def test_a_row_that_is_no_text_costs_itself_alone(tmp_path: Path) -> None:
    broken = pyarrow.array([b"All is well.", b"\xff\xfe", b"All is well."], pyarrow.binary()).view(pyarrow.string())
    pyarrow.parquet.write_table(pyarrow.table({"text": broken}), tmp_path / "a.parquet")
    items = [item for shard in shards_of(tmp_path) for item in Inputs().items(shard)]
    assert [bool(item.error) for item in items] == [False, True, False]
    assert "row 2 cannot be read" in items[1].error


def test_blank_lines_are_no_documents_and_numbers_are_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'\n{"text": "1"}\n\n  \n{"text": "2"}\n{"text": "3"}\n\n{"text": "4"}')
    found = places(shards_of(tmp_path, 2))
    assert [place.rpartition(" ")[2] for place in found] == ["2", "5", "6", "8"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.jsonl.gz", gzip.compress(lines(9))[:-20], id="compressed and cut off"),
        pytest.param("a.parquet", b"PAR1 is no such file", id="no Parquet"),
        pytest.param("a.warc", b"WARC/1.0\r\nno record at all", id="no web archive"),
        pytest.param("a.jsonl", b"\n\n", id="no lines"),
        pytest.param("b.warc", b"", id="empty"),
        pytest.param("a.warc.gz", gzip.compress(b"x")[:-4], id="archive cut off"),
    ],
)
def test_a_damaged_file_is_one_failure_and_ends_no_run(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.txt").write_text("All is well.", "utf-8")
    shards = shards_of(tmp_path)
    items = [item for shard in shards for item in Inputs().items(shard)]
    assert [bool(item.error) for item in items[-2:]] == [True, False]
    assert name in items[-2].error


def test_the_documents_before_the_damage_are_read(tmp_path: Path) -> None:
    archive(tmp_path / "a.warc.gz", [f"<p>Report {number}.</p>" for number in range(5)])
    content = (tmp_path / "a.warc.gz").read_bytes()
    (tmp_path / "a.warc.gz").write_bytes(content + b"\x1f\x8b\x08 and then nonsense")
    items = [item for shard in shards_of(tmp_path) for item in Inputs().items(shard)]
    assert [bool(item.error) for item in items[:5]] == [False] * 5


def test_a_web_archive_gives_its_pages_alone(tmp_path: Path) -> None:
    archive(tmp_path / "a.warc", ["<p>One.</p>", "<p>Two.</p>"], others=True)
    items = [item for shard in shards_of(tmp_path) for item in Inputs().items(shard)]
    assert [(item.source, item.media_type, item.charset) for item in items] == [
        ("https://news.example/0", "text/html", "utf-8"),
        ("https://news.example/1", "text/html", "utf-8"),
    ]
    assert items[1].content == b"<p>Two.</p>"


def test_a_file_that_shrank_meanwhile_fails_where_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(3))
    (shard,) = shards_of(tmp_path)
    path.write_bytes(lines(2))
    items = list(Inputs().items(shard))
    assert [bool(item.error) for item in items] == [False, False, True]


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_nothing_to_read_is_said_at_once(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=name):
        list_files(str(tmp_path / name))


def test_a_changed_input_has_another_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("All is well.", "utf-8")
    before = list_files(str(tmp_path)).fingerprint()
    assert list_files(str(tmp_path)).fingerprint() == before
    os.utime(tmp_path / "a.txt", (1, 1))
    touched = list_files(str(tmp_path)).fingerprint()
    (tmp_path / "b.txt").write_text("All is well.", "utf-8")
    assert len({before, touched, list_files(str(tmp_path)).fingerprint()}) == 3


def test_kinds_are_told_by_endings_of_any_case() -> None:
    assert [kind_of(name) for name in ("A.NDJSON", "b.jsonl.GZ", "c.warc.gz", "d.json", "e.parquet")] == [
        Kind.JSONL,
        Kind.JSONL,
        Kind.WARC,
        Kind.FILES,
        Kind.PARQUET,
    ]


def test_results_inside_the_input_are_noticed(tmp_path: Path) -> None:
    assert is_inside(tmp_path / "x" / "y", tmp_path)
    assert is_inside(tmp_path, tmp_path)
    assert not is_inside(tmp_path, tmp_path / "x")
