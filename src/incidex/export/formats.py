"""
The formats that Incidex writes, as one table: what each is written from, how its files end, and what it needs.

The commands read their choices from here. To add a format, write a function and add a line to `FORMATS`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, Protocol

from incidex.errors import MissingExtra

if TYPE_CHECKING:
    from incidex.records import Analysis, Dossier, Incident, Profile

# Several files are given by their endings.
Content = str | bytes | Mapping[str, str]

# What a format is written from: the sentences of a document (`incidex label`), all that was found in a document
# (`incidex extract`), an incident with its reports (`incidex export`), or the dossier alone (`incidex show`).
Source = Literal["sentences", "document", "incident", "dossier"]


class Members(Protocol):
    """An incident with its reports, as `Store.members` returns it."""

    @property
    def incident(self) -> "Incident":
        """The incident."""

    @property
    def analyses(self) -> "Sequence[Analysis]":
        """Those of its reports."""

    @property
    def profiles(self) -> "Sequence[Profile]":
        """What the reports say about the incident."""

    @property
    def founded_on(self) -> str | None:
        """The day of publication of the report that founded it, ISO 8601."""

    @property
    def changed_at(self) -> str:
        """When any of this changed last, ISO 8601; empty if that is not known."""


@dataclass(frozen=True, slots=True)
class Options:
    """
    How to write. A format ignores what does not concern it.

    Attributes:
        everything: Whether to include sentences outside the article: captions, links and notices.
        presplit: Whether each line of the document is a sentence, and gets a line of its own.
        profile: Which STIX: "compat" or "full".
        tlp: The marking of STIX and MISP.
        modified: When the content changed last, ISO 8601; by default the day of the latest report.
        titles: The titles of related incidents, by id.
        width: The columns of the terminal.
        colour: Whether to use ANSI colours.
    """

    everything: bool = False
    presplit: bool = False
    profile: str = "compat"
    tlp: str = "amber"
    modified: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    width: int = 80
    colour: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """
    A result.

    Attributes:
        content: The content of the file; of several files, by their endings.
        note: What the user should know about it, as a sentence; mostly empty.
    """

    content: Content
    note: str = ""


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


def write_dossier(name: str, dossier: "Dossier", options: Options) -> str:
    """Return a dossier."""
    write = FORMATS[name].dossier
    assert write, f"{name} is not written from dossiers"
    content = write(dossier, options)
    assert isinstance(content, str)
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


def _labelled(analysis: "Analysis", options: Options) -> str:
    from incidex.export.labelled import to_labelled, to_presplit

    return to_presplit(analysis) if options.presplit else to_labelled(analysis, everything=options.everything)


def _jsonl(analysis: "Analysis", options: Options) -> str:
    from incidex.export.jsonl.analysis import to_jsonl

    return to_jsonl(analysis, everything=options.everything)


def _jsonl_of_incident(members: Members, options: Options) -> Written:
    return Written("".join(_jsonl(analysis, options) for analysis in members.analyses))


def _casie(analysis: "Analysis", _: Options) -> Written:
    from incidex.export.annotation.casie import to_casie

    return Written(to_casie(analysis))


def _csv_heading() -> str:
    from incidex.export.csv.table import heading

    return heading()


def _csv(analysis: "Analysis", options: Options) -> str:
    from incidex.export.csv.table import to_rows

    return to_rows(analysis, everything=options.everything)


def _csv_of_incident(members: Members, options: Options) -> Written:
    return Written("".join(_csv(analysis, options) for analysis in members.analyses))


def _parquet(analyses: "Sequence[Analysis]", options: Options) -> Written:
    from incidex.export.csv.parquet import to_parquet

    return Written(to_parquet(analyses, everything=options.everything))


def _html(analysis: "Analysis", options: Options) -> Written:
    from incidex.export.html.analysis import to_html

    return Written(to_html(analysis, everything=options.everything))


def _html_dossier(dossier: "Dossier", options: Options) -> str:
    from incidex.export.html.dossier import to_html_dossier

    return to_html_dossier(dossier, titles=options.titles)


def _text_dossier(dossier: "Dossier", options: Options) -> str:
    from incidex.export.terminal.dossier import to_terminal_dossier

    return to_terminal_dossier(dossier, width=options.width, colour=options.colour, titles=options.titles)


def _json_dossier(dossier: "Dossier", _: Options) -> str:
    from incidex.export.jsonl.incidents import to_json_dossier

    return to_json_dossier(dossier)


def _label_studio(analyses: "Sequence[Analysis]", options: Options) -> Written:
    from incidex.export.annotation.label_studio import to_label_studio

    return Written(to_label_studio(*analyses, everything=options.everything))


def _labelling_config() -> Mapping[str, str]:
    from incidex.export.annotation.label_studio import labelling_config

    return {"label-studio.xml": labelling_config()}


def _brat(analysis: "Analysis", _: Options) -> Written:
    from incidex.export.annotation.brat import to_brat

    return Written({".txt": analysis.document.text, ".ann": to_brat(analysis)})


def _annotation_conf() -> Mapping[str, str]:
    from incidex.export.annotation.brat import annotation_conf

    return {"annotation.conf": annotation_conf()}


def _docbin(analysis: "Analysis", _: Options) -> Written:
    from incidex.export.annotation.docbin import to_docbin

    return Written(to_docbin([analysis]))


def _stix(dossier: "Dossier", options: Options) -> Written:
    from incidex.export.stix.write import to_stix_dossier

    return Written(to_stix_dossier(dossier, profile=options.profile, tlp=options.tlp, modified=options.modified))


def _misp(dossier: "Dossier", options: Options) -> Written:
    from incidex.export.misp.write import to_misp_dossier

    return Written(to_misp_dossier(dossier, tlp=options.tlp, modified=options.modified))


def _navigator(dossier: "Dossier", _: Options) -> Written:
    from incidex.export.navigator import to_navigator_dossier

    note = "" if dossier.techniques else "It names no technique of ATT&CK by its number: the layer is empty."
    return Written(to_navigator_dossier(dossier), note)


def _veris(dossier: "Dossier", _: Options) -> Written:
    from incidex.export.veris import to_veris_dossier

    note = "" if dossier.attacks else "It reports no attack: the list of VERIS records is empty."
    return Written(to_veris_dossier(dossier), note)


_DossierWriter = Callable[["Dossier", Options], Written]


def _of_document(write: _DossierWriter) -> "Callable[[Analysis, Options], Written]":
    """Return a function that writes the dossier of a document."""

    def written(analysis: "Analysis", options: Options) -> Written:
        from incidex.dossiers.build import document_dossier

        return write(document_dossier(analysis), options)

    return written


def _of_incident(write: _DossierWriter) -> Callable[[Members, Options], Written]:
    """Return a function that writes the dossier of an incident."""

    def written(members: Members, options: Options) -> Written:
        from incidex.dossiers.build import dossier

        known = members.incident, members.analyses, members.profiles
        return write(dossier(*known, founded_on=members.founded_on), options)

    return written


def _exchange(name: str, write: _DossierWriter) -> Format:
    return Format(name, f".{name}.json", document=_of_document(write), incident=_of_incident(write), one_file_each=True)


# In the order in which help texts and messages name them.
FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format("labelled", ".txt", sentences=_labelled),
        Format("text", ".txt", dossier=_text_dossier),
        Format(
            "jsonl",
            ".jsonl",
            sentences=_jsonl,
            document=lambda analysis, options: Written(_jsonl(analysis, options)),
            incident=_jsonl_of_incident,
        ),
        Format("json", ".json", dossier=_json_dossier),
        Format("casie", ".json", document=_casie),
        Format(
            "csv",
            ".csv",
            document=lambda analysis, options: Written(_csv(analysis, options)),
            incident=_csv_of_incident,
            heading=_csv_heading,
            # Excel takes a file for the system's old encoding unless it begins with the byte order mark of UTF-8.
            file_mark="\ufeff",
        ),
        Format(
            "html",
            ".html",
            document=_html,
            incident=_of_incident(lambda dossier, options: Written(_html_dossier(dossier, options))),
            dossier=_html_dossier,
            one_file_each=True,
            noun="page",
        ),
        Format(
            "parquet",
            ".parquet",
            document=lambda analysis, options: _parquet([analysis], options),
            incident=lambda members, options: _parquet(members.analyses, options),
            one_file_each=True,
            extra="parquet",
            package="pyarrow",
            title="Parquet",
        ),
        _exchange("stix", _stix),
        _exchange("misp", _misp),
        _exchange("navigator", _navigator),
        _exchange("veris", _veris),
        Format("brat", ".txt", document=_brat, one_file_each=True, several_files=True, beside=_annotation_conf),
        Format(
            "label-studio",
            ".label-studio.json",
            document=lambda analysis, options: _label_studio([analysis], options),
            incident=lambda members, options: _label_studio(members.analyses, options),
            one_file_each=True,
            beside=_labelling_config,
        ),
        Format(
            "docbin", ".spacy", document=_docbin, one_file_each=True, extra="spacy", package="spacy", title="A DocBin"
        ),
    )
}
