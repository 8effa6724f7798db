"""Makes data frames of sentences, events, arguments, indicators, claims and incidents, for pandas or Polars."""

import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from incidex.errors import MissingExtra
from incidex.export.csv.columns import rows
from incidex.export.csv.rows import findings
from incidex.labels import scheme
from incidex.records import Analysis, Event, Incident

# In this order unless one of them is in use already.
_LIBRARIES = ("pandas", "polars")

_Columns = dict[str, type]
_Row = dict[str, Any]

_DOCUMENT: _Columns = {"document": str, "source": str, "published_at": str}
_PLACE: _Columns = {"words": str, "sentence": str, "start": int, "end": int}


def to_dataframe(
    found: Analysis | Incident | Iterable[Analysis] | Iterable[Incident],
    table: str = "sentences",
    *,
    library: str | None = None,
) -> Any:
    """
    Return a data frame with a row for each sentence, event, argument, indicator, claim or incident.

    docs/reference/python.md says what the columns are. What is not known is null.

    Args:
        found: One analysis or several; for "incidents", one incident or several, such as `store.incidents()`.
        table: "sentences", "events", "arguments", "indicators", "claims" or "incidents".
        library: "pandas" or "polars"; by default the one that is imported already, or else installed, pandas first.

    Raises:
        MissingExtra: Neither is installed, or not the one asked for.
        TypeError: `found` is something else.
        ValueError: There is no such table or library.
    """
    if table not in _TABLES:
        raise ValueError(f"There is no table {table!r}. Choose one of {', '.join(_TABLES)}.")
    columns, rows_of, wanted = _TABLES[table]
    given = _given(found, wanted, table)
    name = _library(library)
    made = [row for one in given for row in rows_of(one)]
    return _frame(import_module(name), name, columns(), made)


def _given(found: object, wanted: type, table: str) -> list[Any]:
    given = list(found) if isinstance(found, Iterable) else [found]
    wrong = next((one for one in given if not isinstance(one, wanted)), None)
    if wrong is not None:
        noun = "incidents, such as store.incidents()" if wanted is Incident else "analyses, as incidex.analyse returns"
        raise TypeError(f"The table {table!r} is made of {noun}, not of {type(wrong).__name__}.")
    return given


def _library(wanted: str | None) -> str:
    if wanted is not None and wanted not in _LIBRARIES:
        raise ValueError(f"Data frames are those of pandas or polars, not of {wanted!r}.")
    installed = [name for name in _LIBRARIES if name in sys.modules or find_spec(name)]
    if wanted and wanted not in installed:
        raise MissingExtra(f"{wanted} is not installed.\nInstall it with: pip install {wanted}")
    if not installed:
        raise MissingExtra("A data frame needs pandas or Polars.\nInstall one of them: pip install pandas")
    return wanted or next((name for name in installed if name in sys.modules), installed[0])


def _frame(library: Any, name: str, columns: _Columns, made: list[_Row]) -> Any:
    content = {column: [row.get(column) for row in made] for column in columns}
    if name == "polars":
        kinds = {str: library.String, int: library.Int64, float: library.Float64, bool: library.Boolean}
        return library.DataFrame(content, schema={column: kinds[kind] for column, kind in columns.items()})
    # These are the types of pandas that have a null of their own.
    types = {str: "object", int: "Int64", float: "float64", bool: "boolean"}
    return library.DataFrame(
        {column: library.Series(content[column], dtype=types[kind]) for column, kind in columns.items()}
    )


def _sentence_columns() -> _Columns:
    found: _Columns = {"text": str, "kind": str, "in_article": bool, "labels": str}
    return {**_DOCUMENT, "number": int, **found, **dict.fromkeys(scheme().names, float), "start": int, "end": int}


def _sentences(analysis: Analysis) -> Iterator[_Row]:
    for number, sentence in enumerate(analysis.sentences, start=1):
        scores = dict(zip(scheme().names, sentence.scores, strict=True)) if sentence.scores else {}
        yield {
            **_document(analysis),
            "number": number,
            "text": sentence.span.of(analysis.document.text),
            "kind": sentence.kind.value,
            "in_article": sentence.kind.in_article,
            "labels": ", ".join(sentence.labels) or scheme().none,
            **scores,
            "start": sentence.span.start,
            "end": sentence.span.end,
        }


