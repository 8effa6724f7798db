"""The commands that decide, and those that search and list: what they print, as text and JSON."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from incidex.cli import main
from incidex.cli.commands.add import add_sources
from incidex.cli.support.console import Console
from incidex.errors import StoreError
from incidex.ingest.plain import from_text
from incidex.pipeline import SentenceScorer
from incidex.records import Analysis, Sentence, Span
from incidex.store import open_store

FERRY = "Kestrel Ferries said on Tuesday that thieves stole the names of its passengers. It is sorry for it.\n"
BANK = "Marrow Bank said on Friday that a flaw in its web site let somebody read the letters of customers.\n"

Run = Callable[..., Any]


@pytest.fixture
def place(tmp_path: Path, encoder: SentenceScorer, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a store with two reports of two incidents, which is that of the commands."""
    place = str(tmp_path / "store.sqlite")
    for name, text in (("ferry.txt", FERRY), ("bank.txt", BANK)):
        (tmp_path / name).write_text(text, "utf-8")
    with open_store(place) as store, Console() as console:
        add_sources(
            [str(tmp_path / "ferry.txt"), str(tmp_path / "bank.txt")], store, console=console, encoder=lambda: encoder
        )
    monkeypatch.setenv("INCIDEX_STORE", place)
    return place


@pytest.fixture
def run(place: str, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command with `--json` and returns what it printed."""
    capsys.readouterr()

    def run(command: str, *arguments: str) -> Any:
        assert main([command, "--json", *arguments]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def incidents(place: str) -> list[str]:
    with open_store(place) as store:
        return [incident.id for incident in store.incidents()]


def documents(place: str) -> tuple[str, ...]:
    with open_store(place) as store:
        return store.document_ids()


def test_join_split_and_undo(run: Run, place: str) -> None:
    one, other = incidents(place)
    joined = run("join", one[:8], other[:8], "--author", "Ada", "--reason", "The same.")
    assert (joined["number"], joined["kind"], joined["author"], joined["reason"]) == (1, "join", "Ada", "The same.")
    (whole,) = joined["incidents"]
    assert set(whole["documents"]) == set(documents(place))
    split = run("split", other, documents(place)[1][:8], "--author", "Bo")
    assert [len(incident["documents"]) for incident in split["incidents"]] == [1, 1]
    run("undo", "--author", "Ada")
    assert len(incidents(place)) == 1
    run("undo", "1", "--author", "Ada")
    assert len(incidents(place)) == 2
    assert [(each["number"], each["kind"], each["holds"]) for each in run("decisions")] == [
        (1, "join", False),
        (2, "split", False),
        (3, "undo", True),
        (4, "undo", True),
    ]


def test_correct(run: Run, place: str) -> None:
    document = documents(place)[0]
    run("correct", document[:8], "It is sorry", "--label", "AttackRansom")
    run("correct", document, "stole", "--event", "AttackPhishing")
    with open_store(place) as store:
        analysis = store.analysis(document)
    assert analysis.sentences[1].labels == ("AttackRansom",)
    assert analysis.events[0].event_type == "AttackPhishing"
    run("correct", document, "It is sorry", "--label", "O")
    with open_store(place) as store:
        assert store.analysis(document).sentences[1].labels == ()


def test_ignore(run: Run, place: str) -> None:
    assert run("ignore", "Kestrel Ferries")["content"] == {"value": "Kestrel Ferries", "document": "", "incident": []}
    with open_store(place) as store:
        assert store.ignored() == ("Kestrel Ferries",)


def test_the_author_is_somebody(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDEX_AUTHOR", "The night shift")
    assert run("ignore", "Kestrel")["author"] == "The night shift"
    monkeypatch.delenv("INCIDEX_AUTHOR")
    assert run("ignore", "Marrow")["author"]


def test_decisions_as_text(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["decisions"]) == 0
    assert "No decisions have been made" in capsys.readouterr().err
    assert main(["ignore", "Kestrel", "--author", "Ada", "--reason", "A bird."]) == 0
    assert main(["undo", "--author", "Bo"]) == 0
    assert main(["correct", documents(place)[0], "stole", "--no-event", "--author", "Ada"]) == 0
    capsys.readouterr()
    assert main(["decisions"]) == 0
    ignored, undone, corrected = capsys.readouterr().out.splitlines()
    assert ignored.startswith("1. ignore 'Kestrel' (undone), by Ada, ")
    assert ignored.endswith(": A bird.")
    assert undone.startswith("2. undo 1, by Bo, ")
    assert corrected.startswith("3. correct 'stole': no event, by Ada, ")


def test_search(run: Run, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    (hit,) = run("search", "passenger")
    assert hit["document"] == documents(place)[0]
    assert [hit["snippet"][mark["start"] : mark["end"]] for mark in hit["marks"]] == ["passengers"]
    assert len(hit["incidents"]) == 1
    assert run("search", "--", "said", "-bank")[0]["document"] == documents(place)[0]
    assert main(["search", "zeppelin"]) == 0
    assert "No report in the store has these words" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["join", "nothing", "nowhere"], "No incident", id="join what is not there"),
        pytest.param(["split", "nothing", "nowhere"], "No incident", id="split what is not there"),
        pytest.param(["undo"], "no decision to undo", id="nothing to undo"),
        pytest.param(["undo", "9"], "no decision 9", id="unknown decision"),
        pytest.param(["correct", "nothing", "stole", "--no-event"], "No document", id="unknown document"),
        pytest.param(["ignore", "."], "cannot be ignored", id="nothing to ignore"),
        pytest.param(["search", "-"], "no word", id="nothing to search"),
    ],
)
def test_what_cannot_be_done_is_said(
    place: str, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    assert message in capsys.readouterr().err


def test_a_store_that_cannot_be_opened_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    assert main(["decisions", "--store", str(tmp_path / "file" / "store.sqlite")]) == 1
    assert main(["decisions", "--store", "mysql://host/name"]) == 2
    err = capsys.readouterr().err
    assert "There is no store at" in err
    assert "cannot be kept in mysql" in err
    assert "Traceback" not in err
    with pytest.raises(StoreError, match="cannot be created"):
        open_store(str(tmp_path / "file" / "store.sqlite"))


def test_names_are_recorded_as_they_were_typed(run: Run, place: str) -> None:
    one, other = incidents(place)
    assert run("join", one[:6], other[:9])["content"]["named"] == [one[:6], other[:9]]
    document = documents(place)[0]
    assert run("split", one[:7], document[:5])["content"]["named"] == [one[:7], document[:5]]


def test_remove(run: Run, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = documents(place)
    removed = run("remove", first[:8], "--author", "Ada", "--reason", "By mistake.")
    assert (removed["kind"], removed["author"], removed["reason"]) == ("remove", "Ada", "By mistake.")
    assert removed["content"] == {"documents": [first]}
    assert documents(place) == (second,)
    assert run("search", "thieves") == []
    assert main(["remove", first[:8]]) == 1
    assert "No document in the store has the id" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [["incidents"], ["search", "words"], ["show", "1234"], ["decisions"], ["remove", "1234"], ["undo"]]
)
def test_reading_commands_found_no_store(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typo = tmp_path / "typo.db"
    assert main([*command, "--store", str(typo)]) == 1
    assert f"There is no store at {typo}." in capsys.readouterr().err
    assert not typo.exists()


def test_what_is_unsure_is_listed(place: str, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("review") == {"items": [], "counts": {}}  # the encoder of these tests is sure of everything
    lines = "The group Night Ledger took credit, and the police suspects it of a theft.\n"
    sentence = Sentence(Span(0, len(lines) - 1), labels=("AttackDatabreach",), scores=(0.5, 0.0, 0.0, 0.0, 0.0))
    with open_store(place) as store:
        store.add(Analysis(from_text(lines), (sentence,), "words-1"))
    (item,) = run("review", "--limit", "3")["items"]
    assert main(["review", "--limit", "1"]) == 0
    assert f"[{lines.strip()}]" in capsys.readouterr().out
    assert item["why"] == "AttackDatabreach is unsure"
    assert main(["review", "--kind", "mood"]) == 2
    assert main(["review", "--document", "x", "--incident", "y"]) == 2
