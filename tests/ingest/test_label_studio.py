"""What people marked in Label Studio: which annotation counts, what is left out is told, nothing gives a traceback."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.errors import FormatError, UnreadableSource
from incidex.ingest.label_studio import is_export, read_tasks, tasks_of
from incidex.records import Argument, Event, EventMention, Realis, Span

TEXT = "Crooks 🦊 encrypted the files\r\nof Alder Clinic. The attack hit on Monday."


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def region(name: str, control: str, words: str, label: str, **more: Any) -> dict[str, Any]:
    place = span(words)
    value = {"start": place.start, "end": place.end, "text": words, "labels": [label]}
    return {"id": name, "from_name": control, "to_name": "text", "type": "labels", "value": value | more}


def arrow(source: str, target: str, *labels: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": list(labels)}


def task(*result: Any, **about: Any) -> dict[str, Any]:
    return {"id": 12, "data": {"text": TEXT, "source": "a.txt"}, "annotations": [{"result": list(result), **about}]}


TRIGGER = region("a", "trigger", "encrypted", "AttackRansom")
LATER = region("b", "trigger", "The attack", "AttackRansom")
REALIS = {"id": "b", "from_name": "realis", "type": "choices", "value": {"choices": ["Generic"]}}
CROOKS = region("c", "argument", "Crooks 🦊", "Person")
FILES = region("d", "argument", "the files\r\nof Alder Clinic", "System")


def test_arrows_bind_arguments_and_mentions() -> None:
    # People draw an arrow from either end.
    arrows = (arrow("a", "c", "Attacker"), arrow("d", "a", "Victim"), arrow("b", "a", "Same"))
    (found,) = tasks_of([task(LATER, REALIS, TRIGGER, CROOKS, FILES, *arrows)], name="x").annotated
    arguments = (
        Argument(span("Crooks 🦊"), "Person", "Attacker"),
        Argument(span("the files\r\nof Alder Clinic"), "System", "Victim"),
    )
    first = EventMention(span("encrypted"), "AttackRansom", Realis.ACTUAL, arguments)
    second = EventMention(span("The attack"), "AttackRansom", Realis.GENERIC)
    assert found.events == (Event((first, second)),)
    assert (found.labels, found.place, found.document.source, found.document.warnings) == (None, "task 12", "a.txt", ())


def test_line_ends_may_be_written_with_a_backslash() -> None:
    mark = region("d", "trigger", "the files\r\nof", "AttackRansom", text="the files\\nof")
    (found,) = tasks_of([task(mark)], name="x").annotated
    assert found.events[0].mentions[0].trigger == span("the files\r\nof")


def test_sentences() -> None:
    marks = (
        region("s", "sentence", "The attack hit on Monday.", "O"),
        region("t", "sentence", "Crooks", "AttackRansom"),
    )
    (found,) = tasks_of([task(*marks)], name="x").annotated
    assert found.labels == ((span("Crooks"), ("AttackRansom",)), (span("The attack hit on Monday."), ()))


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        pytest.param({"id": 3, "email": "ann@news.example"}, "ann@news.example", id="address"),
        pytest.param({"id": 3}, "annotator 3", id="no address"),
        pytest.param(3, "annotator 3", id="number"),
        pytest.param(None, "", id="nobody"),
    ],
)
def test_who_marked_it(by: Any, expected: str) -> None:
    (found,) = tasks_of([task(TRIGGER, completed_by=by)], name="x").annotated
    assert found.author == expected


def test_one_annotation_counts() -> None:
    several = task(TRIGGER, updated_at="2026-03-02", completed_by=1)
    several["annotations"] += [
        {"result": [], "updated_at": "2026-03-03", "completed_by": 2},
        {"result": [LATER], "updated_at": "2026-03-04", "completed_by": 3, "was_cancelled": True},
    ]
    (latest,) = tasks_of([several], name="x").annotated
    assert (latest.events, latest.author) == ((), "annotator 2")
    assert latest.document.warnings == ("It was annotated 2 times; the annotation of annotator 2 is used.",)
    several["annotations"][0]["ground_truth"] = True
    (truth,) = tasks_of([several], name="x").annotated
    assert truth.author == "annotator 1"


def test_tasks_that_nobody_submitted_are_counted() -> None:
    untouched = {"data": {"text": TEXT}, "predictions": [{"result": [TRIGGER]}], "annotations": []}
    found = tasks_of([untouched, task(was_cancelled=True), task()], name="x")
    assert (len(found.annotated), found.untouched) == (1, 2)


@pytest.mark.parametrize(
    ("marks", "warning"),
    [
        pytest.param(
            [region("a", "trigger", "hit", "AttackRansom", text="him")], "text is not at the given offset", id="words"
        ),
        pytest.param(
            [region("a", "trigger", "hit", "AttackRansom", end=9999)], "text is not at the given offset", id="place"
        ),
        pytest.param([region("a", "trigger", "hit", "AttackRansom", labels=[])], "without a label", id="no label"),
        pytest.param([TRIGGER, CROOKS], "not linked to a trigger: 1, such as 'Crooks 🦊'", id="loose argument"),
        pytest.param([TRIGGER, CROOKS, arrow("a", "c")], "relations without a role", id="no role"),
        pytest.param([TRIGGER, arrow("a", "z", "Victim")], "to a missing region", id="arrow to nothing"),
        pytest.param(
            [TRIGGER, LATER, arrow("a", "b", "Victim")],
            "between regions that cannot be related",
            id="trigger as victim",
        ),
        pytest.param([{"type": "textarea"}], "of an unknown kind", id="another kind"),
        pytest.param(
            [region("a", "trigger", "hit", "AttackRansom", labels=["AttackRansom", "AttackPhishing"])],
            "with a second label",
            id="two types",
        ),
        pytest.param(
            [TRIGGER, CROOKS, arrow("a", "c", "CVE")], "AttackRansom with CVE of type Person", id="unusual, kept"
        ),
    ],
)
def test_what_is_left_out_is_told(marks: list[dict[str, Any]], warning: str) -> None:
    (found,) = tasks_of([task(*marks)], name="x").annotated
    assert any(warning in each for each in found.document.warnings), found.document.warnings


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param([3], '"data" is missing', id="no task"),
        pytest.param([{"text": TEXT, "label": []}], '"data" is missing', id="JSON-MIN"),
        pytest.param([{"data": {"body": TEXT}}], 'no string "text"', id="no text"),
        pytest.param([{"data": {"text": TEXT}, "annotations": 3}], "should be a list", id="annotations"),
        pytest.param([{"data": {"text": TEXT}, "annotations": [3]}], "should be an object", id="annotation"),
        pytest.param([task(3)], "should be an object", id="mark"),
        pytest.param([task({"type": "labels"})], 'no "value"', id="no value"),
        pytest.param(
            [task(region("a", "ner", "hit", "PER"))], "'ner' is not part of Incidex", id="another configuration"
        ),
        pytest.param([task(region("a", "trigger", "hit", "Theft"))], "'Theft' is not one of", id="unknown type"),
        pytest.param([task(arrow("a", "b", "Owner"))], "'Owner' is not one of", id="unknown role"),
        pytest.param([task(region("a", "trigger", "hit", "x", labels="AttackRansom"))], "should be a list", id="list"),
    ],
)
def test_another_form_is_refused(content: Any, message: str) -> None:
    with pytest.raises(FormatError, match=message) as error:
        tasks_of(content, name="tasks.json")
    assert str(error.value).startswith("tasks.json, task ")


def test_a_task_that_cannot_be_used_does_not_stop_the_others() -> None:
    found = tasks_of([3, task(TRIGGER), {"data": {"body": TEXT}}, task(was_cancelled=True)], name="x")
    assert (len(found.annotated), found.untouched) == (1, 1)
    assert [text.partition("\n")[0] for text in found.refused] == [
        'x, task 1: "data" is missing.',
        'x, task 3: "data" has no string "text".',
    ]


@pytest.mark.parametrize("name", [["x"] * 1_000, "x" * 1_000], ids=["a list", "long"])
@pytest.mark.parametrize("key", ["from_name", "labels"])
def test_a_name_that_is_none_makes_a_short_message(key: str, name: Any) -> None:
    mark = region("a", "trigger", "hit", "AttackRansom")
    mark |= {key: name} if key == "from_name" else {"value": {**mark["value"], key: [name]}}
    with pytest.raises(FormatError) as error:
        tasks_of([task(mark)], name="x")
    assert len(str(error.value)) < 500


def test_an_author_with_half_a_character_can_be_kept() -> None:
    submitted = task(TRIGGER)
    submitted["annotations"][0]["completed_by"] = {"email": "\ud800ann@news.example"}
    (found,) = tasks_of(submitted, name="x").annotated
    assert found.author == "\ufffdann@news.example"


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([task(TRIGGER)]))
    assert len(read_tasks(tmp_path / "a.json").annotated) == 1
    (tmp_path / "b.json").write_text('[{"data"')
    with pytest.raises(UnreadableSource, match="not valid JSON"):
        read_tasks(tmp_path / "b.json")


def test_what_looks_like_an_export() -> None:
    assert is_export([task()])
    assert is_export(task())
    assert is_export([3, task()])
    assert not is_export([])
    assert not is_export({"content": TEXT})
    assert not is_export("data")


_JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=4), lambda inner: st.lists(inner))
_KEYS = st.sampled_from(["id", "from_id", "type", "value", "labels", "start", "from_name", "choices"])


@given(st.lists(st.dictionaries(_KEYS, _JSON | st.sampled_from(["labels", "relation", "choices", "trigger"]))))
@settings(deadline=None)
def test_no_mark_leads_to_a_traceback(result: list[dict[str, Any]]) -> None:
    with suppress(FormatError):
        tasks_of([task(*result)], name="x")
