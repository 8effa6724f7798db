"""What the commands print: results on standard output, messages and a line of progress on standard error."""

import errno
import io
import os
import sys
import threading
import time
from types import TracebackType
from typing import Self, TextIO

import click

from incidex.errors import IncidexError

# How wide the bar in the line of progress is.
_BAR = 24


def use_utf8() -> None:
    """
    Make standard output and error write UTF-8 wherever they lead; what UTF-8 cannot hold becomes an escape.

    Whoever starts the program may have closed standard error (`2>&-`). It then leads nowhere.
    """
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open until the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


class Console:
    """
    Both output streams, and the line of progress, which has to be out of the way when anything else is printed.

    The line appears if standard error is a terminal and the work lasts over a second. A thread keeps it moving while a
    long document is read.
    """

    def __init__(self, *, messages: TextIO | None = None, patience: float = 1.0) -> None:
        """Take the standard streams as they are now. The line of progress appears after `patience` seconds."""
        self._results: TextIO | None = sys.stdout  # None if it is closed: `>&-`
        self._messages: TextIO = messages or sys.stderr
        self._patience = patience
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._started = time.monotonic()
        self._state = (0, 0, "")
        self._shown = False

    def __enter__(self) -> Self:
        """Begin to show progress, where there is somebody to see it."""
        if self._messages.isatty():
            threading.Thread(target=self._keep_moving, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line of progress away."""
        self._ended.set()
        with self._lock:
            self._clear()

    @property
    def is_terminal(self) -> bool:
        """Whether results are seen by a person."""
        return self._results is not None and self._results.isatty()

    @property
    def width(self) -> int:
        """How many columns the terminal has that shows results; 80 if there is none."""
        return _columns(self._results) if self._results else 80

    def write(self, results: str | bytes) -> None:
        """
        Print results as they are. A reader that has gone away ends the program quietly, with code 0.

        Raises:
            IncidexError: Standard output is closed or full, or results that are no text would go to a terminal.
        """
        if isinstance(results, bytes) and self.is_terminal:
            raise IncidexError("This is nothing for a terminal.\nSend it to a file with '> FILE', or use --output-dir.")
        with self._lock:
            self._clear()
            if self._results is None:
                raise IncidexError("The results cannot be written: standard output is closed.")
            try:
                if isinstance(results, bytes):
                    self._results.buffer.write(results)
                else:
                    self._results.write(results)
                self._results.flush()
            except OSError as error:
                _stop(self._results, error)

    def message(self, kind: str, text: str) -> None:
        """Print `kind: text` on standard error, further lines of `text` indented."""
        from incidex.export.terminal.text import printable

        with self._lock:
            self._clear()
            indented = printable(text).replace("\n", "\n  ")
            self._messages.write(f"{kind}: {indented}\n")
            self._messages.flush()

    def progress(self, done: int, total: int, what: str) -> None:
        """Remember how far the work is, for the line of progress."""
        self._state = (done, total, what)

    def _keep_moving(self) -> None:
        while not self._ended.wait(0.25):
            with self._lock:
                if time.monotonic() - self._started >= self._patience and not self._ended.is_set():
                    self._show()

    def _show(self) -> None:
        from incidex.export.terminal.text import printable

        done, total, what = self._state
        filled = _BAR * done // max(total, 1)
        seconds = time.monotonic() - self._started
        count = f"{done} of {total}, " if total else ""  # before the sources are known there is nothing to count
        line = f"[{'#' * filled}{'-' * (_BAR - filled)}] {count}{seconds:.0f} s  {printable(what)}"
        self._messages.write(f"\r\x1b[K{line[: _columns(self._messages) - 1]}")
        self._messages.flush()
        self._shown = True

    def _clear(self) -> None:
        if self._shown:
            self._messages.write("\r\x1b[K")
            self._messages.flush()
            self._shown = False


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except OSError:
        return 80


def _stop(stream: TextIO, error: OSError) -> None:
    """End because `stream` takes no more. What it still holds goes nowhere, or Python would complain at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    if error.errno == errno.EPIPE:
        raise click.exceptions.Exit(0) from error
    raise IncidexError(f"The results cannot be written: {error.strerror}.") from error
