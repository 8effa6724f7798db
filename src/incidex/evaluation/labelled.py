"""Reads labelled files for a comparison: what is sentence, what is label, what has to be left out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from incidex.errors import FormatError
from incidex.evaluation.sentences import Example
from incidex.labels import scheme
from incidex.labels.labelled import Line, read_lines
from incidex.records import Sentence


@dataclass(frozen=True, slots=True)
class LabelledFile:
    """
    A labelled file.

    Attributes:
        source: Its path, as it was given.
        lines: The lines that hold a sentence; also those without a label, because they are context for the others.
        labels: The labels of each of `lines`; None where there are none, not even `O`.
        skipped: How many lines have no label or no sentence, blank lines not counted.
    """

    source: str
    text: str
    lines: tuple[Line, ...]
    labels: tuple[tuple[str, ...] | None, ...]
    skipped: int

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences without their labels, for a model to label."""
        return tuple(Sentence(line.span) for line in self.lines if line.span)

    def words(self, index: int) -> str:
        """Return the sentence of `lines[index]`."""
        span = self.lines[index].span
        return span.of(self.text) if span else ""


def parse_labelled(text: str, *, source: str) -> LabelledFile:
    """
    Read a labelled file.

    Raises:
        FormatError: What stands behind a bar is no label.
    """
    found = read_lines(text)
    lines = tuple(line for line in found if line.span)
    labels = tuple(_labels(line, source) for line in lines)
    return LabelledFile(source, text, lines, labels, skipped=len(found) - len(lines) + labels.count(None))


def pair(gold: LabelledFile, predicted: Sequence[Sentence]) -> tuple[Example, ...]:
    """Return an example for each gold sentence that has labels. `predicted` are all sentences of the same file."""
    return tuple(
        Example(gold.source, line.number, gold.words(index), labels, sentence.labels, sentence.scores)
        for index, (line, labels, sentence) in enumerate(zip(gold.lines, gold.labels, predicted, strict=True))
        if labels is not None
    )


def pair_files(gold: LabelledFile, predicted: LabelledFile) -> tuple[Example, ...]:
    """
    Return an example for each gold sentence that has labels, with the labels of the same line of `predicted`.

    Raises:
        FormatError: The two files differ in a sentence (more than in white space), or a prediction lacks its labels.
    """
    if len(gold.lines) != len(predicted.lines):
        raise FormatError(
            f"{predicted.source} has {len(predicted.lines)} sentences, {gold.source} has {len(gold.lines)}.\n"
            "Predict on the sentences of the gold file: incidex label --presplit."
        )
    for index, line in enumerate(predicted.lines):
        if gold.words(index).split() != predicted.words(index).split():
            raise FormatError(
                f"{predicted.source}, line {line.number}: the sentence is another than in {gold.source}, "
                f"line {gold.lines[index].number}.\n"
                "Predict on the sentences of the gold file: incidex label --presplit."
            )
        if predicted.labels[index] is None and gold.labels[index] is not None:
            raise FormatError(f"{predicted.source}, line {line.number}: there is no label.\nWrite O for none.")
    both = zip(predicted.sentences, predicted.labels, strict=True)
    return pair(gold, [replace(sentence, labels=labels or ()) for sentence, labels in both])


def _labels(line: Line, source: str) -> tuple[str, ...] | None:
    if not line.written:
        return None
    try:
        return scheme().parsed(line.written)
    except FormatError as error:
        raise FormatError(f"{source}, line {line.number}: {error}") from error
