"""The pager: only on a terminal, only if the results do not fit, and the one that the user wants."""

import sys
from pathlib import Path

import pytest

from incidex.cli.support.console import Console
from incidex.cli.support.pager import show_in_pager


@pytest.fixture
def pager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file into which the pager of the user writes what it gets."""
    shown, script = tmp_path / "shown", tmp_path / "pager.py"
    script.write_text(f"import sys; open({str(shown)!r}, 'wb').write(sys.stdin.buffer.read())\n")
    monkeypatch.setenv("INCIDEX_PAGER", f"{sys.executable} {script}")
    return shown


def test_the_pager_of_the_user_gets_the_results(pager: Path) -> None:
    assert show_in_pager("Zoë\n" * 100)
    assert pager.read_text("utf-8") == "Zoë\n" * 100


@pytest.mark.parametrize("wanted", ["", "cat", "no-such-pager-here", "'unclosed"])
def test_without_a_pager_nothing_is_shown(wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDEX_PAGER", wanted)
    assert not show_in_pager("words")


def test_a_pipe_gets_the_results_as_they_are(pager: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Console().page("line\n" * 500)
    assert capsys.readouterr().out == "line\n" * 500
    assert not pager.exists()
