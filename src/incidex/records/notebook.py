"""What notebooks show of a record: small HTML without styles or scripts, in which everything is escaped."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incidex.records.document import Analysis, Document
    from incidex.records.dossiers import Actor, Dossier, Source, Value
    from incidex.records.incidents import Incident

# An article may have megabytes, a store thousands of incidents: a notebook keeps what it shows.
_MOST_CHARACTERS = 1_500
_MOST_ROWS = 100
_MOST_VALUES = 12


def document_html(document: "Document") -> str:
    """Return the head of a document and the beginning of its text."""
    shown = document.text[:_MOST_CHARACTERS]
    more = f" … ({len(document.text):,} characters)" if len(shown) < len(document.text) else ""
    return f"{_head(document)}<pre style='white-space: pre-wrap'>{escape(shown)}{more}</pre>"


def analysis_html(analysis: "Analysis") -> str:
    """Return the head of a document, and its article's sentences with their labels."""
    text = analysis.document.text
    inside = [sentence for sentence in analysis.sentences if sentence.kind.in_article]
    rows = [(sentence.span.of(text), ", ".join(sentence.labels) or "O") for sentence in inside[:_MOST_ROWS]]
    counted = (("events", analysis.events), ("indicators", analysis.indicators), ("claims", analysis.claims))
    found = ", ".join(f"{len(part)} {name}" for name, part in counted if part)
    return f"{_head(analysis.document, found)}{_table(('Sentence', 'Labels'), rows, len(inside))}"


def dossier_html(dossier: "Dossier") -> str:
    """Return what is known about an incident, a row for each kind of thing, and the reports."""
    names = {source.document: number for number, source in enumerate(dossier.sources, start=1)}
    facts = [
        ("Status", [dossier.status_reason or dossier.status.value]),
        ("Reported", [_period(dossier.first_seen, dossier.last_seen)]),
        ("Victims", _values(dossier.victims, names)),
        ("Alleged attackers", [_actor(actor) for actor in dossier.actors[:_MOST_VALUES]]),
        ("Data", _values(dossier.data, names)),
        *((measure.name.capitalize(), _values(measure.values, names)) for measure in dossier.measures),
        ("Tools", _values(dossier.tools, names)),
        ("Vulnerabilities", _values(dossier.vulnerabilities, names)),
        ("Indicators", _values(dossier.indicators, names)),
    ]
    rows = [(name, "; ".join(values)) for name, values in facts if values]
    reports = [(str(names[source.document]), _source(source), source.title) for source in dossier.sources]
    count = f"{len(dossier.sources)} reports, {dossier.independent} independent"
    head = f"<p><b>{escape(dossier.title)}</b><br>{escape(', '.join((*dossier.types, count)))}</p>"
    return f"{head}{_table(('', 'What the reports say'), rows)}{_table(('', 'Report', 'Title'), reports)}"


def incidents_html(incidents: Sequence["Incident"]) -> str:
    """Return a row for each incident."""
    rows = [
        (
            one.id[:8],
            one.title,
            ", ".join(one.types),
            _period(one.first_seen, one.last_seen),
            str(len(one.documents)),
        )
        for one in incidents[:_MOST_ROWS]
    ]
    return _table(("Id", "Title", "Types", "Reported", "Reports"), rows, len(incidents))


def _head(document: "Document", found: str = "") -> str:
    parts = (document.publisher, document.published_at, document.source, found)
    title = document.title or document.source or "Text without a title"
    return f"<p><b>{escape(title)}</b><br>{escape(', '.join(part for part in parts if part))}</p>"


def _values(values: Sequence["Value"], names: dict[str, int]) -> list[str]:
    """Return values, each with the numbers of the reports that name it."""
    shown = [f"{one.text} {_numbers((place.document for place in one.evidence), names)}" for one in values]
    more = [f"and {len(shown) - _MOST_VALUES} more"] if len(shown) > _MOST_VALUES else []
    return shown[:_MOST_VALUES] + more


def _numbers(documents: Iterable[str], names: dict[str, int]) -> str:
    return " ".join(f"[{number}]" for number in sorted({names[id] for id in documents if id in names}))


def _actor(actor: "Actor") -> str:
    return f"{actor.name} (disputed)" if actor.is_disputed else actor.name


def _source(source: "Source") -> str:
    return ", ".join(part for part in (source.publisher, source.published_at) if part) or source.source


def _period(first: str | None, last: str | None) -> str:
    return first or "no date" if first == last else f"{first} to {last}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], count: int = 0) -> str:
    return "".join(_lines(heads, list(rows), count))


def _lines(heads: Sequence[str], rows: list[Sequence[str]], count: int) -> Iterator[str]:
    yield f"<table><thead><tr>{''.join(f'<th>{escape(head)}</th>' for head in heads)}</tr></thead><tbody>"
    for row in rows:
        cells = (f"<td style='text-align: left'>{escape(cell)}</td>" for cell in row)
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table>"
    if count > len(rows):
        yield f"<p>… and {count - len(rows):,} more</p>"
