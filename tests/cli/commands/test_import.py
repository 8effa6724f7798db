"""`incidex import`: corrections come into the store as decisions, and what cannot be used is named with its place."""

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT

from incidex.cli import main
from incidex.cli.commands.add import add_sources
from incidex.cli.support.console import Console
from incidex.export.annotation.casie import to_casie
from incidex.export.annotation.label_studio import task
from incidex.export.misp import to_misp
from incidex.export.stix import to_stix
from incidex.link.names import knowledge
from incidex.pipeline import SentenceScorer
from incidex.records import Analysis, Event, EventMention, Realis, Sentence, Span
from incidex.store import open_store

FERRY = "Kestrel Ferries said on Tuesday that thieves stole the names of its passengers. It is sorry for it.\n"
KESTREL = ROOT / "tests" / "cases" / "import" / "kestrel.stix.json"
MISP = {
    "uuid": "e-1",
    "info": "Thieves stole names",
    "date": "2026-03-02",
    "Orgc": {"name": "CERT Norhaven"},
    "Attribute": [{"type": "target-org", "value": "Alder Clinic"}],
}
CORRECTED = (Event((EventMention(Span(41, 46), "AttackPhishing", Realis.OTHER),)),)
# As the first decision of a store has it.
IN_STORE = (Event((EventMention(Span(41, 46), "AttackPhishing", Realis.OTHER, decision=1),)),)

Written = Callable[[str, Any], str]


