"""What several test files need: the folder with the research corpora, if there is one, and the checks of files."""

import os
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings
from scripts import load

# Fewer random examples, for `make test-quick`.
settings.register_profile("quick", max_examples=15)

_TIMED = {"takes_less", "grows_less"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that measure time as slow: most of them read very long texts, and busy machines make them longer."""
    for item in items:
        code = getattr(getattr(item, "function", None), "__code__", None)
        if code and _TIMED & set(code.co_names):
            item.add_marker("slow")


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
