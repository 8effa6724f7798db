"""What several test files need: the folder with the research corpora, where there is one."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder with the research corpora: `INCIDEX_SHARED`, or `shared` beside the checkout."""
    folder = Path(os.environ.get("INCIDEX_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    if not folder.is_dir():
        pytest.skip(f"There are no research corpora at {folder}: set INCIDEX_SHARED to their folder to run this test.")
    return folder
