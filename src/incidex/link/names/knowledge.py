"""
The names of actors, malware and tools that are known, from which sources: the records, and the file that holds them.

The package ships such a file; `incidex knowledge update` makes another one from newer upstream files, which is used
instead wherever it lies in the user's data folder.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from incidex.errors import FormatError, InputError
from incidex.records import EntityKind, Entry

FORMAT = 1

# Names a file that is used instead of all others.
VARIABLE = "INCIDEX_KNOWLEDGE"


@dataclass(frozen=True, slots=True)
class Source:
    """
    One publication of names.

    Attributes:
        key: A short name that stays the same between versions, such as "attack".
        name: Its name for people, such as "MITRE ATT&CK".
        version: As the publisher counts them.
        date: The day of publication, ISO 8601; empty where it is not known.
        licence: Under which terms it may be used, in a few words.
        notice: What has to be said wherever it is copied; empty where nothing has to.
        entries: What it knows, ordered by id.
    """

    key: str
    name: str
    version: str
    date: str
    licence: str
    notice: str
    entries: tuple[Entry, ...]


# Two are never compared: what is made from one is kept beside it, and thousands of names take long to hash.
@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """
    All sources together.

    Attributes:
        sources: In the order in which their names are preferred.
        ordinary: Those words of their names that are ordinary words too, in lower case: a name of ordinary words alone
            needs more evidence than others.
        file: Where it was read; empty if it was not read from a file.
    """

    sources: tuple[Source, ...]
    ordinary: frozenset[str]
    file: str = ""


def user_file() -> Path:
    """Return where the user's own copy belongs, whether or not it is there."""
    from platformdirs import user_data_path

    return user_data_path("incidex", appauthor=False) / "knowledge.json"


def knowledge_file() -> Path | None:
    """Return the file that is used instead of the one that ships: `INCIDEX_KNOWLEDGE`, or the user's own copy."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    return own if (own := user_file()).is_file() else None


def imported_file() -> Path:
    """Return where the names belong that were taken from files of others, whether or not it is there."""
    return user_file().with_name("imported-names.json")


def knowledge() -> Knowledge:
    """
    Return what is known, and behind it what was imported, unless `INCIDEX_KNOWLEDGE` names a file. It is read once.

    Raises:
        FormatError: The file that is used instead of the shipped one is damaged or too new.
        InputError: That file cannot be read.
    """
    imported = None if os.environ.get(VARIABLE) else imported_file()
    return _together(knowledge_file(), imported if imported and imported.is_file() else None)


@cache
def _together(file: Path | None, imported: Path | None) -> Knowledge:
    known = read_knowledge(file)
    if imported is None:
        return known
    more = read_knowledge(imported)
    return Knowledge(known.sources + more.sources, known.ordinary | more.ordinary, known.file)


@cache
def read_knowledge(file: Path | None) -> Knowledge:
    """Return what is in `file`, or the knowledge that ships where `file` is None. Raises as `knowledge` does."""
    if file is None:
        return _parsed(files("incidex.link.names").joinpath("knowledge.json").read_text("utf-8"), "the names that ship")
    try:
        return _parsed(file.read_text("utf-8"), str(file))
    except OSError as error:
        raise InputError(
            f"{file}: the names of actors and malware cannot be read: {error.strerror}.\n"
            f"Make the file with 'incidex knowledge update', or unset {VARIABLE}."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FormatError(
            f"{file}: the names of actors and malware are damaged, or were written by a newer Incidex.\n"
            "Make the file anew with 'incidex knowledge update', or delete it: then those that ship are used."
        ) from error


def written(known: Knowledge) -> str:
    """Return the content of the file: JSON with a line for each entry, the same for the same knowledge."""
    sources = ",\n".join(_source(source) for source in known.sources)
    return f'{{"format": {FORMAT},\n"ordinary": {_json(sorted(known.ordinary))},\n"sources": [\n{sources}\n]}}\n'


def write_knowledge(known: Knowledge, file: Path) -> None:
    """
    Write `known` to `file`, all of it or nothing, and make its folder if it is not there.

    Raises:
        InputError: The file cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f"{file.name}.{os.getpid()}.part")
        beside.write_text(written(known), "utf-8", newline="\n")
        beside.replace(file)
        read_knowledge.cache_clear()
        _together.cache_clear()
    except OSError as error:
        raise InputError(
            f"{file}: the names cannot be written: {error.strerror}.\nName another file with --output."
        ) from error


def ordinary_words(sources: Iterable[Source], words: Mapping[str, object]) -> frozenset[str]:
    """
    Return those words of the sources' names that are ordinary ones, in lower case.

    Args:
        sources: Where the names are.
        words: The vocabulary of the model's tokenizer: a word that it holds in one piece is frequent in ordinary text.
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


def _parsed(content: str, file: str) -> Knowledge:
    raw = json.loads(content)
    if raw["format"] != FORMAT:
        raise ValueError("another format")
    return Knowledge(tuple(_read_source(source) for source in raw["sources"]), frozenset(raw["ordinary"]), file)


def _read_source(raw: dict[str, Any]) -> Source:
    kinds = {kind.value: kind for kind in EntityKind}
    entries = tuple(Entry(id, name, kinds[kind], tuple(aliases)) for id, name, kind, aliases in raw["entries"])
    return Source(raw["key"], raw["name"], raw["version"], raw["date"], raw["licence"], raw["notice"], entries)
