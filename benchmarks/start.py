"""
Measures what a new process costs: `import incidex`, `incidex --help`, and `incidex label` on one article.

Each command runs as a separate process, in turn with the others. Wall time is the median of the runs, memory their peak
resident size. The first run does not count, so that the files are in the system's cache.

Usage: python benchmarks/start.py [--runs N] [--cores N] [--json] [FILE...]

FILE is an article to label; by default one bundled text and one bundled web page. For Linux and macOS.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

_EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
_ARTICLES = [_EXAMPLES / "northern-wire-ferry-leak.txt", _EXAMPLES / "st-brannoc-hospital-ransom.html"]
_BARE = "python -c pass"


@dataclass(frozen=True, slots=True)
class Row:
    """
    The cost of a command.

    Attributes:
        command: As one would type it.
        seconds: Wall time.
        over_python: The wall time beyond that of starting Python.
        megabytes: Resident memory at its peak, in millions of bytes.
    """

    command: str
    seconds: float
    over_python: float
    megabytes: float


def main() -> int:
    """Print the cost of each command, as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=_ARTICLES, metavar="FILE", help="articles to label")
    parser.add_argument("--runs", type=int, default=10, metavar="N", help="runs of each command (default: 10)")
    parser.add_argument("--cores", type=int, default=2, metavar="N", help="processor cores to use (default: 2)")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.cores])
    rows = measure(_commands(options.files), runs=options.runs)
    print(json.dumps([asdict(row) for row in rows], indent=2) if options.json else _table(rows))
    return 0


def measure(commands: dict[str, list[str]], *, runs: int) -> list[Row]:
    """Return a row for each of `commands`, of which one is bare Python."""
    for command in commands.values():
        _run(command)
    rounds = [{name: _run(command) for name, command in commands.items()} for _ in range(runs)]
    seconds = {name: median(one[name][0] for one in rounds) for name in commands}
    return [
        Row(name, seconds[name], seconds[name] - seconds[_BARE], max(one[name][1] for one in rounds))
        for name in commands
    ]


def _commands(files: list[Path]) -> dict[str, list[str]]:
    python = sys.executable
    incidex = str(Path(python).with_name("incidex"))
    return {
        _BARE: [python, "-c", "pass"],
        "python -c 'import incidex'": [python, "-c", "import incidex"],
        "incidex --help": [incidex, "--help"],
        **{f"incidex label {file.name}": [incidex, "label", str(file)] for file in files},
    }


def _run(command: list[str]) -> tuple[float, float]:
    """Return wall seconds and megabytes."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with code {process.returncode}.")
    # Linux counts in units of 1,024 bytes, macOS in bytes.
    return seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def _table(rows: list[Row]) -> str:
    lines = [f"{'command':48}{'seconds':>8}{'over Python':>13}{'MB':>6}"]
    lines += [f"{row.command:48}{row.seconds:8.2f}{row.over_python:13.3f}{row.megabytes:6.0f}" for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
