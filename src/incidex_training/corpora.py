"""
Reads the two public repositories, CASIE's annotations and the sentence labels of the same articles, onto one text.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from incidex.errors import InputError
from incidex.labels import scheme
from incidex.labels.labelled import read_lines
from incidex.records import Span
from incidex_training.align import align

# Offsets in CASIE count from the true place, or from one, two or (in one article) twelve characters behind it.
_SHIFTS = (0, -1, -2, -12)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A stretch of a sentence (characters, counted in the sentence) with its type: a trigger or an argument."""

    span: Span
    type: str


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """
    A sentence as it was labelled.

    Attributes:
        text: Its words.
        labels: One bool for each event type of the scheme.
        triggers: Its triggers with their event types; None where the sentence was not annotated (titles).
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
        InputError: One of the two folders is missing or empty.
    """
    labelled = corpus / "sentences" / part
    paths = sorted(labelled.glob("*.txt"), key=lambda path: int(path.stem))
    if not paths:
        raise InputError(
            f"{labelled} holds no labelled articles (ID.txt).\nSee docs/how-to/train-your-own-bundle.md for the layout."
        )
    return tuple(_article(path, corpus / "casie" / part / f"{path.stem}.json") for path in paths)


def corpus_hash(corpus: Path, part: str) -> str:
    """
    Return a SHA-256 over names and contents of all files of `part`, so that a bundle can say what it was trained on.
    """
    digest = hashlib.sha256()
    for folder in ("casie", "sentences"):
        for path in sorted((corpus / folder / part).iterdir()):
            digest.update(f"{folder}/{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _article(labelled: Path, annotated: Path) -> Article:
    gold = [(text, labels) for text, labels in _labelled_sentences(labelled.read_text("utf-8"))]
    if not annotated.exists():
        return Article(labelled.stem, tuple(GoldSentence(text, labels, None, None) for text, labels in gold))
    record = json.loads(annotated.read_text("utf-8"))
    places = align([text for text, _ in gold], record["content"])
    events = [event for hopper in record["cyberevent"]["hopper"] for event in hopper["events"]]
    names = {event_type.casie[1]: event_type.name for event_type in scheme().event_types}
    triggers = _spans(record["content"], [(event["nugget"], names[event["subtype"]]) for event in events])
    arguments = _spans(
        record["content"], [(entry, entry["type"]) for event in events for entry in event.get("argument", ())]
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


def _spans(content: str, entries: list[tuple[dict[str, Any], str]]) -> list[Tagged]:
    found = set()
    for entry, kind in entries:
        for shift in _SHIFTS:
            start = entry["startOffset"] + shift
            if start >= 0 and entry["text"] and content.startswith(entry["text"], start):
                found.add((start, start + len(entry["text"]), kind))
                break
    return [Tagged(Span(start, end), kind) for start, end, kind in sorted(found)]


def _inside(tagged: list[Tagged], place: tuple[int, ...] | None) -> tuple[Tagged, ...] | None:
    """
    Return those of `tagged` that lie in a sentence, counted in the sentence; `place` gives each content index its
    character there.
    """
    if place is None:
        return None
    back = {content: own for own, content in enumerate(place) if content >= 0}
    return tuple(
        Tagged(Span(back[tag.span.start], back[tag.span.end - 1] + 1), tag.type)
        for tag in tagged
        if tag.span.start in back and tag.span.end - 1 in back and back[tag.span.start] <= back[tag.span.end - 1]
    )
