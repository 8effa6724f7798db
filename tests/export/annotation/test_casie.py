"""CASIE's JSON: the layout of the public corpus, and what is written is read back the same."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from drawn import analyses
from hypothesis import given, settings

from incidex.export.annotation.casie import to_casie
from incidex.ingest.casie_events import read_annotated, read_events
from incidex.records import Analysis, Argument, Document, Event, EventMention, Realis, Span

TEXT = "Crooks 🦊 encrypted the files. The attack hit Alder."
CROOKS = Argument(Span(0, 8), "Person", "Attacker")
FIRST = EventMention(Span(9, 18), "AttackRansom", Realis.ACTUAL, (CROOKS, Argument(Span(19, 28), "System", "Victim")))
SECOND = EventMention(Span(30, 40), "AttackRansom", Realis.GENERIC, (CROOKS,))
PATCH = EventMention(Span(41, 44), "PatchVulnerability", Realis.OTHER)


def written(*events: Event, **about: Any) -> dict[str, Any]:
    line = to_casie(Analysis(Document(TEXT, **about), (), "fake-1", events))
    assert line.isascii()
    assert line.index("\n") == len(line) - 1
    content: dict[str, Any] = json.loads(line)
    return content


def mark(index: str, text: str, start: int, end: int) -> dict[str, Any]:
    return {"index": index, "text": text, "startOffset": start, "endOffset": end}


def test_the_layout() -> None:
    crooks = {**mark("T2", "Crooks 🦊", 0, 8), "type": "Person", "role": {"type": "Attacker"}}
    attack = {"type": "Attack", "subtype": "Ransom"}
    content = written(Event((FIRST, SECOND)), Event((PATCH,)))
    assert content["content"] == TEXT
    together, alone = content["cyberevent"]["hopper"]
    assert (together["index"], together["relation"]) == (0, "Same")
    assert together["events"] == [
        {
            "index": "E1",
            **attack,
            "realis": "Actual",
            "nugget": mark("T1", "encrypted", 9, 18),
            "argument": [
                crooks,
                {**mark("T3", "the files", 19, 28), "type": "System", "role": {"type": "Victim"}},
            ],
        },
        {
            "index": "E2",
            **attack,
            "realis": "Generic",
            "nugget": mark("T4", "The attack", 30, 40),
            "argument": [crooks],
        },
    ]
    patch = {"type": "Vulnerability-related", "subtype": "PatchVulnerability"}
    third = {"index": "E3", **patch, "realis": "Other", "nugget": mark("T5", "hit", 41, 44)}
    assert alone == {"index": 1, "events": [third]}


@pytest.mark.parametrize(
    ("about", "sourcefile", "info"),
    [
        pytest.param({}, "", {"date": "", "type": "text", "link": ""}, id="nothing known"),
        pytest.param(
            {"source": "reports/a.html", "title": "Alder hit", "published_at": "2026-03-04T09:30+01:00"},
            "a.html",
            {"title": "Alder hit", "date": "2026_03_04", "type": "text", "link": ""},
            id="file",
        ),
        pytest.param(
            {"source": "https://news.example/alder.html", "published_at": "2026-03"},
            "alder.html",
            {"date": "2026_03", "type": "text", "link": "https://news.example/alder.html"},
            id="URL",
        ),
    ],
)
def test_what_is_known_of_the_document(about: dict[str, str], sourcefile: str, info: dict[str, str]) -> None:
    content = written(**about)
    assert (content["sourcefile"], content["info"]) == (sourcefile, info)
    assert content["cyberevent"] == {"hopper": []}


def test_title_and_date_are_read_back(tmp_path: Path) -> None:
    source = "https://news.example/a.html"
    document = Document(TEXT, source=source, title="Alder hit", published_at="2026-03-04")
    (tmp_path / "a.json").write_text(to_casie(Analysis(document, (), "fake-1")))
    found = read_annotated(tmp_path / "a.json").document
    assert (found.text, found.title, found.published_at, found.publisher) == (
        TEXT,
        "Alder hit",
        "2026-03-04",
        "news.example",
    )


@pytest.mark.slow
@given(analyses())
@settings(deadline=None, max_examples=200)
def test_what_is_written_is_read_back(analysis: Analysis) -> None:
    content = json.loads(to_casie(analysis))
    assert content["content"] == analysis.document.text
    assert read_events(content, analysis.document.text, name="a.json") == (analysis.events, ())


@pytest.mark.corpus
@pytest.mark.parametrize("part", ["train", "dev"])
def test_the_corpus_is_written_as_it_was_read(shared: Path, part: str) -> None:
    files = sorted((shared / "corpus" / "casie" / part).glob("*.json"))
    unchanged = 0
    for file in files:
        annotated = read_annotated(file)
        content = json.loads(to_casie(Analysis(annotated.document, (), "", annotated.events)))
        assert read_events(content, annotated.document.text, name="again") == (annotated.events, ())
        before = json.loads(file.read_text("utf-8"))
        assert content["content"] == before["content"]
        assert content["info"].keys() <= before["info"].keys()
        # Where no offset needs repair and no realis is "General", the files say the same, too.
        unchanged += Counter(_annotations(before)) == Counter(_annotations(content))
    assert unchanged == {"train": 702 - 24, "dev": 149 - 7}[part]


def _annotations(content: dict[str, Any]) -> Iterator[object]:
    """Yield each hopper as a value that does not depend on order, with all that the records hold of it."""
    for hopper in content["cyberevent"]["hopper"]:
        yield (
            "relation" in hopper,
            frozenset(
                (
                    *(entry[key] for key in ("type", "subtype", "realis")),
                    *_place(entry["nugget"]),
                    frozenset(
                        (*_place(argument), argument["type"], argument["role"]["type"])
                        for argument in entry.get("argument", ())
                    ),
                )
                for entry in hopper["events"]
            ),
        )


def _place(mark: dict[str, Any]) -> tuple[object, ...]:
    return mark["text"], mark["startOffset"], mark["endOffset"]
