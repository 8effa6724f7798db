"""Reads and analyses the sources of a command, and prints what the reader of the results should know."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from incidex.cli.support.console import Console
from incidex.cli.support.options import Job
from incidex.cli.support.sources import with_source
from incidex.errors import UnreadableSource

if TYPE_CHECKING:
    from incidex.pipeline import SentenceScorer
    from incidex.records import Analysis, Document


def open_model(folder: Path | None) -> "SentenceScorer":
    """Return the model in `folder`, by default the one that ships, opened once per process."""
    from incidex.encoder.session import open_encoder

    return open_encoder(folder)


def analyse_source(
    source: str, job: Job, console: Console, encoder: Callable[[], "SentenceScorer"], *, events: bool
) -> "Analysis":
    """
    Read and analyse `source`, and print its warnings.

    Args:
        encoder: Called as soon as the source has been read.
        events: Whether events are wanted.
    """
    from incidex.export.labelled import shown
    from incidex.ingest import read
    from incidex.labels.labelled import read_lines
    from incidex.pipeline import analyse
    from incidex.records import Sentence

    if job.presplit:
        document = read_presplit(source, allow_private=job.allow_private)
        sentences = [Sentence(line.span) for line in read_lines(document.text) if line.span]
    else:
        document, sentences = read(source, allow_private=job.allow_private), None
    for warning in document.warnings:
        console.message("warning", with_source(source, warning))
    analysis = analyse(document, sentences=sentences, events=events, encoder=encoder())
    for warning in analysis.document.warnings[len(document.warnings) :]:
        console.message("warning", with_source(source, warning))
    if not any(shown(analysis, everything=job.everything)):
        console.message(
            "warning", with_source(source, "It has no sentence of an article. See all of its text with --all.")
        )
    return analysis


def read_presplit(source: str, *, allow_private: bool = False) -> "Document":
    """
    Return the text of `source`, each line of which is a sentence, unchanged, as a document without blocks.

    Raises:
        UnreadableSource: It cannot be read, or is not plain text.
        FetchError: The URL could not be fetched, or may not be.
    """
    from incidex.ingest.decode import decode
    from incidex.ingest.kind import kind_of
    from incidex.ingest.language import with_language
    from incidex.ingest.load import load
    from incidex.records import Document

    raw = load(source, allow_private=allow_private)
    kind = kind_of(raw)
    if kind != "text":
        raise UnreadableSource(
            f"{raw.name} is {kind}, not plain text with one sentence a line.\n"
            "Run 'incidex label' without --presplit to have it split into sentences."
        )
    decoded = decode(raw.content, name=raw.name, declared=raw.charset)
    return with_language(Document(decoded.text, source=source, warnings=decoded.warnings))
