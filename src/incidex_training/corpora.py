"""
Reads the two public corpora, CASIE's annotations and the sentence labels of the same articles, aligned on one text.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from incidex.errors import InputError
from incidex.ingest.casie_events import repaired
from incidex.labels import scheme
from incidex.labels.labelled import read_lines
from incidex.records import Span
from incidex_training.align import align


@dataclass(frozen=True, slots=True)
class Tagged:
    """
    A trigger or an argument.

    Attributes:
        span: Its span in characters of the sentence.
        type: The event type, or the entity type of an argument.
        detail: The realis of a trigger, or the role of an argument; None if it was not annotated.
        mention: The index, in the article, of the event mention that it belongs to.
        event: The index, in the article, of the event; None if it was not annotated.
    """

    span: Span
    type: str
    detail: str | None
    mention: int
    event: int | None


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """
    A labelled sentence.

    Attributes:
        text: Its text.
        labels: One bool for each event type of the scheme.
        triggers: Its triggers with their event types; None if they were not annotated, as in titles.
        arguments: Its arguments with their entity types; None likewise.
    """

    text: str
    labels: tuple[bool, ...]
    triggers: tuple[Tagged, ...] | None
    arguments: tuple[Tagged, ...] | None


@dataclass(frozen=True, slots=True)
class Article:
    """One annotated article: its id and its sentences, the title first."""

    id: str
    sentences: tuple[GoldSentence, ...]


def read_articles(corpus: Path, part: str) -> tuple[Article, ...]:
    """
    Return the articles of `part` ("train" or "dev"), ordered by id.

    Args:
        corpus: A folder with `casie/PART/ID.json` and `sentences/PART/ID.txt`.

    Raises:
        InputError: One of the folders is missing or empty.
    """
    labelled = corpus / "sentences" / part
    paths = sorted(labelled.glob("*.txt"), key=lambda path: int(path.stem))
    if not paths:
        raise InputError(
            f"{labelled} has no labelled articles (ID.txt).\nSee docs/how-to/train-your-own-bundle.md for the layout."
        )
    return tuple(_article(path, corpus / "casie" / part / f"{path.stem}.json") for path in paths)


def corpus_hash(corpus: Path, part: str) -> str:
    """
    Return a SHA-256 over names and contents of all files of `part`, so that a bundle can say what it was trained on.
    """
    folders = [(folder, sorted((corpus / folder / part).iterdir())) for folder in ("casie", "sentences")]
    return files_hash((f"{folder}/{path.name}", path) for folder, paths in folders for path in paths)


def files_hash(named: Iterable[tuple[str, Path]]) -> str:
    """Return a SHA-256 over names and contents of files, in the order given."""
    digest = hashlib.sha256()
    for name, path in named:
        digest.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _article(labelled: Path, annotated: Path) -> Article:
    gold = [(text, labels) for text, labels in _labelled_sentences(labelled.read_text("utf-8"))]
    if not annotated.exists():
        return Article(labelled.stem, tuple(GoldSentence(text, labels, None, None) for text, labels in gold))
    record = json.loads(annotated.read_text("utf-8"))
    places = align([text for text, _ in gold], record["content"])
    mentions = [
        (event, number) for number, hopper in enumerate(record["cyberevent"]["hopper"]) for event in hopper["events"]
    ]
    triggers = _spans(record["content"], [_trigger(*pair, mention) for mention, pair in enumerate(mentions)])
    arguments = _spans(
        record["content"],
        [
            (argument, argument["type"], argument["role"]["type"], mention, number)
            for mention, (event, number) in enumerate(mentions)
            for argument in event.get("argument", ())
        ],
    )
    return Article(
        labelled.stem,
        tuple(
            GoldSentence(text, labels, _inside(triggers, place), _inside(arguments, place))
            for (text, labels), place in zip(gold, places, strict=True)
        ),
    )


def _labelled_sentences(text: str) -> Iterator[tuple[str, tuple[bool, ...]]]:
    for line in read_lines(text):
        if line.span is None or not line.written:
            continue
        labels = scheme().parsed(line.written)
        yield line.span.of(text), tuple(name in labels for name in scheme().names)


_Entry = tuple[dict[str, Any], str, str, int, int]


def _trigger(event: dict[str, Any], number: int, mention: int) -> _Entry:
    names = {event_type.casie[1]: event_type.name for event_type in scheme().event_types}
    realis = event["realis"] if event["realis"] in scheme().realis else "Generic"  # one says "General"
    return event["nugget"], names[event["subtype"]], realis, mention, number


def _spans(content: str, entries: list[_Entry]) -> list[Tagged]:
    """Return the entries at their true offsets; an argument of two mentions belongs to the first."""
    found: dict[tuple[Span, str], Tagged] = {}
    for entry, kind, detail, mention, number in entries:
        span = repaired(content, entry["startOffset"], entry["text"])
        if span:
            found.setdefault((span, kind), Tagged(span, kind, detail, mention, number))
    return [found[key] for key in sorted(found)]


def _inside(tagged: list[Tagged], place: tuple[int, ...] | None) -> tuple[Tagged, ...] | None:
    """
    Return those of `tagged` that lie in a sentence, counted in the sentence; `place` gives each content index its
    character there.
    """
    if place is None:
        return None
    back = {content: own for own, content in enumerate(place) if content >= 0}
    return tuple(
        replace(tag, span=Span(back[tag.span.start], back[tag.span.end - 1] + 1))
        for tag in tagged
        if tag.span.start in back and tag.span.end - 1 in back and back[tag.span.start] <= back[tag.span.end - 1]
    )
