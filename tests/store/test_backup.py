"""Backups: complete copies of one moment, made while the store is in use, which are stores themselves."""

import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from incidex.errors import InputError, StoreError
from incidex.store import Store, open_store
from incidex.store.feeds import FeedState, SeenItem

TEXT = "Acme {n} said that thieves stole the files of its customers in Port Alder on day {n}."


def filled(store: Store, report: Any, count: int = 3) -> None:
    for n in range(count):
        store.add(report(TEXT.format(n=n), victim=f"Acme {n}", source=f"/reports/{n}.txt", published_at="2024-03-14"))
    store.ignore("Acme 0", author="jane", reason="A test.")
    store.feeds.put_state(FeedState("https://w.example/feed", failures=2))
    store.feeds.put_item(SeenItem("https://w.example/feed", "m", "2026-01-01", "added"))


def everything(store: Store) -> object:
    ids = store.document_ids()
    return (
        ids,
        [store.analysis(id) for id in ids],
        list(store.incidents()),
        store.decisions(),
        store.feeds.states(),
        store.feeds.items(),
        [hit.document for hit in store.search("thieves")],
    )


def test_a_backup_is_a_store_with_all_that_the_store_has(store: Store, report: Any, tmp_path: Path) -> None:
    filled(store, report)
    file = tmp_path / "backup.sqlite"
    file.write_text("an older one", "utf-8")
    store.back_up(file)
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    with open_store(file, create=False) as copy:
        assert everything(copy) == everything(store)
        # Whoever restores it goes on with it.
        added = copy.add(report(TEXT.format(n=9), victim="Acme 9"))
        assert len(copy.document_ids()) == len(store.document_ids()) + 1
        assert copy.incident(added.incidents[0].id)
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_what_is_written_meanwhile_is_whole_or_absent(store: Store, report: Any, tmp_path: Path) -> None:
    filled(store, report)
    stop = threading.Event()

    def write() -> None:
        n = 100
        while not stop.is_set():
            store.add(report(TEXT.format(n=n), victim=f"Acme {n}"))
            n += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(5):
            store.back_up(tmp_path / f"{n}.sqlite")
    finally:
        stop.set()
        writer.join()
    for n in range(5):
        with open_store(tmp_path / f"{n}.sqlite") as copy:
            ids = copy.document_ids()
            assert len([copy.analysis(id) for id in ids]) == len(ids) >= 3
            assert {id for one in copy.incidents() for id in one.documents} == set(ids)


def test_the_store_is_not_its_own_backup(tmp_path: Path, report: Any) -> None:
    place = tmp_path / "store.sqlite"
    with open_store(place) as store:
        filled(store, report)
        with pytest.raises(InputError, match="is the store itself"):
            store.back_up(place)
        assert len(store.document_ids()) == 3


def test_a_backup_that_fails_leaves_nothing(store: Store, tmp_path: Path, report: Any) -> None:
    filled(store, report)
    with pytest.raises(StoreError, match="the backup of .* failed"):
        store.back_up(tmp_path / "no such folder" / "backup.sqlite")
    old = tmp_path / "old.sqlite"
    store.back_up(old)
    before = old.read_bytes()

    def give_up(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="No space left on device"):
        store.back_up(old, progress=give_up)
    assert old.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if ".part" in path.name] == []
