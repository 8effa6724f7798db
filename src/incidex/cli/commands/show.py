"""`incidex show`: the dossier of one incident."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidex.cli.support import options

if TYPE_CHECKING:
    from incidex.cli.support.console import Console
    from incidex.records import Dossier
    from incidex.store import Store


@click.command(short_help="Print the dossier of an incident.")
@click.argument("id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--format", "form", type=click.Choice(["text", "html"]), help="A briefing, or a page.  [default: text]")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to FILE.")
@options.STORE
def show(id: str, as_json: bool, form: str | None, output: Path | None, store: str | None) -> int:
    """
    Print what the reports of one incident say, told once: what happened, who says so, and where they differ.

    ID is the id of an incident, the beginning of it, or words that stand in the title of no other. With --format html
    there is a page of its own with a timeline and a graph. Numbers in brackets are those of the sources at the end.

    Example: incidex show 35e8efc0
    """
    from incidex.cli.support.console import Console
    from incidex.cli.support.reading import found_incident, opened, without_garbage_collection
    from incidex.dossiers.build import dossier

    if as_json and form:
        raise click.UsageError("--json and --format are two forms. Choose one.")
    console = Console()
    with opened(store) as kept, without_garbage_collection():
        members = kept.members(found_incident(kept, id).id)
        made = dossier(members.incident, members.analyses, members.profiles)
        titles = dict(_titles(kept, made.related))
    text = _written(made, titles, as_json, form, console)
    if output is None:
        console.write(text)
    else:
        _write(output, text)
    return 0


def _titles(kept: "Store", ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the ids with the titles of their incidents, but for incidents that are no more."""
    from incidex.errors import InputError

    for id in ids:
        with suppress(InputError):
            yield id, kept.incident(id).title


def _written(made: "Dossier", titles: dict[str, str], as_json: bool, form: str | None, console: "Console") -> str:
    from incidex.cli.support.analysing import wants_colour
    from incidex.export.html.dossier import to_html_dossier
    from incidex.export.jsonl.incidents import to_json_dossier
    from incidex.export.terminal.dossier import to_terminal_dossier

    if as_json:
        return to_json_dossier(made)
    if form == "html":
        return to_html_dossier(made, titles=titles)
    colour = console.is_terminal and wants_colour("auto")
    return to_terminal_dossier(made, width=console.width, colour=colour, titles=titles)


def _write(path: Path, text: str) -> None:
    from incidex.errors import InputError

    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.\nName another file with --output.") from error
