"""
The formats that Incidex writes, as one table: what each is written from, how its files end, and what it needs.

The commands read their choices from here. To add a format, write a function and add a line to `FORMATS`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from incidex.errors import MissingExtra
from incidex.export import writers
from incidex.export.writers import Content as Content
from incidex.export.writers import Members as Members
from incidex.export.writers import Options as Options
from incidex.export.writers import Written as Written

if TYPE_CHECKING:
    from incidex.records import Analysis, Dossier

# What a format is written from: the sentences of a document (`incidex label`), all that was found in a document
# (`incidex extract`), an incident with its reports (`incidex export`), or the dossier alone (`incidex show`).
Source = Literal["sentences", "document", "incident", "dossier"]


@dataclass(frozen=True, slots=True)
class Format:
    """
    One format.

    Attributes:
        name: The value of `--format`.
        ending: How the names of its files end.
        sentences: Writes the sentences of a document with their labels.
        document: Writes all that was found in a document.
        incident: Writes an incident with its reports.
        dossier: Writes a dossier.
        one_file_each: Whether each source needs a file of its own. Otherwise results can follow one another.
        several_files: Whether a result is several files, and so needs a folder.
        noun: What a result is called in messages.
        heading: Returns the line that comes once before all results.
        file_mark: What each file begins with, before the heading.
        beside: Returns the files that a folder of results needs once, by their names.
        extra: The extra of the package that it needs.
        package: The module that this extra brings.
        title: What the format is called in messages.
    """

    name: str
    ending: str
    sentences: "Callable[[Analysis, Options], Content] | None" = None
    document: "Callable[[Analysis, Options], Written] | None" = None
    incident: "Callable[[Members, Options], Written] | None" = None
    dossier: "Callable[[Dossier, Options], Content] | None" = None
    one_file_each: bool = False
    several_files: bool = False
    noun: str = "file"
    heading: Callable[[], str] = str
    file_mark: str = ""
    beside: Callable[[], Mapping[str, str]] = dict
    extra: str = ""
    package: str = ""
    title: str = ""


def names(source: Source) -> tuple[str, ...]:
    """Return the names of the formats that can be written from `source`, in the order of the table."""
    return tuple(form.name for form in FORMATS.values() if getattr(form, source))


def write_sentences(name: str, analysis: "Analysis", options: Options) -> str:
    """Return the sentences of a document with their labels."""
    write = FORMATS[name].sentences
    assert write, f"{name} is not written from sentences"
    content = write(analysis, options)
    assert isinstance(content, str)
    return content


def write_document(name: str, analysis: "Analysis", options: Options) -> Written:
    """Return all that was found in a document. Raises `MissingExtra` if a package is missing."""
    write = FORMATS[name].document
    assert write, f"{name} is not written from documents"
    return write(analysis, options)


def write_incident(name: str, members: Members, options: Options) -> Written:
    """
    Return what the reports of an incident say.

    `modified` is by default when the incident changed last. Raises `MissingExtra` if a package is missing.
    """
    write = FORMATS[name].incident
    assert write, f"{name} is not written from incidents"
    return write(members, replace(options, modified=options.modified or members.changed_at or None))


def write_dossier(name: str, dossier: "Dossier", options: Options) -> str | bytes:
    """Return a dossier."""
    write = FORMATS[name].dossier
    assert write, f"{name} is not written from dossiers"
    content = write(dossier, options)
    assert isinstance(content, str | bytes)
    return content


def demand(name: str) -> None:
    """
    Check that the package that a format needs is installed; most need none.

    Raises:
        MissingExtra: It is not.
    """
    form = FORMATS[name]
    if form.package and find_spec(form.package) is None:
        raise MissingExtra(
            f'{form.title} needs a package that is not here.\nInstall it with: pip install "incidex[{form.extra}]"'
        )


def _exchange(name: str, write: writers.DossierWriter) -> Format:
    return Format(
        name,
        f".{name}.json",
        document=writers.of_document(write),
        incident=writers.of_incident(write),
        one_file_each=True,
    )


def _to_publish(
    name: str, ending: str, write: "Callable[[Dossier, Options], Content]", *, alone: bool = True
) -> Format:
    """Return a format for those who publish, which is written from a dossier."""
    incident = writers.of_incident(lambda dossier, options: Written(write(dossier, options)))
    return Format(name, ending, incident=incident, dossier=write, one_file_each=alone)


# In the order in which help texts and messages name them.
FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format("labelled", ".txt", sentences=writers.labelled),
        Format("text", ".txt", dossier=writers.text_dossier),
        Format(
            "jsonl",
            ".jsonl",
            sentences=writers.jsonl,
            document=lambda analysis, options: Written(writers.jsonl(analysis, options)),
            incident=writers.jsonl_of_incident,
        ),
        Format("json", ".json", dossier=writers.json_dossier),
        Format("casie", ".json", document=writers.casie),
        Format(
            "csv",
            ".csv",
            document=lambda analysis, options: Written(writers.csv(analysis, options)),
            incident=writers.csv_of_incident,
            heading=writers.csv_heading,
            # Excel takes a file for the system's old encoding unless it begins with the byte order mark of UTF-8.
            file_mark="\ufeff",
        ),
        Format(
            "html",
            ".html",
            document=writers.html,
            incident=writers.of_incident(lambda dossier, options: Written(writers.html_dossier(dossier, options))),
            dossier=writers.html_dossier,
            one_file_each=True,
            noun="page",
        ),
        _to_publish("markdown", ".md", writers.markdown, alone=False),
        _to_publish("docx", ".docx", writers.docx),
        _to_publish("csl", ".csl.json", writers.csl),
        _to_publish("bibtex", ".bib", writers.bibtex, alone=False),
        _to_publish("graph", ".graph.json", writers.graph),
        _to_publish("dot", ".dot", writers.dot),
        Format(
            "parquet",
            ".parquet",
            document=lambda analysis, options: writers.parquet([analysis], options),
            incident=lambda members, options: writers.parquet(members.analyses, options),
            one_file_each=True,
            extra="parquet",
            package="pyarrow",
            title="Parquet",
        ),
        _exchange("stix", writers.stix),
        _exchange("misp", writers.misp),
        _exchange("navigator", writers.navigator),
        _exchange("veris", writers.veris),
        Format(
            "brat",
            ".txt",
            document=writers.brat,
            one_file_each=True,
            several_files=True,
            beside=writers.annotation_conf,
        ),
        Format(
            "label-studio",
            ".label-studio.json",
            document=lambda analysis, options: writers.label_studio([analysis], options),
            incident=lambda members, options: writers.label_studio(members.analyses, options),
            one_file_each=True,
            beside=writers.labelling_config,
        ),
        Format(
            "docbin",
            ".spacy",
            document=writers.docbin,
            one_file_each=True,
            extra="spacy",
            package="spacy",
            title="A DocBin",
        ),
    )
}
