"""
Measures `incidex add` of many articles in one go: how many a second, and how much memory that takes.

    python benchmarks/adding.py                        all articles of the corpus
    python benchmarks/adding.py --articles 50          the first 50 of them
    python benchmarks/adding.py --corpus FOLDER        where the corpus is

The articles are those of CASIE, train and dev; without them nothing is measured, and it says so. The command runs in a
process of its own, into an empty store in a temporary folder. Printed are the seconds from its start to its end and of
CPU, the articles a second by either, its peak memory, and the size of the store. Seconds of CPU count all cores.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

_CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
_COMMAND = [sys.executable, "-c", "from incidex.cli import main; raise SystemExit(main())"]


def main() -> int:
    """Measure, or say why not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=_CORPUS, metavar="FOLDER")
    parser.add_argument("--articles", type=int, metavar="N", help="the first N articles only")
    options = parser.parse_args()
    files = articles(options.corpus)[: options.articles]
    if not files:
        print(f"incidex add was not measured: there are no articles in {options.corpus / 'casie'}.")
        return 0
    print(measured(files))
    return 0


def articles(corpus: Path) -> list[Path]:
    """Return CASIE's articles of train and dev; none where there is no corpus."""
    return [path for part in ("train", "dev") for path in sorted((corpus / "casie" / part).glob("*.json"))]


def measured(files: list[Path]) -> str:
    """Add `files` to an empty store and return what that cost. Ends the program if the command fails."""
    with TemporaryDirectory() as folder:
        store = Path(folder) / "store.sqlite"
        environment = {**os.environ, "INCIDEX_STORE": str(store)}
        start = time.perf_counter()
        done = subprocess.run(
            [*_COMMAND, "add", *map(str, files)], env=environment, capture_output=True, text=True, check=False
        )
        seconds = time.perf_counter() - start
        if done.returncode:
            raise SystemExit(f"incidex add ended with code {done.returncode}:\n{done.stderr[-2000:]}")
        size = store.stat().st_size / 2**20
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    return (
        f"incidex add of {len(files)} articles: {seconds:.1f} s, {len(files) / seconds:.1f} articles a second; "
        f"{cpu:.1f} s of CPU, {len(files) / cpu:.1f} articles for each;\n"
        f"peak memory {used.ru_maxrss / 1024:.0f} MB, store {size:.1f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
