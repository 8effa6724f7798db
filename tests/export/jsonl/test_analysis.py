"""JSON Lines: one line a document, true to its schema, positions that count in the text."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.export.jsonl.analysis import SCHEMA_VERSION, to_jsonl
from incidex.export.schema import schema
from incidex.labels import scheme
from incidex.records import (
    Analysis,
    Block,
    BlockKind,
    ClaimKind,
    Document,
    EntityKind,
    Granularity,
    IndicatorKind,
    IndicatorRole,
    PartOfPeriod,
    QuantityKind,
    Sentence,
    Span,
    TimeBasis,
    TimeBound,
)
from incidex.text.quantities import find_quantities
from incidex.text.times.find import find_times

TEXT = "Ferry firm “hit”\nAdvertisement\nCrooks took names."
DOCUMENT = Document(
    TEXT,
    blocks=(
        Block(Span(0, 16), BlockKind.TITLE, "first line"),
        Block(Span(17, 30), BlockKind.BOILERPLATE, "word list", origin="page 1"),
        Block(Span(31, 49), BlockKind.BODY, repeats=0),
    ),
    source="ferry.txt",
    title="Ferry firm “hit”",
    published_at="2026-03-04T09:30+01:00",
    language="en",
    warnings=("The text is short.",),
)
ANALYSIS = Analysis(
    DOCUMENT,
    (
        Sentence(Span(0, 16), BlockKind.TITLE, (), (0.1, 0.0, 0.25, 0.0, 0.0)),
        Sentence(Span(17, 30), BlockKind.BOILERPLATE),
        Sentence(Span(31, 49), BlockKind.BODY, ("AttackDatabreach",), (0.987654, 0.0, 0.0, 0.0, 1.0)),
    ),
    "fake-1",
)


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schema("document")))


def record(analysis: Analysis, *, everything: bool = False) -> dict[str, Any]:
    line = to_jsonl(analysis, everything=everything)
    assert line.endswith("}\n")
    assert len(line.splitlines()) == 1
    loaded: dict[str, Any] = json.loads(line)
    return loaded


def test_says_everything_about_the_document(validator: jsonschema.Draft202012Validator) -> None:
    found = record(ANALYSIS)
    validator.validate(found)
    assert found["schema_version"] == SCHEMA_VERSION
    assert found["id"] == DOCUMENT.id
    assert (found["text"], found["source"], found["model"]) == (TEXT, "ferry.txt", "fake-1")
    assert (found["title"], found["publisher"], found["language"]) == ("Ferry firm “hit”", None, "en")
    assert found["warnings"] == ["The text is short."]
    assert [block["kind"] for block in found["blocks"]] == ["title", "boilerplate", "body"]
    assert [block["repeats"] for block in found["blocks"]] == [None, None, 0]


def test_sentences_have_their_words_labels_and_scores() -> None:
    _, sentence = record(ANALYSIS)["sentences"]
    assert TEXT[sentence["start"] : sentence["end"]] == sentence["text"] == "Crooks took names."
    assert sentence["labels"] == ["AttackDatabreach"]
    assert list(sentence["scores"].items()) == [
        ("AttackDatabreach", 0.9877),
        ("AttackPhishing", 0.0),
        ("AttackRansom", 0.0),
        ("DiscoverVulnerability", 0.0),
        ("PatchVulnerability", 1.0),
    ]


def test_sentences_outside_the_article_on_demand(validator: jsonschema.Draft202012Validator) -> None:
    found = record(ANALYSIS, everything=True)
    validator.validate(found)
    assert [sentence["kind"] for sentence in found["sentences"]] == ["title", "boilerplate", "body"]
    assert found["sentences"][1]["scores"] == {}


def test_events_have_their_words(analysis: Analysis, validator: jsonschema.Draft202012Validator) -> None:
    found = record(analysis)
    validator.validate(found)
    assert [event["event_type"] for event in found["events"]] == ["AttackDatabreach", "AttackRansom"]
    _, mention, denied = found["events"][0]["mentions"]
    start = found["text"].index("stole")
    assert mention["trigger"] == {"start": start, "end": start + 5, "text": "stole"}
    assert (mention["event_type"], mention["realis"], mention["score"]) == ("AttackDatabreach", "Actual", 0.875)
    assert mention["arguments"][0] == {
        "start": start - 8,
        "end": start - 1,
        "text": "Thieves",
        "entity_type": "Person",
        "role": "Attacker",
        "name": None,
        "score": 0.625,
    }
    assert (denied["realis"], denied["score"]) == ("Other", 1.0)


def test_times_and_quantities_have_their_values(validator: jsonschema.Draft202012Validator) -> None:
    text = "On Friday at 9:30 GMT over 50 users lost $1.5m in two hours."
    document = Document(text, published_at="2017-05-06")
    times, quantities = find_times(document), find_quantities(document)
    found = record(Analysis(document, (), "fake-1", times=times, quantities=quantities))
    validator.validate(found)
    assert [(time["text"], time["begins"], time["duration"]) for time in found["times"]] == [
        ("Friday at 9:30 GMT", "2017-05-05T09:30+00:00", None),
        ("two hours", None, "PT2H"),
    ]
    assert found["times"][0]["basis"] == "publication"
    assert [(each["kind"], each["unit"], each["low"], each["high"]) for each in found["quantities"]] == [
        ("people", "users", 50, None),
        ("money", "USD", 1_500_000, 1_500_000),
    ]


def test_the_schema_knows_the_words_of_times_and_quantities(validator: jsonschema.Draft202012Validator) -> None:
    times = validator.schema["$defs"]["time"]["properties"]
    for name, words in (
        ("granularity", Granularity),
        ("basis", TimeBasis),
        ("part", PartOfPeriod),
        ("bound", TimeBound),
    ):
        assert [word for word in times[name]["enum"] if word] == [word.value for word in words]
    kinds = validator.schema["$defs"]["quantity"]["properties"]["kind"]["enum"]
    assert sorted(kinds) == sorted(kind.value for kind in QuantityKind)


def test_the_schema_knows_the_scheme(validator: jsonschema.Draft202012Validator) -> None:
    definitions = validator.schema["$defs"]
    assert definitions["label"]["enum"] == list(scheme().names)
    assert definitions["kind"]["enum"] == [kind.value for kind in BlockKind]
    assert definitions["mention"]["properties"]["realis"]["enum"] == list(scheme().realis)
    assert definitions["argument"]["properties"]["entity_type"]["enum"] == list(scheme().entity_types)
    assert definitions["argument"]["properties"]["role"]["enum"] == list(scheme().roles)


def test_the_schema_knows_the_kinds(validator: jsonschema.Draft202012Validator) -> None:
    definitions = validator.schema["$defs"]
    assert definitions["entity"]["properties"]["kind"]["enum"] == [*EntityKind, None]
    assert definitions["link"]["properties"]["kind"]["enum"] == [*EntityKind]
    assert definitions["indicator"]["properties"]["kind"]["enum"] == [*IndicatorKind]
    assert definitions["indicator"]["properties"]["role"]["enum"] == [*IndicatorRole]
    assert definitions["claim"]["properties"]["kind"]["enum"] == [*ClaimKind]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param({"schema_version": 2}, id="another version"),
        pytest.param({"text": None}, id="no text"),
        pytest.param({"published_at": "yesterday"}, id="no date"),
        pytest.param({"sentences": [{"start": 0}]}, id="half a sentence"),
        pytest.param({"events": [{"event_type": "AttackRansom", "mentions": []}]}, id="an event that nobody mentions"),
        pytest.param(
            {"events": [{"event_type": "AttackRansom", "mentions": [{"trigger": {"start": 0}}]}]}, id="half a mention"
        ),
    ],
)
def test_the_schema_refuses(damage: dict[str, Any], validator: jsonschema.Draft202012Validator) -> None:
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(record(ANALYSIS) | damage)


@given(st.text(min_size=1))
@settings(deadline=None)
def test_any_text_is_one_line_of_json(text: str) -> None:
    line = to_jsonl(Analysis(Document(text), (Sentence(Span(0, len(text))),), "fake-1"))
    assert len(line.splitlines()) == 1
    assert json.loads(line)["sentences"][0]["text"] == text


def test_a_file_name_that_is_no_unicode_stays_valid_json() -> None:
    line = to_jsonl(Analysis(Document("Text.", source="caf\udce9.txt"), (), "fake-1"))
    # How the command line writes: what UTF-8 cannot hold becomes an escape, which JSON reads back.
    written = line.encode("utf-8", "backslashreplace").decode("utf-8")
    assert json.loads(written)["source"] == "caf\udce9.txt"