def _events(analysis: Analysis) -> Iterator[_Row]:
    sentences = {(row["start"], row["end"]): row["sentence"] for row in findings(analysis) if row["finding"] == "event"}
    for row in rows(analysis):
        trigger = row.event.mentions[0].trigger
        yield {
            **_document(analysis),
            "event": row.number,
            "type": row.event.event_type,
            "realis": ", ".join(row.realis),
            "mentions": len(row.event.mentions),
            "words": trigger.of(analysis.document.text),
            "sentence": sentences[trigger.start, trigger.end],
            "score": row.event.mentions[0].score,
            "start": trigger.start,
            "end": trigger.end,
        }


def _arguments(analysis: Analysis) -> Iterator[_Row]:
    for number, event in enumerate(analysis.events, start=1):
        for row in _arguments_of(event, analysis.document.text):
            yield {**_document(analysis), "event": number, "type": event.event_type, **row}


def _arguments_of(event: Event, text: str) -> Iterator[_Row]:
    for mention in event.mentions:
        for argument in mention.arguments:
            yield {
                "trigger": mention.trigger.of(text),
                "role": argument.role,
                "entity_type": argument.entity_type,
                "words": argument.span.of(text),
                "name": argument.name or None,
                "score": argument.score,
                "start": argument.span.start,
                "end": argument.span.end,
            }


def _indicators(analysis: Analysis) -> Iterator[_Row]:
    found = (row for row in findings(analysis) if row["finding"] == "indicator")
    return ({**_document(analysis), **row, "kind": row["type"]} for row in found)


def _claims(analysis: Analysis) -> Iterator[_Row]:
    found = (row for row in findings(analysis) if row["finding"] == "claim")
    for row in found:
        event = str(row.get("group", "")).removeprefix("event-")
        renamed = {
            "kind": row["type"],
            "about": row.get("value"),
            "rule": row["reason"],
            "hedges": row["hedges"] or None,
        }
        yield {**row, **_document(analysis), **renamed, "event": int(event) if event else None}


def _incidents(incident: Incident) -> Iterator[_Row]:
    yield {
        "id": incident.id,
        "title": incident.title,
        "types": ", ".join(incident.types),
        "first_seen": incident.first_seen,
        "last_seen": incident.last_seen,
        "reports": len(incident.documents),
        "documents": ", ".join(incident.documents),
    }


def _document(analysis: Analysis) -> _Row:
    document = analysis.document
    return {
        "document": document.id,
        "source": document.source or None,
        "published_at": document.published_at,
    }


def _fixed(**columns: type) -> Callable[[], _Columns]:
    return lambda: {**_DOCUMENT, **columns}


_ARGUMENT: _Columns = {"trigger": str, "role": str, "entity_type": str, "words": str, "name": str}
_CLAIM: _Columns = {"claimant": str, "kind": str, "about": str, "quoted": bool, "hedges": str, "event": int}
_INCIDENT: _Columns = {"id": str, "title": str, "types": str, "first_seen": str, "last_seen": str, "reports": int}

# For each table: its columns with their types, the rows of one record, and the kind of record.
_TABLES: dict[str, tuple[Callable[[], _Columns], Callable[[Any], Iterator[_Row]], type]] = {
    "sentences": (_sentence_columns, _sentences, Analysis),
    "events": (_fixed(event=int, type=str, realis=str, mentions=int, score=float, **_PLACE), _events, Analysis),
    "arguments": (_fixed(event=int, type=str, **_ARGUMENT, score=float, start=int, end=int), _arguments, Analysis),
    "indicators": (_fixed(kind=str, value=str, role=str, reason=str, **_PLACE), _indicators, Analysis),
    "claims": (_fixed(**_CLAIM, rule=str, score=float, **_PLACE), _claims, Analysis),
    "incidents": (lambda: {**_INCIDENT, "documents": str}, _incidents, Incident),
}
