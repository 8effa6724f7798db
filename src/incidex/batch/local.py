"""Runs shards on the cores of this machine: a child process for each, which takes one document after another."""

import os
from collections.abc import Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from incidex.batch.answer import ANSWER
from incidex.batch.inputs import Inputs
from incidex.batch.records import Failed, Item, Result, Shard
from incidex.batch.run import Run
from incidex.batch.work import result_of
from incidex.workers.limits import Limits
from incidex.workers.pool import Pool

# Documents that wait for each child, so that it never waits for one.
_AHEAD = 2


def default_workers() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(slots=True)
class _Open:
    """A shard under way: what is known of its documents, and how many are not done."""

    shard: Shard
    left: int
    results: list[Result | None] = field(default_factory=list)


def run_local(
    run: Run, shards: Iterable[Shard], *, workers: int, limits: Limits
) -> Generator[tuple[int, int], None, None]:
    """
    Do `shards`, and yield how many documents more are done, and how many of these failed.

    Closing the generator, or an exception in it, ends the children; shards that are not whole are not written.

    Raises:
        IncidexError: No document can be done, or the output cannot be written.
    """
    inputs = Inputs()
    waiting: dict[Future[Result], tuple[_Open, int]] = {}
    with ThreadPoolExecutor(workers) as threads, Pool(ANSWER, limits=limits, count=workers) as pool:

        def work(item: Item) -> Result:
            return result_of(item, run.wanted, pool.ask, limits)

        try:
            for shard in shards:
                begun = _Open(shard, shard.count, [None] * shard.count)
                for place, item in enumerate(inputs.items(shard)):
                    while len(waiting) >= _AHEAD * workers:
                        yield _collected(run, waiting)
                    waiting[threads.submit(work, item)] = begun, place
            while waiting:
                yield _collected(run, waiting)
        finally:
            for future in waiting:
                future.cancel()
            pool.close()


def _collected(run: Run, waiting: "dict[Future[Result], tuple[_Open, int]]") -> tuple[int, int]:
    """Wait for a document, and write the shards that are whole. Returns how many are done, and how many failed."""
    ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
    failed = 0
    for future in ready:
        begun, place = waiting.pop(future)
        result = future.result()
        failed += isinstance(result, Failed)
        begun.results[place] = result
        begun.left -= 1
        if not begun.left:
            run.write(begun.shard, [one for one in begun.results if one is not None])
    return len(ready), failed
