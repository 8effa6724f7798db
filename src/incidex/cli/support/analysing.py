"""What commands on sources do before they write: find the sources, read and analyse each, say what is odd about it."""

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from incidex.cli.support.console import Console
from incidex.cli.support.options import Job
from incidex.cli.support.presplit import read_presplit
from incidex.cli.support.sources import about

if TYPE_CHECKING:
    from incidex.pipeline import SentenceScorer
    from incidex.records import Analysis


def expanded(sources: Sequence[str], console: Console) -> tuple[str, ...]:
    """Return the single sources, and say how many files of folders are none."""
    from incidex.ingest.expand import expand

    left_out: list[str] = []
    found = tuple(expand(sources, left_out=left_out.append))
    if left_out:
        console.message("note", f"Files passed over because of their endings: {len(left_out)}, such as {left_out[0]}.")
    return found


def analysed(
    source: str, job: Job, console: Console, encoder: Callable[[], "SentenceScorer"], *, events: bool
) -> "Analysis":
    """
    Read and analyse `source`, and print what a reader of the results should know.

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
        console.message("warning", about(source, warning))
    analysis = analyse(document, sentences=sentences, events=events, encoder=encoder())
    for warning in analysis.document.warnings[len(document.warnings) :]:
        console.message("warning", about(source, warning))
    if not any(shown(analysis, everything=job.everything)):
        console.message("warning", about(source, "It has no sentence of an article. See what it has with --all."))
    return analysis


def for_people(job: Job, console: Console) -> bool:
    """Return whether results go to somebody who reads them on a terminal."""
    return not job.output_dir and (console.is_terminal or job.color == "always")


def wants_colour(color: str) -> bool:
    """Return whether a terminal gets colours; see no-color.org."""
    if color == "auto":
        return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return color == "always"
