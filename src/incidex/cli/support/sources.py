"""Handles the sources that a user gives: folders are walked, and one that fails does not stop the others."""

from collections.abc import Callable, Sequence

from incidex.cli.support.console import Console
from incidex.errors import InputError


def expand_sources(sources: Sequence[str], console: Console) -> tuple[str, ...]:
    """
    Return the single sources, and print how many files and links in folders are skipped, and why.

    Raises:
        UsageError: One of them is the output file.
    """
    from incidex.ingest.expand import expand

    skipped: list[str] = []
    outside: list[str] = []
    found = tuple(expand(sources, left_out=skipped.append, outside=outside.append))
    if skipped:
        console.message("note", f"Files skipped because of their endings: {len(skipped)}, such as {skipped[0]}.")
    if outside:
        console.message(
            "note",
            f"Links skipped because they lead out of their folder: {len(outside)}, such as {outside[0]}. "
            "Name what they lead to.",
        )
    console.protect(found)
    return found


def for_each(sources: Sequence[str], work: Callable[[str], None], console: Console) -> int:
    """
    Call `work` with each of `sources` and return how many failed.

    An `InputError` is about one source: it is printed, and the next source is done. Any other error, such as a damaged
    model, concerns all of them and ends the work.
    """
    failed = 0
    for done, source in enumerate(sources):
        console.progress(done, len(sources), source)
        console.detail(f"reading {source}")
        try:
            work(source)
        except InputError as error:
            console.message("error", with_source(source, str(error)))
            failed += 1
    console.detail(f"finished {len(sources)} {'source' if len(sources) == 1 else 'sources'}")
    if failed and len(sources) > 1:
        others = "all others are done" if failed < len(sources) else "there are no others"
        console.message("summary", f"{failed} of {len(sources)} sources could not be used; {others}.")
    return failed


def readable(source: str) -> str:
    """Return `source` as text that every encoding can hold: bytes of a file name that are not UTF-8 become escapes."""
    return source.encode("utf-8", "backslashreplace").decode("utf-8")


def with_source(source: str, text: str) -> str:
    """Return `text` with `source` in front, unless its first line names it already."""
    if source == "-":
        return text if "tandard input" in text.partition("\n")[0] else f"standard input: {text}"
    return text if source in text.partition("\n")[0] else f"{source}: {text}"
