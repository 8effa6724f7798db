"""`incidex extract --format brat`, `label-studio` and `docbin`: which files there are, and what is said instead."""

import json
from pathlib import Path
from typing import Any

import click
import pytest

from incidex.cli import main
from incidex.cli.commands.add import add_sources
from incidex.cli.commands.extract import extract_sources
from incidex.cli.support.console import Console
from incidex.cli.support.options import Job
from incidex.errors import MissingExtra
from incidex.export import formats
from incidex.export.formats import FORMATS
from incidex.pipeline import SentenceScorer
from incidex.store import open_store

TEXT = "Marrow Bank said that thieves stole letters.\r\nIt is sorry.\n"


@pytest.fixture
def sources(tmp_path: Path) -> list[str]:
    """Return two files of the same name in two folders."""
    files = [tmp_path / folder / "bank.html.txt" for folder in ("a", "b")]
    for file in files:
        file.parent.mkdir()
        file.write_bytes(TEXT.encode())
    return [str(file) for file in files]


def run(sources: list[str], encoder: SentenceScorer, **wanted: Any) -> int:
    with Console() as console:
        return extract_sources(sources, Job(**wanted), console=console, encoder=lambda: encoder)


def test_brat(sources: list[str], encoder: SentenceScorer, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(sources, encoder, format="brat", output_dir=out) == 0
    stems = ("bank.html", "b-bank.html")
    assert {file.name for file in out.iterdir()} == {
        "annotation.conf",
        *(f"{stem}{ending}" for stem in stems for ending in (".txt", ".ann")),
    }
    assert (out / "b-bank.html.txt").read_bytes() == TEXT.encode()
    assert "AttackDatabreach 30 35\tstole" in (out / "b-bank.html.ann").read_text("utf-8")


def test_brat_is_two_files_and_so_needs_a_folder(sources: list[str], encoder: SentenceScorer) -> None:
    with pytest.raises(click.UsageError, match="--output-dir"):
        run(sources[:1], encoder, format="brat")


def test_brat_overwrites_no_source(
    sources: list[str], encoder: SentenceScorer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(sources[:1], encoder, format="brat", output_dir=Path(sources[0]).parent) == 1
    assert "would overwrite the source" in capsys.readouterr().err
    assert Path(sources[0]).read_bytes() == TEXT.encode()


def test_label_studio(
    sources: list[str], encoder: SentenceScorer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(sources[:1], encoder, format="label-studio") == 0
    (task,) = json.loads(capsys.readouterr().out)
    assert task["data"]["text"] == TEXT
    with pytest.raises(click.UsageError, match="each gets a file"):
        run(sources, encoder, format="label-studio")
    out = tmp_path / "out"
    assert run(sources, encoder, format="label-studio", output_dir=out) == 0
    assert (out / "label-studio.xml").read_text("utf-8") == FORMATS["label-studio"].beside()["label-studio.xml"]
    assert json.loads((out / "bank.html.label-studio.json").read_text("utf-8"))[0]["data"]["text"] == TEXT


def test_tasks_of_an_incident(
    sources: list[str], encoder: SentenceScorer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(str(tmp_path / "store.sqlite")) as store, Console() as console:
        add_sources(sources[:1], store, console=console, encoder=lambda: encoder)
    wanted = ["export", "--all", "--format", "label-studio", "--store", str(tmp_path / "store.sqlite")]
    capsys.readouterr()
    assert main(wanted) == 0
    (task,) = json.loads(capsys.readouterr().out)
    assert task["data"]["text"] == TEXT
    assert main([*wanted, "--output-dir", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "label-studio.xml").is_file()


def test_docbin_without_spacy_says_so_before_any_work(
    sources: list[str], encoder: SentenceScorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"incidex\[spacy\]"):
        run(sources, encoder, format="docbin", output_dir=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_belongs_beside() -> None:
    assert {name: list(FORMATS[name].beside()) for name in ("brat", "label-studio", "docbin")} == {
        "brat": ["annotation.conf"],
        "label-studio": ["label-studio.xml"],
        "docbin": [],
    }
