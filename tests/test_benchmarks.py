"""The benchmarks that the docs take their figures from: what they measure, keep and refuse."""

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from paths import ROOT
from scripts import load

from incidex import Document, findings, read
from incidex.export.formats import names
from incidex.matching.profiles import profiles


def benchmark(name: str) -> ModuleType:
    return load(f"benchmarks/{name}.py")


def test_a_start_is_compared_with_bare_python() -> None:
    waiting = [sys.executable, "-c", "import time; held = bytearray(100_000_000); time.sleep(0.3)"]
    bare, slow = benchmark("start").measure(
        {"python -c pass": [sys.executable, "-c", "pass"], "waiting": waiting}, runs=1
    )
    assert bare.over_python == 0
    assert slow.over_python == slow.seconds - bare.seconds
    assert slow.seconds > 0.3
    assert slow.megabytes > 100


def test_a_command_that_fails_is_not_measured() -> None:
    with pytest.raises(SystemExit, match="ended with code 3"):
        benchmark("start").measure({"broken": [sys.executable, "-c", "raise SystemExit(3)"]}, runs=1)


def test_speed_reads_the_bundled_articles_over_and_over() -> None:
    texts = benchmark("speed")._examples(11)
    assert len(texts) == 11
    assert texts[9:] == texts[:2]
    assert len(set(texts)) == 9


def test_speed_reads_sentences_of_the_corpus_without_their_labels(tmp_path: Path) -> None:
    (tmp_path / "sentences" / "dev").mkdir(parents=True)
    (tmp_path / "sentences" / "dev" / "1.txt").write_text("Clinic hit | AttackRansom\n\nIt paid. | O\n", "utf-8")
    assert benchmark("speed")._from_corpus(tmp_path, 9) == ["Clinic hit\nIt paid."]


def test_what_was_measured_of_the_same_model_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = benchmark("measure")
    monkeypatch.setattr(module, "_KEPT", tmp_path / "measured.json")
    assert module._kept("aa") == {"model": "aa", "parts": {}}
    (tmp_path / "measured.json").write_text(json.dumps({"model": "aa", "parts": {"speed": 1}}), "utf-8")
    assert module._kept("aa")["parts"] == {"speed": 1}
    assert module._kept("bb") == {"model": "bb", "parts": {}}


def test_a_part_that_does_not_exist_is_wrong_usage() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "measure.py"), "colour"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 2
    assert "there is no part colour; there are sentences, " in done.stderr


@pytest.mark.slow
def test_each_step_that_labels_do_without_is_timed() -> None:
    documents = [read(str(ROOT / "examples" / "northern-wire-ferry-leak.txt"))]
    found = benchmark("added_time").measure(documents, rounds=1, cores=1)
    assert (found.articles, found.characters) == (1, len(documents[0].text))
    assert {"events", "indicators", "names", "times", "quantities", "claims"} <= set(found.steps)
    assert found.whole.wall == pytest.approx(found.labels.wall + sum(cost.wall for cost in found.steps.values()))
    assert found.ratio.wall == found.whole.wall / found.labels.wall


def test_steps_are_as_before_when_they_were_timed() -> None:
    module = benchmark("added_time")
    found: dict[str, Any] = {}
    before = vars(findings)["find_times"]
    with module._watched(found):
        assert vars(findings)["find_times"](Document("It ran.")) == ()
    assert vars(findings)["find_times"] is before
    assert list(found) == ["times"]


def test_annotated_prose_is_written_in_the_labelled_form() -> None:
    from incidex.labels.labelled import read_lines
    from incidex_training.corpora import Article, GoldSentence

    nothing, ransom = (False,) * 5, (False, False, True, False, False)
    article = Article(
        "1", (GoldSentence("Town | pays", nothing, None, None), GoldSentence("It paid.", ransom, (), None))
    )
    written = benchmark("prose_labels").labelled(article)
    assert written == "Town | pays | O\nIt paid. | AttackRansom\n"
    assert [line.written for line in read_lines(written)] == ["O", "AttackRansom"]


@pytest.mark.corpus
def test_annotated_prose_is_scored(shared: Path) -> None:
    command = [
        sys.executable,
        str(ROOT / "benchmarks" / "prose_labels.py"),
        "--corpus",
        str(shared / "corpus"),
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert json.loads(done.stdout)["sentences"] == 1849


def test_adding_is_not_measured_without_articles(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "adding.py"), "--corpus", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout == f"incidex add was not measured: there are no articles in {tmp_path / 'casie'}.\n"


@pytest.mark.slow
def test_adding_says_how_many_articles_a_second(tmp_path: Path) -> None:
    (tmp_path / "casie" / "dev").mkdir(parents=True)
    article = {"content": "Thieves stole the passenger list of Kestrel Ferries.", "info": {"title": "Theft"}}
    (tmp_path / "casie" / "dev" / "1.json").write_text(json.dumps(article), "utf-8")
    adding = benchmark("adding")
    assert adding.measured(adding.articles(tmp_path)).startswith("incidex add of 1 articles: ")
    with pytest.raises(SystemExit, match="ended with code 1"):
        adding.measured([tmp_path / "gone.json"])


@pytest.mark.slow
def test_a_dossier_is_written_in_each_format_of_export() -> None:
    dossiers = benchmark("dossiers")
    analyses = dossiers.articles(7)
    found = [profile for analysis in analyses for profile in profiles(analysis)]
    measured = dossiers.measure(analyses, found, runs=1)
    assert measured["articles"] == 7
    assert {name for name in measured if name.startswith("export ")} == {f"export {form}" for form in names("incident")}
    assert all(measured[f"export {form}"] > 0 for form in names("incident"))


@pytest.mark.slow
def test_reports_are_scored_without_their_marks() -> None:
    command = [
        sys.executable,
        str(ROOT / "benchmarks" / "prose_labels.py"),
        "--articles",
        str(ROOT / "tests/cases/reports"),
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert json.loads(done.stdout)["sentences"] == 1221
    assert json.loads(done.stdout)["weighted"]["f1"] > 0.6


def test_hostile_text_is_as_long_as_wanted_and_each_step_is_measured() -> None:
    module = benchmark("hostile")
    assert module.repeated("ab ", 7) == "ab ab a"
    assert module.repeated("a# ", 30) == "a1 a2 a3 a4 a5 a6 a7 a8 a9 a10"
    steps = vars(findings)["find_claims"]
    seconds = module.measure("It was on 5 May 2017.")
    assert set(seconds) == {"reading", "sentences", *module._STEPS.values()}
    assert vars(findings)["find_claims"] is steps


@pytest.mark.slow
def test_no_step_takes_time_by_the_square_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    assert benchmark("hostile").growth(4_000, "firms in lines, all different") == 0
