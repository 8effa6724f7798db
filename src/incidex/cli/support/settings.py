"""Settings: what `incidex.toml` and the environment say about the store, the model and colours."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from incidex.cli.support.values import StorePlace

FILE = "incidex.toml"
# Names another file than those that are looked for.
VARIABLE = "INCIDEX_CONFIG"

COLOURS = ("auto", "always", "never")
_KEYS = ("store", "model", "color")


def settings() -> dict[str, str]:
    """
    Return the settings that are made, each from the first place that has it: the environment, `incidex.toml` in the
    current folder, `incidex.toml` in the user's folder of settings.

    Options of a command come before all of these. `INCIDEX_STORE` is left to the store itself.

    Raises:
        UsageError: A file cannot be read, or has an unknown setting or a wrong value.
    """
    found: dict[str, str] = {}
    for file, is_own in _files():
        found = {**(_read(file) if is_own else _harmless(_read(file), file)), **found}
    for key in ("model", "color"):
        if value := os.environ.get(f"INCIDEX_{key.upper()}"):
            found[key] = _checked(key, value, f"INCIDEX_{key.upper()}", Path.cwd())
    if os.environ.get("INCIDEX_STORE"):
        found.pop("store", None)
    return found


def defaults(command: click.Command, found: Mapping[str, str]) -> dict[str, Any]:
    """Return `found` as click wants it: a dictionary for each command of a group, with the options that it has."""
    if isinstance(command, click.Group):
        return {name: defaults(one, found) for name, one in command.commands.items()}
    return {option.name: found[option.name] for option in command.params if option.name in found}


def _files() -> Iterator[tuple[Path, bool]]:
    """Yield the files of settings that exist, the nearest first, each with whether the user chose it."""
    named = os.environ.get(VARIABLE)
    if named:
        yield Path(named), True
        return
    from platformdirs import user_config_path

    own = user_config_path("incidex", appauthor=False) / FILE
    yield from ((file, file == own) for file in (Path(FILE), own) if file.is_file())


def _harmless(found: dict[str, str], file: Path) -> dict[str, str]:
    """
    Return the settings of a file in the current folder, which may have come with somebody's archive.

    Raises:
        UsageError: It would send reports elsewhere, or run a model that the user did not choose.
    """
    place = found.get("store", "")
    outside = "://" in place or (place and not Path(place).resolve().is_relative_to(file.resolve().parent))
    if outside or "model" in found:
        what = "a store outside its folder" if outside else "a model"
        raise click.UsageError(
            f"{file} in the current folder names {what}, which only your own settings may. "
            f"Name it with an option or in the environment, or trust this file with {VARIABLE}={file}."
        )
    return found


def _read(file: Path) -> dict[str, str]:
    try:
        content = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise click.UsageError(f"{file} cannot be read: {error.strerror}. Check {VARIABLE}.") from error
    except ValueError as error:
        raise click.UsageError(f"{file} is not TOML in UTF-8: {error}.") from error
    unknown = next((key for key in content if key not in _KEYS), None)
    if unknown is not None:
        raise click.UsageError(f"{file} has an unknown setting {unknown!r}. There are {', '.join(_KEYS)}.")
    return {key: _checked(key, value, str(file), file.absolute().parent) for key, value in content.items()}


def _checked(key: str, value: object, place: str, folder: Path) -> str:
    """Return the value of a setting; paths in a file count from its folder."""
    if not isinstance(value, str) or not value.strip():
        raise click.UsageError(f"{place}: {key} has to be text, such as {key} = {_EXAMPLES[key]}.")
    if key == "color":
        if value not in COLOURS:
            raise click.UsageError(f"{place}: color cannot be {value!r}. Choose one of {', '.join(COLOURS)}.")
        return value
    if key == "store":
        path = value if "://" in value else str(folder / Path(value).expanduser())
        try:
            return str(StorePlace().convert(path, None, None))
        except click.BadParameter as error:
            raise click.UsageError(f"{place}: {error.message}") from error
    path = str(folder / Path(value).expanduser())
    if not os.path.isdir(path):
        raise click.UsageError(f"{place}: model names {path}, which is not a folder. Name the folder of a bundle.")
    return path


_EXAMPLES = {"store": '"harbour.sqlite"', "model": '"my-bundle"', "color": '"never"'}
