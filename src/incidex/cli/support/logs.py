"""What libraries log while a command runs: shown with `--verbose`, otherwise dropped."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from incidex.cli.support.console import Console


@contextmanager
def logs_on(console: Console) -> Iterator[None]:
    """Send warnings of libraries to the details of `console`, and take them from Python's own handler."""
    handler = _Details(console)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)


class _Details(logging.Handler):
    """Prints each record as a detail."""

    def __init__(self, console: Console) -> None:
        super().__init__(logging.WARNING)
        self._console = console

    def emit(self, record: logging.LogRecord) -> None:
        self._console.detail(f"{record.name}: {record.getMessage()}")
