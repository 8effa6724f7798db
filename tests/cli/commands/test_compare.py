"""`incidex compare`: two incidents side by side."""

import json
from pathlib import Path

import pytest

from incidex.cli import main
from incidex.ingest import from_text
from incidex.pipeline import SentenceScorer, analyse
from incidex.store import open_store

REPORTS = (
    "Thieves stole passenger lists of Kestrel Ferries\n\n"
    "Kestrel Ferries said on Tuesday that thieves stole the names of 9,000 passengers.\n",
    "Thieves stole loan files of Ostrel Bank\n\nOstrel Bank said in June that thieves stole 700 loan contracts.\n",
)


@pytest.fixture(autouse=True)
def store(tmp_path: Path, encoder: SentenceScorer, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "store.sqlite"
    with open_store(str(place)) as kept:
        for report in REPORTS:
            kept.add(analyse(from_text(report), encoder=encoder))
    monkeypatch.setenv("INCIDEX_STORE", str(place))


def test_it_marks_what_each_has(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "kestrel", "ostrel"]) == 0
    assert "= AttackDatabreach" in capsys.readouterr().out


def test_json_names_both(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "kestrel", "ostrel", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["first"]["id"] != told["second"]["id"]
    assert set(told["differences"][0]) == {"field", "text", "side", "documents"}


def test_an_incident_that_is_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "kestrel", "nothing"]) == 1
    assert "'nothing'" in capsys.readouterr().err
