"""
Measures what it costs to read a source in a child process instead of in this one.

Each bundled page is read several times in turn by `incidex.read` and by a `Reader` with one child, after both have
read it once; milliseconds are those of the fastest run, as other work disturbs the rest. The processor time of a child
includes its start and the first page.

Usage: python benchmarks/reading.py [--runs N] [--json] [FILE...]

FILE is what to read; by default the bundled web pages.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from incidex import read
from incidex.ingest.reader import Reader
from incidex.workers.pool import Pool

_EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@dataclass(frozen=True, slots=True)
class Row:
    """The cost of reading a file: milliseconds here, in a child, and what the child adds."""

    file: str
    here: float
    child: float

    @property
    def added(self) -> float:
        """Milliseconds that a child adds."""
        return self.child - self.here


def main() -> int:
    """Print the cost of each file, as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", metavar="FILE", help="what to read")
    parser.add_argument("--runs", type=int, default=50, metavar="N", help="runs of each (default: 50)")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    options = parser.parse_args()
    files = options.files or sorted(map(str, _EXAMPLES.glob("*.html")))
    rows = [measure(file, runs=options.runs) for file in files]
    start = child_seconds(files[0])
    if options.json:
        print(json.dumps({"rows": [asdict(row) for row in rows], "child_seconds": start}, indent=2))
    else:
        print(f"{'file':48}{'here':>8}{'child':>8}{'added':>8}  ms")
        print(*(f"{Path(row.file).name:48}{row.here:8.1f}{row.child:8.1f}{row.added:8.1f}" for row in rows), sep="\n")
        print(f"A child takes {start:.2f} s of processor time to start and read the first.")
    return 0


def measure(file: str, *, runs: int) -> Row:
    """Return what it costs to read `file` here and in a child that has read it before."""
    with Reader() as reader:
        both: list[Callable[[str], object]] = [read, reader.read]
        times = [(_milliseconds(both[0], file), _milliseconds(both[1], file)) for _ in range(runs + 1)][1:]
    return Row(file, min(here for here, _ in times), min(child for _, child in times))


def child_seconds(file: str) -> float:
    """Return the processor time of a child that starts and reads one file."""
    import resource

    def used() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = used()
    with Reader(pool=Pool("incidex.ingest.reader:answer", count=1)) as reader:
        reader.read(file)
    return used() - before


def _milliseconds(work: Callable[[str], object], file: str) -> float:
    started = time.perf_counter()
    work(file)
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    sys.exit(main())
