"""CASIE's annotations: offsets are repaired, what cannot be used is told, and no file leads to a traceback."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.errors import FormatError, UnreadableSource
from incidex.ingest.annotated import Annotated
from incidex.ingest.casie_events import read_annotated, read_events, repaired
from incidex.labels import scheme
from incidex.records import Argument, Event, EventMention, Realis, Span

TEXT = "Crooks 🦊 encrypted the files of Alder Clinic. The attack hit on Monday, and Alder mended the flaw."


def mark(words: str, late: int = 0, **more: Any) -> dict[str, Any]:
    start = TEXT.index(words) + late
    return {"index": "T1", "text": words, "startOffset": start, "endOffset": start + len(words), **more}


def argument(words: str, entity_type: str, role: str, late: int = 0) -> dict[str, Any]:
    return mark(words, late, type=entity_type, role={"type": role})


def mention(words: str, *arguments: dict[str, Any], late: int = 0, **more: Any) -> dict[str, Any]:
    entry = {"index": "E1", "type": "Attack", "subtype": "Ransom", "realis": "Actual", "nugget": mark(words, late)}
    return {**entry, **({"argument": list(arguments)} if arguments else {}), **more}


def record(*hoppers: list[dict[str, Any]]) -> dict[str, Any]:
    entries = [{"index": index, "events": events} for index, events in enumerate(hoppers)]
    return {"content": TEXT, "info": {}, "cyberevent": {"hopper": entries}}


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def read(folder: Path, content: object) -> Annotated:
    file = folder / "a.json"
    file.write_text(json.dumps(content), "utf-8")
    return read_annotated(file)


def test_a_hopper_is_an_event_and_all_is_in_the_order_of_the_text(tmp_path: Path) -> None:
    patch: dict[str, Any] = {"type": "Vulnerability-related", "subtype": "PatchVulnerability", "realis": "Other"}
    attack = [
        mention("The attack", argument("on Monday", "Time", "Time"), realis="Generic"),
        mention(
            "encrypted",
            argument("the files", "System", "Victim"),
            argument("Crooks", "Person", "Attacker"),
            argument("Crooks", "Person", "Attacker"),
        ),
    ]
    found = read(tmp_path, record([mention("mended", **patch)], attack))
    assert (found.document.text, found.document.format, found.document.warnings) == (TEXT, "casie", ())
    assert found.events == (
        Event(
            (
                EventMention(
                    span("encrypted"),
                    "AttackRansom",
                    Realis.ACTUAL,
                    (
                        Argument(span("Crooks"), "Person", "Attacker"),
                        Argument(span("the files"), "System", "Victim"),
                    ),
                ),
                EventMention(
                    span("The attack"), "AttackRansom", Realis.GENERIC, (Argument(span("on Monday"), "Time", "Time"),)
                ),
            )
        ),
        Event((EventMention(span("mended"), "PatchVulnerability", Realis.OTHER),)),
    )


def test_general_is_an_old_word_for_generic(tmp_path: Path) -> None:
    (event,) = read(tmp_path, record([mention("encrypted", realis="General")])).events
    assert event.mentions[0].realis is Realis.GENERIC


@pytest.mark.parametrize("late", [0, 1, 2, 12])
def test_offsets_that_are_too_large_are_repaired(tmp_path: Path, late: int) -> None:
    entry = mention("The attack", argument("on Monday", "Time", "Time", late), late=late)
    (event,) = read(tmp_path, record([entry])).events
    assert event.mentions[0].trigger == span("The attack")
    assert event.mentions[0].arguments[0].span == span("on Monday")


@pytest.mark.parametrize(
    ("start", "words", "found"),
    [
        pytest.param(0, "aab", Span(0, 3), id="in place"),
        pytest.param(1, "a", Span(1, 2), id="in place, although it stands one before, too"),
        pytest.param(1, "aab", Span(0, 3), id="one late"),
        pytest.param(3, "c", None, id="too early is never right"),
        pytest.param(2, "", None, id="no words"),
        pytest.param(10**30, "a", None, id="far behind the end"),
    ],
)
def test_repairs(start: int, words: str, found: Span | None) -> None:
    assert repaired("aab c", start, words) == found


def test_what_does_not_match_is_left_out_and_told(tmp_path: Path) -> None:
    lost = mention("The attack", argument("on Monday", "Time", "Time"), late=5)
    kept = mention("encrypted", argument("the files", "System", "Victim", late=3))
    found = read(tmp_path, record([lost], [kept]))
    assert [event.mentions for event in found.events] == [(EventMention(span("encrypted"), "AttackRansom"),)]
    assert found.document.warnings == (
        'Annotations left out because their text is not at the given offset: 3, such as the trigger "The attack"'
        f" at {TEXT.index('The attack') + 5}.",
    )


def test_an_argument_that_the_scheme_does_not_provide_for_is_kept_and_told(tmp_path: Path) -> None:
    odd = [argument("Alder", "Organization", "Releaser"), argument("on Monday", "Person", "Victim")]
    found = read(tmp_path, record([mention("encrypted", *odd)]))
    kept = [(entry.entity_type, entry.role) for entry in found.events[0].mentions[0].arguments]
    assert kept == [("Organization", "Releaser"), ("Person", "Victim")]
    assert found.document.warnings == (
        "Arguments outside the scheme, kept as they are: 1, such as AttackRansom with Releaser of type Organization.",
    )


def test_half_characters_in_annotations_are_those_of_the_text(tmp_path: Path) -> None:
    content = record([mention("encrypted")])
    content["content"] = content["content"].replace("encrypted", "encrypt\ud800d")
    content["cyberevent"]["hopper"][0]["events"][0]["nugget"]["text"] = "encrypt\ud800d"
    found = read(tmp_path, content)
    assert found.events[0].mentions[0].trigger.of(found.document.text) == "encrypt\ufffdd"


GOOD = mention("encrypted", argument("Crooks", "Person", "Attacker"))
ARGUMENT = GOOD["argument"][0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param({"content": TEXT}, 'a.json: "cyberevent" is missing', id="no annotation at all"),
        pytest.param({"content": TEXT, "cyberevent": []}, '"cyberevent" should be an object, not a list', id="a list"),
        pytest.param({"content": TEXT, "cyberevent": {"hopper": None}}, '"hopper" .* a list, not null', id="null"),
        pytest.param(
            {"content": TEXT, "cyberevent": {"hopper": [1]}}, r"hopper\[0\] should be an object, not 1", id="a number"
        ),
        pytest.param(record([GOOD], [GOOD, 3]), r"hopper\[1\].events\[1\] should be an object", id="place"),  # type: ignore[list-item]
        pytest.param(record([GOOD | {"subtype": "Ransoms"}]), 'unknown event type "Attack/Ransoms"', id="event type"),
        pytest.param(record([GOOD | {"realis": "actual"}]), 'unknown realis "actual"', id="realis"),
        pytest.param(record([GOOD | {"nugget": "x"}]), '"nugget" should be an object, not "x"', id="trigger"),
        pytest.param(record([GOOD | {"argument": {}}]), '"argument" should be a list, not an object', id="arguments"),
        pytest.param(
            record([GOOD | {"argument": [ARGUMENT | {"role": {"type": "Owner"}}]}]), 'unknown role "Owner"', id="role"
        ),
        pytest.param(
            record([GOOD | {"argument": [ARGUMENT | {"type": "Thing"}]}]),
            'unknown entity type "Thing"',
            id="entity type",
        ),
        pytest.param(
            record([GOOD | {"argument": [ARGUMENT | {"startOffset": -1}]}]), '"startOffset" is negative', id="negative"
        ),
        pytest.param(
            record([GOOD | {"argument": [ARGUMENT | {"startOffset": True}]}]), "an integer, not true", id="bool"
        ),
        pytest.param(record([GOOD | {"argument": [ARGUMENT | {"startOffset": 1.5}]}]), "not 1.5", id="half"),
        pytest.param(
            record([GOOD | {"argument": [{**ARGUMENT, "text": ["x"]}]}]), '"text" .* a string, not a list', id="words"
        ),
        pytest.param(record([GOOD | {"realis": "x" * 999}]), r'unknown realis "x{56}\.\.\.', id="long"),
    ],
)
def test_refuses(tmp_path: Path, content: object, message: str) -> None:
    with pytest.raises(FormatError, match=message) as caught:
        read(tmp_path, content)
    first, second = str(caught.value).splitlines()
    assert str(tmp_path / "a.json") in first
    assert second == "See docs/reference/events.md for the format."


def test_what_is_no_json_is_refused_as_ever(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{")
    with pytest.raises(UnreadableSource, match="not valid JSON"):
        read_annotated(tmp_path / "a.json")


KEYS = ["hopper", "events", "nugget", "argument", "role", "type", "subtype", "realis", "text", "startOffset"]
WORDS = st.sampled_from(["Attack", "Ransom", "Actual", "Crooks", ""])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=12,
)


@pytest.mark.slow
@given(VALUES, st.sampled_from(["cyberevent", "hopper", "events", "nugget", "argument", "role", "text", "startOffset"]))
@settings(deadline=None, max_examples=300)
def test_whatever_stands_in_the_file_is_read_or_refused_with_a_message(value: Any, where: str) -> None:
    content = json.loads(json.dumps(record([GOOD, GOOD])))
    event = content["cyberevent"]["hopper"][0]["events"][0]
    holders = {"cyberevent": content, "hopper": content["cyberevent"], "events": content["cyberevent"]["hopper"][0]}
    holders |= {"nugget": event, "argument": event, "role": event["argument"][0]}
    holders.get(where, event["nugget"])[where] = value
    with suppress(FormatError):
        events, _ = read_events(content, TEXT, name="a.json")
        assert all(event.mentions for event in events)


def test_a_nest_of_lists_is_refused(tmp_path: Path) -> None:
    nested = "[" * 900 + "]" * 900
    (tmp_path / "a.json").write_text(f'{{"content": "Text.", "cyberevent": {{"hopper": [{nested}]}}}}')
    with pytest.raises(FormatError, match=r"hopper\[0\] should be an object, not a list"):
        read_annotated(tmp_path / "a.json")


# In train, one trigger stands nowhere near its place: it was the only mention of its event, and had one argument. One
# argument is written twice.
@pytest.mark.corpus
@pytest.mark.parametrize(
    ("part", "events", "mentions", "arguments", "left_out"),
    [("train", 2781 - 1, 5990 - 1, 15938 - 2, 2), ("dev", 559, 1227, 3222, 0)],
)
def test_reads_the_corpus(shared: Path, part: str, events: int, mentions: int, arguments: int, left_out: int) -> None:
    articles = [read_annotated(file) for file in sorted((shared / "corpus" / "casie" / part).glob("*.json"))]
    found = [event for article in articles for event in article.events]
    marked = [mention for event in found for mention in event.mentions]
    assert (len(found), len(marked)) == (events, mentions)
    assert sum(len(mention.arguments) for mention in marked) == arguments
    warnings = [warning for article in articles for warning in article.document.warnings]
    assert [f"offset: {left_out}, such as the trigger" in warning for warning in warnings] == [True] * bool(left_out)
    assert {mention.event_type for mention in marked} == set(scheme().names)
