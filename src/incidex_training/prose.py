"""Reads prose: documents that nobody annotated, and annotations of some of them, which hold no word of their text."""

import json
import lzma
import random
from collections.abc import Iterator
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


def read_prose(folder: Path, settings: Settings, *, seed: int) -> tuple[Article, ...]:
    """
    Return documents drawn at random from the prose, half from each file, without labels.

    Args:
        folder: Holds `news_blogs.txt.xz` and `reports.txt.xz`: documents separated by a blank line, paragraphs by a
            line feed.
    """
    draw = random.Random(seed)
    least, most = settings.prose_words
    chosen = []
    for name in _FILES:
        fitting = [text.strip() for text in _documents(folder, name) if least <= text.count(" ") <= most]
        drawn = draw.sample(fitting, min(len(fitting), settings.prose_documents // len(_FILES)))
        chosen += [_unlabelled(f"{name}:{index}", text) for index, text in enumerate(drawn)]
    return tuple(chosen)


def read_annotated_prose(annotations: Path, folder: Path) -> tuple[Article, ...]:
    """
    Return the documents that `annotations` is about, with their labels and triggers.

    Args:
        annotations: One JSON object a line: `document` ("FILE:NUMBER", counted from 0 in a file of the prose),
            `sha256` of its text, and `sentences`, those with a label, as [start, end, labels, triggers], each trigger
            as [start, end, event type]. Positions are characters of the text without blanks around it.
        folder: The prose, as for `read_prose`.

    Raises:
        InputError: A document is not in the prose, or its text is another.
    """
    articles = []
    for number, line in enumerate(annotations.read_text("utf-8").splitlines(), 1):
        entry = json.loads(line)
        name, place = entry["document"].split(":")
        documents = _documents(folder, name)
        text = documents[int(place)].strip() if int(place) < len(documents) else ""
        if sha256(text.encode()).hexdigest() != entry["sha256"]:
            raise InputError(
                f"{annotations}, line {number}: document {place} of {folder / name} is not the one that was annotated."
                "\nLeave out --annotations, or use the prose that they were made for."
            )
        articles.append(Article(entry["document"], tuple(_labelled(text, entry["sentences"]))))
    return tuple(articles)


@cache
def _documents(folder: Path, name: str) -> tuple[str, ...]:
    if not (folder / name).exists():
        raise InputError(f"{folder / name} is missing.\nLeave out --prose to train without distillation.")
    with lzma.open(folder / name, "rt", encoding="utf-8") as file:
        return tuple(file.read().split("\n\n"))


def _unlabelled(name: str, text: str) -> Article:
    nothing = (False,) * len(scheme().names)
    return Article(name, tuple(GoldSentence(span.of(text), nothing, (), ()) for span in _sentences(text)))


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for paragraph in text.split("\n"):
        if paragraph.strip():
            yield from (Span(start + span.start, start + span.end) for span in split_sentences(paragraph))
        start += len(paragraph) + 1


def _labelled(text: str, annotated: list[Any]) -> Iterator[GoldSentence]:
    """Yield all sentences; labels and triggers go to the sentence in which they begin."""
    for number, span in enumerate(_sentences(text)):
        here = [entry for entry in annotated if span.start <= entry[0] < span.end]
        named = {name for entry in here for name in entry[2]}
        triggers = tuple(
            Tagged(Span(start - span.start, min(end, span.end) - span.start), kind, None, index, None)
            for entry in here
            for index, (start, end, kind) in enumerate(entry[3])
            if span.start <= start < span.end
        )
        labels = tuple(name in named for name in scheme().names)
        yield GoldSentence(span.of(text), labels, triggers if number else None, None)
