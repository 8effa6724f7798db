"""`incidex batch`: analyses any number of documents, on all cores or a cluster, and can be resumed."""

import time
from collections.abc import Generator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.failures import DEFECT, FAILED
from incidex.cli.support.values import TEXT

if TYPE_CHECKING:
    from incidex.batch.records import Wanted
    from incidex.batch.run import Run
    from incidex.workers.limits import Limits

_INTERRUPTED = 130
# Seconds between two lines of progress where there is no terminal.
_BETWEEN_LINES = 60.0


@click.command(short_help="Analyse many documents, on all cores or a cluster.")
@click.argument("given", metavar="IN", type=TEXT)
@click.argument("folder", metavar="OUT", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="All cores of this machine, or a Ray cluster.",
)
@click.option("--address", type=TEXT, help="Ray: the cluster; without it, one is started here.")
@click.option(
    "--format",
    type=click.Choice(["jsonl", "parquet"]),
    default="jsonl",
    show_default=True,
    help="How shards are written.",
)
@options.ALL
@click.option(
    "--field",
    "fields",
    multiple=True,
    type=TEXT,
    metavar="NAME=FIELD",
    help="JSON Lines, Parquet: the field that has the text, title, source, ...",
)
@click.option(
    "--shard-size",
    type=click.IntRange(1, 100_000),
    default=100,
    show_default=True,
    metavar="N",
    help="Documents in a shard.",
)
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes at work.  [default: one for each core]")
@click.option(
    "--timeout",
    type=click.IntRange(1, 86_400),
    default=120,
    show_default=True,
    metavar="SECONDS",
    help="Give up on a document that takes longer.",
)
@click.option(
    "--memory",
    type=click.IntRange(800, 1_000_000),
    default=2000,
    show_default=True,
    metavar="MB",
    help="Give up on a document that takes more memory.",
)
@click.option("--follow-links", is_flag=True, help="In a folder, follow links that lead out of it.")
@options.MODEL
@options.with_console(output=False)
def batch(
    console: Console,
    given: str,
    folder: Path,
    engine: str,
    address: str | None,
    format: str,
    everything: bool,
    fields: tuple[str, ...],
    shard_size: int,
    workers: int | None,
    timeout: int,
    memory: int,
    follow_links: bool,
    model: Path | None,
) -> int:
    """
    Analyse all documents in IN, and write what is found in each to shards in the folder OUT.

    IN is a folder, or a file: JSON Lines or Parquet with a document per line or row, a web archive (.warc), or a report
    as `incidex extract` reads it. A folder may hold all of these. A shard has up to 100 documents, in the order of IN:
    part-000000.jsonl and so on. What could not be used stands in failed-000000.jsonl and so on, with the reason.

    A run that was interrupted or killed goes on where it was when the same command is given again.

    Example: incidex batch articles.jsonl found/
    """
    from incidex.batch.records import Wanted
    from incidex.workers.limits import Limits

    if address and engine != "ray":
        raise click.UsageError("--address needs --engine ray.")
    chosen = str(model.resolve()) if model else None
    wanted = Wanted(format, everything, chosen, _named(fields), shard_size)
    limits = Limits(seconds=timeout, megabytes=memory, requests=10_000)
    with _alone(folder, given):
        run = _opened(console, given, folder, wanted, follow_links=follow_links)
        try:
            return _worked(console, run, _progress(run, engine, address, workers, limits))
        except KeyboardInterrupt:
            done = f"{run.documents_done():,} of {run.documents:,} documents are done and kept in {folder}"
            console.message("error", f"Interrupted. {done}.\nTo go on, give the same command again.")
            return _INTERRUPTED


def _named(fields: tuple[str, ...]) -> dict[str, str]:
    from incidex.batch.answer import FIELDS

    pairs = [field.partition("=") for field in fields]
    for name, _, value in pairs:
        if name not in FIELDS or not value:
            raise click.UsageError(f"--field is NAME=FIELD, where NAME is one of {', '.join(FIELDS)}.")
    return {name: value for name, _, value in pairs}


def _alone(folder: Path, given: str) -> AbstractContextManager[None]:
    from incidex.batch.plan import is_inside
    from incidex.batch.run import alone

    if is_inside(folder, given):
        raise click.UsageError(f"{folder} is in {given}, which is read. Name another folder for the results.")
    return alone(folder)


def _opened(console: Console, given: str, folder: Path, wanted: "Wanted", *, follow_links: bool) -> "Run":
    """Return the run in `folder`, and print what of the input is left out and what is done already."""
    from importlib.metadata import version

    from incidex.batch.plan import demand_packages, list_files
    from incidex.batch.run import open_run
    from incidex.encoder.bundle import open_bundle
    from incidex.export.formats import demand

    demand(wanted.format)
    listing = list_files(given, follow_links=follow_links)
    demand_packages(listing.files)
    for paths, why in ((listing.skipped, "Files skipped because of their endings"), (listing.outside, "Links skipped")):
        if paths:
            console.message("note", f"{why}: {len(paths)}, such as {paths[0]}.")
    model = open_bundle(Path(wanted.model) if wanted.model else None).name
    console.progress(0, 0, "listing the documents")
    run = open_run(folder, listing, wanted, model=model, version=version("incidex"))
    before = run.documents_done()
    if before:
        console.message("note", f"{before:,} of {run.documents:,} documents are done already.")
    return run


def _progress(
    run: "Run", engine: str, address: str | None, workers: int | None, limits: "Limits"
) -> Generator[tuple[int, int], None, None]:
    """Return what does the work, and yields how many documents more are done, and how many of these failed."""
    if engine == "ray":
        from incidex.batch.ray_engine import run_on_ray

        return run_on_ray(run, run.remaining(), address=address, workers=workers, limits=limits)
    from incidex.batch.local import default_workers, run_local

    return run_local(run, run.remaining(), workers=workers or default_workers(), limits=limits)


def _worked(console: Console, run: "Run", progress: Generator[tuple[int, int], None, None]) -> int:
    """Do the work with a line of progress, print how it ended, and return the exit code."""
    left = run.documents - run.documents_done()
    done, started, told = 0, time.monotonic(), time.monotonic()
    with closing(progress):
        for more, _ in progress:
            done += more
            now = time.monotonic()
            rate = f"{done / max(now - started, 0.001):.1f} documents a second"
            console.progress(done, left, rate)
            if not console.shows_progress and now - told >= _BETWEEN_LINES:
                told = now
                minutes = (left - done) * (now - started) / done / 60
                console.message("note", f"{done:,} of {left:,} documents, {rate}, about {minutes:.0f} min left.")
    return _ended(console, run, done, time.monotonic() - started)


def _ended(console: Console, run: "Run", done: int, seconds: float) -> int:
    failed = list(run.failures())
    rate = f" in {seconds:.0f} s, {done / seconds:.1f} a second" if done else ""
    console.message("note", f"{run.documents:,} documents in {run.shards:,} shards are done{rate}.")
    if not failed:
        return 0
    first = failed[0].message.replace("\n", " ")
    console.message(
        "error", f"{len(failed):,} of {run.documents:,} could not be used; see {run.folder}/failed-*.jsonl.\n{first}"
    )
    return DEFECT if any(one.reason == "defect" for one in failed) else FAILED
