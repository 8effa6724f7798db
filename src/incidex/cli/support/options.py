"""The options that several commands share, and the record that holds those of `label`, `extract` and `export`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from incidex.cli.support.console import Console
from incidex.cli.support.values import EXISTING_FILE, EXISTING_FOLDER, TEXT, OutputFile, OutputFolder, StorePlace

SOURCES = click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
PRESPLIT = click.option("--presplit", is_flag=True, help="Each line is a sentence, each file one article.")
ALL = click.option("--all", "everything", is_flag=True, help="Also print sentences of captions, links and notices.")
# What to do about a store without incidents.
HOW_TO_ADD = "Add reports with 'incidex add SOURCE...'."

OUTPUT_DIR = click.option(
    "--output-dir", type=OutputFolder(), metavar="DIR", help="Write one file per source to this folder."
)
MODEL = click.option("--model", type=EXISTING_FOLDER, metavar="DIR", help="Use the model bundle in this folder.")
STORE = click.option(
    "--store",
    type=StorePlace(),
    metavar="PATH_OR_URL",
    help="The store to use.  [default: INCIDEX_STORE, or your data folder]",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
AUTHOR = click.option(
    "--author", type=TEXT, metavar="NAME", help="Who decides.  [default: INCIDEX_AUTHOR, or your user name]"
)
REASON = click.option("--reason", type=TEXT, metavar="TEXT", default="", help="Why, for those who read it later.")
COLOR = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="When to use colours.",
)
TEMPLATE = click.option(
    "--template",
    type=EXISTING_FILE,
    metavar="FILE",
    help="Markdown and Word: the template of the briefing instead of that of Incidex.",
)
PROFILE = click.option(
    "--profile",
    type=click.Choice(["compat", "full"]),
    default="compat",
    show_default=True,
    help="STIX: core objects only, or with the incident extension.",
)
TLP = click.option(
    "--tlp",
    type=click.Choice(["clear", "green", "amber", "amber+strict", "red"]),
    default="amber",
    show_default=True,
    help="STIX and MISP: who may see it.",
)

_READING = (
    click.option("--allow-private", is_flag=True, help="Allow URLs on private and loopback addresses."),
    click.option("--follow-links", is_flag=True, help="In a folder, follow links that lead out of it."),
    click.option(
        "--timeout",
        type=click.IntRange(1, 86_400),
        default=60,
        show_default=True,
        metavar="SECONDS",
        help="Most time to read a source, and as much again to label it.",
    ),
    click.option(
        "--memory",
        type=click.IntRange(300, 1_000_000),
        default=1000,
        show_default=True,
        metavar="MB",
        help="Give up on a source that takes more memory to read.",
    ),
)
_OUTPUT = click.option(
    "-o", "--output", type=OutputFile(), metavar="FILE", help="Write to this file instead of standard output."
)
_QUIET = click.option("-q", "--quiet", is_flag=True, help="Print only results and errors.")
_VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Also print what is being done and when.")


@dataclass(frozen=True, slots=True)
class Reading:
    """
    How sources are read.

    Attributes:
        allow_private: Whether a URL may lead to a private or loopback address.
        follow_links: Whether links in a folder that lead out of it are followed.
        timeout: The most seconds that reading a source may take, and again those that labelling it may take.
        memory: The most memory that it may take, in millions of bytes.
    """

    allow_private: bool = False
    follow_links: bool = False
    timeout: int = 60
    memory: int = 1000


@dataclass(frozen=True, slots=True)
class Job:
    """
    What `label`, `extract` or `export` should do: the options of the command.

    Attributes:
        everything: Whether sentences outside the article are wanted too.
        format: The name of the format; None for the default of the command.
        output_dir: The folder for one file per source; None for one output.
        reading: How sources are read.
        color: "auto", "always" or "never".
        profile: The profile of STIX: "compat" or "full".
        tlp: The marking of STIX and MISP.
        template: The file of a template for a briefing.
    """

    presplit: bool = False
    everything: bool = False
    format: str | None = None
    output_dir: Path | None = None
    reading: Reading = Reading()
    color: str = "auto"
    profile: str = "compat"
    tlp: str = "amber"
    template: Path | None = None


def read_template(file: Path | None, format: str | None) -> str | None:
    """
    Return the text of a template for a briefing; None if there is none.

    Raises:
        UsageError: The format has no template.
        InputError: The file cannot be read.
    """
    from incidex.errors import InputError

    if file is None:
        return None
    if format not in ("markdown", "docx"):
        raise click.UsageError("--template needs --format markdown or docx.")
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InputError(f"The template {file} cannot be read: {reason}.\nSave it as a text in UTF-8.") from error


def with_reading(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that say how sources are read, and a `Reading` as its argument `reading`."""

    @wraps(command)
    def run(*arguments: Any, allow_private: bool, follow_links: bool, timeout: int, memory: int, **wanted: Any) -> int:
        reading = Reading(allow_private=allow_private, follow_links=follow_links, timeout=timeout, memory=memory)
        return command(*arguments, reading=reading, **wanted)

    for option in reversed(_READING):
        run = option(run)
    return run


def with_console(*, output: bool = True) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """
    Return a decorator that gives a command `-q`, `-v` and a `Console` as its first argument.

    Args:
        output: Whether the command also gets `-o`, the file that its results go to.
    """

    def decorate(command: Callable[..., int]) -> Callable[..., int]:
        @wraps(command)
        def run(*, quiet: bool, verbose: bool, **wanted: Any) -> int:
            from incidex.cli.support.logs import logs_on

            file = wanted.pop("output") if output else None
            if quiet and verbose:
                raise click.UsageError("--quiet and --verbose exclude each other. Choose one.")
            if file and wanted.get("output_dir"):
                raise click.UsageError("--output and --output-dir exclude each other. Choose one.")
            with Console(output=file, quiet=quiet, verbose=verbose) as console, logs_on(console):
                code = command(console, **wanted)
                if not code:
                    console.complete()
                return code

        for option in (_VERBOSE, _QUIET, *([_OUTPUT] if output else [])):
            run = option(run)
        return run

    return decorate
