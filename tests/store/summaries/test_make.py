"""Summaries of incidents, on both databases: they follow whatever changes an incident."""

import os
from pathlib import Path
from typing import Any

import pytest

from incidex.records import Filter, Summary
from incidex.store import Store, open_store
from incidex.store.database import reading, writing
from incidex.store.summaries import rows

FERRY = "Thieves stole the names of passengers of Kestrel Ferries."


def check(store: Store) -> tuple[Summary, ...]:
    """Complain if a list shows anything that the dossiers do not; return the list."""
    page = store.summaries()
    assert {summary.id for summary in page.summaries} == {incident.id for incident in store.incidents()}
    for summary in page.summaries:
        dossier = store.dossier(summary.id)
        assert (summary.title, summary.reports, summary.victims) == (
            dossier.title,
            len(dossier.sources),
            tuple(victim.text for victim in dossier.victims),
        )
        assert summary.changed_at == store.members(summary.id).changed_at
        for victim in summary.victims:
            assert summary in store.summaries(Filter(victim=f'"{victim}"')).summaries
    return page.summaries


def waiting(store: Store) -> list[int]:
    with reading(store._engine) as connection:
        return rows.outdated(connection)


@pytest.fixture
def two(store: Store, report: Any) -> tuple[str, str]:
    """Put two reports of one incident into the store, and return the ids of the documents."""
    first = report(FERRY, source="a.txt", victim="Kestrel Ferries", published_at="2024-03-14")
    second = report(f"{FERRY} It is sorry.", source="b.txt", victim="Kestrel Ferries", published_at="2024-03-15")
    added = [store.add(analysis) for analysis in (first, second)]
    assert added[0].incidents[0].id == added[1].incidents[0].id
    return first.document.id, second.document.id


def test_an_incident_has_its_title_as_soon_as_it_is_added(store: Store, report: Any) -> None:
    (incident,) = store.add(report(FERRY, victim="Kestrel Ferries", title="Files are gone")).incidents
    assert incident.title == "Data breach: Kestrel Ferries"
    assert store.incident(incident.id) == incident
    assert waiting(store) == []


def test_splitting_joining_and_undoing_change_the_list(store: Store, two: tuple[str, str]) -> None:
    (whole,) = check(store)
    assert whole.reports == 2
    store.split(whole.id, [two[1]], author="Ada")
    one, other = check(store)
    assert (one.reports, other.reports) == (1, 1)
    store.join(one.id, other.id, author="Ada")
    assert len(check(store)) == 1
    store.undo(author="Ada")
    assert len(check(store)) == 2
    store.undo(author="Ada")
    assert check(store)[0].reports == 2


def test_a_corrected_event_changes_the_list(store: Store, two: tuple[str, str]) -> None:
    for document in two:
        store.correct(document, "stole", author="Ada", event_type="AttackRansom")
    (summary,) = check(store)
    assert summary.title.startswith("Ransom attack")
    assert store.summaries(Filter(type="ransom")).total == 1


def test_an_ignored_value_leaves_the_list(store: Store, two: tuple[str, str], report: Any) -> None:
    store.add(report("Thieves stole cars of Marrow Bank.", source="c.txt", victim="Marrow Bank"))
    store.ignore("kestrel ferries", author="Ada")
    assert len(waiting(store)) == 1
    assert all("Kestrel Ferries" not in summary.victims for summary in check(store))
    assert store.incidents(victim="kestrel") == ()
    store.undo(author="Ada")
    assert len(store.incidents(victim="kestrel")) == 1
    check(store)


def test_a_removed_report_leaves_the_list(store: Store, two: tuple[str, str]) -> None:
    store.remove([two[0]], author="Ada")
    assert check(store)[0].reports == 1
    store.remove([two[1]], author="Ada")
    assert check(store) == ()


def test_a_report_of_nothing_any_more_leaves_the_list(store: Store, report: Any) -> None:
    store.add(report(FERRY, source="a.txt", victim="Kestrel Ferries"))
    store.add(report("The ferry sailed as usual.", source="a.txt"))
    assert check(store) == ()


def test_the_summary_of_a_large_incident_is_made_when_it_is_read(
    store: Store, two: tuple[str, str], report: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidex.store.summaries.make._SMALL", 2)
    third = report(f"{FERRY} No ship sank.", source="c.txt", victim="Kestrel Ferries", published_at="2024-03-16")
    (grown,) = store.add(third).incidents
    assert grown.title == "Data breach: Kestrel Ferries"
    assert len(waiting(store)) == 1
    with writing(store._engine) as connection:  # as if nothing were known of it
        connection.exec_driver_sql("UPDATE summaries SET title = 'none'")
    (found,) = check(store)
    assert (found.reports, found.last_seen) == (3, "2024-03-16")
    assert waiting(store) == []


def test_one_incident_that_is_read_has_its_title(store: Store, two: tuple[str, str]) -> None:
    (summary,) = check(store)
    with writing(store._engine) as connection:
        rows.postpone(connection, waiting(store) or range(10))
    assert len(waiting(store)) == 1
    assert store.incident(summary.id).title == summary.title
    assert waiting(store) == []


def test_another_version_makes_the_list_anew(
    store: Store, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidex.store.summaries.rows.maker", lambda: "incidex 999")
    assert len(waiting(store)) == 1
    done: list[tuple[int, int]] = []
    store.update_summaries(lambda *counts: done.append(counts))
    assert done == [(0, 1)]
    assert waiting(store) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions.")
def test_a_store_that_may_not_be_changed_is_listed_as_it_was(tmp_path: Path, report: Any) -> None:
    place = tmp_path / "store.sqlite"
    with open_store(place) as store:
        store.add(report(FERRY, source="a.txt", victim="Kestrel Ferries"))
        with writing(store._engine) as connection:
            rows.postpone(connection, range(10))
    for each in (place, tmp_path):
        each.chmod(each.stat().st_mode & 0o555)
    if os.access(place, os.W_OK):
        pytest.skip("This user may write everywhere.")
    with open_store(place) as store:
        assert [incident.title for incident in store.incidents()] == ["Data breach: Kestrel Ferries"]
