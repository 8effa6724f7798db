"""`incidex batch` with the shipped model: the same as `incidex extract`, in shards, with what failed beside them."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet
import pytest
from paths import ROOT
from warc import archive

from incidex.cli import main

EXAMPLES = ("northern-wire-ferry-leak.txt", "observer-ferry-leak.html", "cert-norhaven-phishing.eml")
TEXT = "Hackers stole the passenger list of Kestrel Ferries on Monday, the company said."


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for name in EXAMPLES:
        shutil.copy(ROOT / "examples" / name, folder)
    return folder


def run(*arguments: object) -> int:
    return main(["batch", *map(str, arguments)])


def parts(out: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(out.glob("part-*.jsonl")))


def test_each_document_is_what_extract_prints(
    reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(reports, tmp_path / "out", "--shard-size", 2) == 0
    assert "3 documents in 2 shards are done" in capsys.readouterr().err
    assert main(["extract", str(reports), "--format", "jsonl"]) == 0
    assert parts(tmp_path / "out").decode() == capsys.readouterr().out
    assert sorted(path.name for path in (tmp_path / "out").iterdir() if not path.name.startswith(".")) == [
        "manifest.json",
        "part-000000.jsonl",
        "part-000001.jsonl",
        "plan.jsonl",
    ]
    assert run(reports, tmp_path / "out", "--shard-size", 2) == 0
    assert "3 of 3 documents are done already" in capsys.readouterr().err


def test_parquet_has_the_same_in_columns(tmp_path: Path) -> None:
    lines = [{"text": TEXT, "url": f"https://news.example/{number}"} for number in range(3)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert run(tmp_path / "in.jsonl", tmp_path / "rows", "--format", "parquet") == 0
    assert run(tmp_path / "in.jsonl", tmp_path / "lines") == 0
    rows = pyarrow.parquet.read_table(tmp_path / "rows" / "part-000000.parquet").to_pylist()
    assert [row["source"] for row in rows] == [line["url"] for line in lines]
    assert [row["labels"] for row in rows] == [["AttackDatabreach"]] * 3
    assert "".join(row["json"] + "\n" for row in rows).encode() == parts(tmp_path / "lines")
    # What comes out can go in.
    assert run(tmp_path / "rows" / "part-000000.parquet", tmp_path / "again") == 0
    again = [json.loads(line) for line in parts(tmp_path / "again").splitlines()]
    assert [one["source"] for one in again] == [line["url"] for line in lines]


def test_pages_of_a_web_archive_are_read(tmp_path: Path) -> None:
    archive(tmp_path / "a.warc.gz", [f"<html><body><p>{TEXT} Page {number}.</p></body></html>" for number in range(3)])
    assert run(tmp_path / "a.warc.gz", tmp_path / "out") == 0
    found = [json.loads(line) for line in parts(tmp_path / "out").splitlines()]
    assert [one["source"] for one in found] == [f"https://news.example/{number}" for number in range(3)]
    assert {one["sentences"][0]["labels"][0] for one in found} == {"AttackDatabreach"}


def test_what_failed_stands_beside_it_and_the_exit_code_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "in" / "b.pdf").write_bytes(b"%PDF-1.4 and no more")
    (tmp_path / "in" / "c.txt").write_bytes(b"")
    assert run(tmp_path / "in", tmp_path / "out") == 1
    error = capsys.readouterr().err
    assert "error: 2 of 3 could not be used; see " in error
    (file,) = (tmp_path / "out").glob("failed-*.jsonl")
    failed = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [(Path(one["source"]).name, one["reason"]) for one in failed] == [
        ("b.pdf", "unreadable"),
        ("c.txt", "unreadable"),
    ]
    assert len(parts(tmp_path / "out").splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param(["missing", "out"], 1, "missing does not exist", id="no input"),
        pytest.param([".", "out"], 2, "out is in ., which is read", id="output in the input"),
        pytest.param(["in", "out", "--address", "ray://x"], 2, "--address needs --engine ray", id="address"),
        pytest.param(["in", "out", "--field", "story=text"], 2, "NAME is one of text, html", id="field"),
        pytest.param(["in", "out", "--field", "text"], 2, "--field is NAME=FIELD", id="half a field"),
        pytest.param(["in", "out", "--memory", "10"], 2, "800", id="memory"),
        pytest.param(["in", "in/a.txt"], 2, "a.txt", id="output is a file"),
    ],
)
def test_mistakes_are_named(
    arguments: list[str],
    code: int,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")
    assert run(*arguments) == code
    assert words in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals.")
def test_an_interrupted_run_says_how_to_go_on_and_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"text": f"{TEXT} It was number {number}."} for number in range(400)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    arguments = [str(tmp_path / "in.jsonl"), str(tmp_path / "out"), "--shard-size", "5"]
    process = subprocess.Popen([sys.executable, "-m", "incidex", "batch", *arguments], stderr=subprocess.PIPE)
    for _ in range(600):
        time.sleep(0.05)
        if (tmp_path / "out" / "part-000001.jsonl").exists():
            break
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"of 400 documents are done and kept in" in error
    assert b"give the same command again" in error
    assert b"Traceback" not in error
    assert run(*arguments) == 0
    assert "are done already" in capsys.readouterr().err
    numbers = [json.loads(line)["text"].rstrip(".").rpartition(" ")[2] for line in parts(tmp_path / "out").splitlines()]
    assert numbers == [str(number) for number in range(400)]
