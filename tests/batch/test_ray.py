"""The same run on a Ray cluster of one machine: the same output, whatever is killed meanwhile."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from paths import ROOT

from incidex.cli import main

pytestmark = [
    pytest.mark.ray,
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed: pip install 'incidex[ray]'"),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="Processes are found in /proc, which Linux has."),
]

TEXT = "Hackers stole the passenger list of Kestrel Ferries on Monday. The company said that it was sorry."


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("given") / "in.jsonl"
    lines = [{"text": f"{TEXT} It was number {number}." if number % 10 else ""} for number in range(300)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


@pytest.fixture(scope="module")
def whole(given: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of a run on this machine alone."""
    out = tmp_path_factory.mktemp("whole") / "out"
    assert main(["batch", str(given), str(out), "--shard-size", "20"]) == 1
    return files(out)


def files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in [*out.glob("part-*"), *out.glob("failed-*")]}


def start(given: Path, out: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "incidex", "batch", str(given), str(out), "--shard-size", "20"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen(
        [*command, "--engine", "ray", "--workers", "2"], env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )


def descendants(process: int) -> Iterator[tuple[int, str]]:
    """Yield the processes below one, with their command lines."""
    parents, lines = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            lines[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:  # it ended meanwhile
            continue
    level = {process}
    while level := {child for child, parent in parents.items() if parent in level}:
        yield from ((child, lines.get(child, "")) for child in level)


def wait_for(out: Path, shards: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 200
    while len(list(out.glob("part-*"))) < shards:
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            pytest.fail(f"Nothing was written: {process.communicate()[1].decode()}")
        time.sleep(0.1)


def end(process: "subprocess.Popen[bytes]") -> str:
    _, error = process.communicate(timeout=240)
    return error.decode()


def test_a_cluster_writes_the_same(given: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    process = start(given, tmp_path / "out")
    error = end(process)
    assert process.returncode == 1, error
    assert "error: 30 of 300 could not be used" in error
    assert files(tmp_path / "out") == whole


def test_a_killed_worker_loses_nothing(given: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    process = start(given, tmp_path / "out")
    wait_for(tmp_path / "out", 1, process)
    actors = [child for child, line in descendants(process.pid) if line.startswith("ray::ShardWorker")]
    assert actors
    os.kill(actors[0], signal.SIGKILL)
    error = end(process)
    assert process.returncode == 1, error
    assert files(tmp_path / "out") == whole


def test_a_killed_driver_loses_nothing(given: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    process = start(given, tmp_path / "out")
    wait_for(tmp_path / "out", 2, process)
    below = [child for child, _ in descendants(process.pid)]
    process.kill()
    process.wait()
    for child in below:  # Ray's own processes outlive a driver that is killed
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.communicate()
    assert files(tmp_path / "out").items() <= whole.items()
    assert main(["batch", str(given), str(tmp_path / "out"), "--shard-size", "20"]) == 1
    assert files(tmp_path / "out") == whole


@pytest.mark.parametrize("address", ["127.0.0.1:1", "ray://127.0.0.1:1", "head", "head:x"])
def test_no_cluster_at_an_address_is_said(
    given: Path, tmp_path: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["batch", str(given), str(tmp_path / "out"), "--engine", "ray", "--address", address]) == 1
    assert f"There is no Ray cluster at {address}: " in capsys.readouterr().err


def test_a_cluster_that_cannot_be_started_here_is_said(
    given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise Exception("The node timed out.\nA long story.")

    monkeypatch.setattr("ray.init", fail)
    assert main(["batch", str(given), str(tmp_path / "out"), "--engine", "ray"]) == 1
    assert "error: Ray could not be started: The node timed out.\n" in capsys.readouterr().err
