"""What several test files need: the folder with the research corpora, where there is one, and the checks of files."""

import os
from pathlib import Path
from types import ModuleType

import pytest
from scripts import load


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder with the research corpora: `INCIDEX_SHARED`, or `shared` beside the checkout."""
    folder = Path(os.environ.get("INCIDEX_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    if not folder.is_dir():
        pytest.skip(f"There are no research corpora at {folder}: set INCIDEX_SHARED to their folder to run this test.")
    return folder


@pytest.fixture(scope="session")
def checks() -> ModuleType:
    """Return the benchmark that holds files against the tools of others."""
    return load("benchmarks/exchange.py")
