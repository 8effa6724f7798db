"""
Incidex reads reports of cyber attacks and vulnerabilities and says what happened.

Label the sentences of a text:

    >>> import incidex
    >>> incidex.label("Hackers stole 5,000 records. The clinic has 40 beds.")
    (('Hackers stole 5,000 records.', ('AttackDatabreach',)), ('The clinic has 40 beds.', ()))

Read one file, page or e-mail, and find everything in it:

    >>> document = incidex.read("report.html")
    >>> analysis = incidex.analyse(document)
    >>> analysis.events, analysis.claims, analysis.indicators

Read many, keep them in a store, and get the incidents that they report and a dossier of each:

    >>> with incidex.open_store("case.sqlite") as store:
    ...     for outcome in incidex.analyse_many("reports/"):
    ...         if outcome.analysis:
    ...             store.add(outcome.analysis)
    ...     for incident in store.incidents():
    ...         dossier = store.dossier(incident.id)

Functions

    label(text)              sentences with their labels
    read(source)             a path, a URL or "-" as a Document
    from_text(text)          a text as a Document
    analyse(document)        everything in a document, as an Analysis
    analyse_many(sources)    the same of many sources, several at a time; an Outcome for each
    merge(analyses)          the incidents that analyses report, in memory
    open_store(place)        a Store of documents, incidents and decisions
    to_dataframe(found)      sentences, events, indicators, claims or incidents for pandas or Polars

Records are frozen dataclasses. Every position is a Span: half-open, counted in code points of `Document.text`, so that
`span.of(document.text)` is always the exact words. Every error that is raised on purpose is an IncidexError whose
message says what to do.

The names below are imported when they are first used, so that `import incidex` loads no heavy library.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from incidex.batch import Outcome, analyse_many
    from incidex.errors import IncidexError
    from incidex.export.dataframe import to_dataframe
    from incidex.ingest import from_text, read
    from incidex.matching.merge import merge
    from incidex.pipeline import analyse, label
    from incidex.records import (
        Analysis,
        Argument,
        Block,
        BlockKind,
        Document,
        Dossier,
        Event,
        EventMention,
        Incident,
        Incidents,
        Profile,
        Realis,
        Sentence,
        Span,
    )
    from incidex.store import Store, open_store

    __version__: str

__all__ = [
    "Analysis",
    "Argument",
    "Block",
    "BlockKind",
    "Document",
    "Dossier",
    "Event",
    "EventMention",
    "Incident",
    "Incidents",
    "IncidexError",
    "Outcome",
    "Profile",
    "Realis",
    "Sentence",
    "Span",
    "Store",
    "__version__",
    "analyse",
    "analyse_many",
    "from_text",
    "label",
    "merge",
    "open_store",
    "read",
    "to_dataframe",
]

_HOMES = {
    "IncidexError": "incidex.errors",
    "Outcome": "incidex.batch",
    "Store": "incidex.store",
    "analyse": "incidex.pipeline",
    "analyse_many": "incidex.batch",
    "from_text": "incidex.ingest",
    "label": "incidex.pipeline",
    "merge": "incidex.matching.merge",
    "open_store": "incidex.store",
    "read": "incidex.ingest",
    "to_dataframe": "incidex.export.dataframe",
}


def __getattr__(name: str) -> Any:
    """Return a public name from the module that it lives in (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'incidex' has no attribute '{name}'")
    if name == "__version__":
        from importlib.metadata import version

        return version("incidex")
    return getattr(import_module(_HOMES.get(name, "incidex.records")), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
