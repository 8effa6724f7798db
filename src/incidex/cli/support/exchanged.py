"""Writes facts in the forms of other tools: what `extract` does for a document and `export` for an incident."""

from typing import TYPE_CHECKING

from incidex.cli.support.console import Console
from incidex.cli.support.options import Job
from incidex.cli.support.sources import about

if TYPE_CHECKING:
    from incidex.records import Dossier

EXCHANGED = {
    "stix": ".stix.json",
    "misp": ".misp.json",
    "navigator": ".navigator.json",
    "veris": ".veris.json",
}


def exchanged(dossier: "Dossier", source: str, job: Job, console: Console, *, modified: str | None = None) -> str:
    """
    Return `dossier` in one of the forms of `EXCHANGED`, and say where `source` has nothing for it.

    Args:
        dossier: What to write.
        source: What to call it in a message.
        job: What is wanted.
        console: Where to say it.
        modified: When they changed last, ISO 8601; by default the day of the latest report.
    """
    from incidex.export.misp.write import to_misp_dossier
    from incidex.export.navigator import to_navigator_dossier
    from incidex.export.stix.write import to_stix_dossier
    from incidex.export.veris import to_veris_dossier

    if job.form == "navigator":
        if not dossier.techniques:
            console.message("note", about(source, "It names no technique of ATT&CK by its number: the layer is empty."))
        return to_navigator_dossier(dossier)
    if job.form == "veris":
        if not dossier.attacks:
            console.message("note", about(source, "It reports no attack: the list of VERIS records is empty."))
        return to_veris_dossier(dossier)
    if job.form == "misp":
        return to_misp_dossier(dossier, tlp=job.tlp, modified=modified)
    return to_stix_dossier(dossier, profile=job.profile, tlp=job.tlp, modified=modified)
