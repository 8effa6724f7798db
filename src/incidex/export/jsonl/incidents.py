"""Writes incidents and dossiers as JSON; `schema/incidents.json` and `schema/dossier.json` say what stands in it."""

from collections.abc import Iterable, Mapping
from typing import Any

from incidex.export.jsonl.values import json_text
from incidex.records import Document, Dossier, Incident

DOSSIER_VERSION = 1


def incident_dict(incident: Incident, documents: Mapping[str, Document]) -> dict[str, Any]:
    """Return an incident as it stands in the list that `incidex incidents --json` prints."""
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
    """Return a dossier as JSON text: its version, its fields as in `incidex.dossiers`, spans as `start` and `end`."""
    import msgspec

    return json_text({"schema_version": DOSSIER_VERSION, **msgspec.to_builtins(dossier)}, indent=2)


def _document(id: str, document: Document) -> dict[str, Any]:
    return {
        "id": id,
        "source": document.source,
        "title": document.title,
        "published_at": document.published_at,
        "publisher": document.publisher,
    }
