"""The file of known names: what ships, what the user has instead, and what is said of a damaged one."""

import json
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from paths import ROOT

from incidex.errors import FormatError, InputError
from incidex.link.names import knowledge as module
from incidex.link.names.knowledge import (
    Knowledge,
    Source,
    knowledge,
    ordinary_words,
    read_knowledge,
    user_file,
    write_knowledge,
    written,
)
from incidex.records import EntityKind, Entry

_SOURCE = Source(
    "attack",
    "ATT&CK",
    "1.0",
    "2026-01-02",
    "free",
    "© X",
    (Entry("G1", "Night Heron", EntityKind.INTRUSION_SET, ("Zö",)),),
)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INCIDEX_KNOWLEDGE", raising=False)
    monkeypatch.setattr(module, "user_file", lambda: tmp_path / "own.json")


def test_what_ships_is_complete_and_small() -> None:
    known = read_knowledge(None)
    assert [source.key for source in known.sources][:2] == ["attack", "misp-threat-actor"]
    assert all(source.version and source.date and source.licence and source.entries for source in known.sources)
    assert "MITRE Corporation" in known.sources[0].notice
    assert len(written(known).encode()) < 2_000_000


def test_the_notice_of_each_source_stands_in_the_file_notice() -> None:
    notice = " ".join((ROOT / "NOTICE").read_text("utf-8").split())
    assert all(source.notice in notice for source in read_knowledge(None).sources)


def test_ids_are_used_once_in_a_source() -> None:
    for source in read_knowledge(None).sources:
        assert [id for id, count in Counter(entry.id for entry in source.entries).items() if count > 1] == []


def test_writing_gives_the_same_file_again() -> None:
    assert written(read_knowledge(None)) == files("incidex.link.names").joinpath("knowledge.json").read_text("utf-8")


def test_what_was_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "k.json"
    write_knowledge(Knowledge((_SOURCE,), frozenset({"night"})), file)
    known = read_knowledge(file)
    assert (known.sources, known.ordinary, known.file) == ((_SOURCE,), {"night"}, str(file))
    assert [path.name for path in file.parent.iterdir()] == ["k.json"]


def test_the_users_own_copy_comes_before_what_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_knowledge(Knowledge((_SOURCE,), frozenset()), tmp_path / "own.json")
    assert knowledge().file == str(tmp_path / "own.json")
    write_knowledge(Knowledge((_SOURCE,), frozenset()), tmp_path / "named.json")
    monkeypatch.setenv("INCIDEX_KNOWLEDGE", str(tmp_path / "named.json"))
    assert knowledge().file == str(tmp_path / "named.json")


def _with_name(name: object) -> str:
    source = {"key": "own", "name": "Own", "version": "1", "date": "", "licence": "", "notice": ""}
    return json.dumps({"format": 1, "ordinary": [], "sources": [{**source, "entries": [["1", name, "malware", []]]}]})


def test_without_a_copy_what_ships_is_used() -> None:
    assert knowledge() is read_knowledge(None)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        "[" * 100_000,
        json.dumps({"format": 2, "ordinary": [], "sources": []}),
        '{"format": 1, "sources": [{}]}',
        _with_name(["Grey Heron"]),
        _with_name("Grey \ud800"),
    ],
)
def test_a_damaged_copy_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "bad.json"
    file.write_text(content, "utf-8")
    with pytest.raises(FormatError, match=r"bad\.json: the names of actors and malware are damaged"):
        read_knowledge(file)


def test_a_missing_copy_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"missing\.json: the names .* cannot be read"):
        read_knowledge(tmp_path / "missing.json")


def test_a_copy_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        write_knowledge(Knowledge((), frozenset()), tmp_path / "file" / "k.json")
    (tmp_path / "k.json").mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        write_knowledge(Knowledge((), frozenset()), tmp_path / "k.json")
    assert not list(tmp_path.glob("*.part"))


def test_ordinary_words_are_parts_of_names_that_the_vocabulary_holds() -> None:
    assert ordinary_words([_SOURCE], {"night": 1, "tree": 2, "##heron": 3}) == {"night"}


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_each_system_has_its_data_folder(platform: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert user_file().parts[-2:] == ("incidex", "knowledge.json")
