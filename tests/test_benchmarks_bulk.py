"""The benchmarks of bulk runs: their tables say what was measured, and what they measure is there."""

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from paths import ROOT
from scripts import load

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="Processes are measured in /proc.")

FIGURES: dict[str, Any] = {
    "rates": {
        "articles": 10,
        "characters": 20_000,
        "corpus": False,
        "1": {"clock": 9.0, "processor": 0.1},
        "2": {"clock": 18.0, "processor": 0.125},
    },
    "memory": {"workers": 2, "1000": {"parent": 28.0, "children": 300.0}, "10000": {"parent": 29.0, "children": 310.0}},
    "kills": {"documents": 400, "killed": 20, "same": False},
    "ray": {"articles": 200, "local": 11.0, "ray": 10.0},
    "settings": {"milliseconds": {"as shipped": 66.0, "slow": 99.0}, "ratio": {"as shipped": 1.0, "slow": 1.5}},
    "others": {
        "rows": [{"name": "A", "does": "labels", "rate": 8.0, "f1": 0.8}, {"name": "Bee", "does": "x", "rate": 1.0}]
    },
}


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = load("benchmarks/bulk_tables.py")
    (tmp_path / "bulk.json").write_text(json.dumps(FIGURES), "utf-8")
    monkeypatch.setattr(module, "_KEPT", tmp_path / "bulk.json")
    return module


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (
            "rates",
            "two cores are 1.60 times as fast as one if nothing else runs on them, and do 16.0 articles a second",
        ),
        ("memory", "| 10,000 | 29 | 310 |"),
        ("kills", "killed (SIGKILL) at 20 random moments"),
        ("kills", "NOT the same as"),
        ("ray", "10% longer"),
        ("settings", "| slow | 99 | 1.50 |"),
        ("others", "| Bee | x | 1.0 | – |"),
        ("others", "A    " + "█" * 40 + " 8.0"),
        ("others", "Bee  " + "█" * 10 + " 1.0"),
        ("brief", "16 news articles a second, and 160 MB of memory for each core"),
        ("costs", "| 1 million articles | 35 | 33 minutes | 2 minutes |"),
        ("costs", "| 100 million articles | 3,472 | 54 hours | 3 hours |"),
    ],
)
def test_tables_say_what_was_measured(
    tables: ModuleType, table: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tables.main([table]) == 0
    assert words in capsys.readouterr().out


def test_an_unknown_part_is_refused() -> None:
    for script in ("bulk.py", "bulk_tables.py"):
        done = subprocess.run(
            [sys.executable, str(ROOT / "benchmarks" / script), "colour"], capture_output=True, encoding="utf-8"
        )
        assert done.returncode == 2
        assert "memory" in done.stderr


def test_what_is_measured_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bulk = load("benchmarks/bulk.py")
    monkeypatch.setattr(bulk, "KEPT", tmp_path / "bulk.json")
    bulk.keep("a", {"x": 1})
    bulk.keep("b", 2)
    bulk.keep("a", 3)
    assert json.loads((tmp_path / "bulk.json").read_text("utf-8")) == {"a": 3, "b": 2}


@pytest.mark.slow
def test_rates_and_memory_are_those_of_the_run_and_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulk = load("benchmarks/bulk.py")
    monkeypatch.setattr(bulk, "KEPT", tmp_path / "bulk.json")
    monkeypatch.setattr(bulk, "_POINTS", (10,))
    found = bulk.memory(SimpleNamespace(documents=20))
    assert 100 < found["10"]["children"] < 1500
    clock, processor = bulk._timed(bulk.articles(None, 8), 1)
    assert 0 < clock < 1000
    assert 0 < processor < 60
