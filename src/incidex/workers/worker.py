"""One child process: starts it, asks it, and kills it when its time is up."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from threading import Event, Timer
from typing import BinaryIO, cast

from incidex import errors
from incidex.workers.frames import BrokenPipe, Kind, read_frame, write_frame
from incidex.workers.limits import Limits

# Seconds for a child to start, on a machine that is busy with other things.
_STARTING = 60.0


class Reason(StrEnum):
    """Why there is no answer."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"
    DEFECT = "defect"
    START = "start"


class Failure(Exception):
    """
    A child gave no answer.

    Attributes:
        reason: Why.
        detail: The signal or exit code of a crash, or the exception of a defect.
        trace: The traceback of a defect.
    """

    def __init__(self, reason: Reason, detail: str = "", trace: str = "") -> None:
        """See the attributes."""
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail
        self.trace = trace


class Worker:
    """
    A child process that answers one request after another. Not thread-safe, but for `close`.

    Attributes:
        answered: How many requests it has answered.
    """

    def __init__(self, function: str, limits: Limits) -> None:
        """Start a child that answers with `function` (as "package.module:name"), without waiting for it."""
        self.answered = 0
        self._limits = limits
        self._ready = False
        self._expired = Event()
        self._spent = False
        self._process = _start(function, limits)
        self._requests = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)

    @property
    def is_usable(self) -> bool:
        """Whether it can be asked again."""
        is_whole = not self._spent and not self._expired.is_set() and self._process.poll() is None
        return is_whole and self.answered < self._limits.requests

    def ask(self, request: bytes) -> bytes:
        """
        Return the answer to `request`. After a failure the child cannot be used any more.

        Raises:
            Failure: There is none: it took too long or too much memory, crashed, or a defect came to light.
            IncidexError: That of the function.
        """
        if not self._ready:
            self._wait_until_ready()
        try:
            with self._time_limit(self._limits.by_the_clock):
                write_frame(self._requests, Kind.REQUEST, request)
                kind, content = read_frame(self._answers)
        except BrokenPipe as error:
            raise self._failure() from error
        self.answered += 1
        if kind is Kind.RESULT:
            return content
        if kind is Kind.NO_MEMORY:
            self._spent = True
            raise Failure(Reason.MEMORY)
        raise _raised(kind, content)

    def close(self) -> None:
        """Kill the child. Who waits for an answer in another thread gets a failure."""
        self._process.kill()
        self._process.wait()

    def release(self) -> None:
        """Close the pipes of a child that nobody asks any more."""
        for pipe in (self._requests, self._answers):
            with suppress(OSError):  # what it did not take is still in the buffer
                pipe.close()

    def _wait_until_ready(self) -> None:
        try:
            with self._time_limit(_STARTING):
                read_frame(self._answers)
        except BrokenPipe as error:
            raise Failure(Reason.START, self._failure().detail) from error
        self._ready = True

    @contextmanager
    def _time_limit(self, seconds: float) -> Iterator[None]:
        timer = Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _expire(self) -> None:
        self._expired.set()
        self._process.kill()

    def _failure(self) -> Failure:
        self._process.kill()  # unless it is dead already, which does not change its code
        code = self._process.wait()
        if self._expired.is_set() or code == -getattr(signal, "SIGXCPU", 0):
            return Failure(Reason.TIME)
        return Failure(Reason.CRASH, _ended(code))


def _start(function: str, limits: Limits) -> "subprocess.Popen[bytes]":
    # A new interpreter and not a fork: a fork of a process with threads, such as those of onnxruntime, may hang. Its
    # path is that of this process; on its own it would look into the current folder, which may be one of hostile files.
    path = [folder or os.getcwd() for folder in sys.path]
    code = (
        f"import sys; sys.path[:] = {path!r}; "
        "from incidex.workers.child import serve; from incidex.workers.limits import Limits; "
        f"serve({function!r}, Limits({limits.seconds!r}, {limits.megabytes!r}))"
    )
    command = [sys.executable or "python3", "-P", "-c", code]
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError as error:
        raise Failure(Reason.START, str(error)) from error


def _raised(kind: Kind, content: bytes) -> Exception:
    """Return the error that a child reports. It may report anything: only classes of our own are made from it."""
    try:
        first, second = json.loads(content)
    except (ValueError, TypeError, RecursionError):
        return Failure(Reason.CRASH, "an answer that makes no sense")
    known = getattr(errors, str(first), None)
    if kind is Kind.REFUSED and isinstance(known, type) and issubclass(known, errors.IncidexError):
        return known(str(second))
    return Failure(Reason.DEFECT, str(first), str(second))


def _ended(code: int) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"
