"""Writes what was found in the forms of those who annotate and train, and what each of these forms needs beside it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incidex.records import Analysis

ANNOTATION = {"brat": ".txt", "label-studio": ".label-studio.json", "docbin": ".spacy"}


def beside(form: str) -> dict[str, str]:
    """Return the files that a folder of a form needs once: their names and contents."""
    from incidex.export.annotation.brat import annotation_conf
    from incidex.export.annotation.label_studio import labelling_config

    if form == "brat":
        return {"annotation.conf": annotation_conf()}
    return {"label-studio.xml": labelling_config()} if form == "label-studio" else {}


def annotation_files(analysis: "Analysis", form: str, *, everything: bool) -> str | bytes | Mapping[str, str]:
    """Return `analysis` in one of the forms of `ANNOTATION`; where these are several files, by their endings."""
    from incidex.export.annotation.brat import to_brat
    from incidex.export.annotation.docbin import to_docbin
    from incidex.export.annotation.label_studio import to_label_studio

    if form == "brat":
        return {".txt": analysis.document.text, ".ann": to_brat(analysis)}
    if form == "docbin":
        return to_docbin([analysis])
    return to_label_studio(analysis, everything=everything)
