"""`incidex evaluate sentences`, with a stand-in for the model."""

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from incidex.cli.commands.evaluate.sentences import Comparison, evaluate_sources
from incidex.cli.support.console import Console
from incidex.pipeline import SentenceScorer

GOLD = "They stole names. | AttackDatabreach\nNo label here\nA flaw was there. | O\nIt rained. | O\n"

Run = Callable[..., int]


@pytest.fixture
def run(encoder: SentenceScorer) -> Run:
    def run(*sources: str | Path, comparison: Comparison | None = None) -> int:
        options = comparison or Comparison()
        with Console() as console:
            return evaluate_sources([str(s) for s in sources], options, console=console, encoder=lambda: encoder)

    return run


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a.txt").write_text(GOLD)
    (folder / "b.txt").write_text("They want a ransom. | AttackRansom\n")
    return folder


def test_scores_the_model(run: Run, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(gold, comparison=Comparison(as_json=True)) == 0
    out, err = capsys.readouterr()
    report = json.loads(out)
    assert err == ""
    assert (report["judged"], report["sentences"], report["skipped_lines"]) == ("words-1", 4, 1)
    assert report["labels"]["AttackDatabreach"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 1}
    assert report["labels"]["O"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3), "support": 2}
    assert report["weighted"]["f1"] == pytest.approx((1 + 1 + 2 * 2 / 3) / 4)
    assert report["macro_events"]["f1"] == pytest.approx(2 / 5)
    assert report["exact_match"] == 0.75
    # Four sentences at .1, and for the flaw one at .9 that is none.
    assert report["calibration"]["PatchVulnerability"] == pytest.approx(0.1)
    assert report["calibration"]["DiscoverVulnerability"] == pytest.approx((3 * 0.1 + 0.9) / 4)
    assert report["confusion"]["O"] == {name: int(name in ("O", "DiscoverVulnerability")) for name in report["labels"]}
    (mistake,) = report["mistakes"]
    assert (mistake["source"], mistake["line"]) == (str(gold / "a.txt"), 3)
    assert (mistake["gold"], mistake["predicted"]) == ([], ["DiscoverVulnerability"])
    assert mistake["confidence"] == pytest.approx(0.9)


def test_prints_a_table(run: Run, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(gold) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["Judged: words-1", "Sentences: 4; lines skipped, without label or sentence: 1"]
    assert "AttackDatabreach             1.000   1.000   1.000      1" in lines
    assert "All labels correct in 75.0% of the sentences." in lines
    assert "6 O                           0      0      0      1      0      1" in lines
    assert lines[-2] == f"  0.90  {gold}/a.txt, line 3: DiscoverVulnerability instead of O"
    assert lines[-1] == "    A flaw was there."


def test_shows_as_many_mistakes_as_wanted(run: Run, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(gold, comparison=Comparison(worst=0)) == 0
    assert "A flaw was there." not in capsys.readouterr().out


def test_compares_with_predicted_files(run: Run, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    predicted = gold.parent / "predicted"
    predicted.mkdir()
    (predicted / "a.txt").write_text(GOLD.replace("No label here", "No label here | O"))
    (predicted / "b.txt").write_text("They want a ransom. | O\n")
    assert run(gold, comparison=Comparison(predicted=predicted, as_json=True)) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["judged"], report["exact_match"]) == (str(predicted), 0.75)
    assert report["calibration"] is None
    assert report["mistakes"][0]["confidence"] is None


def test_what_cannot_be_compared_is_named(run: Run, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    predicted = gold.parent / "predicted"
    predicted.mkdir()
    (predicted / "a.txt").write_text("Something else. | O\n")
    (gold / "c.txt").write_text("Only words.\n")
    (gold / "d.txt").write_text("Fine. | O\nWrong. | AttackRansoms\n")
    assert run(gold, comparison=Comparison(predicted=predicted)) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert [line for line in err.splitlines() if not line.startswith("  ")] == [
        f"error: {predicted}/a.txt has 1 sentences, {gold}/a.txt has 4.",
        f"error: {gold}/b.txt: {predicted}/b.txt does not exist.",
        f"error: {gold}/c.txt has no labels.",
        f"error: {gold}/d.txt, line 2: 'AttackRansoms' is not a label. Labels are AttackDatabreach, AttackPhishing, "
        "AttackRansom, DiscoverVulnerability, PatchVulnerability, or O for none of them.",
        "summary: 4 of 4 sources could not be used; there are no others.",
    ]


def test_one_predicted_file_cannot_stand_for_several(run: Run, gold: Path) -> None:
    with pytest.raises(click.UsageError, match="Name the folder"):
        run(gold, comparison=Comparison(predicted=gold / "a.txt"))
