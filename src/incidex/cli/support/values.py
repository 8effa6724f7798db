"""The kinds of values that options take. A wrong value ends the command with exit code 2 and names the right ones."""

import os
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    _Value = click.ParamType[Any]
else:
    _Value = click.ParamType  # generic only since click 8.4

_TIME_BACK = re.compile(r"(\d{1,5})([hd])")
_DAYS_BACK = {"today": 0, "yesterday": 1}
_PART_OF_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")

EXISTING_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
EXISTING_PATH = click.Path(exists=True, path_type=Path)


class Text(_Value):
    """Words, which have to be valid text: whatever a terminal or a script passes as bytes cannot be looked up."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the words as they were given."""
        text = str(value)
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            self.fail(f"{text!r} is not text in UTF-8. Check the encoding of your terminal.", param, ctx)
        return text


TEXT = Text()


class Name(_Value):
    """One of several names that are looked up only when a value is given, because loading them takes time."""

    def __init__(self, what: str, names: Callable[[], Sequence[str]], *, part: bool = False) -> None:
        """
        Take one of `names`, whatever its case.

        Args:
            what: What the names are of, for the message: "event type".
            names: Returns the names.
            part: Whether a part of a name will do. The value is then returned as it was given.
        """
        self.name = what
        self._names = names
        self._part = part

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name, or the value itself if a part will do."""
        wanted, names = str(value).casefold(), self._names()
        if self._part and any(wanted in name.casefold() for name in names):
            return str(value)
        found = [name for name in names if name.casefold() == wanted]
        if not found:
            self.fail(f"{value!r} is not {self.name}. Choose one of {', '.join(names)}.", param, ctx)
        return found[0]


class Day(_Value):
    """A date in ISO 8601, which may lack the day or the month if `partial` is set."""

    name = "date"

    def __init__(self, *, partial: bool = False) -> None:
        """Take dates such as 2024-03-14 and, if `partial` is set, 2024-03 and 2024."""
        self._partial = partial

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the date as it was given."""
        text = str(value)
        filled = text + "-01-01"[: 10 - len(text)] if self._partial else text
        if not _PART_OF_DATE.fullmatch(text) or not _is_day(filled):
            examples = "2024-03-14, 2024-03 or 2024" if self._partial else "2024-03-14"
            self.fail(f"{value!r} is not a date. Give it as {examples}.", param, ctx)
        return text


class Since(_Value):
    """A time from which on something counts: "yesterday", "36h", "7d", a date, or a time in ISO 8601."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the time in UTC, ISO 8601, to the millisecond. Days begin at midnight of the local time zone."""
        text = str(value).strip()
        now = datetime.now().astimezone()
        back = _TIME_BACK.fullmatch(text.lower())
        try:
            if back:
                found = now - timedelta(hours=int(back[1]) * (24 if back[2] == "d" else 1))
            elif text.lower() in _DAYS_BACK:
                day = now.date() - timedelta(days=_DAYS_BACK[text.lower()])
                found = datetime.combine(day, datetime.min.time()).astimezone()
            else:
                found = datetime.fromisoformat(text).astimezone()  # one without a zone is local
            return found.astimezone(UTC).isoformat(timespec="milliseconds")
        except (ValueError, OverflowError):
            self.fail(
                f"{value!r} is not a time. Give it as today, yesterday, 36h, 7d, 2024-03-14 or 2024-03-14T08:30.",
                param,
                ctx,
            )


class StorePlace(_Value):
    """The path of an SQLite file, or the URL of a database that can hold a store."""

    name = "store"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the path or URL as it was given."""
        from incidex.errors import InputError
        from incidex.store.database import store_url

        place = str(value)
        if not place.strip():
            self.fail("no name is given. Give the path of a file, or leave the option out.", param, ctx)
        if "://" not in place and os.path.isdir(place):
            self.fail(f"{place} is a folder. Give the path of a file.", param, ctx)
        try:
            store_url(place)
        except InputError as error:
            self.fail(str(error).replace("\n", " "), param, ctx)
        return place


class Source(_Value):
    """An existing file or folder, a URL, or "-" for standard input."""

    name = "source"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the source as it was given."""
        source = str(value)
        if source != "-" and "://" not in source and not os.path.exists(source):
            self.fail(f"{source} does not exist. Name a file, a folder or a URL.", param, ctx)
        return source


class OutputFile(_Value):
    """A file to write, whose folder exists, or "-" for standard output."""

    name = "file"

    def __init__(self, *, dash: bool = True) -> None:
        """Take a path, and "-" if `dash` is set."""
        self._dash = dash

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | None:
        """Return the path; None for standard output."""
        if value == "-":
            if not self._dash:
                self.fail("This command cannot write to standard output. Name a file.", param, ctx)
            return None
        path = Path(value)
        if path.is_dir():
            self.fail(f"{path} is a folder. Name a file.", param, ctx)
        if not path.parent.is_dir():
            self.fail(f"The folder {path.parent} does not exist. Make it first, or name another file.", param, ctx)
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            self.fail(f"{path} cannot be written: Permission denied. Name another file.", param, ctx)
        return path


class OutputFolder(_Value):
    """A folder to write files to, which is made if it is missing."""

    name = "folder"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path."""
        path = Path(value)
        existing = next((one for one in (path, *path.parents) if one.exists()), path)
        if not existing.is_dir():
            self.fail(f"{existing} is not a folder. Name another one.", param, ctx)
        if not os.access(existing, os.W_OK | os.X_OK):
            self.fail(f"{existing} cannot be written to: Permission denied. Name another folder.", param, ctx)
        return path


def event_types(*, none: bool = False, part: bool = False) -> Name:
    """Return the kind of value that names an event type; with `none`, also the label for "none of them"."""

    def names() -> Sequence[str]:
        from incidex.labels import scheme

        return (*scheme().names, scheme().none) if none else scheme().names

    return Name("a label" if none else "an event type", names, part=part)


def realis() -> Name:
    """Return the kind of value that names a realis."""

    def names() -> Sequence[str]:
        from incidex.labels import scheme

        return scheme().realis

    return Name("a realis", names)


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False
