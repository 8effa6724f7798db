"""
Measures bulk runs: speed on one core and on more, memory as the number of documents grows, and runs that are killed.

Usage: python benchmarks/bulk.py [--corpus FOLDER] [--articles N] [--documents N] [--kills N] [PART...]

PART is `rates`, `ray`, `memory` or `kills`; by default all are measured. Figures go to docs/bulk.json, where
benchmarks/bulk_tables.py takes them from. Without FOLDER the bundled reports are read repeatedly; FOLDER holds
`casie/dev`. Processor time is measured as well as time by the clock, since it is the same on a machine that is busy
with other things.
"""

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from incidex import read
from incidex.batch.local import run_local
from incidex.batch.plan import list_files
from incidex.batch.records import Wanted
from incidex.batch.run import Run, open_run
from incidex.ingest.expand import expand
from incidex.workers.limits import Limits

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "docs" / "bulk.json"
_LIMITS = Limits(seconds=300, megabytes=2000, requests=10_000)
_POINTS = (1_000, 3_000, 10_000, 30_000, 100_000)
_SHORT = (
    "{0} says that hackers stole the records of {1} customers on Monday. They came in through a flaw in the server. "
    "The company asked everybody to change passwords. Number {1}."
)


def main() -> int:
    """Measure and keep the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, metavar="FOLDER", help="read articles of the research corpora")
    parser.add_argument("--articles", type=int, default=60, metavar="N", help="of the rates (default: 60)")
    parser.add_argument("--documents", type=int, default=100_000, metavar="N", help="of the memory (default: 100,000)")
    parser.add_argument("--kills", type=int, default=20, metavar="N", help="how often to kill (default: 20)")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(_PARTS))
    options = parser.parse_args()
    if unknown := set(options.parts) - set(_PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(_PARTS)}")
    for part in options.parts or _PARTS:
        keep(part, _PARTS[part](options))
    return 0


def keep(part: str, result: Any) -> None:
    """Put the figures of a part into docs/bulk.json, and print them."""
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    KEPT.write_text(json.dumps({**kept, part: result}, indent=1) + "\n", "utf-8")
    print(f"{part}: {json.dumps(result)}")


def articles(corpus: Path | None, count: int) -> list[str]:
    """Return the texts of `count` articles of `corpus`, or bundled ones."""
    folder = corpus / "casie" / "dev" if corpus else ROOT / "examples"
    texts = [read(source).text for source in expand([str(folder)])]
    return list(islice(cycle(texts), count))


def rates(options: Any) -> dict[str, Any]:
    """Return articles a second by the clock and processor seconds for an article, with one process and with two."""
    texts = articles(options.corpus, options.articles)
    found: dict[str, Any] = {"articles": len(texts), "characters": sum(map(len, texts)), "corpus": bool(options.corpus)}
    for _ in range(3):
        for workers in (1, 2):
            clock, processor = _timed(texts, workers)
            best = found.get(str(workers), {"clock": 0.0, "processor": 1e9})
            found[str(workers)] = {
                "clock": max(best["clock"], clock),
                "processor": min(best["processor"], processor),
            }
    return found


def _timed(texts: list[str], workers: int) -> tuple[float, float]:
    """Return articles a second by the clock and processor seconds for each, both after the start."""
    with tempfile.TemporaryDirectory() as folder:
        run = _run(Path(folder), ({"text": text} for text in texts))
        marks = []
        for _ in run_local(run, run.remaining(), workers=workers, limits=_LIMITS):
            marks.append((time.perf_counter(), _processor()))
        # Until then each child has done its first, which takes the time to load the model.
        first, last = marks[2 * workers], marks[-1]
        count = len(marks) - 1 - 2 * workers
        return count / (last[0] - first[0]), (last[1] - first[1]) / count


def ray(options: Any) -> dict[str, Any]:
    """Return processor seconds for an article with a cluster on this machine and without, both after the start."""
    from incidex.batch.ray_engine import run_on_ray

    texts = articles(options.corpus, options.articles * 4)
    found: dict[str, Any] = {"articles": len(texts)}
    for engine in ("local", "ray", "local", "ray"):
        with tempfile.TemporaryDirectory() as folder:
            run = _run(Path(folder), ({"text": text} for text in texts), shard_size=10)
            if engine == "ray":
                progress = run_on_ray(run, run.remaining(), address=None, workers=2, limits=_LIMITS)
            else:
                progress = run_local(run, run.remaining(), workers=2, limits=_LIMITS)
            first, started = 0, 0.0
            for done, _ in progress:
                first, started = first or done, started or time.perf_counter()
            rate = (len(texts) - first) / (time.perf_counter() - started)
            found[engine] = max(found.get(engine, 0.0), rate)
    return found


def memory(options: Any) -> dict[str, Any]:
    """Return the megabytes of all processes after so many short documents."""
    found: dict[str, Any] = {"workers": 2}
    with tempfile.TemporaryDirectory() as folder:
        records = ({"text": _SHORT.format("Kestrel Ferries", number)} for number in range(options.documents))
        run = _run(Path(folder), records)
        done, started, points = 0, time.perf_counter(), iter(_POINTS)
        point = next(points)
        for more, _ in run_local(run, run.remaining(), workers=2, limits=_LIMITS):
            done += more
            if done >= point:
                found[str(point)] = {**_megabytes(), "seconds": time.perf_counter() - started}
                keep("memory", found)
                point = next(points, options.documents + 1)
    return found


def kills(options: Any) -> dict[str, Any]:
    """Kill a run at random moments, go on each time, and compare the results with those of an undisturbed run."""
    texts = articles(None, 400)
    random.seed(7)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        _write(path / "in.jsonl", ({"text": text[:1500]} for text in texts))
        command = [sys.executable, "-m", "incidex", "batch", str(path / "in.jsonl"), "--shard-size", "10", "--quiet"]
        done = 0
        for _ in range(options.kills):
            process = subprocess.Popen([*command, str(path / "out")])
            try:
                process.wait(random.uniform(0.2, 12))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                done += 1
        subprocess.run([*command, str(path / "out")], check=True)
        subprocess.run([*command, str(path / "whole")], check=True)
        same = _contents(path / "out") == _contents(path / "whole")
    return {"documents": len(texts), "killed": done, "same": same}


def _contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("part-*")}


def _run(folder: Path, records: Iterator[dict[str, Any]], shard_size: int = 100) -> Run:
    _write(folder / "in.jsonl", records)
    listing = list_files(str(folder / "in.jsonl"))
    return open_run(folder / "out", listing, Wanted(shard_size=shard_size), model="the shipped one", version="this")


def _write(path: Path, records: Iterator[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record) + "\n")


def _processor() -> float:
    """Return the processor seconds of this process and of the children that it has."""
    return time.process_time() + sum(map(_seconds_of, _children()))


def _megabytes() -> dict[str, float]:
    """Return the resident memory of this process and of its children."""
    return {"parent": _resident(os.getpid()), "children": sum(map(_resident, _children()))}


def _children() -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        with suppress(OSError):  # a thread that has ended meanwhile
            found += map(int, (task / "children").read_text().split())
    return found


def _seconds_of(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


_PARTS = {"rates": rates, "ray": ray, "memory": memory, "kills": kills}


if __name__ == "__main__":
    sys.exit(main())
