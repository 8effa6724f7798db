"""`incidex import`: takes corrections, names and incidents from files of other tools."""

from collections.abc import Callable
from functools import partial
from os.path import isdir
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.documents import open_model
from incidex.cli.support.sources import for_each, readable, with_source
from incidex.cli.support.store import Listing, author, open_store
from incidex.errors import FormatError, InputError

if TYPE_CHECKING:
    from incidex.ingest.annotated import Annotated
    from incidex.ingest.label_studio import Tasks
    from incidex.ingest.threat_feeds.incidents import FeedContent, FeedIncident
    from incidex.pipeline import SentenceScorer
    from incidex.store import Store


@click.command("import", short_help="Import corrections, names and incidents.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@options.AUTHOR
@options.REASON
@options.STORE
@options.JSON
@options.MODEL
@options.with_console()
def import_(
    console: Console,
    files: tuple[str, ...],
    author: str | None,
    reason: str,
    store: str | None,
    as_json: bool,
    model: Path | None,
) -> int:
    """
    Import corrections, names and incidents from each FILE.

    A JSON export of Label Studio, and a CASIE file with events, hold corrections: they replace what the model found,
    survive 'incidex reanalyse', and can be taken back with 'incidex undo'. The store must have the text, unchanged.

    From a STIX bundle or a MISP event, actors, malware and tools become known names. Incidents with a title, a date
    and a victim, an actor or a CVE number are added to the store as documents, and merged with reports.

    Example: incidex import corrections.json --reason "Second reading."
    """
    console.protect(files)
    with open_store(store, console) as opened, Listing(console, as_json=as_json) as listing:
        importer = Importer(opened, console, listing, partial(open_model, model), author, reason)
        code = for_each(files, importer.take, console)
    if importer.has_names:
        from incidex.link.names.imported_index import known_names

        known_names()  # makes their index now, so that no later command has to
    return code or int(importer.failed > 0)


class Importer:
    """Imports files one by one."""

    def __init__(
        self,
        store: "Store",
        console: Console,
        listing: Listing,
        encoder: Callable[[], "SentenceScorer"],
        author: str | None,
        reason: str,
    ) -> None:
        """Import into `store`, and print what happened to `listing`."""
        self._store = store
        self._console = console
        self._listing = listing
        self._encoder = encoder
        self._author = author
        self._reason = reason
        self.failed = 0
        self.has_names = False

    def take(self, file: str) -> None:
        """
        Import a file. Parts that cannot be used are printed and counted in `failed`; the others are still done.

        Raises:
            InputError: The file cannot be read, or has no known format.
        """
        from incidex.ingest.annotated import read_json
        from incidex.ingest.casie_events import annotated
        from incidex.ingest.label_studio import is_export, tasks_of
        from incidex.ingest.load import load
        from incidex.ingest.threat_feeds.misp import is_event, read_events
        from incidex.ingest.threat_feeds.stix import is_bundle, read_bundle

        if isdir(file):
            raise InputError(f"{file} is a folder.\nName the files in it that you want to import.")
        raw = load(file)
        content, warnings = read_json(raw)
        file = readable(file)
        if isinstance(content, dict) and "content" in content:
            self._annotate(annotated(content, raw, warnings=warnings), file)
            return
        for warning in warnings:
            self._console.message("warning", with_source(file, warning))
        if is_export(content):
            self._tasks(tasks_of(content, name=raw.name), file)
        elif is_bundle(content):
            self._feed(read_bundle(content, name=raw.name), file, "stix")
        elif is_event(content):
            for found in read_events(content, name=raw.name):
                self._feed(found, file, "misp")
        else:
            raise FormatError(
                f"{raw.name} is not a Label Studio export, a CASIE file, a STIX bundle or a MISP event.\n"
                "docs/reference/importing.md lists what can be imported."
            )

    def _tasks(self, tasks: "Tasks", file: str) -> None:
        """Import the annotations of an export of Label Studio."""
        for one in tasks.annotated:
            self._annotate(one, file)
        for refused in tasks.refused:
            self._console.message("error", with_source(file, refused))
            self.failed += 1
        if tasks.untouched:
            self._console.message("note", with_source(file, f"tasks not yet submitted: {tasks.untouched}."))

    def _annotate(self, one: "Annotated", file: str) -> None:
        """Store the annotation of one document as a correction."""
        place = f"{file}, {one.place}" if one.place else file
        for warning in one.document.warnings:
            self._console.message("warning", with_source(place, warning))
        try:
            decision = self._store.annotate(
                one.document,
                author=self._author or one.author or author(None),
                reason=self._reason or f"Imported from {place}.",
                events=one.events,
                labels=one.labels,
            )
        except InputError as error:
            self._console.message("error", with_source(place, str(error)))
            self.failed += 1
            return
        status = "known already" if decision is None else "imported"
        count = len(one.events)
        summary = f"{count} event{'' if count == 1 else 's'}"
        if one.labels is not None:
            summary += f", {sum(bool(labels) for _, labels in one.labels)} of {len(one.labels)} sentences with labels"
        number = decision.number if decision else None
        values = {"source": place, "status": status, "document": one.document.id, "decision": number}
        self._listing.put(values, [f"{status:13}  {place}  ->  {summary}"])

    def _feed(self, found: "FeedContent", file: str, format: str) -> None:
        """Import the names and incidents of a STIX bundle or a MISP event."""
        from incidex.link.names.imported import add_names

        if found.producer == "Incidex":
            # What Incidex found in texts is no independent knowledge of names, and would count as one more source.
            self._console.message(
                "error",
                f"{file} was written by Incidex, so it adds nothing to the reports that it was made from.\n"
                "Add those reports with 'incidex add'.",
            )
            self.failed += 1
            return
        for warning in found.warnings:
            self._console.message("warning", with_source(file, warning))
        producer = found.producer or file
        count = add_names(producer, found.names, day=found.day) if found.names else 0
        if found.names:
            self.has_names = True
            self._console.message("names", f"{file}: {len(found.names)} entries of {producer}, {count} of them new")
        for incident in found.incidents:
            self._incident(incident, producer, format)
        if not found.names and not found.incidents:
            self._console.message("note", f"{file} has no names and no incidents.")

    def _incident(self, incident: "FeedIncident", producer: str, format: str) -> None:
        """Store the document that is composed from an incident, with the events that its fields state."""
        from dataclasses import replace

        from incidex.ingest.threat_feeds.incidents import compose_document, events_of
        from incidex.pipeline import analyse

        title = incident.title or incident.source
        if incident.missing:
            self._console.message("note", f"{title}: skipped, because the file does not give {incident.missing}.")
            return
        document = compose_document(incident, producer, format)
        known = self._store.known(document)
        if known is None:
            analysis = analyse(document, encoder=self._encoder())
            types = incident.types or tuple(dict.fromkeys(event.event_type for event in analysis.events))[:1]
            if not types:
                self._console.message("note", f"{title}: skipped, because the file does not say what happened.")
                return
            added = self._store.add(analysis)
            self._store.annotate(
                document,
                author=self._author or producer,
                reason=self._reason or f"The fields of {incident.source}.",
                events=events_of(incident, document, types),
            )
            known = replace(self._store.known(document) or added, status=added.status)
        self._listing.put_added(f"{incident.source} ({title})", known)
