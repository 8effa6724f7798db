"""Reads prose: documents that nobody annotated, and annotations of some of them, which hold no word of their text."""

import json
import lzma
import random
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from incidex.errors import InputError
from incidex.labels import scheme
from incidex.records import Span
from incidex.text.sentences import split_sentences
from incidex_training.config import Settings
from incidex_training.corpora import Article, GoldSentence, Tagged

# Formulaic texts (CVE descriptions, knowledge bases) teach little about news; these are what people write.
_FILES = ("news_blogs.txt.xz", "reports.txt.xz")


def read_prose(folder: Path, settings: Settings, *, seed: int, but: Iterable[Path] = ()) -> tuple[Article, ...]:
    """
    Return documents drawn at random from the prose, half from each file, without labels.

    Args:
        but: Annotations of documents that are not drawn; see `read_annotated_prose`.
        folder: Holds `news_blogs.txt.xz` and `reports.txt.xz`: documents separated by a blank line, paragraphs by a
            line feed.
    """
    draw = random.Random(seed)
    least, most = settings.prose_words
    known = {json.loads(line)["sha256"] for file in but for line in file.read_text("utf-8").splitlines()}
    chosen = []
    for name in _FILES:
        long_enough = [text.strip() for text in prose_documents(folder, name) if least <= text.count(" ") <= most]
        fitting = [text for text in long_enough if sha256(text.encode()).hexdigest() not in known]
        drawn = draw.sample(fitting, min(len(fitting), settings.prose_documents // len(_FILES)))
        chosen += [_unlabelled(f"{name}:{index}", text) for index, text in enumerate(drawn)]
    return tuple(chosen)


def read_annotated_prose(annotations: Path, folder: Path) -> tuple[Article, ...]:
    """
    Return the documents that `annotations` is about, with their labels and triggers.

    Args:
        annotations: One JSON object a line: `document` ("FILE:NUMBER", counted from 0 in a file of the prose),
            `sha256` of its text, and `sentences`, those with a label, as [start, end, labels, triggers], each trigger
            as [start, end, event type], or with what else is known of it as [start, end, event type, realis,
            arguments], each argument as [start, end, entity type, role]. Positions are characters of the text without
            blanks around it. `part`, [start, end], says which characters were read if not all were, and `arguments`
            whether arguments were annotated.
        folder: The prose, as for `read_prose`.

    Raises:
        InputError: A document is not in the prose, or its text is another.
    """
    articles = []
    for number, line in enumerate(annotations.read_text("utf-8").splitlines(), 1):
        entry = json.loads(line)
        text = document_text(folder, entry["document"])
        if sha256(text.encode()).hexdigest() != entry["sha256"]:
            raise InputError(
                f"{annotations}, line {number}: {entry['document']} in {folder} is not the document that was annotated."
                "\nLeave out --annotations, or use the prose that they were made for."
            )
        articles.append(Article(entry["document"], tuple(_labelled(text, entry))))
    return tuple(articles)


def document_text(folder: Path, name: str) -> str:
    """Return the text of the document "FILE:NUMBER", without blanks around it; empty if there is none."""
    file, place = name.split(":")
    documents = prose_documents(folder, file)
    return documents[int(place)].strip() if int(place) < len(documents) else ""


@cache
def prose_documents(folder: Path, name: str) -> tuple[str, ...]:
    """
    Return the documents in one file of the prose.

    Raises:
        InputError: There is no such file.
    """
    if not (folder / name).exists():
        raise InputError(f"{folder / name} is missing.\nLeave out --prose to train without distillation.")
    with lzma.open(folder / name, "rt", encoding="utf-8") as file:
        return tuple(file.read().split("\n\n"))


def _unlabelled(name: str, text: str) -> Article:
    nothing = (False,) * len(scheme().names)
    return Article(name, tuple(GoldSentence(span.of(text), nothing, (), ()) for span in sentence_spans(text)))


def sentence_spans(text: str) -> Iterator[Span]:
    """Yield the sentences of a document of the prose, whose paragraphs are lines."""
    start = 0
    for paragraph in text.split("\n"):
        if paragraph.strip():
            yield from (Span(start + span.start, start + span.end) for span in split_sentences(paragraph))
        start += len(paragraph) + 1


def _labelled(text: str, annotated: dict[str, Any]) -> Iterator[GoldSentence]:
    """Yield the sentences that were read; labels, triggers and arguments go to the sentence in which they begin."""
    start, end = annotated.get("part") or (0, len(text))
    spans = [span for span in sentence_spans(text) if start <= span.start and span.end <= end]
    first = 0  # mentions are numbered through the document: arguments and triggers of a whole window are compared
    for number, span in enumerate(spans):
        here = [entry for entry in annotated["sentences"] if span.start <= entry[0] < span.end]
        named = {name for entry in here for name in entry[2]}
        marks = [mark for entry in here for mark in entry[3] if span.start <= mark[0] < span.end]
        # Headlines have labels and no marks; a part begins with one only where the document does.
        unmarked = number == 0 and start == 0
        yield GoldSentence(
            span.of(text),
            tuple(name in named for name in scheme().names),
            None if unmarked else tuple(_trigger(mark, index, span) for index, mark in enumerate(marks, first)),
            None if unmarked or not annotated.get("arguments") else tuple(_arguments(marks, first, span)),
        )
        first += len(marks)


def _trigger(mark: list[Any], index: int, span: Span) -> Tagged:
    start, end, kind, *more = mark
    return Tagged(_within(start, end, span), kind, more[0] if more else None, index, None)


def _arguments(marks: list[list[Any]], first: int, span: Span) -> Iterator[Tagged]:
    """Yield the arguments of a sentence whose first trigger has the number `first`, each of the first that has it."""
    seen: set[tuple[Span, str]] = set()
    for index, mark in enumerate(marks, first):
        for start, end, entity, role in mark[4]:
            place = _within(start, end, span)
            if (place, entity) not in seen:
                seen.add((place, entity))
                yield Tagged(place, entity, role, index, None)


def _within(start: int, end: int, span: Span) -> Span:
    """Return a place in the document as one in the sentence `span`."""
    return Span(start - span.start, min(end, span.end) - span.start)
