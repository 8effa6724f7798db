"""Does the slow part of the work on several sources ahead, while the results of those before are used."""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

# The model computes outside Python, so that threads are enough: while one computes, another reads and follows rules.
_MOST_THREADS = 4


def ahead(
    sources: Iterable[str], work: Callable[[str], T], *, threads: int | None = None
) -> Generator[tuple[str, Callable[[], T]], None, None]:
    """
    Yield each of `sources`, in order, with a function that returns what `work` made of it, or raises what it raised.

    A few sources are worked on ahead, no more, so that memory does not grow with their number. Whoever stops early
    waits for those that have begun.

    Args:
        sources: What to work on.
        work: Called in other threads.
        threads: How many; by default one for each core, four at the most.
    """
    count = threads or min(os.cpu_count() or 1, _MOST_THREADS)
    remaining = iter(sources)
    pool = ThreadPoolExecutor(count)
    waiting: deque[tuple[str, Future[T]]] = deque()
    try:
        while True:
            further = islice(remaining, 2 * count - len(waiting))
            waiting.extend((source, pool.submit(work, source)) for source in further)
            if not waiting:
                return
            source, future = waiting.popleft()
            yield source, future.result
    finally:
        pool.shutdown(cancel_futures=True)
