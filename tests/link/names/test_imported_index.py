"""Imported names are looked up in a file beside theirs, which is made again when it is not theirs or is damaged."""

import os
import time
from pathlib import Path

import pytest

from incidex.errors import FormatError
from incidex.ingest.plain import from_text
from incidex.link.names import imported_index
from incidex.link.names import knowledge as module
from incidex.link.names.find import find_names
from incidex.link.names.imported import add_names, forget
from incidex.link.names.imported_index import ImportedIndex, known_names
from incidex.link.names.index import index
from incidex.link.names.knowledge import imported_file, knowledge, parsed_names
from incidex.records import EntityKind, Entry
from incidex.text.sentences import document_sentences

HERON = Entry("i-1", "Grey Heron", EntityKind.INTRUSION_SET, ("Ardea Crew",))
VAULT = Entry("m-1", "Qrzvault Stealer", EntityKind.MALWARE)
RYUK = Entry("i-2", "Ryuk", EntityKind.INTRUSION_SET)
TEXT = "Police blame the hacker group Grey Heron for the Qrzvault malware. The Ryuk gang and Fancy Bear deny it."


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INCIDEX_KNOWLEDGE", raising=False)
    monkeypatch.setattr(module, "user_file", lambda: tmp_path / "own.json")
    add_names("CERT Norhaven", [HERON, VAULT, RYUK], day="2026-03-02")


def _kept() -> Path:
    return imported_file().with_suffix(".index")


def _found(text: str = TEXT) -> list[str]:
    document = from_text(text)
    return [entity.name for entity in find_names(document, document_sentences(document))]


def test_it_finds_what_an_index_in_memory_finds() -> None:
    together, apart = index(knowledge()), known_names()
    assert apart.imported is not None
    assert "greyheron" not in apart.by_key
    for key in ("greyheron", "ardea", "ardeacrew", "qrzvault", "qrzvaultstealer", "ryuk", "fancybear", "nothing"):
        assert apart.find(key) == together.find(key)
    for word in ("grey", "ardea", "ryuk", "fancy", "apt", "nothing"):
        assert apart.longest(word) == together.longest(word)
    assert (apart.ordinary, apart.frequent) == (together.ordinary, together.frequent)


def test_a_name_of_a_published_and_an_imported_entry_may_be_both() -> None:
    name = known_names().find("ryuk")
    assert name
    assert {item.source for item in name.known} > {"CERT Norhaven 2026-03-02"}


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda file: file.write_bytes(b""), id="empty"),
        pytest.param(lambda file: file.write_bytes(b"not a database"), id="something else"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:5000]), id="cut off"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:4096] + bytes(40_000)), id="overwritten"),
        pytest.param(lambda file: (file.unlink(), file.mkdir()), id="a folder"),
        pytest.param(lambda file: file.unlink(), id="gone"),
    ],
)
def test_a_damaged_file_is_made_again(damage: object) -> None:
    before = _found()
    assert {"Grey Heron", "Qrzvault Stealer"} <= set(before)
    assert callable(damage)
    damage(_kept())
    imported_index._opened.cache_clear()
    assert _found() == before


def test_a_file_that_is_damaged_while_it_is_open_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ImportedIndex(imported_file(), before=0)
    names._connection.executescript("DROP TABLE names")
    assert names.find("greyheron")


def test_an_ordinary_word_is_known_by_another_name_of_the_same_entry() -> None:
    add_names("Another", [Entry("x", "Zornik9", EntityKind.INTRUSION_SET, ("Lantern",))], day="")
    text = "The hackers of Zornik9 are back, say the police. The police say that Lantern stole the files."
    document = from_text(text)
    sentences = document_sentences(document)
    apart = find_names(document, sentences)
    assert apart == find_names(document, sentences, known=knowledge())
    assert [span.of(text) for entity in apart for span in entity.mentions] == ["Zornik9", "Lantern"]


def test_names_that_change_are_indexed_again() -> None:
    assert "Grey Heron" in _found()
    add_names("Another", [Entry("x", "Zornik", EntityKind.MALWARE)], day="")
    assert "Zornik" in _found("The Zornik malware spread on Friday.")
    forget("CERT Norhaven")
    assert "Grey Heron" not in _found()
    forget("Another")
    assert known_names().find("zornik") is None


def test_an_index_of_other_names_is_not_used() -> None:
    known_names()
    other = _kept().read_bytes()
    add_names("Another", [Entry("x", "Zornik", EntityKind.MALWARE)], day="")
    known_names()
    _kept().write_bytes(other)
    imported_index._opened.cache_clear()
    assert known_names().find("zornik")


def test_where_it_cannot_be_written_it_is_kept_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, content: bytes) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert "Grey Heron" in _found()
    assert not _kept().exists()


def test_damaged_names_are_named() -> None:
    imported_file().write_text("{", "utf-8")
    with pytest.raises(FormatError, match="are damaged"):
        _found()


def test_a_name_of_very_many_entries_keeps_some() -> None:
    many = [Entry(f"m-{number}", "Zornik", EntityKind.MALWARE) for number in range(3000)]
    add_names("Another", many, day="")
    name = known_names().find("zornik")
    assert name
    assert len(name.known) == 100


def test_100_000_names_are_open_at_once() -> None:
    many = [
        Entry(f"m-{number}", f"Zor{number:06}nik Viper", EntityKind.MALWARE, (f"Qrz{number:06}",))
        for number in range(100_000)
    ]
    add_names("Another", many, day="")
    known_names()
    imported_index._opened.cache_clear()
    before = time.process_time()
    assert known_names().find("zor000007nikviper")
    assert time.process_time() - before < 1.0  # reading all of them takes ten times as long


def test_its_parts_are_taken_away() -> None:
    known_names()
    assert {one.name for one in imported_file().parent.iterdir()} == {
        "imported-names.index",
        "imported-names.json",
        "imported-names.lock",
    }
    assert os.path.getsize(_kept()) > 0
    assert parsed_names(imported_file().read_bytes(), imported_file()).sources
