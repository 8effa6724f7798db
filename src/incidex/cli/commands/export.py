"""`incidex export`: incidents of the store in the forms of other tools."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidex.cli.support import options
from incidex.cli.support.annotation_files import ANNOTATION, beside
from incidex.cli.support.exchanged import EXCHANGED, exchanged
from incidex.cli.support.options import Job

if TYPE_CHECKING:
    from incidex.cli.support.console import Console
    from incidex.store.results import Members

_ENDINGS = {
    **EXCHANGED,
    "label-studio": ANNOTATION["label-studio"],
    "csv": ".csv",
    "parquet": ".parquet",
    "html": ".html",
    "jsonl": ".jsonl",
}
FORMS = tuple(_ENDINGS)


@click.command(short_help="Write incidents in the forms of other tools.")
@click.argument("ids", metavar="ID...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Export all incidents.")
@click.option("--format", "form", type=click.Choice(FORMS), required=True, help="The form.")
@options.PROFILE
@options.TLP
@click.option(
    "--output-dir", type=click.Path(path_type=Path), metavar="DIR", help="Write one file per incident to DIR."
)
@options.STORE
def export(ids: tuple[str, ...], store: str | None, **wanted: Any) -> int:
    """
    Write what the reports of each incident say as a STIX bundle, a MISP event, a layer of the ATT&CK Navigator, VERIS
    records, a table of all findings (csv, parquet), a page, or a line of JSON or a task for Label Studio per report.

    ID is as with 'incidex show'. Several incidents need --output-dir.

    Example: incidex export 35e8efc0 --format stix --tlp clear > incident.json
    """
    from incidex.cli.support.console import Console
    from incidex.cli.support.outputs import Output, OutputFolder, StandardOutput
    from incidex.cli.support.reading import found_incident, opened, without_garbage_collection
    from incidex.cli.support.sources import for_each
    from incidex.export.csv.table import BYTE_ORDER_MARK
    from incidex.export.formats import demand

    job = Job(**wanted)
    if bool(ids) == job.everything:
        raise click.UsageError("Give either the ids of incidents, or --all.")
    demand(job.form or "stix")
    with opened(store) as kept, Console() as console:
        chosen = [one.id for one in kept.incidents()] if job.everything else list(ids)
        if not chosen:
            console.message("note", "There is no incident in the store yet.\nAdd reports with 'incidex add SOURCE...'.")
        if len(chosen) > 1 and not job.output_dir:
            raise click.UsageError(f"There are {len(chosen)} incidents. Name a folder with --output-dir.")
        form = job.form or "stix"
        head = BYTE_ORDER_MARK if form == "csv" else ""
        output: Output = StandardOutput(console)
        if job.output_dir:
            output = OutputFolder(job.output_dir, _ENDINGS[form], (), console, head=head)
            for name, text in beside(form).items():
                output.put_beside(name, text)

        done: set[str] = set()

        def export_one(id: str) -> None:
            incident = found_incident(kept, id)
            if incident.id not in done:  # the beginning of an id, and words of the title, may mean the same
                done.add(incident.id)
                with without_garbage_collection():
                    output.put(incident.id, written(kept.members(incident.id), job, console))

        return 1 if for_each(chosen, export_one, console) else 0


def written(members: "Members", job: Job, console: "Console") -> str | bytes:
    """Return what the reports of one incident say in the form of `job`, which is one of `FORMS`."""
    from incidex.dossiers.build import dossier
    from incidex.export.annotation.label_studio import to_label_studio
    from incidex.export.csv.parquet import to_parquet
    from incidex.export.csv.table import to_csv
    from incidex.export.html.dossier import to_html_dossier
    from incidex.export.jsonl.analysis import to_jsonl

    if job.form == "csv":
        return to_csv(members.analyses)
    if job.form == "parquet":
        return to_parquet(members.analyses)
    if job.form == "label-studio":
        return to_label_studio(*members.analyses)
    if job.form == "jsonl":
        return "".join(map(to_jsonl, members.analyses))
    if job.form == "html":
        return to_html_dossier(dossier(members.incident, members.analyses, members.profiles))
    made = dossier(members.incident, members.analyses, members.profiles, founded_on=members.founded_on)
    return exchanged(made, members.incident.id, job, console, modified=members.changed_at)
