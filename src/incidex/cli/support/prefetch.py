"""Works on several sources in advance, in threads, while the results of earlier ones are used."""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")

# The model runs outside Python, so threads are enough: while it computes for one, another reads and applies rules.
_MOST_THREADS = 4


def prefetch(
    sources: Iterable[str], work: Callable[[str], T], *, threads: int | None = None
) -> Generator[tuple[str, Callable[[], T]], None, None]:
    """
    Yield each of `sources`, in order, with a function that returns the result of `work`, or raises its error.

    Only a few sources are worked on in advance, so that memory does not grow with their number. Closing the generator
    early waits for those that have started.

    Args:
        sources: What to work on.
        work: Called in other threads.
        threads: How many; by default one per core, at most four.
    """
    from concurrent.futures import ThreadPoolExecutor

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
