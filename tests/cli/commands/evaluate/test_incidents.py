"""`incidex evaluate incidents`, with a stand-in for the model."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from incidex.cli import main
from incidex.cli.commands.evaluate.incidents import evaluate_gold
from incidex.cli.support.console import Console
from incidex.errors import InputError
from incidex.pipeline import SentenceScorer

ARTICLES = {
    "a": ("Rustgate stops trams", "Thieves sent a ransom note to Velmar Transit. Rustgate stopped trams, Falk said."),
    "b": ("Velmar Transit and Rustgate", "The ransom note of Rustgate came on Monday, Falk of Velmar Transit said."),
    "c": ("Fjord Cargo", "Thieves stole files of Fjord Cargo in Bergen."),
}

Run = Callable[..., int]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    for name, (title, text) in ARTICLES.items():
        file = tmp_path / "casie" / f"{name}.json"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps({"content": text, "info": {"title": title, "date": "2024_03_02"}}), "utf-8")
    content = {
        "incidents": [{"incident": "trams", "documents": ["a", "b"], "related": []}],
        "singletons": ["c"],
        "look_alikes": [["a", "c"]],
    }
    path = tmp_path / "incidents" / "gold.json"
    path.parent.mkdir()
    path.write_text(json.dumps(content), "utf-8")
    return path


@pytest.fixture
def run(encoder: SentenceScorer) -> Run:
    def run(gold: Path, as_json: bool = True) -> int:
        sources = [str(gold.parents[1] / "casie")]
        with Console() as console:
            return evaluate_gold(gold, sources, as_json=as_json, console=console, encoder=lambda: encoder)

    return run


def test_json(run: Run, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(gold) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["judged"], report["articles"], report["incidents"], report["documents"]) == ("words-1", 3, 2, 3)
    assert report["pairs"] == {"precision": 1, "recall": 1, "f1": 1, "support": 1}
    assert report["look_alikes"] == []


def test_table(run: Run, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(gold, as_json=False) == 0
    out = capsys.readouterr().out
    assert "Articles: 3, of which 3 are scored; incidents: 2" in out
    assert "Look-alike pairs merged: 0 of 1" in out


def test_an_article_that_is_missing_is_named(run: Run, gold: Path) -> None:
    (gold.parents[1] / "casie" / "c.json").unlink()
    with pytest.raises(InputError, match="lists 1 articles that are not in .*, such as c"):
        run(gold)


def test_a_damaged_article_is_named_and_the_others_are_done(
    run: Run, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (gold.parents[1] / "casie" / "d.json").write_text("no", "utf-8")
    assert run(gold) == 1
    captured = capsys.readouterr()
    assert "d.json" in captured.err
    assert json.loads(captured.out)["articles"] == 3


def test_no_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "incidents", str(tmp_path / "none.json")]) == 1
    assert "cannot be read" in capsys.readouterr().err
