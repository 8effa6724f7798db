"""Handles the sources that a user gives: folders are walked, and one that fails does not stop the others."""

from collections.abc import Callable, Sequence

import click

from incidex.cli.support.console import Console
from incidex.cli.support.failures import Failure, failure_of
from incidex.errors import IncidexError, InputError, StoreError

# A store may refuse one source, or have no time for it. If it refuses several in a row, it will refuse all.
_MOST_REFUSED = 3


def expand_sources(sources: Sequence[str], console: Console, *, follow_links: bool = False) -> tuple[str, ...]:
    """
    Return the single sources, and print how many files and links in folders are skipped, and why.

    Raises:
        UsageError: One of them is the output file.
    """
    from incidex.ingest.expand import expand

    skipped: list[str] = []
    outside: list[str] = []
    found = tuple(expand(sources, follow_links=follow_links, left_out=skipped.append, outside=outside.append))
    if skipped:
        console.message("note", f"Files skipped because of their endings: {len(skipped)}, such as {skipped[0]}.")
    if outside:
        console.message(
            "note",
            f"Links skipped because they lead out of their folder: {len(outside)}, such as {outside[0]}. "
            "Follow them with --follow-links if you trust the folder, or name what they lead to.",
        )
    console.protect(found)
    return found


def for_each(
    sources: Sequence[str],
    work: Callable[[str], None],
    console: Console,
    *,
    on_failure: Callable[[str, str], None] | None = None,
) -> int:
    """
    Call `work` with each of `sources` and return the exit code: 0, 1, or 3 if there was a defect of Incidex.

    Whatever is raised while one source is worked on is printed, and the next source is done. Only what concerns all of
    them ends the work: a damaged model, a missing package, an output that cannot be written, and a store that refuses
    several sources in a row.

    Args:
        sources: What to work on.
        work: What to do with each.
        console: Where errors go.
        on_failure: Called with each source that failed, and the reason.
    """
    failed = refused = code = 0
    for done, source in enumerate(sources):
        console.progress(done, len(sources), source)
        console.detail(f"reading {source}")
        failure = _attempt(work, source)
        refused = refused + 1 if failure and isinstance(failure.error, StoreError) else 0
        if not failure:
            continue
        if refused == _MOST_REFUSED:
            raise StoreError(
                f"{failure.message}\n{refused} sources in a row failed; those from {source} on are not done."
            )
        console.message("error", with_source(source, failure.message))
        if failure.trace:
            console.detail(failure.trace)
        if on_failure:
            on_failure(source, failure.message)
        failed += 1
        code = max(code, failure.code)
    console.detail(f"finished {len(sources)} {'source' if len(sources) == 1 else 'sources'}")
    if failed and len(sources) > 1:
        others = "all others are done" if failed < len(sources) else "there are no others"
        console.message("summary", f"{failed} of {len(sources)} sources could not be used; {others}.")
    return code


def _attempt(work: Callable[[str], None], source: str) -> Failure | None:
    """Return what went wrong with `source`, if anything did that is about this source alone."""
    try:
        work(source)
    except (click.ClickException, click.Abort, click.exceptions.Exit):
        raise
    except IncidexError as error:
        if not isinstance(error, (InputError, StoreError)):
            raise
        return failure_of(error)
    except Exception as error:  # noqa: BLE001 - one source, whatever is in it, never ends a run
        return failure_of(error)
    return None


def readable(source: str) -> str:
    """Return `source` as text that every encoding can hold: bytes of a file name that are not UTF-8 become escapes."""
    return source.encode("utf-8", "backslashreplace").decode("utf-8")


def with_source(source: str, text: str) -> str:
    """Return `text` with `source` in front, unless its first line names it already."""
    if source == "-":
        return text if "tandard input" in text.partition("\n")[0] else f"standard input: {text}"
    return text if source in text.partition("\n")[0] else f"{source}: {text}"
