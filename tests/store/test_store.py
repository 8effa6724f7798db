"""The store from outside, on both databases: adding, revisions, reading, search."""

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from incidex.errors import InputError, StoreError
from incidex.matching.profiles import profiles
from incidex.records import Analysis, Profile
from incidex.store import Store, open_store
from incidex.store.results import Status

FERRY = "Kestrel Ferries said that thieves stole the names of its passengers.\n\nIts ships sailed as usual."
BANK = "Marrow Bank has patched its web site. Nobody was harmed."


def test_a_document_comes_back_with_all_that_was_found(store: Store, report: Any) -> None:
    analysis = report(FERRY, source="ferry.txt", victim="Kestrel Ferries", published_at="2024-03-14", title="Ferry")
    added = store.add(analysis)
    assert (added.status, added.document) == (Status.ADDED, analysis.document.id)
    assert store.analysis(added.document) == analysis
    assert store.document(added.document) == analysis.document


def test_the_same_document_changes_nothing(store: Store, report: Any) -> None:
    analysis = report(FERRY, source="ferry.txt")
    assert not store.knows(analysis.document)
    store.add(analysis)
    assert store.knows(analysis.document)
    assert store.add(replace(analysis, model="another")).status is Status.KNOWN
    assert store.analysis(analysis.document.id) == analysis
    assert store.document_ids() == (analysis.document.id,)


def test_others_can_write_while_a_profile_is_made(
    store: Store, place: str, report: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def make(analysis: Analysis) -> tuple[Profile, ...]:
        with open_store(place) as other:
            other.known(analysis.document)  # would wait until the other transaction has ended
        made.append(analysis.document.id)
        return profiles(analysis)

    analysis = report(FERRY, source="a.txt", victim="Kestrel Ferries")
    monkeypatch.setattr("incidex.store.store.profiles_of", make)
    monkeypatch.setattr("incidex.store.incidents.profiles_of", lambda _: pytest.fail("made inside the transaction"))
    store.add(analysis)
    store.replace(replace(analysis, model="another"))
    assert made == [analysis.document.id] * 2


def test_another_text_in_the_same_place_is_a_new_revision(store: Store, report: Any) -> None:
    first, second = report(FERRY, source="http://a.example/1"), report(BANK, source="HTTP://A.example/1#top")
    store.add(first)
    assert store.add(second).status is Status.REVISED
    assert store.document_ids() == (second.document.id,)
    assert store.document(first.document.id) == second.document
    assert [hit.document for hit in store.search("patched")] == [second.document.id]
    assert store.search("ferries") == ()


def test_what_was_there_before_may_come_back(store: Store, report: Any) -> None:
    first, second = report(FERRY, source="a.txt"), report(BANK, source="a.txt")
    statuses = [store.add(analysis).status for analysis in (first, second, first, first)]
    assert statuses == [Status.ADDED, Status.REVISED, Status.REVISED, Status.KNOWN]
    assert store.document(second.document.id) == first.document


def test_a_corrected_date_is_a_new_revision(store: Store, report: Any) -> None:
    store.add(report(FERRY, source="a.txt", published_at="2042-03-14"))
    corrected = report(FERRY, source="a.txt", published_at="2024-03-14")
    assert store.add(corrected).status is Status.REVISED
    assert store.document(corrected.document.id).published_at == "2024-03-14"
    assert len(store.document_ids()) == 1


def test_a_copy_is_the_same_document_until_it_changes(store: Store, report: Any) -> None:
    store.add(report(FERRY, source="a.txt"))
    assert store.add(report(FERRY, source="b.txt")).status is Status.KNOWN
    changed = report(BANK, source="b.txt")
    assert store.add(changed).status is Status.ADDED
    assert len(store.document_ids()) == 2
    assert store.add(report(FERRY, source="a.txt")).status is Status.KNOWN


def test_text_without_a_source_is_known_by_its_words(store: Store, report: Any) -> None:
    assert store.add(report(FERRY, source="-")).status is Status.ADDED
    assert store.add(report(BANK, source="-")).status is Status.ADDED
    assert store.add(report(FERRY)).status is Status.KNOWN


def test_a_path_is_the_same_from_every_folder(
    store: Store, report: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store.add(report(FERRY, source="a.txt"))
    (tmp_path / "inside").mkdir()
    monkeypatch.chdir(tmp_path / "inside")
    assert store.add(report(BANK, source="../a.txt")).status is Status.REVISED
    assert store.add(report(FERRY, source="a.txt")).status is Status.ADDED


def test_an_unknown_id_is_named(store: Store) -> None:
    with pytest.raises(InputError, match="No document in the store has the id nothing"):
        store.analysis("nothing")


def test_search_without_a_word_is_refused(store: Store) -> None:
    with pytest.raises(InputError, match="no word"):
        store.search('-ferry "--"')


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE incidents SET content = substr(content, 1, 50)",
        "UPDATE revisions SET content = x'00'",
        "UPDATE documents SET revision = 7",
        "DELETE FROM alembic_version",
        "INSERT INTO alembic_version VALUES ('0001')",
    ],
)
def test_damage_is_named(tmp_path: Path, report: Any, damage: str) -> None:
    place = str(tmp_path / "store.sqlite")
    with open_store(place) as store:
        store.add(report(FERRY, source="ferry.txt", victim="Kestrel Ferries", published_at="2024-03-14"))
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute(damage)
    with pytest.raises(StoreError, match="damaged"):
        _read_all(place)