@pytest.fixture
def place(tmp_path: Path, encoder: SentenceScorer, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a store with a report, which is that of the commands."""
    place = str(tmp_path / "store.sqlite")
    (tmp_path / "ferry.txt").write_text(FERRY, "utf-8")
    with open_store(place) as store, Console() as console:
        add_sources([str(tmp_path / "ferry.txt")], store, console=console, encoder=lambda: encoder)
    monkeypatch.setenv("INCIDEX_STORE", place)
    return place


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Return a function that writes a file and returns its path."""

    def write(name: str, content: Any) -> str:
        (tmp_path / name).write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return str(tmp_path / name)

    return write


def found(place: str) -> Analysis:
    with open_store(place) as store:
        return store.analysis(store.document_ids()[0])


def exported(analysis: Analysis, **data: str) -> dict[str, Any]:
    """Return a task as Label Studio exports it after somebody accepted what is in `analysis`."""
    made = task(analysis)
    about = {"completed_by": {"id": 1, "email": "ann@news.example"}, "updated_at": "2026-03-02"}
    result = made["predictions"][0]["result"]
    return {"id": 12, "data": made["data"] | data, "annotations": [{"result": result, **about}]}


def corrected(place: str) -> Analysis:
    now = found(place)
    sentences = (now.sentences[0], Sentence(now.sentences[1].span, labels=("AttackRansom",)))
    return Analysis(now.document, sentences, now.model, CORRECTED)


def test_corrections_from_label_studio(place: str, written: Written, capsys: pytest.CaptureFixture[str]) -> None:
    before = found(place)
    file = written("tasks.json", [exported(corrected(place)), {"data": {"text": "Nobody came."}, "annotations": []}])
    capsys.readouterr()
    assert main(["import", file]) == 0
    out, err = capsys.readouterr()
    assert out == f"imported       {file}, task 12  ->  1 event, 2 of 2 sentences with labels\n"
    assert "tasks not yet submitted: 1" in err
    assert found(place).events == IN_STORE
    assert [one.labels for one in found(place).sentences] == [("AttackDatabreach",), ("AttackRansom",)]
    assert main(["decisions", "--json"]) == 0
    (decision,) = json.loads(capsys.readouterr().out)
    assert (decision["kind"], decision["author"]) == ("import", "ann@news.example")
    assert decision["reason"] == f"Imported from {file}, task 12."
    assert main(["undo"]) == 0
    assert found(place) == before


def test_corrections_from_casie(place: str, written: Written, capsys: pytest.CaptureFixture[str]) -> None:
    file = written("ferry.json", to_casie(corrected(place)))
    capsys.readouterr()
    assert main(["import", file, "--author", "Ada", "--reason", "Second reading.", "--json"]) == 0
    (printed,) = json.loads(capsys.readouterr().out)
    assert (printed["source"], printed["status"], printed["decision"]) == (file, "imported", 1)
    assert found(place).events == IN_STORE
    assert found(place).sentences[1].labels == ()
    assert main(["import", file, "--author", "Ada"]) == 0
    assert capsys.readouterr().out.startswith("known already  ")
    assert main(["decisions"]) == 0
    line = capsys.readouterr().out
    assert line.count("\n") == 1
    assert "import" in line
    assert "1 event, by Ada" in line
    assert line.endswith(": Second reading.\n")


def test_one_task_that_cannot_be_used_does_not_stop_the_others(
    place: str, written: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = exported(corrected(place))
    changed = exported(corrected(place), text=FERRY.replace("Tuesday", "Sunday!")) | {"id": 1}
    unknown = exported(corrected(place), text=FERRY.replace("Tuesday", "Friday."), source="") | {"id": 2}
    file = written("tasks.json", [changed, unknown, good])
    capsys.readouterr()
    assert main(["import", file]) == 1
    out, err = capsys.readouterr()
    assert out.count("imported") == 1
    assert f"tasks.json, task 1: The text differs from that of {tmp_path / 'ferry.txt'} in the store" in err
    assert "tasks.json, task 2: No document in the store has this text" in err


def test_a_task_of_another_form_does_not_stop_the_others(
    place: str, written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written("tasks.json", [{"id": 7, "data": {"body": "x"}}, exported(corrected(place)), 3])
    capsys.readouterr()
    assert main(["import", file]) == 1
    out, err = capsys.readouterr()
    assert out.count("imported") == 1
    assert f'error: {file}, task 7: "data" has no string "text"' in err
    assert f'error: {file}, task 3: "data" is missing' in err


def test_a_guessed_encoding_is_told(
    place: str, own_folder: Path, written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written("a.json", "")
    actor = '{"type": "bundle", "objects": [{"type": "tool", "id": "tool--1", "name": "Größe, Übermaß, süß"}]}'
    Path(file).write_bytes(actor.encode("latin-1"))
    assert main(["import", file]) == 0
    assert f"warning: {file}: " in capsys.readouterr().err


def test_what_is_left_out_is_told(place: str, written: Written, capsys: pytest.CaptureFixture[str]) -> None:
    good = exported(corrected(place))
    good["annotations"][0]["result"].append({"type": "textarea"})
    capsys.readouterr()
    assert main(["import", written("tasks.json", good)]) == 0
    assert "task 12: Annotations left out of an unknown kind: 1" in capsys.readouterr().err


@pytest.fixture
def own_folder(tmp_path: Path, encoder: SentenceScorer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder where imported names go; the model is the one that knows single words."""
    monkeypatch.delenv("INCIDEX_KNOWLEDGE", raising=False)
    monkeypatch.setattr(knowledge, "user_file", lambda: tmp_path / "own.json")
    monkeypatch.setattr(import_module("incidex.cli.commands.import_"), "open_model", lambda folder: encoder)
    return tmp_path


def test_names_and_incidents_from_stix(place: str, own_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["import", str(KESTREL)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("added          stix://incident--")
    assert "names: " in err
    assert "1 entries of CERT Norhaven, 1 of them new" in err
    assert knowledge.knowledge().sources[-1].entries[0].aliases == ("Ardea Crew",)
    with open_store(place) as store:
        (incident,) = store.incidents(actor="grey heron")
        (decision,) = store.decisions()
        document = store.document(incident.documents[0])
    assert (document.publisher, document.published_at, document.format) == ("CERT Norhaven", "2024-03-15", "stix")
    assert (decision.author, decision.kind) == ("CERT Norhaven", "import")
    assert main(["import", str(KESTREL)]) == 0
    assert capsys.readouterr().out.startswith("known already  stix://")
    assert main(["knowledge", "forget", "CERT Norhaven"]) == 0
    assert main(["knowledge", "forget", "CERT Norhaven"]) == 1
    assert "No names were imported from 'CERT Norhaven'" in capsys.readouterr().err


def test_an_incident_from_misp_is_what_the_model_takes_it_for(
    place: str, own_folder: Path, written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written("event.json", {"response": [{"Event": MISP}, {"Event": {"info": "Meeting", "date": "2026-03-02"}}]})
    capsys.readouterr()
    assert main(["import", file]) == 0
    assert "Meeting: skipped, because the file does not give a victim, an actor or a CVE number" in (
        capsys.readouterr().err
    )
    with open_store(place) as store:
        (incident,) = store.incidents(victim="alder clinic")
        assert incident.types == ("AttackDatabreach",)
        (found,) = store.members(incident.id).analyses
        assert found.document.source == "misp://e-1"
        assert found.events[0].mentions[0].trigger.of(found.document.text) == "This incident"


@pytest.mark.parametrize("odd", ["\ud800", "[31m", "\x00", "\x1b[2J", "7" * 100_000])
def test_odd_characters_in_fields_lead_to_no_traceback(
    place: str, own_folder: Path, written: Written, odd: str, capsys: pytest.CaptureFixture[str]
) -> None:
    event: dict[str, Any] = {
        "uuid": odd,
        "info": f"Thieves stole {odd}",
        "date": "2026-03-02",
        "Orgc": {"name": f"CERT {odd}"},
    }
    event |= {"Attribute": [{"type": kind, "value": f"Alder {odd}"} for kind in ("target-org", "threat-actor")]}
    incident: dict[str, Any] = {
        "type": "incident",
        "id": f"incident--{odd}",
        "name": f"Leak {odd}",
        "created": "2026-03-02",
    }
    incident |= {"labels": ["data-breach"], "description": f"Thieves{odd} stole"}
    victim = {"type": "identity", "id": "identity--1", "name": f"Birch {odd}"}
    hit = {"type": "relationship", "id": "r--1", "source_ref": incident["id"], "target_ref": "identity--1"}
    bundle = {"type": "bundle", "objects": [incident, victim, hit | {"relationship_type": "targets"}]}
    files = [written("event.json", {"Event": event}), written("bundle.json", bundle)]
    capsys.readouterr()
    assert main(["import", *files]) == 0
    out, err = capsys.readouterr()
    assert out.count("added") == 2
    assert not set("\x00\x1b") & set(out + err)
    assert len(out + err) < 3_000
    assert main(["import", *files]) == 0
    assert capsys.readouterr().out.count("known already") == 2


def test_each_event_is_of_the_organisation_that_created_it(place: str, own_folder: Path, written: Written) -> None:
    other = {**MISP, "uuid": "e-2", "info": "Thieves stole files", "Orgc": {"name": "CERT Osterby"}}
    assert main(["import", written("events.json", [{"Event": MISP}, {"Event": other}])]) == 0
    with open_store(place) as store:
        documents = [store.document(id) for id in store.document_ids()]
    assert {one.source: one.publisher for one in documents if one.format == "misp"} == {
        "misp://e-1": "CERT Norhaven",
        "misp://e-2": "CERT Osterby",
    }


def test_an_incident_that_says_nothing_of_what_happened_is_left_out(
    place: str, own_folder: Path, written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    event: dict[str, Any] = {"uuid": "e-1", "info": "Case 12", "date": "2026-03-02"}
    event |= {"Attribute": [{"type": "target-org", "value": "Alder Clinic"}]}
    assert main(["import", written("event.json", {"Event": event})]) == 0
    assert "Case 12: skipped, because the file does not say what happened" in capsys.readouterr().err


def test_what_incidex_wrote_itself_is_refused(
    place: str, own_folder: Path, written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("a.stix.json", to_stix(corrected(place))), ("a.misp.json", to_misp(corrected(place)))):
        capsys.readouterr()
        assert main(["import", written(name, text)]) == 1
        assert "was written by Incidex" in capsys.readouterr().err


def test_an_event_of_incidex_does_not_stop_those_of_others(
    place: str, own_folder: Path, written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    own = json.loads(to_misp(corrected(place)))
    capsys.readouterr()
    assert main(["import", written("events.json", [own, {"Event": MISP}])]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("added          misp://e-1")
    assert "was written by Incidex" in err


def test_a_folder_is_refused_as_one(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(tmp_path), str(KESTREL.with_name("none.json"))]) == 1
    err = capsys.readouterr().err
    assert f"error: {tmp_path} is a folder.\n  Name the files in it" in err
    assert "does not exist" in err


def test_a_file_that_names_nobody_is_told(
    place: str, own_folder: Path, written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", written("empty.json", {"type": "bundle", "objects": []})]) == 0
    assert "has no names and no incidents" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("{", "not valid JSON", id="no JSON"),
        pytest.param("[" * 100_000, "nested too deeply", id="deep"),
        pytest.param({"some": "thing"}, "not a Label Studio export", id="another form"),
        pytest.param([], "not a Label Studio export", id="empty"),
        pytest.param({"type": "bundle"}, 'without a list "objects"', id="half a bundle"),
        pytest.param({"content": FERRY}, '"cyberevent" is missing', id="CASIE without events"),
    ],
)
def test_another_form_is_refused(
    place: str, written: Written, content: Any, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["import", written("a.json", content)]) == 1
    out, err = capsys.readouterr()
    assert message in err
    assert (out, "Traceback" in err) == ("", False)
