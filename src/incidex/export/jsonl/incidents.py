"""Writes incidents and dossiers as JSON; `schema/incidents.json` and `schema/dossier.json` describe it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from incidex.dossiers.comparison import Difference
from incidex.export.jsonl.values import json_text
from incidex.records import Document, Dossier, Incident

DOSSIER_VERSION = 1


def incident_dict(incident: Incident, documents: Mapping[str, Document]) -> dict[str, Any]:
    """Return an incident as in the list that `incidex incidents --json` prints."""
    return {
        "id": incident.id,
        "title": incident.title,
        "types": list(incident.types),
        "first_seen": incident.first_seen,
        "last_seen": incident.last_seen,
        "documents": [_document(id, documents[id]) for id in incident.documents if id in documents],
        "reasons": list(incident.reasons),
        "related": [{"id": other.incident, "reasons": list(other.reasons)} for other in incident.related],
    }


def to_json_incidents(incidents: Iterable[Incident], documents: Mapping[str, Document]) -> str:
    """Return a list of incidents as JSON text."""
    return json_text([incident_dict(incident, documents) for incident in incidents], indent=2)


def to_json_dossier(dossier: Dossier) -> str:
    """Return a dossier as JSON: its version, its fields as in `incidex.records.Dossier`, spans as `start` and `end`."""
    import msgspec

    return json_text({"schema_version": DOSSIER_VERSION, **msgspec.to_builtins(dossier)}, indent=2)


def to_json_comparison(one: Dossier, other: Dossier, found: Iterable[Difference]) -> str:
    """Return what two dossiers have as JSON: their ids and titles, and `differences`."""
    heads = {"first": _head(one), "second": _head(other)}
    return json_text({**heads, "differences": [asdict(difference) for difference in found]}, indent=2)


def to_json_changes(dossier: Dossier, day: str, found: Iterable[Difference]) -> str:
    """Return what is new in an incident since `day` as JSON: its id and title, and `changes`."""
    return json_text({**_head(dossier), "since": day, "changes": [asdict(change) for change in found]}, indent=2)


def _head(dossier: Dossier) -> dict[str, str]:
    return {"id": dossier.id, "title": dossier.title}


def _document(id: str, document: Document) -> dict[str, Any]:
    return {
        "id": id,
        "source": document.source,
        "title": document.title,
        "published_at": document.published_at,
        "publisher": document.publisher,
    }
