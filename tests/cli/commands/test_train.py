"""`incidex train`, as far as it goes without the extra: what it is called, and what it refuses."""

import sys
from pathlib import Path

import click
import pytest

from incidex.cli import main
from incidex.cli.commands import train


@pytest.fixture(autouse=True)
def no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules["incidex.cli.commands.train"].__dict__, "find_spec", lambda name: None)


@pytest.mark.parametrize("name", [["train"], ["train", "sentences"]], ids=["today", "old name"])
def test_says_which_packages_it_needs(name: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*name, str(tmp_path), "--seeds", "1,2"]) == 1
    assert 'pip install "incidex[train]"' in capsys.readouterr().err


def test_a_folder_may_be_called_as_the_old_name_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sentences").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["train", "sentences"]) == 1
    assert "incidex[train]" in capsys.readouterr().err


@pytest.mark.parametrize("seeds", ["1,1", "one", "1,,2", "-1"])
def test_seeds_that_are_no_numbers_or_twice_the_same(
    seeds: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", str(tmp_path), "--seeds", seeds]) == 2
    assert "is not a list of different numbers, such as 1,2,3." in capsys.readouterr().err


def test_a_corpus_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", str(tmp_path / "none")]) == 2
    assert "does not exist" in capsys.readouterr().err


def test_it_is_one_command() -> None:
    assert not isinstance(train, click.Group)
