"""Reads labelled files for an evaluation."""

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
        source: Its path, as given.
        lines: The lines with a sentence, including those without a label, which are context for the others.
        labels: The labels of each of `lines`; None if there are none, not even `O`.
        skipped: The number of lines without a label or without a sentence, not counting blank lines.
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
        FormatError: The text after a bar is not a label.
    """
    found = read_lines(text)
    lines = tuple(line for line in found if line.span)
    labels = tuple(_labels(line, source) for line in lines)
    return LabelledFile(source, text, lines, labels, skipped=len(found) - len(lines) + labels.count(None))


def pair(gold: LabelledFile, predicted: Sequence[Sentence]) -> tuple[Example, ...]:
    """Return an example for each gold sentence with labels. `predicted` are all sentences of the same file."""
    return tuple(
        Example(gold.source, line.number, gold.words(index), labels, sentence.labels, sentence.scores)
        for index, (line, labels, sentence) in enumerate(zip(gold.lines, gold.labels, predicted, strict=True))
        if labels is not None
    )


def pair_files(gold: LabelledFile, predicted: LabelledFile) -> tuple[Example, ...]:
    """
    Return an example for each gold sentence with labels, and the labels of the same line in `predicted`.

    Raises:
        FormatError: The files differ in a sentence (in more than white space), or a prediction lacks labels.
    """
    if len(gold.lines) != len(predicted.lines):
        raise FormatError(
            f"{predicted.source} has {len(predicted.lines)} sentences, {gold.source} has {len(gold.lines)}.\n"
            "Predict on the sentences of the gold file with incidex label --presplit."
        )
    for index, line in enumerate(predicted.lines):
        if gold.words(index).split() != predicted.words(index).split():
            raise FormatError(
                f"{predicted.source}, line {line.number}: the sentence differs from that in {gold.source}, "
                f"line {gold.lines[index].number}.\n"
                "Predict on the sentences of the gold file with incidex label --presplit."
            )
        if predicted.labels[index] is None and gold.labels[index] is not None:
            raise FormatError(f"{predicted.source}, line {line.number}: there is no label.\nWrite O for no label.")
    both = zip(predicted.sentences, predicted.labels, strict=True)
    return pair(gold, [replace(sentence, labels=labels or ()) for sentence, labels in both])


def _labels(line: Line, source: str) -> tuple[str, ...] | None:
    if not line.written:
        return None
    try:
        return scheme().parsed(line.written)
    except FormatError as error:
        raise FormatError(f"{source}, line {line.number}: {error}") from error
