"""Where results go: to standard output, or into one file for each source."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Protocol

from incidex.cli.support.console import Console
from incidex.errors import InputError

# Long enough to know a page by, short enough for every file system with an ending behind it.
_LONGEST_NAME = 120


# Several files are given by their endings.
Result = str | bytes | Mapping[str, str]


class Output(Protocol):
    """Takes the result of each source."""

    def put(self, source: str, result: Result) -> None:
        """Take the result of `source`."""


class StandardOutput:
    """Prints one result after another."""

    def __init__(self, console: Console, *, between: str = "", head: str = "") -> None:
        """Print to `console`, with `head` before the first result and `between` between two."""
        self._console = console
        self._head = head
        self._between = between
        self._printed = False

    def put(self, source: str, result: Result) -> None:
        """Print the result of any source, which is one file."""
        assert not isinstance(result, Mapping)
        if isinstance(result, bytes):
            self._console.write(result)
            return
        before = self._between if self._printed else self._head
        if result or (self._head and not self._printed):
            self._console.write(before + result)
            self._printed = True


class OutputFolder:
    """Writes one file for each source: its name, with the ending of the format in place of its own."""

    def __init__(self, folder: Path, ending: str, sources: Iterable[str], console: Console, *, head: str = "") -> None:
        """Make `folder` if it is not there. None of `sources` will be overwritten. Each file begins with `head`."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                f"The folder {folder} cannot be made: {error.strerror}.\nName another folder with --output-dir."
            ) from error
        self._folder = folder
        self._ending = ending
        self._head = head
        self._console = console
        self._sources = {identity for source in sources if (identity := _identity(Path(source)))}
        self._taken: set[str] = set()

    def put(self, source: str, result: Result) -> None:
        """
        Write the result of `source` to a file of its own, or to several that differ in their endings.

        Raises:
            InputError: It would overwrite a source, or cannot be written.
        """
        stem = self._name(source).removesuffix(self._ending)
        files = result if isinstance(result, Mapping) else {self._ending: result}
        for ending, content in files.items():
            self._write(f"{stem}{ending}", source, content)

    def put_beside(self, name: str, text: str) -> None:
        """Write a file that belongs to all results. Raises as `put` does."""
        self._write(name, name, text)

    def _write(self, name: str, source: str, content: str | bytes) -> None:
        file = self._folder / name
        if _identity(file) in self._sources:
            raise InputError(
                f"{source}: its result would overwrite the source {file}.\nName another folder with --output-dir."
            )
        try:
            file.write_bytes(content if isinstance(content, bytes) else self._encoded(content))
        except OSError as error:
            raise InputError(f"{source}: {file} cannot be written: {error.strerror}.") from error

    def _encoded(self, text: str) -> bytes:
        return (self._head + text).encode("utf-8", "backslashreplace")

    def _name(self, source: str) -> str:
        """Return a file name that no source before had, and say so where it is not the plain one."""
        candidates = (f"{stem}{self._ending}" for stem in _stems(source))
        name = plain = next(candidates)
        # Case does not tell two files apart everywhere.
        while name.casefold() in self._taken:
            name = next(candidates)
        if name != plain:
            self._console.message("note", f"{source} goes to {name}, because another source went to {plain}.")
        self._taken.add(name.casefold())
        return name


def _stems(source: str) -> Iterator[str]:
    """Yield names for the result of `source`, without ending: the plain one, that with its folder, numbered ones."""
    if source == "-":
        plain, folder = "stdin", ""
    elif "://" in source:
        from urllib.parse import urlsplit

        address = urlsplit(source)
        page = re.sub(r"\.\w{1,5}$", "", address.path)
        words = re.sub(r"[^\w.]+", "-", f"{address.netloc}{page}{address.query and '-'}{address.query}")
        plain, folder = words[:_LONGEST_NAME].strip("-."), ""
    else:
        plain, folder = Path(source).stem, Path(source).resolve().parent.name
    yield plain
    if folder:
        yield f"{folder}-{plain}"
    yield from (f"{plain}-{number}" for number in count(2))


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells one file from another whatever it is called; None if there is no such file."""
    try:
        state = path.stat()
    except (OSError, ValueError):
        return None
    return state.st_dev, state.st_ino
