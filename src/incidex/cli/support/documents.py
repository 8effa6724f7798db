"""Reads and analyses the sources of a command, and prints what the reader of the results should know."""

from collections.abc import Callable, Sequence
from os.path import isfile
from pathlib import Path
from typing import TYPE_CHECKING

from incidex.cli.support.console import Console
from incidex.cli.support.options import Job, Reading
from incidex.cli.support.sources import with_source
from incidex.errors import UnreadableSource

if TYPE_CHECKING:
    from concurrent.futures import Future

    from incidex.cli.support.feeds import ItemReader
    from incidex.ingest.reader import Reader
    from incidex.pipeline import SentenceScorer
    from incidex.records import Analysis, Document
    from incidex.workers.pool import Pool

# In this many seconds it is known whether a file is there.
_AT_ONCE = 0.05
# `incidex.ingest.reader.ANSWER`, without loading all that reads.
_READS = "incidex.ingest.reader:answer"
_PLAIN = (".txt", ".text", ".json")


def open_model(folder: Path | None) -> "SentenceScorer":
    """Return the model in `folder`, by default the one that ships, opened once per process."""
    from incidex.encoder.session import open_encoder

    return open_encoder(folder)


def open_pool(reading: Reading, sources: Sequence[str] = ()) -> "Pool":
    """
    Return child processes that read untrusted documents, for `open_reader`.

    If one of `sources` will need a child, it is started at once: it loads what it needs while this process does.
    """
    from incidex.workers.limits import Limits
    from incidex.workers.pool import Pool

    pool = Pool(_READS, limits=Limits(seconds=reading.timeout, megabytes=reading.memory))
    if any("://" in source or (not source.lower().endswith(_PLAIN) and isfile(source)) for source in sources):
        pool.start()
    return pool


def open_reader(reading: Reading, pool: "Pool") -> "Reader":
    """Return what reads sources in the way that the user wants, in the children of `pool`, which it closes."""
    from incidex.ingest.reader import Reader

    return Reader(allow_private=reading.allow_private, pool=pool)


def read_source(source: str, *, reader: "ItemReader", job: Job) -> "Document":
    """Return the document in `source`. Raises the errors of `ItemReader.read` and `read_presplit`."""
    if job.presplit:
        return read_presplit(source, allow_private=job.reading.allow_private)
    return reader.read(source)


def analyse_source(
    source: str,
    reading: "Future[Document]",
    job: Job,
    console: Console,
    encoder: Callable[[], "SentenceScorer"],
    *,
    events: bool,
) -> "Analysis":
    """
    Analyse `source`, and print its warnings.

    Args:
        source: Its name.
        reading: Its document, which another thread may still be reading.
        job: What the user wants.
        console: Where warnings go.
        encoder: Called while the source is read, unless that fails at once.
        events: Whether events are wanted.
    """
    from incidex.export.labelled import shown
    from incidex.labels.labelled import read_lines
    from incidex.pipeline import TOKENS_A_SECOND, analyse
    from incidex.records import Sentence

    document = _read_meanwhile(reading, encoder)
    sentences = [Sentence(line.span) for line in read_lines(document.text) if line.span] if job.presplit else None
    for warning in document.warnings:
        console.message("warning", with_source(source, warning))
    most = job.reading.timeout * TOKENS_A_SECOND
    analysis = analyse(document, sentences=sentences, events=events, encoder=encoder(), most_tokens=most)
    for warning in analysis.document.warnings[len(document.warnings) :]:
        console.message("warning", with_source(source, warning))
    if not any(shown(analysis, everything=job.everything)):
        console.message(
            "warning", with_source(source, "It has no sentence of an article. See all of its text with --all.")
        )
    return analysis


def _read_meanwhile(reading: "Future[Document]", encoder: Callable[[], "SentenceScorer"]) -> "Document":
    """Wait for a document, and if that takes a while, load the model meanwhile: both take half a second."""
    from concurrent.futures import wait

    if not wait([reading], _AT_ONCE).done:
        encoder()
    return reading.result()


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
