"""
Checks the articles in `events/`, which were written and annotated for this project: that every span is what it says,
that only what the scheme licenses is used, that labels and triggers agree, and that the counts in the README are right.

Run as a program, it prints the counts for the README.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from incidex.ingest.casie_events import read_annotated
from incidex.labels import scheme
from incidex.labels.labelled import read_lines

FOLDER = Path(__file__).parent / "events"
README = FOLDER / "README.md"
REASONS = Path(__file__).parent / "event_reasons.yaml"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of an article as its file gives it: start, end, and the words that should stand there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A trigger with its arguments: event type, realis, and for each argument its role, entity type and place."""

    trigger: Place
    event_type: str
    realis: str
    arguments: tuple[tuple[str, str, Place], ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the set: its text, its events as groups of mentions, and its labelled sentences without title."""

    name: str
    title: str
    date: str
    link: str
    text: str
    events: tuple[tuple[Mention, ...], ...]
    lines: tuple[tuple[str, frozenset[str]], ...]

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions, in the order of their triggers."""
        return tuple(sorted((m for event in self.events for m in event), key=lambda m: m.trigger.start))

    @property
    def places(self) -> list[Place]:
        """All triggers and arguments, an argument of two mentions twice."""
        return [place for m in self.mentions for place in (m.trigger, *(place for _, _, place in m.arguments))]

    @property
    def sentences(self) -> Iterator[tuple[int, int, str, frozenset[str]]]:
        """Start and end in the text, words and labels of each sentence; ValueError where one does not follow."""
        end = 0
        for sentence, labels in self.lines:
            start = self.text.index(sentence, end)
            end = start + len(sentence)
            yield start, end, sentence, labels


@pytest.fixture(params=sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def article(request: pytest.FixtureRequest) -> Article:
    return _article(request.param)


def articles() -> tuple[Article, ...]:
    return tuple(_article(path) for path in sorted(FOLDER.glob("*.json")))


@cache
def reasons() -> dict[tuple[str, str], frozenset[str]]:
    """Return the labels that no trigger explains, for the name of the article and the sentence."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for entry in yaml.safe_load(REASONS.read_text("utf-8")):
        assert entry["reason"].strip()
        key = (entry["article"], entry["sentence"])
        found[key] = found.get(key, frozenset()) | {entry["label"]}
    return found


def test_there_are_enough() -> None:
    assert len(articles()) >= 30
    assert all(150 <= len(article.text.split()) <= 450 for article in articles())
    triggers = Counter(m.event_type for article in articles() for m in article.mentions)
    assert {name: triggers[name] for name in scheme().names if triggers[name] < 25} == {}
    assert {m.realis for article in articles() for m in article.mentions} == set(scheme().realis)


def test_every_article_has_both_files() -> None:
    assert sorted(path.stem for path in (FOLDER / "labelled").glob("*.txt")) == [article.name for article in articles()]


def test_every_reason_is_used() -> None:
    there = {(article.name, sentence) for article in articles() for sentence, _ in article.lines}
    assert set(reasons()) - there == set()


def test_spans_are_the_words_they_say(article: Article) -> None:
    assert [place for place in article.places if article.text[place.start : place.end] != place.text] == []
    assert [place for place in article.places if place.text != place.text.strip()] == []


def test_spans_do_not_overlap(article: Article) -> None:
    spans = sorted({(place.start, place.end) for place in article.places})
    assert [(one, two) for one, two in pairwise(spans) if one[1] > two[0]] == []
    assert len({m.trigger for m in article.mentions}) == len(article.mentions)


def test_scheme_licenses_all_roles(article: Article) -> None:
    used = [(m.event_type, role, entity_type) for m in article.mentions for role, entity_type, _ in m.arguments]
    licensed = {event_type.name: event_type.roles for event_type in scheme().event_types}
    assert [(name, role, kind) for name, role, kind in used if kind not in licensed[name].get(role, ())] == []


def test_an_event_has_one_type(article: Article) -> None:
    assert [event for event in article.events if len({m.event_type for m in event}) != 1] == []


def test_reader_takes_everything(article: Article) -> None:
    read = read_annotated(FOLDER / f"{article.name}.json")
    assert read.document.warnings == ()
    assert [len(event.mentions) for event in read.events] == [len(event) for event in article.events]
    arguments = [argument for event in read.events for m in event.mentions for argument in m.arguments]
    assert len(arguments) + len(article.mentions) == len(article.places)


def test_sentences_follow_one_another(article: Article) -> None:
    sentences = list(article.sentences)
    covered = re.sub(r"\s+", "", "".join(sentence for _, _, sentence, _ in sentences))
    assert covered == re.sub(r"\s+", "", article.text)
    inside = [any(s <= m.trigger.start and m.trigger.end <= e for s, e, _, _ in sentences) for m in article.mentions]
    assert all(inside)


def test_labels_and_triggers_agree(article: Article) -> None:
    for start, end, sentence, labels in article.sentences:
        seen = {m.event_type for m in article.mentions if start <= m.trigger.start < end}
        assert labels - seen == reasons().get((article.name, sentence), frozenset()), sentence
        assert seen <= labels, sentence


def test_nothing_names_a_real_place_on_the_internet(article: Article) -> None:
    hosts = re.findall(r"(?:https?://|@)([\w.-]+\w)", f"{article.link} {article.text}")
    assert [host for host in hosts if not host.endswith(".example")] == []
    addresses = re.findall(r"\b\d{1,3}(?:\.\d{1,3}){3}\b", article.text)
    assert [address for address in addresses if not address.startswith(("192.0.2.", "198.51.100.", "203.0.113."))] == []
    assert re.fullmatch(r"202[0-6]_[01]\d_[0-3]\d", article.date)


def test_readme_gives_the_counts() -> None:
    assert counts() in README.read_text("utf-8")


def counts() -> str:
    """Return the counts as the tables of the README."""
    words = sum(len(article.text.split()) for article in articles())
    return f"{len(articles())} articles, {words:,} words.\n\n{_counts_per_type()}\n\n{_counts_per_role()}"


def _counts_per_type() -> str:
    rows = ["| event type | triggers | Actual | Generic | Other | events | arguments | sentences |", "|---" * 8 + "|"]
    for name in scheme().names:
        mentions = [m for article in articles() for m in article.mentions if m.event_type == name]
        events = sum(event[0].event_type == name for article in articles() for event in article.events)
        realis = [sum(m.realis == value for m in mentions) for value in ("Actual", "Generic", "Other")]
        arguments = sum(len(m.arguments) for m in mentions)
        sentences = sum(name in labels for article in articles() for _, labels in article.lines)
        rows.append(f"| {' | '.join(map(str, [name, len(mentions), *realis, events, arguments, sentences]))} |")
    none = sum(not labels for article in articles() for _, labels in article.lines)
    columns = zip(*([int(cell) for cell in row.split("|")[2:-2]] for row in rows[2:]), strict=True)
    every = sum(len(article.lines) for article in articles())
    rows.append(f"| {scheme().none} | | | | | | | {none} |")
    rows.append(f"| all | {' | '.join(str(sum(column)) for column in columns)} | {every} |")
    return "\n".join(rows)


def _counts_per_role() -> str:
    rows = ["| event type | roles |", "|---|---|"]
    for name in scheme().names:
        used = [m for article in articles() for m in article.mentions if m.event_type == name]
        roles = Counter(role for m in used for role, _, _ in m.arguments)
        rows.append(f"| {name} | {', '.join(f'{role} {number}' for role, number in roles.most_common())} |")
    return "\n".join(rows)


@cache
def _article(path: Path) -> Article:
    content = json.loads(path.read_text("utf-8"))
    title, *lines = _labelled((FOLDER / "labelled" / f"{path.stem}.txt").read_text("utf-8"))
    info = content["info"]
    assert title[0] == info["title"]
    events = tuple(tuple(map(_mention, hopper["events"])) for hopper in content["cyberevent"]["hopper"])
    return Article(
        path.stem, info["title"], info["date"], info["link"], content["content"], events=events, lines=tuple(lines)
    )


def _labelled(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    for line in read_lines(text):
        assert line.span
        assert line.written
        yield line.span.of(text), frozenset(scheme().parsed(line.written))


def _mention(event: dict[str, Any]) -> Mention:
    (event_type,) = [e.name for e in scheme().event_types if e.casie == (event["type"], event["subtype"])]
    arguments = tuple((entry["role"]["type"], entry["type"], _place(entry)) for entry in event["argument"])
    return Mention(_place(event["nugget"]), event_type, event["realis"], arguments)


def _place(entry: dict[str, Any]) -> Place:
    return Place(entry["startOffset"], entry["endOffset"], entry["text"])


if __name__ == "__main__":
    sys.stdout.write(f"{counts()}\n")
