"""Keeps `make demo` short and true: it fits two screens, explains each step, and says what to type next."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from paths import ROOT

# Two screens, each of 43 lines of 80 columns.
_MOST_LINES = 86


@pytest.mark.slow
def test_the_demo_fits_two_screens(tmp_path: Path) -> None:
    done = _demo(tmp_path, incidex=Path(sys.executable).parent)
    assert done.returncode == 0, done.stderr
    steps = re.split(r"\n\n(?=\d\. |What to type next)", done.stdout)
    assert [step.lstrip()[:2] for step in steps] == ["1.", "2.", "3.", "4.", "5.", "Wh"]
    assert [step for step in steps if len(step.splitlines()) < 6] == []
    assert len(done.stdout.splitlines()) <= _MOST_LINES
    assert [line for line in done.stdout.splitlines() if len(line) > 110] == []
    assert "| AttackDatabreach" in steps[1]
    assert "| O" in steps[1]
    assert list(tmp_path.glob("kept/*")) == []


def test_the_demo_stops_where_a_command_fails(tmp_path: Path) -> None:
    program = tmp_path / "incidex"
    program.write_text("#!/bin/sh\necho 'error: no model' >&2\nexit 1\n", "utf-8")
    program.chmod(0o755)
    done = _demo(tmp_path, incidex=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "error: no model\n"
    assert "What to type next" not in done.stdout
    assert list(tmp_path.glob("kept/*")) == []


def _demo(folder: Path, *, incidex: Path) -> "subprocess.CompletedProcess[str]":
    (folder / "kept").mkdir()
    environment = {
        **os.environ,
        "PATH": f"{incidex}{os.pathsep}{os.environ['PATH']}",
        "TMPDIR": str(folder / "kept"),
        "TERM": "dumb",
    }
    return subprocess.run(
        ["sh", "docs/demo.sh"], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
