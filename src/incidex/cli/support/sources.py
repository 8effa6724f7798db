"""Does something with each source that a user gives: one that fails is named, and all others are still done."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from incidex.cli.support.console import Console
from incidex.errors import InputError

if TYPE_CHECKING:
    from incidex.pipeline import SentenceScorer


def for_each(sources: Sequence[str], work: Callable[[str], None], console: Console) -> int:
    """
    Call `work` with each of `sources` and return how many failed.

    An `InputError` is the fault of one source: it is printed, and the next source has its turn. Any other error, such
    as a damaged model, concerns them all and ends the work.
    """
    failed = 0
    for done, source in enumerate(sources):
        console.progress(done, len(sources), source)
        try:
            work(source)
        except InputError as error:
            console.message("error", about(source, str(error)))
            failed += 1
    if failed and len(sources) > 1:
        others = "all others are done" if failed < len(sources) else "there are no others"
        console.message("summary", f"{failed} of {len(sources)} sources could not be used; {others}.")
    return failed


def about(source: str, text: str) -> str:
    """Return `text` with `source` in front, unless its first line names it already."""
    if source == "-":
        return text if "tandard input" in text.partition("\n")[0] else f"standard input: {text}"
    return text if source in text.partition("\n")[0] else f"{source}: {text}"


def open_model(folder: Path | None) -> "SentenceScorer":
    """Return the model in `folder`, by default the shipped one, opened once per process."""
    from incidex.encoder.session import open_encoder

    return open_encoder(folder)
