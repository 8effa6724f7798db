"""Writes an analysis in the labelled form, one sentence a line: `sentence | Label, Label`."""

from collections.abc import Iterator

from incidex.labels import scheme
from incidex.labels.labelled import count_lines, read_lines, write_line
from incidex.records import Analysis, Sentence


def to_labelled(analysis: Analysis, *, everything: bool = False) -> str:
    """
    Return a line for each sentence of the article, in reading order, each with its line end; "" if there is none.

    With `everything`, the sentences of captions, links and notices are among them.
    """
    text = analysis.document.text
    return "".join(
        f"{write_line(sentence.span.of(text), sentence.labels)}\n"
        for sentence in shown(analysis, everything=everything)
    )


def to_presplit(analysis: Analysis) -> str:
    """
    Return a line for each line of the document's text, where each line is a sentence already.

    The sentences of `analysis` are those of `incidex.labels.labelled.read_lines`. Their words stay as they are, white
    space included. Where a line has no sentence, an empty line stands.
    """
    text = analysis.document.text
    lines = [""] * count_lines(text)
    numbers = [line.number for line in read_lines(text) if line.span]
    for number, sentence in zip(numbers, analysis.sentences, strict=True):
        lines[number - 1] = f"{sentence.span.of(text)} | {scheme().written(sentence.labels)}"
    return "".join(f"{line}\n" for line in lines)


def shown(analysis: Analysis, *, everything: bool) -> Iterator[Sentence]:
    """Yield the sentences of the article, or all sentences with `everything`, in reading order."""
    return (sentence for sentence in analysis.sentences if everything or sentence.kind.in_article)
