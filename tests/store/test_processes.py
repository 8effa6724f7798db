"""Several processes at once, and ones that are killed at any moment, on both databases: nothing is half-written."""

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from incidex.store import Store, open_store, schema
from incidex.store.database import reading

# Adds reports with these numbers, and prints each number as soon as the report is in the store.
WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from conftest import make_report
from incidex.store import open_store

with open_store(sys.argv[2]) as store:
    for number in range(int(sys.argv[3]), int(sys.argv[4])):
        text = f"Ship line {number % 5} said that thieves stole list {number}. " + "Nobody was harmed. " * 40
        store.add(make_report(text, source=f"{number}.txt", victim=f"Ship line {number % 5}", title=f"List {number}"))
        print(number, flush=True)
"""


def writer(place: str, first: int, last: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITER, str(Path(__file__).parent), place, str(first), str(last)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def check_whole(store: Store) -> None:
    """Complain if anything of a document is there and anything else is not."""
    with reading(store._engine) as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        tables = (schema.documents, schema.sources, schema.revisions, schema.analyses, schema.texts, schema.profiles)
        counts = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
        }
        found = connection.execute(select(func.count()).select_from(schema.facets)).scalar_one()
    assert len(set(counts.values())) == 1, counts
    assert found >= counts["profiles"]
    reported = [id for incident in store.incidents() for id in incident.documents]
    assert sorted(reported) == sorted(store.document_ids())
    for incident in store.incidents():
        assert [analysis.document.id for analysis in store.members(incident.id).analyses] == list(incident.documents)


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_nothing_that_was_finished(place: str) -> None:
    count, kills = 60, 0
    chance = random.Random(7)
    finished: set[int] = set()
    ends = time.monotonic() + 240
    while max(finished, default=-1) < count - 1:
        assert time.monotonic() < ends
        process = writer(place, 0, count)
        assert process.stdout is not None
        # Some are killed while they start, most while they write; the last documents are left to one that may finish.
        lines, started = [], time.monotonic()
        patience = chance.choice([0.0, 0.5, 1.0]) if kills % 5 == 0 else None
        allowed = chance.randint(len(finished), len(finished) + 4) if kills < 15 else count
        while patience is None or time.monotonic() - started < patience:
            if patience is not None:
                time.sleep(0.01)
                continue
            line = process.stdout.readline()
            if not line:
                break
            lines.append(int(line))
            if len(lines) > allowed:
                time.sleep(chance.random() * 0.03)
                break
        kills += process.poll() is None
        process.kill()
        finished |= {*lines, *map(int, process.stdout.read().split())}
        process.wait()
        process.stdout.close()
        with open_store(place) as store:
            check_whole(store)
            assert {int(store.document(id).source[:-4]) for id in store.document_ids()} >= finished
    assert kills >= 10
    with open_store(place) as store:
        assert len(store.document_ids()) == count


@pytest.mark.slow
def test_several_processes_add_and_read_at_once(place: str, report: Any) -> None:
    # They share half of the documents with the next one, and the first ones make the store.
    processes = [writer(place, first, first + 20) for first in (0, 10, 20)]
    read = 0
    with open_store(place) as store:
        while any(process.poll() is None for process in processes):
            for incident in store.incidents():
                assert store.members(incident.id).incident.documents
                store.search(f"list {read % 40}")
                read += 1
        assert [process.wait() for process in processes] == [0, 0, 0]
        assert read > 0
        check_whole(store)
        assert len(store.document_ids()) == 40
    for process in processes:
        assert process.stdout is not None
        process.stdout.close()
