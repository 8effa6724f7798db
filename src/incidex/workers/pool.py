"""A few child processes that threads share; one that dies is replaced."""

import os
from threading import BoundedSemaphore, Lock
from types import TracebackType
from typing import Self

from incidex.workers.limits import Limits
from incidex.workers.worker import Failure, Reason, Worker

# Each takes some 60 MB once it has read a web page.
_MOST_CHILDREN = 4


def default_count() -> int:
    """Return how many children there are unless somebody says otherwise: one for each core, four at most."""
    return min(os.cpu_count() or 1, _MOST_CHILDREN)


class Pool:
    """
    Child processes that answer requests with a function. Thread-safe.

    A child is started when it is first needed, and stays for further requests. Use the pool as a context manager, or
    close it: its children live no longer than that, nor than this process.
    """

    def __init__(self, function: str, *, limits: Limits | None = None, count: int | None = None) -> None:
        """
        Make a pool without children.

        Args:
            function: What answers: a function from bytes to bytes, as "package.module:name".
            limits: What a request may cost.
            count: How many children there may be; by default `default_count()`.
        """
        self.limits = limits or Limits()
        self._function = function
        self._free = BoundedSemaphore(count or default_count())
        self._lock = Lock()
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._closed = False
        self._owner = os.getpid()

    def __enter__(self) -> Self:
        """Return the pool."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the pool."""
        self.close()

    def start(self) -> None:
        """Start a child, unless there is one, so that it is there when it is needed."""
        with self._lock:
            if not self._closed and not self._idle and not self._busy:
                self._idle.append(Worker(self._function, self.limits))

    def ask(self, request: bytes) -> bytes:
        """
        Return the answer to `request`; wait for a free child first.

        A child may have been damaged by an earlier request. If it crashes, a new one is asked.

        Raises:
            Failure: There is none: it took too long or too much memory, crashed, or a defect came to light.
            IncidexError: That of the function.
        """
        with self._free:
            worker = self._take()
            try:
                return self._asked(worker, request)
            except Failure as failure:
                if worker.answered == 0 or failure.reason not in (Reason.CRASH, Reason.MEMORY) or self._closed:
                    raise
            return self._asked(self._take(fresh=True), request)

    def close(self) -> None:
        """Kill all children. Who still waits for an answer gets a failure."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            for worker in (*idle, *self._busy):
                worker.close()
        for worker in idle:
            worker.release()

    def _take(self, *, fresh: bool = False) -> Worker:
        with self._lock:
            if self._closed:
                raise Failure(Reason.START, "the pool is closed")
            if self._owner != os.getpid():  # a fork of the process that started them: their answers are for that one
                self._idle, self._busy, self._owner = [], set(), os.getpid()
            worker = self._idle.pop() if self._idle and not fresh else None
            if worker is not None and not worker.is_usable:
                worker.close()
                worker.release()
                worker = None
            worker = worker or Worker(self._function, self.limits)
            self._busy.add(worker)
            return worker

    def _asked(self, worker: Worker, request: bytes) -> bytes:
        try:
            return worker.ask(request)
        finally:
            with self._lock:
                self._busy.remove(worker)
                stays = worker.is_usable and not self._closed
                if stays:
                    self._idle.append(worker)
            if not stays:
                worker.close()
                worker.release()
