"""Nothing calls home: labelling an article writes no file, looks up no host and opens no connection."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from paths import ROOT

ARTICLE = ROOT / "examples" / "alder-courier-ferry-leak.txt"
# Whole process trees, and only what concerns the network.
STRACE = ["strace", "--follow-forks", "--trace=network", "--quiet=all"]
_INTERNET = re.compile(r"AF_INET6?\b|AF_NETLINK|nscd")


def label(home: Path, *before: str) -> subprocess.CompletedProcess[str]:
    """Run `incidex label` as a user with the empty home folder `home`, with `before` in front of the command."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_", "HF_"))}
    environment = kept | {"HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [*before, sys.executable, "-m", "incidex", "label", str(ARTICLE)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True)


def test_no_file_appears_in_the_home_folder(tmp_path: Path) -> None:
    assert "AttackDatabreach" in label(tmp_path).stdout
    assert list(tmp_path.rglob("*")) == []


def test_the_network_is_left_alone(tmp_path: Path) -> None:
    # onnxruntime's own look-ups come some ten seconds after it was loaded, so the file in the test above tells sooner.
    if not shutil.which("strace") or subprocess.run([*STRACE, "true"], capture_output=True).returncode:
        pytest.skip("strace is not installed, or may not trace here (Debian: apt-get install strace).")
    trace = tmp_path / "trace"
    (tmp_path / "home").mkdir()
    label(tmp_path / "home", *STRACE, f"--output={trace}")
    assert [line for line in trace.read_text().splitlines() if _INTERNET.search(line)] == []
