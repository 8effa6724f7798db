"""Analyses many sources, several at a time; one that cannot be read does not stop the others."""

from collections import deque
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from incidex.errors import InputError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from incidex.pipeline import SentenceScorer
    from incidex.records import Analysis

# The model runs outside Python, so threads are enough: while it computes for one source, another is read.
_MOST_JOBS = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What became of one source.

    Attributes:
        source: The path or URL; of a folder, the file in it.
        analysis: What was found; None if the source could not be used.
        error: Why it could not be used; None if it could.
    """

    source: str
    analysis: "Analysis | None" = None
    error: InputError | None = None


def analyse_many(
    sources: str | Path | Iterable[str | Path],
    *,
    jobs: int | None = None,
    events: bool = True,
    encoder: "SentenceScorer | None" = None,
    progress: Callable[[int, int, str], object] | None = None,
    allow_private: bool = False,
) -> Generator[Outcome, None, None]:
    """
    Read and analyse many sources, and yield an `Outcome` for each, in their order.

    Only a few are worked on in advance, so that memory does not grow with their number.

    Args:
        sources: Paths of files and folders, and URLs; or a single one. Folders are walked.
        jobs: How many sources are worked on at a time; by default one for each core, at most four.
        events: Whether to find more than labels.
        encoder: Use this model instead of the shipped one.
        progress: Called before each outcome with how many are done, how many there are, and the source.
        allow_private: Whether a URL may lead to a private or loopback address.

    Raises:
        BundleError: The model is damaged.
        TypeError: `sources` is not what it should be.
        ValueError: `jobs` is less than 1.
    """
    found = _expanded(sources)
    if jobs is not None and jobs < 1:
        raise ValueError(f"At least one source has to be worked on at a time: jobs is {jobs}.")

    def work(source: str, model: "SentenceScorer") -> Outcome:
        return _outcome(source, model, events=events, allow_private=allow_private)

    return _in_order(found, work, encoder, jobs, progress)


def _expanded(sources: object) -> tuple[str, ...]:
    from incidex.ingest.expand import expand

    given = [sources] if isinstance(sources, str | Path) else sources
    if not isinstance(given, Iterable):
        raise TypeError(f"Sources are paths and URLs, not {type(sources).__name__}.")
    listed = list(given)
    wrong = next((one for one in listed if not isinstance(one, str | Path)), None)
    if wrong is not None:
        raise TypeError(
            f"A source is a path or a URL, not {type(wrong).__name__}.\nincidex.analyse takes texts and documents."
        )
    return tuple(expand(map(str, listed)))


def _in_order(
    sources: tuple[str, ...],
    work: Callable[[str, "SentenceScorer"], Outcome],
    encoder: "SentenceScorer | None",
    jobs: int | None,
    progress: Callable[[int, int, str], object] | None,
) -> Generator[Outcome, None, None]:
    import os
    from concurrent.futures import ThreadPoolExecutor

    from incidex.encoder.session import open_encoder

    model = encoder or open_encoder()  # before there are threads, which would each load it
    count = jobs or min(os.cpu_count() or 1, _MOST_JOBS)
    remaining = iter(sources)
    pool = ThreadPoolExecutor(count)
    waiting: deque[Future[Outcome]] = deque()
    try:
        for done, source in enumerate(sources):
            waiting.extend(pool.submit(work, one, model) for one in islice(remaining, 2 * count - len(waiting)))
            if progress:
                progress(done, len(sources), source)
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _outcome(source: str, model: "SentenceScorer", *, events: bool, allow_private: bool) -> Outcome:
    from dataclasses import replace

    from incidex.ingest import read
    from incidex.pipeline import analyse

    # Bytes of a file name that are not UTF-8 become escapes: no database takes them.
    name = source.encode("utf-8", "backslashreplace").decode("utf-8")
    try:
        document = replace(read(source, allow_private=allow_private), source=name)
        return Outcome(name, analyse(document, events=events, encoder=model))
    except InputError as error:
        return Outcome(name, error=error)
