"""Where results go: into one output, or into one file for each source; and whether people read them."""

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Protocol

import click

from incidex.cli.support.console import Console, same_file
from incidex.cli.support.options import Job
from incidex.errors import InputError
from incidex.export.formats import Content, Format, demand

# Where a command finds the setting for colours in the context of click.
COLOUR = "incidex.colour"

# Long enough to recognise a page, short enough for every file system together with an ending.
_LONGEST_NAME = 120


def for_people(job: Job, console: Console) -> bool:
    """Return whether results are laid out for people: on a terminal, or where colours are asked for."""
    return not job.output_dir and (console.is_terminal or job.color == "always")


def wants_colour(color: str) -> bool:
    """Return whether a terminal gets colours, for a value of `--color`; see no-color.org."""
    context = click.get_current_context(silent=True)
    if color == "auto" and context:
        color = context.meta.get(COLOUR, "auto")  # of commands that have no such option
    if color == "auto":
        return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return color == "always"


def open_output(
    format: Format, sources: Collection[str], job: Job, console: Console, *, between: str = "", plural: str = "sources"
) -> "Output":
    """
    Return where the results of `sources` go.

    Args:
        format: How they are written.
        sources: What they come from. None of these files is overwritten.
        job: Whether there is a folder for them.
        console: Where they go otherwise.
        between: What is printed between two results that follow one another.
        plural: What the sources are called in a message.

    Raises:
        UsageError: The format needs a folder, and none is given.
        MissingExtra: The format needs a package that is not installed.
    """
    demand(format.name)
    if job.output_dir:
        head = f"{format.file_mark}{format.heading()}"
        folder = OutputFolder(job.output_dir, format.ending, sources, console, head=head)
        for name, text in format.beside().items():
            folder.put_beside(name, text)
        return folder
    if format.several_files:
        raise click.UsageError(
            f"{format.name} writes several files for each of the {plural}. Name a folder with --output-dir."
        )
    if format.one_file_each and len(sources) > 1:
        raise click.UsageError(
            f"There are {len(sources)} {plural}, and each gets a {format.noun} of its own. "
            "Name a folder with --output-dir."
        )
    mark = format.file_mark if console.writes_file else ""
    return SingleOutput(console, between=between, head=f"{mark}{format.heading()}")


class Output(Protocol):
    """Takes the result of each source."""

    def put(self, source: str, result: Content) -> None:
        """Take the result of `source`."""


class SingleOutput:
    """Prints one result after another."""

    def __init__(self, console: Console, *, between: str = "", head: str = "") -> None:
        """Print to `console`, with `head` before the first result and `between` between two of them."""
        self._console = console
        self._head = head
        self._between = between
        self._printed = False

    def put(self, source: str, result: Content) -> None:
        """Print the result of a source, which is a single file."""
        assert not isinstance(result, Mapping)
        if isinstance(result, bytes):
            self._console.write(result)
            return
        before = self._between if self._printed else self._head
        if result or (self._head and not self._printed):
            self._console.write(before + result)
            self._printed = True


class OutputFolder:
    """Writes one file for each source, with the name of the source and the ending of the format."""

    def __init__(self, folder: Path, ending: str, sources: Iterable[str], console: Console, *, head: str = "") -> None:
        """
        Make `folder` if it is missing.

        Args:
            folder: Where the files go.
            ending: The ending of the format, such as ".jsonl".
            sources: None of these is ever overwritten.
            console: Where to say that a file got another name.
            head: What each file begins with.

        Raises:
            InputError: The folder cannot be made.
        """
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
        self._sources = {identity for source in sources if (identity := same_file(source))}
        self._taken: set[str] = set()

    def put(self, source: str, result: Content) -> None:
        """
        Write the result of `source` to one file, or to several that differ in their endings.

        Raises:
            InputError: A file would overwrite a source, or cannot be written.
        """
        stem = self._name(source).removesuffix(self._ending)
        files = result if isinstance(result, Mapping) else {self._ending: result}
        for ending, content in files.items():
            self._write(f"{stem}{ending}", source, content)

    def put_beside(self, name: str, text: str) -> None:
        """Write a file that belongs to all results. Raises the errors of `put`."""
        self._write(name, name, text)

    def _write(self, name: str, source: str, content: str | bytes) -> None:
        file = self._folder / name
        if same_file(file) in self._sources:
            raise InputError(
                f"{source}: its result would overwrite the source {file}.\nName another folder with --output-dir."
            )
        try:
            _replace(file, content if isinstance(content, bytes) else self._encoded(content))
        except OSError as error:
            raise InputError(f"{source}: {file} cannot be written: {error.strerror}.") from error

    def _encoded(self, text: str) -> bytes:
        return (self._head + text).encode("utf-8", "backslashreplace")

    def _name(self, source: str) -> str:
        """Return a file name that is not taken yet, and print a note if it is not the obvious one."""
        candidates = (f"{stem}{self._ending}" for stem in _stems(source))
        name = plain = next(candidates)
        # Some file systems ignore case.
        while name.casefold() in self._taken:
            name = next(candidates)
        if name != plain:
            self._console.message("note", f"{source} goes to {name}, because another source went to {plain}.")
        self._taken.add(name.casefold())
        return name


def _replace(file: Path, content: bytes) -> None:
    """
    Write `content` to a new file and give it the name of `file`, whatever has that name.

    A link is replaced, and the file that it leads to stays as it is. Nobody sees half a file, even if this is killed.
    """
    new = file.with_name(f".incidex-{os.getpid()}.part")
    try:
        # Not one that is there already, which might be a link, too.
        new.unlink(missing_ok=True)
        with new.open("xb") as part:
            part.write(content)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def _stems(source: str) -> Iterator[str]:
    """Yield names for the result of `source`, without ending: its own, then with its folder, then with numbers."""
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
