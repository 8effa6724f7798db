"""Works on several sources in advance, in threads, while the results of earlier ones are used."""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from incidex.cli.support.console import Console
from incidex.cli.support.sources import for_each

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")

# The model runs outside Python, so threads are enough: while it computes for one, another reads and applies rules.
_MOST_THREADS = 4


def for_each_ahead(
    sources: Sequence[str],
    prepare: Callable[[str], T],
    use: Callable[[str, "Future[T]"], None],
    console: Console,
    *,
    on_failure: Callable[[str, str], None] | None = None,
    helper: AbstractContextManager[object] | None = None,
) -> int:
    """
    Call `use` with each of `sources`, in order, and return the exit code of `for_each`, which says how errors are met.

    Args:
        sources: What to work on.
        prepare: Called with each source in other threads, some sources ahead.
        use: Called in this thread with a source and what `prepare` returns, which may still be on its way. It meets
            the errors of `prepare`.
        console: Where errors go.
        on_failure: Called with each source that failed, and the reason.
        helper: What `prepare` needs. It is closed before unfinished work is waited for, so that this ends.
    """
    with closing(prefetch(sources, prepare)) as prepared, helper or nullcontext():

        def use_next(source: str) -> None:
            _, result = next(prepared)
            use(source, result)

        return for_each(sources, use_next, console, on_failure=on_failure)


def prefetch(
    sources: Iterable[str], work: Callable[[str], T], *, threads: int | None = None
) -> Generator[tuple[str, "Future[T]"], None, None]:
    """
    Yield each of `sources`, in order, with the result of `work`, which may still be on its way.

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
            yield source, future
    finally:
        pool.shutdown(cancel_futures=True)
