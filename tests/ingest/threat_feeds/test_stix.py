"""STIX bundles that others wrote: names, incidents and reports, and no bundle gives a traceback."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.errors import FormatError
from incidex.ingest.threat_feeds.stix import is_bundle, read_bundle
from incidex.records import EntityKind


def one(kind: str, **more: Any) -> dict[str, Any]:
    name = more.get("name", "x")
    return {"type": kind, "id": f"{kind}--{name}", "created_by_ref": "identity--CERT Norhaven", **more}


def relation(source: str, kind: str, target: str) -> dict[str, Any]:
    ends = {"relationship_type": kind, "source_ref": source, "target_ref": target}
    return one("relationship", name=f"{source} {kind} {target}", **ends)


CERT = one("identity", name="CERT Norhaven")
HERON = one("intrusion-set", name="Grey Heron", aliases=["Grey Heron", "Ardea Crew", " Ardea  Crew"])
VAULT = one("malware", name="CoinVault", malware_types=["ransomware"])
LINE = one("identity", name="Kestrel Ferries", identity_class="organization")
WEAK = one("vulnerability", name="CVE-2026-99001")
LEAK = one("incident", name="Kestrel leak", created="2026-03-02T10:00:00.000Z", description="Files are online.")
TIES = [
    relation("incident--Kestrel leak", "targets", "identity--Kestrel Ferries"),
    relation("incident--Kestrel leak", "attributed-to", "intrusion-set--Grey Heron"),
    relation("incident--Kestrel leak", "uses", "malware--CoinVault"),
    relation("incident--Kestrel leak", "related-to", "vulnerability--CVE-2026-99001"),
]


def bundle(*objects: Any) -> dict[str, Any]:
    return {"type": "bundle", "id": "bundle--1", "objects": list(objects)}


def test_names_with_their_aliases() -> None:
    found = read_bundle(bundle(CERT, HERON, VAULT, one("tool", name="Rclone")), name="x")
    assert found.producer == "CERT Norhaven"
    assert [(name.name, name.kind, name.aliases) for name in found.names] == [
        ("Grey Heron", EntityKind.INTRUSION_SET, ("Ardea Crew",)),
        ("CoinVault", EntityKind.MALWARE, ()),
        ("Rclone", EntityKind.TOOL, ()),
    ]


def test_an_incident() -> None:
    (incident,) = read_bundle(bundle(CERT, LEAK, HERON, VAULT, LINE, WEAK, *TIES), name="x").incidents
    assert (incident.source, incident.title, incident.day) == (
        "stix://incident--Kestrel leak",
        "Kestrel leak",
        "2026-03-02",
    )
    assert (incident.description, incident.types) == ("Files are online.", ("AttackRansom",))
    assert (incident.victims, incident.actors, incident.software, incident.cves) == (
        ("Kestrel Ferries",),
        ("Grey Heron",),
        ("CoinVault",),
        ("CVE-2026-99001",),
    )
    assert incident.missing == ""


def test_a_report_without_an_incident_is_one_if_somebody_was_hit() -> None:
    hit = relation("intrusion-set--Grey Heron", "targets", "identity--Kestrel Ferries")
    refs = ["intrusion-set--Grey Heron", "identity--Kestrel Ferries", hit["id"]]
    report = one("report", name="Heron hits ferries", published="2026-03-05T00:00:00Z", object_refs=refs)
    (incident,) = read_bundle(bundle(report, HERON, LINE, hit), name="x").incidents
    assert (incident.day, incident.victims, incident.actors) == ("2026-03-05", ("Kestrel Ferries",), ("Grey Heron",))
    assert read_bundle(bundle(report, HERON, LINE), name="x").incidents == ()
    of_incident = {**report, "object_refs": [*refs, "incident--Kestrel leak"]}
    assert len(read_bundle(bundle(of_incident, HERON, LINE, hit, LEAK), name="x").incidents) == 1


def test_the_latest_version_counts_and_what_was_revoked_does_not() -> None:
    newer = {**HERON, "name": "Gray Heron", "modified": "2026-05-01"}
    older = {**HERON, "modified": "2026-04-01"}
    found = read_bundle(bundle(newer, older, {**VAULT, "revoked": True}), name="x")
    assert [name.name for name in found.names] == ["Gray Heron"]
    assert found.day == "2026-05-01"


def test_types_stand_in_labels_and_in_the_incident_extension() -> None:
    extension = {"extension-definition--x": {"incident_types": ["dissemination-phishing-emails"]}}
    (incident,) = read_bundle(bundle({**LEAK, "labels": ["Data-Breach"], "extensions": extension}), name="x").incidents
    assert incident.types == ("AttackDatabreach", "AttackPhishing")


@pytest.mark.parametrize(
    ("first_seen", "day"),
    [("2026-02-27T00:00:00.000Z", "2026-02-27"), ("1970-01-01T00:00:00.000Z", "2026-03-02"), (7, "2026-03-02")],
)
def test_when_it_began_and_what_it_was_may_stand_in_fields_of_platforms(first_seen: object, day: str) -> None:
    (incident,) = read_bundle(
        bundle({**LEAK, "first_seen": first_seen, "incident_type": "phishing"}), name="x"
    ).incidents
    assert (incident.day, incident.types) == (day, ("AttackPhishing",))


@pytest.mark.parametrize("created", ["", "1970-01-01T00:00:00.000Z"])
def test_what_an_incident_lacks_is_told(created: str) -> None:
    (incident,) = read_bundle(bundle({**LEAK, "created": created, "name": " "}), name="x").incidents
    assert incident.missing == "a title, a date, a victim, an actor or a CVE number"


def test_what_is_a_bundle() -> None:
    assert is_bundle(bundle())
    assert not is_bundle({"type": "incident"})
    assert not is_bundle([])
    with pytest.raises(FormatError, match=r"a\.json is a STIX bundle without a list"):
        read_bundle({"type": "bundle", "objects": 3}, name="a.json")


_VALUES = st.none() | st.integers() | st.text(max_size=3) | st.lists(st.text(max_size=3) | st.integers(), max_size=2)
_KEYS = st.sampled_from(["id", "name", "aliases", "object_refs", "source_ref", "created", "labels", "extensions"])
_KINDS = st.sampled_from(["incident", "report", "relationship", "malware", "intrusion-set", "identity"])


@given(st.lists(_VALUES | st.tuples(_KINDS, st.dictionaries(_KEYS, _VALUES)).map(lambda o: {"type": o[0], **o[1]})))
@settings(deadline=None)
def test_no_bundle_leads_to_a_traceback(objects: list[Any]) -> None:
    read_bundle(bundle(*objects), name="x")


def test_of_different_objects_with_one_id_the_first_is_used_and_a_warning_says_so() -> None:
    other = {**HERON, "name": "Kindly Bakery"}
    found = read_bundle(bundle(CERT, HERON, other, LEAK, *TIES), name="x")
    assert [name.name for name in found.names] == ["Grey Heron"]
    assert found.incidents[0].actors == ("Grey Heron",)
    assert found.warnings[0] == (
        'intrusion-set--Grey Heron stands for several different objects; the first, "Grey Heron", is used.'
    )


def test_later_versions_and_copies_of_an_object_need_no_warning() -> None:
    old, new = {**HERON, "modified": "2026-01-01"}, {**HERON, "modified": "2026-02-01", "name": "Gray Heron"}
    found = read_bundle(bundle(CERT, new, old, HERON, HERON), name="x")
    assert [name.name for name in found.names] == ["Gray Heron"]
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("missing", "warning"),
    [
        pytest.param(LINE, '"Kestrel leak" targets identity--Kestrel Ferries, which is not in the file.', id="victim"),
        pytest.param(
            HERON, '"Kestrel leak" attributed-to intrusion-set--Grey Heron, which is not in the file.', id="actor"
        ),
    ],
)
def test_a_reference_to_nothing_is_told(missing: dict[str, Any], warning: str) -> None:
    objects = [one for one in (CERT, LEAK, HERON, VAULT, LINE, WEAK) if one is not missing]
    assert read_bundle(bundle(*objects, *TIES), name="x").warnings == (warning,)


def test_of_many_problems_only_the_first_ten_are_told() -> None:
    refs = [f"indicator--{number}" for number in range(15)]
    found = read_bundle(bundle(CERT, one("report", name="Weekly", object_refs=refs)), name="x")
    assert len(found.warnings) == 11
    assert found.warnings[-1] == "There are 5 more such problems."
