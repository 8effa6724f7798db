"""The files of MITRE ATT&CK and the MISP galaxy are read, and others are refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from incidex.errors import FormatError, UnreadableSource
from incidex.link.names.knowledge import Knowledge, read_knowledge, written
from incidex.link.names.upstream import ordinary_vocabulary, read_source, updated
from incidex.records import EntityKind


def _object(kind: str, number: str, name: str, **more: Any) -> dict[str, Any]:
    references = [{"source_name": "mitre-attack", "external_id": number}]
    return {"type": kind, "name": name, "external_references": references, "modified": "2026-01-02T03:04:05Z", **more}


def _bundle(*objects: dict[str, Any]) -> dict[str, Any]:
    return {"type": "bundle", "objects": list(objects)}


def _cluster(kind: str, version: int = 7) -> dict[str, Any]:
    value = {"uuid": "u1", "value": "Night Heron ", "meta": {"synonyms": ["Zornik", "Night Heron", ""]}}
    return {
        "type": kind,
        "name": "Threat Actor",
        "version": version,
        "values": [value, {"uuid": "u0", "value": "Vastrel"}],
    }


def _written(folder: Path, content: Any, name: str = "attack-9.1.json") -> Path:
    file = folder / name
    file.write_text(json.dumps(content), "utf-8")
    return file


def test_a_bundle_of_attack(tmp_path: Path) -> None:
    objects = (
        _object("malware", "S2", "Vastrel", x_mitre_aliases=["Vastrel", "Vas"]),
        _object("intrusion-set", "G1", "Night Heron", aliases=["Night Heron", "Zornik"]),
        _object("tool", "S3", "Old", revoked=True),
        _object("tool", "S4", "Older", x_mitre_deprecated=True),
        _object("attack-pattern", "T1", "Phishing"),
    )
    source = read_source(_written(tmp_path, _bundle(*objects)), date="2020-01-01")
    assert [(e.id, e.name, e.kind, e.aliases) for e in source.entries] == [
        ("G1", "Night Heron", EntityKind.INTRUSION_SET, ("Zornik",)),
        ("S2", "Vastrel", EntityKind.MALWARE, ("Vas",)),
    ]
    assert (source.key, source.version, source.date) == ("attack", "9.1", "2026-01-02")
    assert source.notice.startswith("© 2026 The MITRE Corporation.")


def test_the_version_that_a_bundle_states_comes_before_the_name_of_the_file(tmp_path: Path) -> None:
    collection = {"type": "x-mitre-collection", "x_mitre_version": "18.2", "modified": "2026-02-02T00:00:00Z"}
    source = read_source(_written(tmp_path, _bundle(collection, _object("tool", "S1", "Vastrel"))))
    assert (source.version, source.date) == ("18.2", "2026-02-02")


def test_a_cluster_of_the_galaxy(tmp_path: Path) -> None:
    source = read_source(_written(tmp_path, _cluster("threat-actor")), date="2026-03-04")
    assert (source.key, source.version, source.date, source.licence) == (
        "misp-threat-actor",
        "7",
        "2026-03-04",
        "CC0 1.0",
    )
    assert [(e.id, e.name, e.aliases) for e in source.entries] == [
        ("u0", "Vastrel", ()),
        ("u1", "Night Heron", ("Zornik",)),
    ]


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        {"type": "bundle"},
        _bundle(),
        {"type": "sector", "values": []},
        {"type": "rat"},
        _bundle({"type": "tool"}),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: Any) -> None:
    with pytest.raises(FormatError, match="neither a STIX bundle of MITRE ATT&CK nor a cluster of the MISP galaxy"):
        read_source(_written(tmp_path, content))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"none\.json: the file cannot be read"):
        read_source(tmp_path / "none.json")


def test_a_source_takes_the_place_of_its_older_self(tmp_path: Path) -> None:
    actors = read_source(_written(tmp_path, _cluster("threat-actor", 7)))
    attack = read_source(_written(tmp_path, _bundle(_object("tool", "S1", "Vastrel"))))
    known = updated(Knowledge((actors,), frozenset()), [attack], {"night": 0, "heron": 1})
    newer = read_source(_written(tmp_path, _cluster("threat-actor", 8)))
    again = updated(known, [newer], {"night": 0})
    assert [(source.key, source.version) for source in again.sources] == [("attack", "9.1"), ("misp-threat-actor", "8")]
    assert (known.ordinary, again.ordinary) == ({"night", "heron"}, {"night"})


@pytest.mark.corpus
def test_what_ships_comes_from_the_upstream_files(shared: Path) -> None:
    folder = shared / "knowledge"
    shipped = read_knowledge(None).sources
    # The list of common tools is the project's own.
    own = tuple(source for source in shipped if source.key == "common-tools")
    keys = [source.key.removeprefix("misp-") for source in shipped if source.key.startswith("misp-")]
    clusters = [read_source(folder / "misp-galaxy" / f"{key}.json", date="2026-08-06") for key in keys]
    attack = read_source(folder / "attack-18.1-objects.json")
    made = updated(Knowledge(own, frozenset()), [attack, *clusters], ordinary_vocabulary())
    assert written(made) == written(read_knowledge(None))
