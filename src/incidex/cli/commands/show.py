"""`incidex show`: prints the dossier of one incident."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.values import TEXT, Day
from incidex.errors import InputError
from incidex.export.formats import Options, names, write_dossier

if TYPE_CHECKING:
    from incidex.records import Dossier
    from incidex.store import Store
    from incidex.store.results import Members


@click.command(short_help="Print the dossier of an incident.")
@click.argument("id", metavar="ID", type=TEXT)
@options.JSON
@click.option(
    "--format",
    type=click.Choice(names("dossier")),
    help="A briefing, JSON, a web page, citations or a graph.  [default: text]",
)
@click.option("--since", type=Day(), metavar="DATE", help="Only what reports of this day or later changed.")
@options.TEMPLATE
@options.STORE
@options.with_console()
def show(console: Console, id: str, store: str | None, **wanted: Any) -> int:
    """
    Print the dossier of an incident: what happened, who says so, and where the reports differ.

    ID is the id of an incident, the beginning of one, or words that only its title has. Numbers in brackets refer to
    the sources listed at the end. With --format html the dossier is a web page with a timeline and a graph; markdown
    and docx are a briefing to publish from, csl and bibtex cite the sources, dot and graph say who says what of whom.

    Example: incidex show 35e8efc0
    """
    from incidex.cli.support.outputs import wants_colour
    from incidex.cli.support.store import find_incident, open_store, without_garbage_collection
    from incidex.dossiers.build import dossier

    form, filling = _form(**wanted)
    with open_store(store, console, create=False) as opened, without_garbage_collection():
        members = opened.members(find_incident(opened, id).id)
        made = dossier(members.incident, members.analyses, members.profiles)
        titles = dict(_titles(opened, made.related))
    colour = console.is_terminal and wants_colour("auto")
    if wanted["since"]:
        _print_changes(console, wanted["since"], made, members, as_json=form == "json", colour=colour)
        return 0
    how = Options(titles=titles, template=filling, width=console.width, colour=colour)
    content = write_dossier(form, made, how)
    if form == "text" and isinstance(content, str):
        console.page(content)
    else:
        console.write(content)
    return 0


def _form(*, as_json: bool, format: str | None, since: str | None, template: Path | None) -> tuple[str, str | None]:
    """Return the format to write, and the text of the template."""
    if as_json and format:
        raise click.UsageError("--json and --format exclude each other. Choose one.")
    if since and format not in (None, "text", "json"):
        raise click.UsageError("--since prints text or JSON. Leave out --format.")
    form = "json" if as_json else format or "text"
    return form, options.read_template(template, form)


def _print_changes(
    console: Console, since: str, made: "Dossier", members: "Members", *, as_json: bool, colour: bool
) -> None:
    from incidex.dossiers.comparison import changes_since
    from incidex.export.jsonl.incidents import to_json_changes
    from incidex.export.terminal.comparison import to_terminal_changes

    found = changes_since(since, members.incident, members.analyses, members.profiles)
    if as_json:
        console.write(to_json_changes(made, since, found))
    else:
        console.page(to_terminal_changes(made, since, found, width=console.width, colour=colour))


def _titles(store: "Store", ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the ids with the titles of their incidents, except for incidents that no longer exist."""
    for id in ids:
        with suppress(InputError):
            yield id, store.incident(id).title
