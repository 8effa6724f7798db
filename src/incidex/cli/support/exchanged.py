"""Writes facts in the forms of other tools: what `extract` does for a document and `export` for an incident."""

from typing import TYPE_CHECKING

from incidex.cli.support.console import Console
from incidex.cli.support.options import Job
from incidex.cli.support.sources import about

if TYPE_CHECKING:
    from incidex.export.exchange.facts import Facts

EXCHANGED = {
    "stix": ".stix.json",
    "misp": ".misp.json",
    "navigator": ".navigator.json",
    "veris": ".veris.json",
}


def exchanged(facts: "Facts", source: str, job: Job, console: Console, *, modified: str | None = None) -> str:
    """
    Return `facts` in one of the forms of `EXCHANGED`, and say where `source` has nothing for it.

    Args:
        facts: What to write.
        source: What to call it in a message.
        job: What is wanted.
        console: Where to say it.
        modified: When the facts changed last, ISO 8601; by default the day of the latest report.
    """
    from incidex.export import misp, navigator, stix, veris

    if job.form == "navigator":
        if not facts.techniques:
            console.message("note", about(source, "It names no technique of ATT&CK by its number: the layer is empty."))
        return navigator.written(navigator.layer_of(facts))
    if job.form == "veris":
        if not facts.happenings:
            console.message("note", about(source, "It reports no attack: the list of VERIS records is empty."))
        return veris.written(veris.records_of(facts))
    if job.form == "misp":
        return misp.written(misp.event_of(facts, tlp=job.tlp, modified=modified))
    return stix.written(stix.bundled(facts, profile=job.profile, tlp=job.tlp, modified=modified))
