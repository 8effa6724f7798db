"""MISP events that others wrote: names, victims, weaknesses, tags, and no event gives a traceback."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.errors import FormatError
from incidex.ingest.threat_feeds.misp import is_event, read_events
from incidex.records import EntityKind


def attribute(kind: str, value: str, **more: Any) -> dict[str, Any]:
    return {"uuid": f"u-{value}", "type": kind, "value": value, **more}


def held(kind: str, /, **values: str) -> dict[str, Any]:
    parts = [{"type": "text", "object_relation": key, "value": value} for key, value in values.items()]
    return {"uuid": f"o-{kind}", "name": kind, "Attribute": parts}


def galaxy(kind: str, value: str, *synonyms: str) -> dict[str, Any]:
    cluster = {"uuid": f"c-{value}", "value": value, "meta": {"synonyms": list(synonyms)}}
    return {"type": kind, "GalaxyCluster": [cluster]}


EVENT = {
    "uuid": "e-1",
    "info": "Kestrel leak",
    "date": "2026-03-02",
    "Orgc": {"name": "CERT Norhaven"},
    "Tag": [{"name": 'rsit:information-content-security="data-leak"'}],
    "Attribute": [
        attribute("target-org", "Kestrel Ferries"),
        attribute("vulnerability", "cve-2026-99001"),
        attribute("threat-actor", "Marsh Crew", Galaxy=[galaxy("threat-actor", "Reed", "Reedbed")]),
        attribute("domain", "evil.example"),
    ],
    "Object": [
        held("victim", name="Kestrel Line"),
        held("malware", name="CoinVault", alias="CV"),
        held("incident", incident_type="dissemination-phishing-emails", description="Files are online."),
    ],
    "Galaxy": [galaxy("mitre-intrusion-set", "Grey Heron - G9999", "Ardea Crew"), galaxy("sector", "Transport")],
}


def test_names() -> None:
    (found,) = read_events({"Event": EVENT}, name="x")
    assert (found.producer, found.day) == ("CERT Norhaven", "2026-03-02")
    assert [(name.name, name.kind, name.aliases) for name in found.names] == [
        ("Grey Heron", EntityKind.INTRUSION_SET, ("Ardea Crew",)),
        ("Reed", EntityKind.INTRUSION_SET, ("Reedbed",)),
        ("Marsh Crew", EntityKind.INTRUSION_SET, ()),
        ("CoinVault", EntityKind.MALWARE, ("CV",)),
    ]


def test_a_tag_of_a_galaxy_names_somebody_where_the_cluster_is_not_there() -> None:
    tags = ('threat-actor="Sedge Crew"', 'sector="Transport"', 'mitre-malware="Vault - S9999"', 'tool="', 'rat="Otter"')
    event = {
        "Tag": [{"name": f"misp-galaxy:{tag}"} for tag in tags],
        "Attribute": [attribute("domain", "evil.example", Tag=[{"name": 'misp-galaxy:threat-actor="Reed"'}])],
        "Galaxy": [galaxy("rat", "Otter", "Lutra")],
    }
    (found,) = read_events({"Event": event}, name="x")
    assert [(name.name, name.kind, name.aliases) for name in found.names] == [
        ("Otter", EntityKind.TOOL, ("Lutra",)),
        ("Sedge Crew", EntityKind.INTRUSION_SET, ()),
        ("Vault", EntityKind.MALWARE, ()),
        ("Reed", EntityKind.INTRUSION_SET, ()),
    ]


def test_the_incident() -> None:
    ((incident,),) = (found.incidents for found in read_events({"Event": EVENT}, name="x"))
    assert (incident.source, incident.title, incident.day) == ("misp://e-1", "Kestrel leak", "2026-03-02")
    assert incident.types == ("AttackDatabreach", "AttackPhishing")
    assert incident.description == "Files are online."
    assert (incident.victims, incident.cves) == (("Kestrel Ferries", "Kestrel Line"), ("CVE-2026-99001",))
    assert (incident.actors, incident.software) == (("Grey Heron", "Reed", "Marsh Crew"), ("CoinVault",))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param({"Event": EVENT}, id="a file"),
        pytest.param([{"Event": EVENT}], id="a list"),
        pytest.param({"response": [{"Event": EVENT}]}, id="an answer of the interface"),
    ],
)
def test_where_events_are(content: Any) -> None:
    assert is_event(content)
    (found,) = read_events(content, name="x")
    assert len(found.incidents) == 1


def test_events_of_two_organisations_are_kept_apart() -> None:
    other = {"Event": {**EVENT, "uuid": "e-2", "Orgc": {"name": "CERT Osterby"}}}
    one, two = read_events({"response": [{"Event": EVENT}, other, {"Event": EVENT}]}, name="x")
    assert [(found.producer, [incident.source for incident in found.incidents]) for found in (one, two)] == [
        ("CERT Norhaven", ["misp://e-1", "misp://e-1"]),
        ("CERT Osterby", ["misp://e-2"]),
    ]


@pytest.mark.parametrize("content", [None, 3, [], {}, {"Event": []}, {"response": 3}])
def test_what_holds_no_event(content: Any) -> None:
    assert not is_event(content)
    with pytest.raises(FormatError, match="contains no MISP event"):
        read_events(content, name="x")


_VALUES = st.none() | st.integers() | st.text(max_size=3) | st.lists(st.text(max_size=3) | st.integers(), max_size=2)
_KEYS = st.sampled_from(["name", "uuid", "type", "value", "object_relation", "Galaxy", "GalaxyCluster", "meta", "info"])
_PARTS = st.dictionaries(_KEYS, _VALUES)
_LISTS = _VALUES | st.lists(_PARTS, max_size=2)


@given(st.dictionaries(st.sampled_from(["Object", "Attribute", "Galaxy", "Tag", "Orgc", "date", "info"]), _LISTS))
@settings(deadline=None)
def test_no_event_leads_to_a_traceback(event: dict[str, Any]) -> None:
    read_events({"Event": event}, name="x")
