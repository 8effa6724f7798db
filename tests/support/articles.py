"""The articles that this repository holds, each analysed once in a process. pytest finds this by `pythonpath`."""

from functools import cache
from pathlib import Path

from paths import ROOT

from incidex import Analysis, analyse, read

ARTICLES = [
    *sorted(path for path in (ROOT / "examples").iterdir() if path.suffix != ".ipynb"),
    *sorted((ROOT / "tests/cases/events").glob("*.json")),
]


@cache
def analysed(path: Path) -> Analysis:
    """Return the analysis of one of `ARTICLES`, whose source is the whole path."""
    return analyse(read(str(path)))
