"""Incidents and dossiers as JSON: the fields that other programs rely on."""

import json

from incidex.export.jsonl.incidents import to_json_dossier, to_json_incidents
from incidex.records import Document, Dossier, Incident, Related


def test_the_list_of_incidents_names_all_documents() -> None:
    incident = Incident(
        "i-1",
        "Acme hit",
        ("AttackRansom",),
        "2024-05",
        None,
        ("p",),
        ("d",),
        ("same victim",),
        (Related("i-2", ("same day",)),),
    )
    documents = {"d": Document("x", source="a.txt", title="Acme", published_at="2024-05", publisher="Post")}
    (shown,) = json.loads(to_json_incidents([incident], documents))
    assert shown == {
        "id": "i-1",
        "title": "Acme hit",
        "types": ["AttackRansom"],
        "first_seen": "2024-05",
        "last_seen": None,
        "documents": [{"id": "d", "source": "a.txt", "title": "Acme", "published_at": "2024-05", "publisher": "Post"}],
        "reasons": ["same victim"],
        "related": [{"id": "i-2", "reasons": ["same day"]}],
    }


def test_no_incident_is_an_empty_list() -> None:
    assert json.loads(to_json_incidents([], {})) == []


def test_a_dossier_keeps_all_its_fields(made: Dossier) -> None:
    shown = json.loads(to_json_dossier(made))
    assert shown["status"] == "disputed"
    assert shown["measures"][0]["differ"] is True
    assert shown["actors"][0]["denied_by"][0]["evidence"][0]["span"] == {"start": 0, "end": 23}
    assert [source["counts_with"] for source in shown["sources"]] == ["a", "b", "a"]
