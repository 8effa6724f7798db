"""Reads labelled articles with marked triggers: one sentence a line, `Attackers [stole]{AttackDatabreach} it | ...`."""

import re
from pathlib import Path

from incidex.errors import InputError
from incidex.labels import scheme
from incidex.labels.labelled import read_lines
from incidex.records import Span
from incidex_training.corpora import Article, GoldSentence, Tagged, files_hash

_MARK = re.compile(r"\[([^\[\]]*)\]\{(\w*)\}")


def read_marked(folder: Path) -> tuple[Article, ...]:
    """
    Return the articles in `folder`, ordered by name; the first line of each is its headline.

    Triggers of headlines, and all arguments, realis and coreference, are unknown.

    Raises:
        InputError: The folder contains no article, or a line is not in the format.
    """
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise InputError(f"{folder} contains no articles (NAME.txt).\nSee training/README.md for their format.")
    return tuple(_article(path) for path in paths)


def marked_hash(folder: Path) -> str:
    """Return a SHA-256 over names and contents of all articles in `folder`."""
    return files_hash((path.name, path) for path in sorted(folder.glob("*.txt")))


def _article(path: Path) -> Article:
    text = path.read_text("utf-8")
    sentences: list[GoldSentence] = []
    for line in read_lines(text):
        where = f"{path}, line {line.number}"
        if line.span is None or not line.written:
            raise InputError(f"{where}: no sentence or no labels.\nWrite 'sentence | Label, Label' or 'sentence | O'.")
        labels = scheme().parsed(line.written)
        words, triggers = _unmarked(line.span.of(text), where)
        wanted = tuple(name in labels for name in scheme().names)
        sentences.append(GoldSentence(words, wanted, triggers if sentences else None, None))
    return Article(path.stem, tuple(sentences))


def _unmarked(written: str, where: str) -> tuple[str, tuple[Tagged, ...]]:
    """Return a sentence without its marks, and the triggers that these mark."""
    triggers: list[Tagged] = []
    words, end = "", 0
    for mark in _MARK.finditer(written):
        words += written[end : mark.start()]
        if mark[2] not in scheme().names or not mark[1].strip():
            raise InputError(
                f"{where}: '{mark[0]}' is not a trigger.\nWrite [words]{{{scheme().names[0]}}}, for example."
            )
        triggers.append(Tagged(Span(len(words), len(words) + len(mark[1])), mark[2], None, len(triggers), None))
        words += mark[1]
        end = mark.end()
    words += written[end:]
    if set("[]{}") & set(words):
        raise InputError(f"{where}: an unbalanced bracket.\nUse brackets and braces only around triggers.")
    return words, tuple(triggers)
