"""`incidex evaluate events`, with a stand-in for the model."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from incidex.cli import main
from incidex.cli.commands.evaluate.events import evaluate_files
from incidex.cli.support.console import Console
from incidex.export.annotation.casie import to_casie
from incidex.pipeline import SentenceScorer
from incidex.records import Analysis, Argument, Document, Event, EventMention, Realis, Span

TEXT = "The thieves stole data. They left a ransom note."
STOLE = EventMention(Span(12, 17), "AttackDatabreach", Realis.ACTUAL, (Argument(Span(4, 11), "Person", "Attacker"),))
DATA = EventMention(Span(18, 22), "AttackDatabreach", Realis.OTHER)
OTHER = "There was a flaw."
FLAW = EventMention(Span(12, 16), "DiscoverVulnerability", Realis.GENERIC)

Run = Callable[..., int]


def write(file: Path, text: str, *events: Event) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(to_casie(Analysis(Document(text, source=str(file)), (), "", events)))


@pytest.fixture
def run(encoder: SentenceScorer) -> Run:
    def run(*sources: Path, predicted: Path | None = None, as_json: bool = True) -> int:
        given = [str(source) for source in sources]
        with Console() as console:
            return evaluate_files(given, predicted, as_json=as_json, console=console, encoder=lambda: encoder)

    return run


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    write(tmp_path / "gold" / "a.json", TEXT, Event((STOLE, DATA)))
    write(tmp_path / "gold" / "b.json", OTHER, Event((FLAW,)))
    return tmp_path / "gold"


def f1(scores: dict[str, Any]) -> dict[str, float]:
    return {name: score["f1"] for name, score in scores.items() if isinstance(score, dict) and "f1" in score}


def test_judges_the_model(run: Run, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(gold) == 0
    out, err = capsys.readouterr()
    report = json.loads(out)
    assert err == ""
    assert (report["judged"], report["articles"]) == ("words-1", 2)
    assert report["events"] == {"gold": 2, "predicted": 3}
    # It finds "stole" with the thieves, "ransom" that is not gold, and "flaw"; it misses "data".
    assert report["TC"] == {"precision": 2 / 3, "recall": 2 / 3, "f1": 2 / 3, "support": 3}
    assert report["AC+"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 1}
    assert (report["realis"]["matched"], report["realis"]["accuracy"]) == (2, 0.5)
    assert report["roles"]["Attacker"]["AC"]["f1"] == 1.0
    assert report["event_types"]["AttackRansom"]["TC"]["support"] == 0


def test_asks_the_model_again_with_the_gold_triggers(run: Run, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(gold) == 0
    given = json.loads(capsys.readouterr().out)["gold_triggers"]
    assert given["TC"]["f1"] == 1.0
    assert (given["realis"]["matched"], given["realis"]["accuracy"]) == (3, 1 / 3)
    # All mentions of a type are one event to the stand-in, and so they are here.
    assert f1(given["coreference"]) == {"MUC": 1.0, "B3": 1.0, "CEAFe": 1.0}
    assert given["coreference"]["CoNLL"] == 1.0


def test_gold_without_an_event_is_noticed(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "a.json", TEXT)
    assert run(tmp_path / "a.json") == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["events"] == {"gold": 0, "predicted": 2}
    assert err == "warning: The gold data has no events, so every score is 0.\n"


def test_judges_files(run: Run, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    predicted = gold.parent / "predicted"
    write(predicted / "a.json", TEXT, Event((STOLE,)), Event((DATA,)))
    write(predicted / "b.json", OTHER)
    assert run(gold, predicted=predicted) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["judged"], report["gold_triggers"]) == (str(predicted), None)
    assert report["TI"] == {"precision": 1.0, "recall": 2 / 3, "f1": 0.8, "support": 3}
    assert report["coreference"]["MUC"]["recall"] == 0.0
    assert report["realis"]["accuracy"] == 1.0


def test_one_file_is_judged_by_one_file(run: Run, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(gold / "a.json", predicted=gold / "a.json") == 0
    report = json.loads(capsys.readouterr().out)
    assert set(f1(report).values()) == {1.0}
    with pytest.raises(click.UsageError, match="is one file, but GOLD is 2 files"):
        run(gold, predicted=gold / "a.json")


def test_what_cannot_be_compared_is_named(run: Run, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    predicted = gold.parent / "predicted"
    write(predicted / "a.json", "Another text.")
    (gold / "c.json").write_text('{"content": "Text."}')
    write(gold / "d.json", OTHER, Event((FLAW,)))
    write(predicted / "d.json", OTHER, Event((FLAW,)))
    (gold / "read me.txt").write_text("Text.")
    assert run(gold, predicted=predicted) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["articles"] == 1
    assert [line for line in err.splitlines() if not line.startswith("  ")] == [
        "note: Files skipped because they do not end in .json: 1.",
        f"error: {predicted}/a.json has a different text from {gold}/a.json, so positions cannot be compared.",
        f"error: {gold}/b.json: {predicted}/b.json does not exist.",
        f'error: {gold}/c.json: "cyberevent" is missing.',
        "summary: 3 of 4 sources could not be used; all others are done.",
    ]


def test_warnings_are_printed(run: Run, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = gold / "a.json"
    file.write_text(file.read_text().replace('"text": "data"', '"text": "date"'))
    assert run(gold, as_json=False) == 0
    assert f"warning: {file}: Annotations left out because" in capsys.readouterr().err


def test_prints_tables(run: Run, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(gold, as_json=False) == 0
    assert capsys.readouterr().out.startswith("Judged: words-1\nArticles: 2; events: 2 in gold, 3 predicted\n")


def test_a_folder_without_gold_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    assert main(["evaluate", "events", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"error: {tmp_path}: there is no CASIE file (.json).\n"
