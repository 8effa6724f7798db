"""Runs whose documents crash, hang or fill the memory, that are killed, and that are gone on with."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from incidex.batch import local
from incidex.batch.local import run_local
from incidex.batch.plan import list_files
from incidex.batch.records import Wanted
from incidex.batch.run import Run, alone, open_run
from incidex.errors import InputError
from incidex.workers.limits import Limits

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals.")

LIMITS = Limits(seconds=1, megabytes=500)
WANTED = Wanted(shard_size=4)


@pytest.fixture(autouse=True)
def _deeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setattr(local, "ANSWER", "deeds:obey")


def jsonl(folder: Path, *texts: str) -> Path:
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
    return path


def opened(given: Path, out: Path, wanted: Wanted = WANTED, *, model: str = "m-1", version: str = "1") -> Run:
    return open_run(out, list_files(str(given)), wanted, model=model, version=version)


def work(run: Run, *, workers: int = 2) -> tuple[int, int]:
    told = list(run_local(run, run.remaining(), workers=workers, limits=LIMITS))
    return sum(done for done, _ in told), sum(failed for _, failed in told)


def texts_in(out: Path) -> list[str]:
    return [json.loads(line)["text"] for path in sorted(out.glob("part-*")) for line in path.read_text().splitlines()]


def test_results_are_in_the_order_of_the_input_however_long_each_takes(tmp_path: Path) -> None:
    texts = ["slow 0.4", *map(str, range(9)), "slow 0.1", "end"]
    run = opened(jsonl(tmp_path, *texts), tmp_path / "out")
    assert (run.documents, run.shards) == (12, 3)
    assert work(run, workers=3) == (12, 0)
    assert texts_in(tmp_path / "out") == texts
    assert work(run) == (0, 0)


@pytest.mark.parametrize(
    ("deed", "reason", "words"),
    [
        pytest.param("abort", "crash", "SIGABRT", id="crashes"),
        pytest.param("hang", "time", "more than 1 seconds", id="hangs"),
        pytest.param("spin", "time", "more than 1 seconds", id="computes for ever"),
        pytest.param("fill", "memory", "more than 500 MB", id="fills the memory"),
        pytest.param("fail", "defect", "KeyError", id="meets a defect"),
        pytest.param("refuse", "unreadable", "is no report", id="cannot be read"),
    ],
)
def test_a_bad_document_costs_itself_alone(tmp_path: Path, deed: str, reason: str, words: str) -> None:
    run = opened(jsonl(tmp_path, "a", "b", deed, "c", "d", "e"), tmp_path / "out")
    assert work(run) == (6, 1)
    assert texts_in(tmp_path / "out") == ["a", "b", "c", "d", "e"]
    (failed,) = run.failures()
    assert (failed.source, failed.reason) == (f"{tmp_path}/in.jsonl, line 3", reason)
    assert words in failed.message


def test_many_bad_documents_in_a_row(tmp_path: Path) -> None:
    run = opened(jsonl(tmp_path, *["abort"] * 6, "a", *["fail"] * 5), tmp_path / "out")
    assert work(run) == (12, 11)
    assert texts_in(tmp_path / "out") == ["a"]
    assert run.done() == {0, 1, 2}


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    given = jsonl(tmp_path, *map(str, range(12)))
    run = opened(given, tmp_path / "out")
    work(run)
    (tmp_path / "out" / "part-000001.jsonl").unlink()
    (tmp_path / "out" / ".part-000001.jsonl.77.part").write_text("half a li", "utf-8")
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("part-*")}
    again = opened(given, tmp_path / "out")
    assert again.documents_done() == 8
    assert work(again) == (4, 0)
    assert texts_in(tmp_path / "out") == [str(number) for number in range(12)]
    assert {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in before} == before
    assert list((tmp_path / "out").glob(".*.part")) == []


_KILLED = (
    "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); "
    "from incidex.batch import local; local.ANSWER = 'deeds:obey'; "
    "import test_run; run = test_run.opened(Path(sys.argv[2]), Path(sys.argv[3])); test_run.work(run)"
)


@pytest.mark.slow
def test_killed_at_any_moment_and_gone_on_with_it_is_as_if_undisturbed(tmp_path: Path) -> None:
    given = jsonl(tmp_path, *(f"slow 0.0{number % 9}" if number % 7 else "refuse" for number in range(60)))
    undisturbed = opened(given, tmp_path / "whole")
    work(undisturbed)
    command = [sys.executable, "-c", _KILLED, str(Path(__file__).parent), str(given), str(tmp_path / "out")]
    for moment in (0.3, 0.9, 1.2, 1.5, 0.7):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
    run = opened(given, tmp_path / "out")
    work(run)
    for pattern in ("part-*", "failed-*"):
        whole = {path.name: path.read_bytes() for path in (tmp_path / "whole").glob(pattern)}
        assert {path.name: path.read_bytes() for path in (tmp_path / "out").glob(pattern)} == whole
        assert whole


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(
            {"wanted": replace(WANTED, format="parquet")}, "format jsonl then, format parquet now", id="format"
        ),
        pytest.param({"wanted": replace(WANTED, shard_size=5)}, "shard_size 4 then, shard_size 5 now", id="size"),
        pytest.param({"model": "m-2"}, "m-1 then, m-2 now", id="model"),
        pytest.param({"version": "2"}, "1 then, 2 now", id="version"),
    ],
)
def test_a_run_is_not_gone_on_with_otherwise(tmp_path: Path, change: dict[str, object], words: str) -> None:
    given = jsonl(tmp_path, "a")
    opened(given, tmp_path / "out")
    with pytest.raises(InputError, match=words):
        opened(given, tmp_path / "out", **change)  # type: ignore[arg-type]


def test_a_run_is_not_gone_on_with_if_its_input_changed(tmp_path: Path) -> None:
    given = jsonl(tmp_path, "a")
    opened(given, tmp_path / "out")
    jsonl(tmp_path, "b")
    os.utime(given, (1, 1))
    with pytest.raises(InputError, match="the input changed"):
        opened(given, tmp_path / "out")


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(InputError, match=r"such as thesis\.txt"):
        opened(jsonl(tmp_path, "a"), tmp_path / "out")


def test_one_that_was_killed_while_it_was_planned_begins_anew(tmp_path: Path) -> None:
    given = jsonl(tmp_path, "a", "b")
    opened(given, tmp_path / "out")
    (tmp_path / "out" / "manifest.json").unlink()
    (tmp_path / "out" / ".plan.jsonl.part").write_text("{", "utf-8")
    assert opened(given, tmp_path / "out").documents == 2


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 99}'])
def test_a_damaged_manifest_is_named(tmp_path: Path, content: str) -> None:
    given = jsonl(tmp_path, "a")
    opened(given, tmp_path / "out")
    (tmp_path / "out" / "manifest.json").write_text(content, "utf-8")
    with pytest.raises(InputError, match="out"):
        opened(given, tmp_path / "out")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="The superuser may write everywhere.")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)
    with pytest.raises(InputError, match="cannot be written"), alone(tmp_path / "out"):
        pass


def test_a_full_disk_ends_the_run_with_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = opened(jsonl(tmp_path, "a", "b"), tmp_path / "out")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=r"part-000000\.jsonl cannot be written: No space left"):
        work(run)
    assert run.done() == frozenset()


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    with alone(tmp_path / "out"), pytest.raises(InputError, match="Another process"), alone(tmp_path / "out"):
        pass


def test_closing_the_run_ends_the_children_and_writes_no_half_shard(tmp_path: Path) -> None:
    run = opened(jsonl(tmp_path, "a", "b", "slow 0.8", "slow 0.8", "c"), tmp_path / "out")
    started = time.monotonic()
    progress = run_local(run, run.remaining(), workers=2, limits=replace(LIMITS, seconds=60))
    next(progress)
    progress.close()
    assert time.monotonic() - started < 20
    assert run.done() == frozenset()
