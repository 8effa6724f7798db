"""JSON Lines give back the analysis that they were written from, and what is no such line is refused with its place."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from drawn import texts, whole
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.errors import FormatError, UnreadableSource
from incidex.export.jsonl.analysis import SCHEMA_VERSION as WRITTEN_VERSION
from incidex.export.jsonl.analysis import to_dict, to_jsonl
from incidex.ingest.jsonl import SCHEMA_VERSION, from_line, read_jsonl
from incidex.records import Analysis, Block, Document, Event, EventMention, Sentence, Span


@given(whole())
@settings(deadline=None)
def test_what_is_written_is_read_back(analysis: Analysis) -> None:
    assert from_line(to_jsonl(analysis, everything=True)) == analysis


def test_the_versions_are_one() -> None:
    assert SCHEMA_VERSION == WRITTEN_VERSION


def sample() -> Analysis:
    text = "Crooks stole names.\u2028They hid."
    event = Event((EventMention(Span(7, 12), "AttackDatabreach"),))
    document = Document(text, blocks=(Block(Span(0, 19), kind=Sentence(Span(0, 1)).kind),))
    return Analysis(document, (Sentence(Span(0, 19), labels=("AttackDatabreach",)),), "fake-1", (event,))


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(to_jsonl(sample()) + "\n" + to_jsonl(sample()), "utf-8")
    assert list(read_jsonl(tmp_path / "a.jsonl")) == [sample(), sample()]
    with pytest.raises(UnreadableSource, match="cannot be read"):
        list(read_jsonl(tmp_path / "none.jsonl"))
    (tmp_path / "b.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(FormatError, match="not UTF-8"):
        list(read_jsonl(str(tmp_path / "b.jsonl")))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_are_finite(number: str) -> None:
    line = to_jsonl(sample()).replace('"quantities": []', f'"quantities": [{{"low": {number}}}]')
    assert number in line
    with pytest.raises(FormatError, match="is no number"):
        from_line(line)


def _set(path: list[Any], value: Any) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        inner: Any = content
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(_set(["schema_version"], 2), "version 1 of Incidex's JSON Lines", id="newer"),
        pytest.param(_set(["text"], "Crooks"), "is not at", id="another text"),
        pytest.param(_set(["text"], 3), "does not follow", id="no text"),
        pytest.param(_set(["blocks", 0, "end"], 999), "beyond the end", id="outside the text"),
        pytest.param(_set(["sentences", 0, "labels"], ["Theft"]), "'Theft' is not an event type", id="label"),
        pytest.param(_set(["events", 0, "mentions", 0, "event_type"], "Theft"), "not an event type", id="event type"),
        pytest.param(_set(["events", 0, "mentions", 0, "realis"], "Maybe"), "Invalid enum value", id="realis"),
        pytest.param(_set(["events", 0], {}), "'mentions' is missing", id="missing key"),
        pytest.param(_set(["claims"], None), "does not follow", id="null"),
    ],
)
def test_another_form_is_refused(change: Callable[[dict[str, Any]], None], message: str, tmp_path: Path) -> None:
    content = to_dict(sample())
    change(content)
    (tmp_path / "a.jsonl").write_text(f"\n{json.dumps(content)}\n", "utf-8")
    with pytest.raises(FormatError, match=message) as error:
        list(read_jsonl(tmp_path / "a.jsonl"))
    assert f"{tmp_path / 'a.jsonl'}, line 2" in str(error.value)


@pytest.mark.parametrize("line", ["{", "[]", "3", "null", "[" * 100_000])
def test_what_is_no_object_is_refused(line: str) -> None:
    with pytest.raises(FormatError):
        from_line(line)


_JSON = st.recursive(st.none() | st.booleans() | st.integers() | texts(), lambda inner: st.lists(inner, max_size=2))


@given(st.sampled_from(sorted(to_dict(sample()))), _JSON)
@settings(deadline=None)
def test_no_line_leads_to_a_traceback(key: str, value: Any) -> None:
    with suppress(FormatError):
        from_line(json.dumps({**to_dict(sample()), key: value}))
