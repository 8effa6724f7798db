"""
Writes each format from what it is written from, with the same options; `incidex.export.formats` is the table of them.

Everything that a format needs is imported when it is written.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from incidex.records import Analysis, Dossier, Incident, Profile

# Several files are given by their endings.
Content = str | bytes | Mapping[str, str]


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
        template: The text of a template for a briefing; None for that of the package.
        titles: The titles of related incidents, by id.
        width: The columns of the terminal.
        colour: Whether to use ANSI colours.
    """

    everything: bool = False
    presplit: bool = False
    profile: str = "compat"
    tlp: str = "amber"
    modified: str | None = None
    template: str | None = None
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


def labelled(analysis: "Analysis", options: Options) -> str:
    """Write the labelled form of a document."""
    from incidex.export.labelled import to_labelled, to_presplit

    return to_presplit(analysis) if options.presplit else to_labelled(analysis, everything=options.everything)


def jsonl(analysis: "Analysis", options: Options) -> str:
    """Write a document as a line of JSON."""
    from incidex.export.jsonl.analysis import to_jsonl

    return to_jsonl(analysis, everything=options.everything)


def jsonl_of_incident(members: Members, options: Options) -> Written:
    """Write a line of JSON for each report of an incident."""
    return Written("".join(jsonl(analysis, options) for analysis in members.analyses))


def casie(analysis: "Analysis", _: Options) -> Written:
    """Write a document in CASIE's JSON."""
    from incidex.export.annotation.casie import to_casie

    return Written(to_casie(analysis))


def csv_heading() -> str:
    """Return the names of the columns."""
    from incidex.export.csv.table import heading

    return heading()


def csv(analysis: "Analysis", options: Options) -> str:
    """Write the findings in a document as rows."""
    from incidex.export.csv.table import to_rows

    return to_rows(analysis, everything=options.everything)


def csv_of_incident(members: Members, options: Options) -> Written:
    """Write the findings in all reports of an incident as rows."""
    return Written("".join(csv(analysis, options) for analysis in members.analyses))


def parquet(analyses: "Sequence[Analysis]", options: Options) -> Written:
    """Write the findings in documents as a table with types."""
    from incidex.export.csv.parquet import to_parquet

    return Written(to_parquet(analyses, everything=options.everything))


def html(analysis: "Analysis", options: Options) -> Written:
    """Write a document as a page."""
    from incidex.export.html.analysis import to_html

    return Written(to_html(analysis, everything=options.everything))


def html_dossier(dossier: "Dossier", options: Options) -> str:
    """Write a dossier as a page."""
    from incidex.export.html.dossier import to_html_dossier

    return to_html_dossier(dossier, titles=options.titles)


def text_dossier(dossier: "Dossier", options: Options) -> str:
    """Write a dossier as a briefing for a terminal."""
    from incidex.export.terminal.dossier import to_terminal_dossier

    return to_terminal_dossier(dossier, width=options.width, colour=options.colour, titles=options.titles)


def json_dossier(dossier: "Dossier", _: Options) -> str:
    """Write a dossier as JSON."""
    from incidex.export.jsonl.incidents import to_json_dossier

    return to_json_dossier(dossier)


def markdown(dossier: "Dossier", options: Options) -> str:
    """Write a dossier as a briefing in Markdown."""
    from incidex.export.briefing.markdown import to_markdown

    return to_markdown(dossier, template=options.template)


def docx(dossier: "Dossier", options: Options) -> bytes:
    """Write a dossier as a briefing for Word."""
    from incidex.export.briefing.docx import to_docx

    return to_docx(markdown(dossier, options))


def csl(dossier: "Dossier", _: Options) -> str:
    """Write the reports of a dossier as CSL-JSON."""
    from incidex.export.citations import to_csl

    return to_csl(dossier)


def bibtex(dossier: "Dossier", _: Options) -> str:
    """Write the reports of a dossier as BibTeX."""
    from incidex.export.citations import to_bibtex

    return to_bibtex(dossier)


def graph(dossier: "Dossier", _: Options) -> str:
    """Write who says what about whom as JSON."""
    from incidex.export.graph import to_graph

    return to_graph(dossier)


def dot(dossier: "Dossier", _: Options) -> str:
    """Write who says what about whom for Graphviz."""
    from incidex.export.graph import to_dot

    return to_dot(dossier)


def label_studio(analyses: "Sequence[Analysis]", options: Options) -> Written:
    """Write documents as tasks for Label Studio."""
    from incidex.export.annotation.label_studio import to_label_studio

    return Written(to_label_studio(*analyses, everything=options.everything))


def labelling_config() -> Mapping[str, str]:
    """Return the configuration of a project in Label Studio."""
    from incidex.export.annotation.label_studio import labelling_config

    return {"label-studio.xml": labelling_config()}


def brat(analysis: "Analysis", _: Options) -> Written:
    """Write a document as standoff for brat."""
    from incidex.export.annotation.brat import to_brat

    return Written({".txt": analysis.document.text, ".ann": to_brat(analysis)})


def annotation_conf() -> Mapping[str, str]:
    """Return the configuration of a folder in brat."""
    from incidex.export.annotation.brat import annotation_conf

    return {"annotation.conf": annotation_conf()}


def docbin(analysis: "Analysis", _: Options) -> Written:
    """Write a document for spaCy."""
    from incidex.export.annotation.docbin import to_docbin

    return Written(to_docbin([analysis]))


def stix(dossier: "Dossier", options: Options) -> Written:
    """Write a dossier as a STIX 2.1 bundle."""
    from incidex.export.stix.write import to_stix_dossier

    return Written(to_stix_dossier(dossier, profile=options.profile, tlp=options.tlp, modified=options.modified))


def misp(dossier: "Dossier", options: Options) -> Written:
    """Write a dossier as a MISP event."""
    from incidex.export.misp.write import to_misp_dossier

    return Written(to_misp_dossier(dossier, tlp=options.tlp, modified=options.modified))


def navigator(dossier: "Dossier", _: Options) -> Written:
    """Write a dossier as a layer of the ATT&CK Navigator."""
    from incidex.export.navigator import to_navigator_dossier

    note = "" if dossier.techniques else "It names no technique of ATT&CK by its number: the layer is empty."
    return Written(to_navigator_dossier(dossier), note)


def veris(dossier: "Dossier", _: Options) -> Written:
    """Write a dossier as VERIS records."""
    from incidex.export.veris import to_veris_dossier

    note = "" if dossier.attacks else "It reports no attack: the list of VERIS records is empty."
    return Written(to_veris_dossier(dossier), note)


DossierWriter = Callable[["Dossier", Options], Written]


def of_document(write: DossierWriter) -> "Callable[[Analysis, Options], Written]":
    """Return a function that writes the dossier of a document."""

    def written(analysis: "Analysis", options: Options) -> Written:
        from incidex.dossiers.build import document_dossier

        return write(document_dossier(analysis), options)

    return written


def of_incident(write: DossierWriter) -> Callable[[Members, Options], Written]:
    """Return a function that writes the dossier of an incident."""

    def written(members: Members, options: Options) -> Written:
        from incidex.dossiers.build import dossier

        known = members.incident, members.analyses, members.profiles
        return write(dossier(*known, founded_on=members.founded_on), options)

    return written
