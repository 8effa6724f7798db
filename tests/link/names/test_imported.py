"""Names from files of others are known beside those that are published, until they are forgotten."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from incidex.errors import InputError
from incidex.link.names import imported
from incidex.link.names import knowledge as module
from incidex.link.names.imported import add_names, forget
from incidex.link.names.knowledge import imported_file, knowledge, read_knowledge
from incidex.records import EntityKind, Entry

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


def test_imports_at_the_same_time_lose_nothing() -> None:
    producers = [f"CERT {number}" for number in range(6)]
    with ThreadPoolExecutor(len(producers)) as pool:
        counts = list(pool.map(lambda producer: add_names(producer, [HERON, VAULT], day=""), producers))
    assert counts == [2] * len(producers)
    assert [source.name for source in read_knowledge(imported_file()).sources] == producers


def test_what_another_process_wrote_meanwhile_is_kept() -> None:
    add_names("CERT Norhaven", [HERON], day="")
    before = imported_file().read_text("utf-8")
    add_names("CERT Osterby", [VAULT], day="")
    assert len(read_knowledge(imported_file()).sources) == 2
    imported_file().write_text(before, "utf-8")
    add_names("CERT Calder", [VAULT], day="")
    assert [one.name for one in read_knowledge(imported_file()).sources] == ["CERT Calder", "CERT Norhaven"]


def test_an_import_that_hangs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    add_names("CERT Norhaven", [HERON], day="")
    monkeypatch.setattr(imported, "_PATIENCE", 0.1)
    other = sqlite3.connect(imported_file().with_suffix(".lock"), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(InputError, match="the names cannot be changed"):
        add_names("CERT Osterby", [VAULT], day="")
    other.close()
    assert add_names("CERT Osterby", [VAULT], day="") == 1