def _read_all(place: str) -> None:
    with open_store(place) as store:
        store.incidents()
        store.search("ferry")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions.")
def test_only_its_owner_may_read_a_store(tmp_path: Path, report: Any) -> None:
    with open_store(str(tmp_path / "new" / "store.sqlite")) as store:
        store.add(report(FERRY, source="ferry.txt"))
        files = list((tmp_path / "new").iterdir())
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_what_is_in_the_store_is_still_there_when_it_is_opened_again(place: str, report: Any) -> None:
    analysis = report(FERRY, source="ferry.txt")
    with open_store(place) as store:
        store.add(analysis)
    with open_store(place) as store:
        assert store.analysis(analysis.document.id) == analysis


def test_a_store_that_is_only_read_is_not_founded(tmp_path: Path) -> None:
    place = tmp_path / "typo" / "store.sqlite"
    with pytest.raises(StoreError, match=r"There is no store at .*typo.*\nCheck the path"):
        open_store(str(place), create=False)
    assert not place.parent.exists()
    (tmp_path / "empty").touch()
    with pytest.raises(StoreError, match="There is no store at"):
        open_store(str(tmp_path / "empty"), create=False)
    assert (tmp_path / "empty").stat().st_size == 0


@pytest.mark.parametrize("read_only", ["file", "folder"])
def test_a_store_without_permission_to_write_can_be_read(
    tmp_path: Path, report: Any, read_only: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "store.sqlite"
    with open_store(str(place)) as store:
        store.add(report("Kestrel Ferries said that thieves stole names.", source="a.txt"))
    closed = place if read_only == "file" else tmp_path
    closed.chmod(0o555)
    # The superuser may write everywhere, so the answer of the system is made up for it.
    asked = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and asked(path, mode))
    try:
        with open_store(str(place)) as store:
            assert len(store.incidents()) == len(store.search("thieves")) == 1
            with pytest.raises(StoreError, match=r"can be read, but not changed\.\nGet permission"):
                store.ignore("Kestrel", author="Ada")
    finally:
        closed.chmod(0o755)


def test_changes_still_in_the_log_are_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "store.sqlite"
    open_store(str(place)).close()
    (tmp_path / "store.sqlite-wal").write_bytes(b"changes")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(StoreError, match=r"last changes are still in store\.sqlite-wal"):
        open_store(str(place))
