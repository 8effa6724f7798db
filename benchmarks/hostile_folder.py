"""
Runs `incidex add` over a folder of a thousand hostile files with good reports among them, and says what became of them.

The command has to end by itself with one line for each file, to read every good one, never to be silent for longer
than a source may take, and to stay within a memory limit, that of its child processes included. What does not hold is
printed, and the exit code is 1.

Usage: python benchmarks/hostile_folder.py [--count N] [--timeout SECONDS] [--memory MB] [--keep FOLDER] [--json]

For Linux, where the memory of processes can be read.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event, Thread

from hostile_files import GOOD, make

# The most memory of all processes together, in millions of bytes.
_MOST_MEMORY = 1500
# Seconds that the model takes at most for the longest text that is read, on one busy core.
_MODEL = 300
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True, slots=True)
class Result:
    """
    What became of a folder.

    Attributes:
        files: How many there were, by kind.
        read: How many of each kind were added, or known already.
        refused: How many of each kind had an error.
        silent: How many had none of these. Links out of the folder are passed over.
        code: The exit code.
        seconds: Wall time.
        pause: The longest time between two lines, in seconds.
        megabytes: The most memory of all processes together.
    """

    files: dict[str, int]
    read: dict[str, int]
    refused: dict[str, int]
    silent: int
    code: int
    seconds: float
    pause: float
    megabytes: float

    def faults(self, *, longest: float) -> list[str]:
        """Return what does not hold, one sentence each; `longest` is the longest pause allowed, in seconds."""
        good = [maker.__name__.lstrip("_") for maker in GOOD]
        lost = {kind: self.files[kind] - self.read.get(kind, 0) for kind in good}
        faults = [f"{count} good files of the kind {kind} were not read." for kind, count in lost.items() if count]
        if self.silent:
            faults.append(f"{self.silent} files have no line.")
        if self.code != 1:
            faults.append(f"The exit code is {self.code}.")
        if self.pause > longest:
            faults.append(f"It was silent for {self.pause:.0f} seconds.")
        if self.megabytes > _MOST_MEMORY:
            faults.append(f"It took {self.megabytes:.0f} MB.")
        return faults


def main() -> int:
    """Make the folder, run the command, and print the result; return 1 if something does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000, metavar="N", help="about how many files (default: 1000)")
    parser.add_argument("--timeout", type=int, default=20, metavar="SECONDS", help="for each file (default: 20)")
    parser.add_argument("--memory", type=int, default=500, metavar="MB", help="for each child process (default: 500)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the files and the store in this new folder")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="hostile-"))
    try:
        result = measure(folder, count=options.count, timeout=options.timeout, memory=options.memory)
    finally:
        if not options.keep:
            shutil.rmtree(folder)
    faults = result.faults(longest=5 * options.timeout + _MODEL)
    print(json.dumps(asdict(result), indent=2) if options.json else _table(result))
    print(*faults, sep="\n", file=sys.stderr)
    return 1 if faults else 0


def measure(folder: Path, *, count: int, timeout: int, memory: int) -> Result:
    """Add a folder of some `count` files that is made in `folder`."""
    files = make(folder / "in", count=count)
    limits = ["--timeout", str(timeout), "--memory", str(memory)]
    command = [sys.executable, "-m", "incidex", "add", str(folder / "in"), "--json", "-q", *limits]
    started = time.monotonic()
    with (folder / "messages").open("wb") as messages:
        process = subprocess.Popen(
            [*command, "--store", str(folder / "store.sqlite")], stdout=subprocess.PIPE, stderr=messages
        )
        ended, memories = Event(), [0.0]
        watcher = Thread(target=_watch, args=(process.pid, ended, memories))
        watcher.start()
        try:
            output, pause = _lines(process)
        finally:
            ended.set()
            watcher.join()
    entries = json.loads(output or "[]")
    kinds = Counter((_kind(entry["source"], folder), entry["status"] != "failed") for entry in entries)
    read = {kind: number for (kind, good), number in sorted(kinds.items()) if good}
    refused = {kind: number for (kind, good), number in sorted(kinds.items()) if not good}
    silent = sum(files.values()) - files["link_out"] - _loops(folder) - len({entry["source"] for entry in entries})
    return Result(files, read, refused, silent, process.wait(), time.monotonic() - started, pause, max(memories))


def _loops(folder: Path) -> int:
    """Return how many links to a folder that contains them there are: they are followed, and lead to nothing new."""
    return sum(1 for path in (folder / "in" / "link_loop").iterdir() if path.is_dir())


def _kind(source: str, folder: Path) -> str:
    return os.path.relpath(source, folder / "in").split(os.sep)[0]


def _lines(process: "subprocess.Popen[bytes]") -> tuple[bytes, float]:
    """Return the output, and the longest time between two pieces of it."""
    assert process.stdout
    output, last, pause = bytearray(), time.monotonic(), 0.0
    while piece := os.read(process.stdout.fileno(), 1_000_000):
        output += piece
        pause, last = max(pause, time.monotonic() - last), time.monotonic()
    return bytes(output), pause


def _watch(pid: int, ended: Event, memories: list[float]) -> None:
    """Append the memory of a process and its children to `memories`, every tenth of a second."""
    while not ended.wait(0.1):
        memories.append(sum(map(_resident, _family(pid))) / 1e6)


def _family(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(child))]


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def _table(result: Result) -> str:
    lines = [f"{'kind':20}{'files':>7}{'read':>7}{'refused':>9}"]
    for kind, files in result.files.items():
        lines.append(f"{kind:20}{files:7}{result.read.get(kind, 0):7}{result.refused.get(kind, 0):9}")
    lines.append(
        f"\nexit code {result.code}, {result.seconds:.0f} s, longest pause {result.pause:.0f} s, "
        f"{result.megabytes:.0f} MB, {result.silent} files without a line"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
