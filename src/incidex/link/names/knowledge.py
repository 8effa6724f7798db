"""
The known names of actors, malware and tools with their sources, and the file that they are stored in.

The package ships such a file. `incidex knowledge update` writes another one from newer upstream files to the user's
data folder, which is then used instead.
"""

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from incidex.errors import FormatError, InputError
from incidex.records import EntityKind, Entry

FORMAT = 1

# The environment variable with the path of a file that is used instead of all others.
VARIABLE = "INCIDEX_KNOWLEDGE"


@dataclass(frozen=True, slots=True)
class Source:
    """
    One publication of names.

    Attributes:
        key: A short name that stays the same between versions, such as "attack".
        name: Its name for people, such as "MITRE ATT&CK".
        version: As the publisher counts them.
        date: The day of publication, ISO 8601; empty if it is not known.
        licence: The terms of use, in a few words.
        notice: The notice that every copy has to carry; empty if there is none.
        entries: Its entries, ordered by id.
    """

    key: str
    name: str
    version: str
    date: str
    licence: str
    notice: str
    entries: tuple[Entry, ...]


# Compared by identity: the index is cached by this object, and thousands of names take long to hash.
@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """
    All sources together.

    Attributes:
        sources: In the order in which their names are preferred.
        ordinary: The words of their names that are also ordinary words, in lower case: a name made only of these needs
            more evidence than others.
        file: The file that it was read from; empty if there is none.
    """

    sources: tuple[Source, ...]
    ordinary: frozenset[str]
    file: str = ""


def user_file() -> Path:
    """Return the path of the user's own copy, whether or not it exists."""
    from platformdirs import user_data_path

    return user_data_path("incidex", appauthor=False) / "knowledge.json"


def knowledge_file() -> Path | None:
    """Return the file that is used instead of the one that ships: `INCIDEX_KNOWLEDGE`, or the user's own copy."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    return own if (own := user_file()).is_file() else None


def imported_file() -> Path:
    """Return the path of the names imported from STIX and MISP files, whether or not it exists."""
    return user_file().with_name("imported-names.json")


def uses_imported() -> bool:
    """Return whether there are imported names and `INCIDEX_KNOWLEDGE` does not replace them."""
    return not os.environ.get(VARIABLE) and imported_file().is_file()


def knowledge() -> Knowledge:
    """
    Return the known names, followed by the imported ones unless `INCIDEX_KNOWLEDGE` is set. They are read once.

    Raises:
        FormatError: The file that is used instead of the shipped one is damaged or too new.
        InputError: That file cannot be read.
    """
    return _together(knowledge_file(), imported_file() if uses_imported() else None)


@cache
def _together(file: Path | None, imported: Path | None) -> Knowledge:
    known = read_knowledge(file)
    if imported is None:
        return known
    more = read_knowledge(imported)
    return Knowledge(known.sources + more.sources, known.ordinary | more.ordinary, known.file)


@cache
def read_knowledge(file: Path | None) -> Knowledge:
    """Return the names in `file`, or those that ship if it is None. Raises what `knowledge` raises."""
    if file is None:
        return _parsed(files("incidex.link.names").joinpath("knowledge.json").read_bytes(), "the names that ship")
    return parsed_names(names_content(file), file)


def names_content(file: Path) -> bytes:
    """Return the content of a file of names. Raises InputError if it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(
            f"{file}: the names of actors and malware cannot be read: {error.strerror}.\n"
            f"Create the file with 'incidex knowledge update', or unset {VARIABLE}."
        ) from error


def parsed_names(content: bytes, file: Path) -> Knowledge:
    """Return the names in the content of `file`. Raises FormatError if it is damaged, or too new."""
    try:
        return _parsed(content, str(file))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FormatError(
            f"{file}: the names of actors and malware are damaged, or were written by a newer Incidex.\n"
            "Write the file again with 'incidex knowledge update', or delete it to use those that ship."
        ) from error


def written(known: Knowledge) -> str:
    """Return the content of the file: JSON with a line per entry, always the same for the same names."""
    sources = ",\n".join(_source(source) for source in known.sources)
    return f'{{"format": {FORMAT},\n"ordinary": {_json(sorted(known.ordinary))},\n"sources": [\n{sources}\n]}}\n'


def write_knowledge(known: Knowledge, file: Path) -> None:
    """
    Write `known` to `file` atomically, and create its folder if need be.

    Raises:
        InputError: The file cannot be written.
    """
    content = written(known)
    beside = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(content, "utf-8", newline="\n")
        beside.replace(file)
        read_knowledge.cache_clear()
        _together.cache_clear()
    except OSError as error:
        raise InputError(
            f"{file}: the names cannot be written: {error.strerror}.\nChoose another file with --output."
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def checked_name(value: object) -> str:
    """Return a name of a file from elsewhere. Raises ValueError if it is no text, or none that UTF-8 can encode."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a name")
    value.encode()  # a lone surrogate raises UnicodeEncodeError, which is a ValueError
    return value


def ordinary_words(sources: Iterable[Source], words: Mapping[str, object]) -> frozenset[str]:
    """
    Return the words of the sources' names that are ordinary words, in lower case.

    Args:
        sources: The sources.
        words: The vocabulary of the model's tokenizer: a word that is a single token is frequent in ordinary text.
    """
    from incidex.english.names import spelling

    names = (name for source in sources for entry in source.entries for name in (entry.name, *entry.aliases))
    parts = {part for name in names if (form := spelling(name)) for part in (*form.words, *form.parts)}
    return frozenset(part for part in parts if part in words and part.isalpha() and len(part) > 2)


def _source(source: Source) -> str:
    head = {name: getattr(source, name) for name in ("key", "name", "version", "date", "licence", "notice")}
    rows = ",\n".join(_json([entry.id, entry.name, entry.kind, list(entry.aliases)]) for entry in source.entries)
    return f'{_json(head)[:-1]}, "entries": [\n{rows}\n]}}'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _parsed(content: bytes, file: str) -> Knowledge:
    raw = json.loads(content.decode("utf-8"))
    if raw["format"] != FORMAT:
        raise ValueError("another format")
    return Knowledge(tuple(_read_source(source) for source in raw["sources"]), frozenset(raw["ordinary"]), file)


def _read_source(raw: dict[str, Any]) -> Source:
    kinds = {kind.value: kind for kind in EntityKind}
    entries = tuple(
        Entry(checked_name(id), checked_name(name), kinds[kind], tuple(map(checked_name, aliases)))
        for id, name, kind, aliases in raw["entries"]
    )
    return Source(raw["key"], raw["name"], raw["version"], raw["date"], raw["licence"], raw["notice"], entries)
