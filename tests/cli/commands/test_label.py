"""`incidex label`, with a stand-in for the model: what comes out, where it goes, and what is said about what fails."""

import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from incidex.cli.commands.label import label_sources
from incidex.cli.support.console import Console
from incidex.cli.support.options import Job
from incidex.labels.labelled import read_lines
from incidex.pipeline import SentenceScorer

ARTICLE = (
    "Ferry line admits that thieves stole passenger lists\n\n"
    "The Alder Sound ferry line said on Tuesday that thieves stole the names of its passengers.\n\n"
    "They ask for a ransom of two million crowns, and the ferry line says that it will not pay them.\n"
)
LABELLED = (
    "Ferry line admits that thieves stole passenger lists | AttackDatabreach\n"
    "The Alder Sound ferry line said on Tuesday that thieves stole the names of its passengers. | AttackDatabreach\n"
    "They ask for a ransom of two million crowns, and the ferry line says that it will not pay them. | AttackRansom\n"
)

Run = Callable[..., int]


@pytest.fixture
def run(encoder: SentenceScorer) -> Run:
    def run(*sources: str | Path, job: Job | None = None) -> int:
        with Console() as console:
            return label_sources([str(s) for s in sources], job or Job(), console=console, encoder=lambda: encoder)

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def test_prints_the_labelled_form(run: Run, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(article) == 0
    assert capsys.readouterr() == (LABELLED, "")


def test_what_it_prints_reads_back_to_the_same(run: Run, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(article)
    first = capsys.readouterr().out
    again = article.with_name("again.txt")
    again.write_text(first, "utf-8")
    assert run(again, job=Job(presplit=True)) == 0
    assert capsys.readouterr().out == first


def test_a_blank_line_stands_between_documents(run: Run, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(article, article) == 0
    out = capsys.readouterr().out
    assert out == f"{LABELLED}\n{LABELLED}"
    assert len(read_lines(out)) == 6


def test_presplit_gives_a_line_for_a_line(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "split.txt"
    path.write_bytes(b"They  stole names. | O\r\n\r\nNothing | else\tof note | AttackRansom\r\nA flaw | was found\r\n")
    assert run(path, path, job=Job(presplit=True)) == 0
    lines = [
        "They  stole names. | AttackDatabreach",
        "",
        "Nothing | else\tof note | O",
        "A flaw | DiscoverVulnerability",
    ]
    assert capsys.readouterr().out == "".join(f"{line}\n" for line in lines * 2)


def test_presplit_is_for_plain_text(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><body><p>They stole names.</p></body></html>")
    assert run(path, job=Job(presplit=True)) == 1
    assert "is html, not plain text with one sentence a line" in capsys.readouterr().err


def test_prints_json_lines(run: Run, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(article, article, job=Job(format="jsonl")) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == second
    assert (first["source"], first["text"], first["model"]) == (str(article), ARTICLE, "words-1")
    assert [sentence["labels"] for sentence in first["sentences"]][-1] == ["AttackRansom"]


def test_reads_standard_input(run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert run("-") == 0
    assert capsys.readouterr().out == LABELLED


def test_one_that_fails_does_not_stop_the_others(
    run: Run, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    assert run(tmp_path / "none.txt", tmp_path / "empty.txt", article, tmp_path / "binary.txt") == 1
    out, err = capsys.readouterr()
    assert out == LABELLED
    errors = [line for line in err.splitlines() if line.startswith("error: ")]
    assert [re.sub(r".*/", "", line).split()[0] for line in errors] == ["none.txt", "empty.txt", "binary.txt"]
    assert err.splitlines()[-1] == "summary: 3 of 4 sources could not be used; all others are done."


def test_walks_folders_and_says_what_it_passes_over(
    run: Run, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (article.parent / "notes.xyz").write_text("Not an article.")
    assert run(article.parent) == 0
    out, err = capsys.readouterr()
    assert out == LABELLED
    assert err.startswith("note: Files skipped because of their endings: 1, such as ")
    assert "notes.xyz" in err


def test_writes_a_file_for_each_source(
    run: Run, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    assert run(article, job=Job(output_dir=folder, color="always")) == 0
    assert run(article, job=Job(output_dir=folder, format="jsonl")) == 0
    assert capsys.readouterr() == ("", "")
    assert (folder / "ferry.txt").read_text("utf-8") == LABELLED
    assert json.loads((folder / "ferry.jsonl").read_text("utf-8"))["text"] == ARTICLE


def test_does_not_overwrite_what_it_read(run: Run, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(article, job=Job(output_dir=article.parent)) == 1
    assert "would overwrite the source" in capsys.readouterr().err
    assert article.read_text("utf-8") == ARTICLE


def test_warns_before_the_labels_of_a_text_that_is_not_english(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "fähre.txt"
    path.write_text(
        "Die Fährgesellschaft teilte am Dienstag mit, dass Unbekannte die Namen der Fahrgäste erbeutet haben.\n" * 3
    )
    assert run(path) == 0
    out, err = capsys.readouterr()
    assert err.startswith(f"warning: {path}: The text seems to be German")
    assert out.startswith("Die Fährgesellschaft")


@pytest.mark.parametrize("presplit", [False, True])
def test_colours_are_only_paint(presplit: bool, run: Run, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article.write_text("They stole \x1b[2Jnames from the ferry company on the second Tuesday of May, it said.\n")
    run(article, job=Job(presplit=presplit, color="always"))
    painted = capsys.readouterr().out
    assert "\x1b[2J" not in painted
    run(article, job=Job(presplit=presplit))
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == capsys.readouterr().out.replace("\x1b", "�")


def test_says_so_when_there_is_no_article(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "blank.txt"
    path.write_text(" | O\n")
    assert run(path, job=Job(presplit=True)) == 0
    out, err = capsys.readouterr()
    assert out == "\n"
    assert "no sentence" in err
