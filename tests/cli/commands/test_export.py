"""`incidex export`: from the store to what other tools take in."""

import csv
import io
import json
import time
from pathlib import Path
from types import ModuleType

import pytest

from incidex.cli import main
from incidex.ingest import from_text
from incidex.pipeline import SentenceScorer, analyse
from incidex.store import open_store

ARTICLE = (
    "Thieves stole passenger lists of Kestrel Ferries\n\n"
    "Kestrel Ferries said on Tuesday that thieves stole the names of 9,000 passengers.\n\n"
    "Jane Roe of Acme Labs said the group Night Ledger was behind it.\n"
)


@pytest.fixture(autouse=True)
def store(tmp_path: Path, encoder: SentenceScorer, monkeypatch: pytest.MonkeyPatch) -> str:
    place = tmp_path / "store.sqlite"
    with open_store(str(place)) as kept:
        kept.add(analyse(from_text(ARTICLE), encoder=encoder))
        incident = kept.incidents()[0]
    monkeypatch.setenv("INCIDEX_STORE", str(place))
    return incident.id


def test_stix_and_misp_are_valid(store: str, checks: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", store, "--format", "stix", "--tlp", "clear"]) == 0
    bundle = capsys.readouterr().out
    assert checks.stix_faults(bundle) == []
    assert [one["name"] for one in json.loads(bundle)["objects"] if one["type"] == "marking-definition"] == [
        "TLP:CLEAR"
    ]
    assert main(["export", store, "--format", "misp"]) == 0
    assert checks.misp_faults(capsys.readouterr().out) == []


def test_a_table_a_page_and_lines(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", store, "--format", "csv"]) == 0
    assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) > 3
    assert main(["export", store, "--format", "html"]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")
    assert main(["export", store, "--format", "jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == ARTICLE


def test_a_later_state_has_a_later_version_and_the_same_state_the_same_bytes(
    store: str, tmp_path: Path, encoder: SentenceScorer, capsys: pytest.CaptureFixture[str]
) -> None:
    def exported(form: str) -> str:
        time.sleep(0.002)
        assert main(["export", store, "--format", form]) == 0
        return capsys.readouterr().out

    def versions(bundle: str) -> dict[str, tuple[str, str]]:
        objects = json.loads(bundle)["objects"]
        return {one["id"]: (one["created"], one["modified"]) for one in objects if "modified" in one}

    first, event = exported("stix"), exported("misp")
    assert (exported("stix"), exported("misp")) == (first, event)
    for change in ("correct", "undo", "add"):
        with open_store(str(tmp_path / "store.sqlite")) as kept:
            if change == "correct":
                kept.correct(kept.document_ids()[0], "thieves stole", realis="Other", author="Ada")
            elif change == "undo":
                kept.undo(author="Ada")
            else:
                copy = from_text(ARTICLE.replace("on Tuesday", "yesterday"))
                assert kept.add(analyse(copy, encoder=encoder)).incidents == (kept.incident(store),)
        before, after = versions(first), versions(first := exported("stix"))
        moved = {id for id in before.keys() & after.keys() if before[id][1] < after[id][1]}
        assert {id.partition("--")[0] for id in moved} >= {"incident", "report", "relationship", "note"}
        assert all(before[id][0] == after[id][0] for id in before.keys() & after.keys())
        assert all(before[id] <= after[id] for id in before.keys() & after.keys())
    assert json.loads(exported("misp"))["Event"]["timestamp"] >= json.loads(event)["Event"]["timestamp"]


def test_all_incidents_go_to_a_folder(store: str, tmp_path: Path) -> None:
    assert main(["export", "--all", "--format", "stix", "--output-dir", str(tmp_path / "out")]) == 0
    assert [file.name for file in (tmp_path / "out").iterdir()] == [f"{store}.stix.json"]


def test_an_incident_that_is_named_twice_is_written_once(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", store, store[:8], "--format", "csv", "--output-dir", str(tmp_path / "out")]) == 0
    assert [file.name for file in (tmp_path / "out").iterdir()] == [f"{store}.csv"]
    assert "goes to" not in capsys.readouterr().err


def test_excel_knows_a_table_in_a_folder_for_utf_8(store: str, tmp_path: Path) -> None:
    assert main(["export", store, "--format", "csv", "--output-dir", str(tmp_path / "out")]) == 0
    (table,) = (tmp_path / "out").iterdir()
    assert table.read_bytes().startswith("\ufeffsource,".encode())


def test_tables_layers_and_records_of_an_incident(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", store, "--format", "parquet", "--output-dir", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / f"{store}.parquet").read_bytes()[:4] == b"PAR1"
    assert main(["export", store, "--format", "veris"]) == 0
    assert [one["incident_id"] for one in json.loads(capsys.readouterr().out)] == [store]
    assert main(["export", store, "--format", "navigator"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["techniques"] == []
    assert "the layer is empty" in printed.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nothing", "--format", "stix"], 1, "No incident in"),
        (["--format", "stix"], 2, "or --all"),
        (["a", "b", "--format", "stix"], 2, "--output-dir"),
        (["a"], 2, "--format"),
    ],
)
def test_what_cannot_be_is_said(
    arguments: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", *arguments]) == code
    assert message in capsys.readouterr().err


def test_an_empty_store_is_said_to_be_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(str(tmp_path / "empty.sqlite")).close()
    monkeypatch.setenv("INCIDEX_STORE", str(tmp_path / "empty.sqlite"))
    assert main(["export", "--all", "--format", "stix"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "no incidents in the store yet" in err
