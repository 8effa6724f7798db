"""`incidex knowledge` says which names are known, and takes newer ones."""

import json
from pathlib import Path

import pytest

from incidex.cli import main

_CLUSTER = {
    "type": "threat-actor",
    "name": "Threat Actor",
    "version": 999,
    "values": [{"uuid": "u1", "value": "Night Ledger", "meta": {"synonyms": ["Zornik"]}}],
}


_MADE = ("deep.json", "list.json", "half.json")


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("INCIDEX_KNOWLEDGE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    file = tmp_path / "threat-actor.json"
    file.write_text(json.dumps(_CLUSTER), "utf-8")
    return file


def test_info_names_sources_versions_dates_and_licences(cluster: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["knowledge", "info"]) == 0
    shown = capsys.readouterr().out
    assert "MITRE ATT&CK, version 18.1 of 2025-11-13" in shown
    assert "MISP galaxy: Threat Actor, version 349 of 2026-08-06" in shown
    assert "Licence: CC0 1.0" in shown
    assert "© 2025 The MITRE Corporation" in shown


def test_update_is_used_from_then_on(cluster: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["knowledge", "update", str(cluster), "--date", "2026-09-01"]) == 0
    assert "updated: MISP galaxy: Threat Actor, version 999: 1 entries" in capsys.readouterr().err
    assert main(["knowledge", "info", "--json"]) == 0
    sources = {source["name"]: source for source in json.loads(capsys.readouterr().out)["sources"]}
    assert (sources["MISP galaxy: Threat Actor"]["version"], sources["MISP galaxy: Threat Actor"]["names"]) == (
        "999",
        2,
    )
    assert sources["MISP galaxy: Threat Actor"]["date"] == "2026-09-01"
    assert sources["MITRE ATT&CK"]["version"] == "18.1"


def test_update_with_output_leaves_the_own_copy_alone(cluster: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = cluster.with_name("out.json")
    assert main(["knowledge", "update", str(cluster), "--output", str(target)]) == 0
    assert "Night Ledger" in target.read_text("utf-8")
    assert main(["knowledge", "info"]) == 0
    assert "version 999" not in capsys.readouterr().out


def test_update_mends_a_damaged_copy(
    cluster: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = cluster.with_name("own.json")
    own.write_text("{", "utf-8")
    monkeypatch.setenv("INCIDEX_KNOWLEDGE", str(own))
    assert main(["knowledge", "info"]) == 1
    assert "are damaged" in capsys.readouterr().err
    assert main(["knowledge", "update", str(cluster)]) == 0
    assert "Night Ledger" in own.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["knowledge", "update", "none.json"], 1, "none.json: the file cannot be read"),
        (["knowledge", "update", "README.md"], 1, "README.md: this is neither a STIX bundle"),
        (["knowledge", "update", "deep.json"], 1, "deep.json: this is neither a STIX bundle"),
        (["knowledge", "update", "list.json"], 1, "list.json: this is neither a STIX bundle"),
        (["knowledge", "update", "half.json"], 1, "half.json: this is neither a STIX bundle"),
        (["knowledge", "update", "README.md", "--date", "May"], 2, "'May' is not a date"),
        (["knowledge", "update"], 2, "Missing argument"),
    ],
)
def test_wrong_input_is_named(
    arguments: list[str], code: int, message: str, cluster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, written in (("list", ["Night Ledger"]), ("half", "Night \ud800")):
        value = {"uuid": "1", "value": written}
        content = {"type": "ransomware", "name": "Ransomware", "version": 1, "values": [value]}
        cluster.with_name(f"{name}.json").write_text(json.dumps(content), "utf-8")
    cluster.with_name("deep.json").write_text("[" * 100_000, "utf-8")
    assert main([str(cluster.with_name(part)) if part in _MADE else part for part in arguments]) == code
    assert message in capsys.readouterr().err
