"""`incidex export`: writes incidents in formats that other tools read."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.options import Job
from incidex.cli.support.outputs import open_output
from incidex.cli.support.sources import for_each, with_source
from incidex.cli.support.values import TEXT, OutputFolder
from incidex.export.formats import FORMATS, Options, names, write_incident

if TYPE_CHECKING:
    from incidex.store import Store


@click.command(short_help="Write incidents in formats that other tools read.")
@click.argument("ids", metavar="ID...", nargs=-1, type=TEXT)
@click.option("--all", "everything", is_flag=True, help="Export all incidents.")
@click.option("--format", type=click.Choice(names("incident")), required=True, help="The format to write.")
@options.PROFILE
@options.TLP
@options.TEMPLATE
@click.option("--output-dir", type=OutputFolder(), metavar="DIR", help="Write one file per incident to this folder.")
@options.STORE
@options.with_console()
def export(console: Console, ids: tuple[str, ...], store: str | None, **wanted: Any) -> int:
    """
    Write incidents as STIX, MISP, ATT&CK Navigator or VERIS, as a table, a web page, JSON Lines or annotation tasks; as
    a briefing in Markdown or Word, as citations, or as a graph of who says what about whom.

    ID is as for 'incidex show'. csv, jsonl, markdown and bibtex hold any number of incidents; for the others, several
    incidents need --output-dir.

    Example: incidex export 35e8efc0 --format stix --tlp clear -o incident.json
    """
    from incidex.cli.support.store import open_store

    job = Job(**wanted)
    if bool(ids) == job.everything:
        raise click.UsageError("Give either the ids of incidents, or --all.")
    with open_store(store, console, create=False) as opened:
        chosen = [one.id for one in opened.incidents()] if job.everything else list(ids)
        if not chosen:
            console.message("note", f"There are no incidents in the store yet.\n{options.HOW_TO_ADD}")
        return _export(chosen, opened, job, console)


def _export(ids: Sequence[str], store: "Store", job: Job, console: Console) -> int:
    from incidex.cli.support.store import find_incident, without_garbage_collection

    assert job.format
    format = FORMATS[job.format]
    output = open_output(format, ids, job, console, plural="incidents")
    filling = options.read_template(job.template, job.format)
    how = Options(profile=job.profile, tlp=job.tlp, template=filling)
    done: set[str] = set()

    def export_one(id: str) -> None:
        incident = find_incident(store, id)
        if incident.id in done:  # an id and words of a title may mean the same incident
            return
        done.add(incident.id)
        with without_garbage_collection():
            written = write_incident(format.name, store.members(incident.id), how)
        if written.note:
            console.message("note", with_source(incident.id, written.note))
        output.put(incident.id, written.content)

    return for_each(ids, export_one, console)
