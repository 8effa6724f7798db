"""Names from files of others are known beside those that are published, until they are forgotten."""

from pathlib import Path

import pytest

from incidex.link import knowledge as module
from incidex.link.imported import add_names, forget
from incidex.link.knowledge import Entry, imported_file, knowledge, read_knowledge
from incidex.records import EntityKind

HERON = Entry("i-1", "Grey Heron", EntityKind.INTRUSION_SET, ("Ardea Crew",))
VAULT = Entry("m-1", "Qrzvault", EntityKind.MALWARE)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INCIDEX_KNOWLEDGE", raising=False)
    monkeypatch.setattr(module, "user_file", lambda: tmp_path / "own.json")


def test_they_are_known_from_then_on() -> None:
    published = len(knowledge().sources)
    assert add_names("CERT Norhaven", [VAULT, HERON], day="2026-03-02") == 2
    last = knowledge().sources[-1]
    assert (len(knowledge().sources), last.name, last.version) == (published + 1, "CERT Norhaven", "2026-03-02")
    assert last.entries == (HERON, VAULT)
    assert {"grey", "heron", "crew"} & knowledge().ordinary
    assert knowledge() is knowledge()


def test_a_later_file_of_the_same_producer_adds_to_the_earlier_one() -> None:
    add_names("CERT Norhaven", [HERON], day="2026-03-02")
    add_names("Another", [VAULT], day="2026-03-02")
    newer = Entry("i-1", "Gray Heron", EntityKind.INTRUSION_SET)
    assert add_names("CERT Norhaven", [newer, VAULT], day="2026-04-01") == 2
    assert add_names("CERT Norhaven", [newer], day="2026-05-01") == 0
    sources = {source.name: source for source in read_knowledge(imported_file()).sources}
    assert sources["CERT Norhaven"].entries == (newer, VAULT)
    assert add_names("CERT Norhaven", [HERON], day="") == 1
    assert knowledge().sources[-1].version == "2026-04-01"
    assert (sources["CERT Norhaven"].version, len(sources["Another"].entries)) == ("2026-04-01", 1)


def test_they_can_be_forgotten() -> None:
    before = knowledge().sources
    add_names("CERT Norhaven", [HERON, VAULT], day="2026-03-02")
    assert forget("CERT Norhaven") == 2
    assert forget("CERT Norhaven") == 0
    assert knowledge().sources == before


def test_a_file_that_is_named_is_used_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_names("CERT Norhaven", [HERON], day="2026-03-02")
    module.write_knowledge(read_knowledge(None), tmp_path / "named.json")
    monkeypatch.setenv("INCIDEX_KNOWLEDGE", str(tmp_path / "named.json"))
    assert "CERT Norhaven" not in {source.name for source in knowledge().sources}
