"""What a command prints: results on standard output or into a file, messages and progress on standard error."""

import errno
import io
import os
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, TextIO

import click

from incidex.errors import IncidexError

# Columns of the bar in the progress line.
_BAR = 24
# So many sources have to be done before the remaining time is worth showing: the first one loads the model.
_TELLING = 3


def use_utf8() -> None:
    """
    Make standard output and standard error write UTF-8, whatever the locale says. Lone surrogates become escapes.

    If standard error was closed (`2>&-`), messages go nowhere.
    """
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open until the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def same_file(path: str | Path) -> tuple[int, int] | None:
    """Return what identifies a file whatever it is called (device and inode); None if there is no such file."""
    try:
        state = os.stat(path)
    except (OSError, ValueError):
        return None
    return state.st_dev, state.st_ino


class Console:
    """
    The streams of a command, and the progress line, which has to disappear before anything else is printed.

    The progress line appears if standard error is a terminal and the work takes more than a second. A thread keeps it
    moving while a long document is read.
    """

    def __init__(
        self,
        *,
        messages: TextIO | None = None,
        patience: float = 1.0,
        output: Path | None = None,
        quiet: bool = False,
        verbose: bool = False,
    ) -> None:
        """
        Use the standard streams as they are now.

        Args:
            messages: Where messages go instead of standard error.
            patience: Seconds before the progress line appears.
            output: The file that results go to instead of standard output.
            quiet: Print results and errors only: no progress, no notes, no warnings.
            verbose: Also print details.
        """
        self._results: TextIO | None = sys.stdout  # None if it is closed: `>&-`
        self._messages: TextIO = messages or sys.stderr
        self._patience = patience
        self._output = output
        self._file: BinaryIO | None = None
        self._quiet = quiet
        self._verbose = verbose
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._started = time.monotonic()
        self._state = (0, 0, "")
        self._shown = False

    def __enter__(self) -> Self:
        """Start to show progress if somebody can see it."""
        if self.shows_progress:
            threading.Thread(target=self._keep_moving, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the progress line and close the output file."""
        self._ended.set()
        with self._lock:
            self._clear()
            if self._file:
                self._file.close()

    @property
    def is_quiet(self) -> bool:
        """Whether only results and errors are printed."""
        return self._quiet

    @property
    def shows_progress(self) -> bool:
        """Whether there is a progress line."""
        return not self._quiet and self._messages.isatty()

    @property
    def is_terminal(self) -> bool:
        """Whether a person sees the results."""
        return self._output is None and self._results is not None and self._results.isatty()

    @property
    def writes_file(self) -> bool:
        """Whether results go to a file that the command opens itself."""
        return self._output is not None

    @property
    def width(self) -> int:
        """The columns of the terminal that shows the results; 80 if there is none."""
        return _columns(self._results) if self._results and not self._output else 80

    def protect(self, files: Iterable[str | Path]) -> None:
        """
        Make sure that the output file is none of `files`, which the command reads. Call this before the first `write`.

        Raises:
            UsageError: It is one of them.
        """
        found = same_file(self._output) if self._output else None
        if found and found in map(same_file, files):
            raise click.UsageError(f"{self._output} is read by this command. Name another file with --output.")

    def write(self, results: str | bytes) -> None:
        """
        Print results as they are. If the reader of a pipe has gone away, the program ends quietly with code 0.

        Raises:
            IncidexError: The output is closed or full, or `results` are bytes and would go to a terminal.
        """
        if isinstance(results, bytes) and self.is_terminal:
            raise IncidexError("Binary output cannot be shown in a terminal.\nWrite it to a file with --output FILE.")
        with self._lock:
            self._clear()
            if self._output:
                self._write_to_file(self._output, results)
            else:
                self._write_to_stream(results)

    def page(self, results: str) -> None:
        """
        Print results; on a terminal that they do not fit on, in the pager, as git does.

        The pager is what `INCIDEX_PAGER` or else `PAGER` names, by default `less` if there is one; with "cat" or an
        empty value there is none.
        """
        from incidex.cli.support.pager import show_in_pager

        if not self.is_terminal or results.count("\n") < _rows(self._results) or not show_in_pager(results):
            self.write(results)

    def complete(self) -> None:
        """Make the output file, empty, if there were no results."""
        if self._output:
            self._open(self._output)

    def message(self, kind: str, text: str) -> None:
        """Print `kind: text` on standard error, with further lines of `text` indented."""
        from incidex.export.terminal.text import printable

        if self._quiet and kind != "error":
            return
        with self._lock:
            self._clear()
            indented = printable(text).replace("\n", "\n  ")
            self._messages.write(f"{kind}: {indented}\n")
            self._messages.flush()

    def detail(self, text: str) -> None:
        """Print `text` with the seconds since the start, if the user asked for details."""
        if self._verbose:
            self.message("info", f"{time.monotonic() - self._started:.2f} s: {text}")

    def progress(self, done: int, total: int, what: str) -> None:
        """Set what the progress line shows."""
        self._state = (done, total, what)

    def _open(self, path: Path) -> BinaryIO:
        if self._file is None:
            try:
                self._file = path.open("wb")
            except OSError as error:
                raise _unwritable(path, error) from error
        return self._file

    def _write_to_file(self, path: Path, results: str | bytes) -> None:
        content = results if isinstance(results, bytes) else results.encode("utf-8", "backslashreplace")
        file = self._open(path)
        try:
            file.write(content)
            file.flush()
        except OSError as error:
            raise _unwritable(path, error) from error

    def _write_to_stream(self, results: str | bytes) -> None:
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
        name = " ".join(printable(what).split("\n"))
        line = f"[{'#' * filled}{'-' * (_BAR - filled)}] {count}{seconds:.0f} s{_left(done, total, seconds)}  {name}"
        self._messages.write(f"\r\x1b[K{line[: _columns(self._messages) - 1]}")
        self._messages.flush()
        self._shown = True

    def _clear(self) -> None:
        if self._shown:
            self._messages.write("\r\x1b[K")
            self._messages.flush()
            self._shown = False


def _left(done: int, total: int, seconds: float) -> str:
    """Return how much longer it takes if all sources are alike; nothing while too little is done to tell."""
    if done < _TELLING or done >= total:
        return ""
    left = seconds / done * (total - done)
    return f", about {left / 60:.0f} min left" if left >= 90 else f", about {left:.0f} s left"


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except OSError:
        return 80


def _rows(stream: TextIO | None) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).lines if stream else 0
    except OSError:
        return 0


def _unwritable(path: Path, error: OSError) -> IncidexError:
    return IncidexError(f"{path} cannot be written: {error.strerror}.\nName another file with --output.")


def _stop(stream: TextIO, error: OSError) -> None:
    """End the program. What `stream` still holds goes nowhere, or Python would complain about it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    if error.errno == errno.EPIPE:
        raise click.exceptions.Exit(0) from error
    raise IncidexError(f"The results cannot be written: {error.strerror}.") from error
