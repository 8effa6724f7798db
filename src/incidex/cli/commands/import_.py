"""`incidex import`: what people marked, and what others wrote of incidents, into the store."""

from collections.abc import Callable
from functools import partial
from os.path import isdir
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidex.cli.support import options
from incidex.cli.support.console import Console
from incidex.cli.support.sources import about, for_each, open_model
from incidex.cli.support.storing import AUTHOR, JSON, REASON, Listing, author
from incidex.errors import FormatError, InputError

if TYPE_CHECKING:
    from incidex.ingest.annotated import Annotated
    from incidex.ingest.label_studio import Tasks
    from incidex.ingest.threat_feeds.incidents import FeedContent, FeedIncident
    from incidex.pipeline import SentenceScorer
    from incidex.store import Store


@click.command("import", short_help="Take corrections, names and incidents from files of other tools.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@AUTHOR
@REASON
@options.STORE
@JSON
@options.MODEL
def import_(
    files: tuple[str, ...], author: str | None, reason: str, store: str | None, as_json: bool, model: Path | None
) -> int:
    """
    Take what people marked, or what others know, from each FILE.

    What Label Studio exports as JSON, and an article in CASIE's form with its events, are corrections: they hold in
    place of what the model found, survive 'incidex reanalyse', and 'incidex undo' takes them back. The text has to be
    in the store, to the character.

    Of a STIX bundle or a MISP event the actors, malware and tools become known names, and incidents with a title, a
    date and a victim, an actor or a CVE number come into the store as documents, to be merged with reports.

    Example: incidex import corrections.json --reason "Second reading."
    """
    from incidex.cli.support.reading import opened

    with Console() as console, opened(store) as kept, Listing(console, as_json=as_json) as listing:
        taking = Import(kept, console, listing, partial(open_model, model), author, reason)
        failed = for_each(files, taking.take, console)
    return 1 if failed or taking.failed else 0


class Import:
    """What is taken from files, one after the other."""

    def __init__(
        self,
        store: "Store",
        console: Console,
        listing: Listing,
        encoder: Callable[[], "SentenceScorer"],
        author: str | None,
        reason: str,
    ) -> None:
        """Take into `store`, and print what became of it to `listing`."""
        self._store = store
        self._console = console
        self._listing = listing
        self._encoder = encoder
        self._author = author
        self._reason = reason
        self.failed = 0

    def take(self, file: str) -> None:
        """
        Take what `file` holds. Where a part cannot be used it is named, counted in `failed`, and the others are done.

        Raises:
            InputError: The file cannot be read, or is of no known form.
        """
        from incidex.ingest.annotated import read_json
        from incidex.ingest.casie_events import annotated
        from incidex.ingest.label_studio import is_export, tasks_of
        from incidex.ingest.load import load
        from incidex.ingest.threat_feeds.misp import is_event, read_events
        from incidex.ingest.threat_feeds.stix import is_bundle, read_bundle

        if isdir(file):
            raise InputError(f"{file} is a folder.\nName the files in it that are to be imported.")
        raw = load(file)
        content, warnings = read_json(raw)
        if isinstance(content, dict) and "content" in content:
            self._annotate(annotated(content, raw, warnings=warnings), file)
            return
        for warning in warnings:
            self._console.message("warning", about(file, warning))
        if is_export(content):
            self._tasks(tasks_of(content, name=raw.name), file)
        elif is_bundle(content):
            self._foreign(read_bundle(content, name=raw.name), file, "stix")
        elif is_event(content):
            for found in read_events(content, name=raw.name):
                self._foreign(found, file, "misp")
        else:
            raise FormatError(
                f"{raw.name} is no export of Label Studio, article in CASIE's form, STIX bundle or MISP event.\n"
                "docs/reference/commands.md says what can be imported."
            )

    def _tasks(self, tasks: "Tasks", file: str) -> None:
        for one in tasks.annotated:
            self._annotate(one, file)
        for refused in tasks.refused:
            self._console.message("error", about(file, refused))
            self.failed += 1
        if tasks.untouched:
            self._console.message("note", about(file, f"tasks that nobody has submitted: {tasks.untouched}."))

    def _annotate(self, one: "Annotated", file: str) -> None:
        place = f"{file}, {one.place}" if one.place else file
        for warning in one.document.warnings:
            self._console.message("warning", about(place, warning))
        try:
            decision = self._store.annotate(
                one.document,
                author=self._author or one.author or author(None),
                reason=self._reason or f"Imported from {place}.",
                events=one.events,
                labels=one.labels,
            )
        except InputError as error:
            self._console.message("error", about(place, str(error)))
            self.failed += 1
            return
        status = "known already" if decision is None else "imported"
        count = len(one.events)
        told = f"{count} event{'' if count == 1 else 's'}"
        if one.labels is not None:
            told += f", {sum(bool(labels) for _, labels in one.labels)} of {len(one.labels)} sentences with labels"
        number = decision.number if decision else None
        values = {"source": place, "status": status, "document": one.document.id, "decision": number}
        self._listing.put(values, [f"{status:13}  {place}  ->  {told}"])

    def _foreign(self, found: "FeedContent", file: str, form: str) -> None:
        from incidex.link.names.imported import add_names

        if found.producer == "Incidex":
            # What a program found by itself in texts is no knowledge of names, and would count as one more source.
            self._console.message(
                "error",
                f"{file} was written by Incidex, so it knows no more than the reports that it was made of.\n"
                "Add these with 'incidex add'.",
            )
            self.failed += 1
            return
        producer = found.producer or file
        count = add_names(producer, found.names, day=found.day) if found.names else 0
        if found.names:
            self._console.message("names", f"{file}: {len(found.names)} entries of {producer}, {count} of them new")
        for told in found.incidents:
            self._told(told, producer, form)
        if not found.names and not found.incidents:
            self._console.message("note", f"{file} names nobody, and tells of no incident.")

    def _told(self, told: "FeedIncident", producer: str, form: str) -> None:
        """Keep the document that is made of an incident, with the events that its fields stand for."""
        from dataclasses import replace

        from incidex.ingest.threat_feeds.incidents import compose_document, events_of
        from incidex.pipeline import analyse

        title = told.title or told.source
        if told.missing:
            self._console.message("note", f"{title}: left out, because the file does not give {told.missing}.")
            return
        document = compose_document(told, producer, form)
        known = self._store.known(document)
        if known is None:
            analysis = analyse(document, encoder=self._encoder())
            types = told.types or tuple(dict.fromkeys(event.event_type for event in analysis.events))[:1]
            if not types:
                self._console.message("note", f"{title}: left out, because the file does not say what happened.")
                return
            added = self._store.add(analysis)
            self._store.annotate(
                document,
                author=self._author or producer,
                reason=self._reason or f"The fields of {told.source}.",
                events=events_of(told, document, types),
            )
            known = replace(self._store.known(document) or added, status=added.status)
        self._listing.put_added(f"{told.source} ({title})", known)
