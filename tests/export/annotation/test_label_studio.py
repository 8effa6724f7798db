"""Tasks for Label Studio: their form, the configuration that they need, and what is written is read back the same."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from drawn import analyses
from hypothesis import given, settings

from incidex.export.annotation.label_studio import labelling_config, task, to_label_studio
from incidex.ingest.casie_events import read_annotated
from incidex.ingest.label_studio import tasks_of
from incidex.labels import scheme
from incidex.records import Analysis


def submitted(analysis: Analysis, **about: Any) -> dict[str, Any]:
    """Return the task as Label Studio exports it after somebody accepted what was predicted."""
    made = json.loads(to_label_studio(analysis))[0]
    return {**made, "id": 7, "annotations": [{"id": 1, "result": made["predictions"][0]["result"], **about}]}


def test_the_form(analysis: Analysis) -> None:
    text = analysis.document.text
    made = task(analysis)
    assert made["data"]["text"] == text
    assert (made["data"]["id"], made["data"]["title"]) == (analysis.document.id, analysis.document.title)
    (prediction,) = made["predictions"]
    assert prediction["model_version"] == "fake-1"
    by_control: dict[str, list[dict[str, Any]]] = {}
    for entry in prediction["result"]:
        by_control.setdefault(entry.get("from_name", "relation"), []).append(entry)
    assert {name: len(entries) for name, entries in by_control.items()} == {
        "sentence": 4,
        "trigger": 4,
        "realis": 4,
        "argument": 7,
        "relation": 10,
    }
    first = by_control["sentence"][0]
    assert first["value"] == {"start": 0, "end": 32, "text": text[:32], "labels": ["AttackDatabreach"]}
    assert by_control["sentence"][2]["value"]["labels"] == ["O"]
    arrows = [(each["from_id"], each["to_id"], each["labels"]) for each in by_control["relation"]]
    assert arrows[0] == ("E1", "T1", ["Victim"])
    assert ("E1", "E2", ["Same"]) in arrows
    assert all(each["value"]["choices"] for each in by_control["realis"])


def test_everything_is_marked_when_asked(analysis: Analysis) -> None:
    marks = [each for each in task(analysis, everything=True)["predictions"][0]["result"] if each["type"] == "labels"]
    assert sum(each["from_name"] == "sentence" for each in marks) == len(analysis.sentences)


def test_the_configuration_knows_all_that_can_be_marked() -> None:
    view = ElementTree.fromstring(labelling_config())
    known = {tag.get("name"): [one.get("value") for one in tag] for tag in view if tag.get("name")}
    assert known == {
        "sentence": [*scheme().names, "O"],
        "trigger": list(scheme().names),
        "realis": list(scheme().realis),
        "argument": list(scheme().entity_types),
        "text": [],
    }
    relations = view.find("Relations")
    assert relations is not None
    assert {one.get("value") for one in relations} == {"Same", *scheme().roles}
    assert {tag.get("toName") for tag in view if tag.tag in ("Labels", "Choices")} == {"text"}


@pytest.mark.slow
@given(analyses())
@settings(deadline=None, max_examples=200)
def test_what_is_written_is_read_back(analysis: Analysis) -> None:
    (found,) = tasks_of([submitted(analysis)], name="a.json").annotated
    assert found.document.warnings == ()
    assert found.document.id == analysis.document.id
    assert found.events == analysis.events
    written = tuple((sentence.span, sentence.labels) for sentence in analysis.sentences)
    assert found.labels == (written or None)


@pytest.mark.parametrize("words", ["</Text>", "\\n", "\x00", "\u2028"])
def test_any_text_is_one_line_of_ascii(words: str, analysis: Analysis) -> None:
    line = to_label_studio(Analysis(type(analysis.document)(words), (), "fake-1"))
    assert line.isascii()
    assert line.count("\n") == 1
    assert json.loads(line)[0]["data"]["text"] == words


@pytest.mark.corpus
@pytest.mark.parametrize("part", ["train", "dev"])
def test_events_of_the_corpus_come_back(shared: Path, part: str) -> None:
    for file in sorted((shared / "corpus" / "casie" / part).glob("*.json")):
        annotated = read_annotated(file)
        (found,) = tasks_of([submitted(Analysis(annotated.document, (), "", annotated.events))], name="x").annotated
        assert found.events == annotated.events, file.name
        assert not [each for each in found.document.warnings if "left out" in each]


@pytest.mark.readers
def test_label_studio_takes_configuration_and_task(analysis: Analysis) -> None:
    pytest.importorskip("label_studio_sdk", reason="needs the extra 'readers'")
    from label_studio_sdk.label_interface import LabelInterface

    made = task(analysis)
    interface = LabelInterface(labelling_config())
    interface.validate()
    assert interface.validate_task({"data": made["data"]})
    assert interface.validate_prediction(made["predictions"][0], return_errors=True) == []
