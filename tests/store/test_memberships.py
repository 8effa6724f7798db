"""Incidents in the store, on both databases: who belongs to which, and that ids lead on for ever."""

import time
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from incidex.errors import InputError
from incidex.matching.profiles import profiles
from incidex.records import Analysis
from incidex.store import Store, open_store

FIRST = "Kestrel Ferries said on Thursday that thieves stole passport scans of its passengers from its booking system."
SECOND = "Thieves stole passport scans of passengers from the booking system of Kestrel Ferries, the line said."
OTHER = "Marrow Bank said on Friday that somebody stole nine million crowns from its vault in Port Alder."
NOTHING = "The weather in Port Alder stays fine, and the harbour fair opens on Saturday."


@pytest.fixture
def kestrel(report: Any) -> tuple[Analysis, Analysis]:
    return (
        report(FIRST, source="a.txt", victim="Kestrel Ferries", published_at="2024-03-14"),
        report(SECOND, source="b.txt", victim="Kestrel Ferries", published_at="2024-03-15"),
    )


@pytest.fixture
def bank(report: Any) -> Analysis:
    made: Analysis = report(OTHER, source="c.txt", victim="Marrow Bank", published_at="2024-03-14")
    return made


def test_two_reports_of_the_same_attack_are_one_incident(
    store: Store, kestrel: tuple[Analysis, Analysis], bank: Analysis
) -> None:
    first, second = kestrel
    (founded,) = store.add(first).incidents
    (grown,) = store.add(second).incidents
    (other,) = store.add(bank).incidents
    assert grown.id == founded.id
    assert grown.documents == (first.document.id, second.document.id)
    assert (grown.first_seen, grown.last_seen) == ("2024-03-14", "2024-03-15")
    assert grown.reasons
    assert {incident.id for incident in store.incidents()} == {grown.id, other.id}
    assert store.add(first).incidents == (store.incident(founded.id),)


def test_what_reports_nothing_in_particular_belongs_to_no_incident(store: Store, report: Any) -> None:
    assert store.add(report(NOTHING)).incidents == ()
    assert store.incidents() == ()


def test_what_reports_nothing_waits_for_what_does(store: Store, kestrel: tuple[Analysis, Analysis]) -> None:
    first, second = kestrel
    silent = replace(first, events=())
    assert store.add(silent).incidents == ()
    with pytest.raises(InputError, match="No incident in the store has the id"):
        store.incident(profiles(silent)[0].id)
    (founded,) = store.add(second).incidents
    assert founded.documents == (first.document.id, second.document.id)
    assert store.incidents() == (founded,)
    assert store.incident(founded.id) == founded


def test_each_id_of_a_profile_leads_to_the_incident(store: Store, kestrel: tuple[Analysis, Analysis]) -> None:
    for analysis in kestrel:
        store.add(analysis)
    (incident,) = store.incidents()
    assert len(incident.profiles) == 2
    assert all(store.incident(id) == incident for id in incident.profiles)


def test_the_order_of_arrival_does_not_matter(
    place: str, kestrel: tuple[Analysis, Analysis], bank: Analysis, tmp_path: Any
) -> None:
    found = set()
    for number, order in enumerate(permutations((*kestrel, bank))):
        with open_store(str(tmp_path / f"{number}.sqlite")) as store:
            for analysis in order:
                store.add(analysis)
            found.add(frozenset(incident.documents for incident in store.incidents()))
    assert len(found) == 1


def test_members_are_all_that_a_dossier_needs(store: Store, kestrel: tuple[Analysis, Analysis], bank: Analysis) -> None:
    for analysis in (kestrel[1], bank, kestrel[0]):
        store.add(analysis)
    (id,) = {incident.id for incident in store.incidents() if len(incident.documents) == 2}
    members = store.members(id)
    assert members.analyses == kestrel
    assert tuple(profile.id for profile in members.profiles) == members.incident.profiles


def test_a_revision_about_something_else_leaves_the_incident(
    store: Store, kestrel: tuple[Analysis, Analysis], report: Any
) -> None:
    first, second = kestrel
    for analysis in kestrel:
        store.add(analysis)
    (before,) = store.incidents()
    store.add(report(OTHER, source="a.txt", victim="Marrow Bank"))
    by_documents = {incident.documents: incident for incident in store.incidents()}
    assert len(by_documents) == 2
    assert (second.document.id,) in by_documents
    assert all(store.incident(id) for id in before.profiles)
    assert store.document(first.document.id).text == OTHER


def test_a_revision_that_says_nothing_leaves_no_empty_incident(
    store: Store, kestrel: tuple[Analysis, Analysis], report: Any
) -> None:
    first, second = kestrel
    for analysis in kestrel:
        store.add(analysis)
    (before,) = store.incidents()
    store.add(report(NOTHING, source="a.txt"))
    (after,) = store.incidents()
    assert after.documents == (second.document.id,)
    assert all(store.incident(id) == after for id in before.profiles)
    store.add(report(NOTHING + " So it is.", source="b.txt"))
    assert store.incidents() == ()
    with pytest.raises(InputError, match="No incident in the store has the id"):
        store.incident(before.id)
    store.add(first)
    assert [incident.documents for incident in store.incidents()] == [(first.document.id,)]
    store.add(second)
    assert [len(incident.documents) for incident in store.incidents()] == [2]


def test_a_newer_model_may_find_more(store: Store, kestrel: tuple[Analysis, Analysis]) -> None:
    first, second = kestrel
    store.add(replace(first, events=(), model="old-1"))
    assert store.incidents() == ()
    assert store.document_ids(not_by="new-2") == (first.document.id,)
    (found,) = store.replace(replace(first, model="new-2")).incidents
    assert store.document_ids(not_by="new-2") == ()
    assert store.incident(found.id).documents == (first.document.id,)
    assert store.analysis(first.document.id).model == "new-2"
    with pytest.raises(InputError, match="No document in the store"):
        store.replace(second)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param({}, 2, id="everything"),
        pytest.param({"victim": "KESTREL"}, 1, id="victim"),
        pytest.param({"victim": "%"}, 0, id="signs are no wildcards"),
        pytest.param({"type": "databreach"}, 2, id="event type"),
        pytest.param({"actor": "apt"}, 0, id="actor"),
        pytest.param({"since": "2024-03-15"}, 1, id="since a day"),
        pytest.param({"since": "2024-04"}, 0, id="since a month"),
        pytest.param({"until": "2024-03"}, 2, id="until a month"),
        pytest.param({"until": "2023"}, 0, id="until a year"),
        pytest.param({"until": "2024-03-14", "victim": "bank"}, 1, id="two"),
    ],
)
def test_incidents_can_be_asked_for(
    store: Store, kestrel: tuple[Analysis, Analysis], bank: Analysis, asked: dict[str, str], found: int
) -> None:
    for analysis in (*kestrel, bank):
        store.add(analysis)
    assert len(store.incidents(**asked)) == found


def test_a_large_incident_grows_and_can_be_split(
    store: Store, kestrel: tuple[Analysis, Analysis], report: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidex.store.memberships.LARGE", 1)
    third = report(f"{FIRST} It is sorry.", source="d.txt", victim="Kestrel Ferries", published_at="2024-03-16")
    (founded,) = store.add(kestrel[0]).incidents
    store.add(kestrel[1])
    (grown,) = store.add(third).incidents
    assert grown.id == founded.id
    assert len(grown.documents) == 3
    assert len(grown.reasons) >= 1
    store.split(grown.id, [third.document.id], author="Ada")
    assert len(store.incident(founded.id).documents) == 2
    store.undo(author="Ada")
    assert len(store.incident(founded.id).documents) == 3


def test_an_incident_knows_when_it_changed_last(
    store: Store, kestrel: tuple[Analysis, Analysis], bank: Analysis
) -> None:
    """Not only new reports count, but also corrections, ignored values, undone decisions, and reports that leave."""
    first, second = kestrel
    (incident,) = store.add(first).incidents
    (other,) = store.add(bank).incidents
    times = [changed_at(store, incident.id)]
    before = changed_at(store, other.id)

    def moved() -> bool:
        times.append(changed_at(store, incident.id))
        return times[-1] > times[-2]

    assert not moved()
    store.add(second)
    assert moved()
    store.add(second)
    assert not moved()
    store.correct(second.document.id, "stole", realis="Other", author="Ada")
    assert moved()
    store.undo(author="Ada")
    assert moved()
    store.ignore("the harbour fair", author="Ada")
    assert not moved()
    store.ignore("Kestrel Ferries", author="Ada")
    assert moved()
    store.undo(author="Ada")
    assert moved()
    store.split(incident.id, [second.document.id], author="Ada")
    assert moved()
    store.replace(replace(first, model="words-2"))
    assert moved()
    assert not moved()
    assert changed_at(store, other.id) == before


def test_the_day_of_founding_stays(store: Store, kestrel: tuple[Analysis, Analysis]) -> None:
    first, second = kestrel
    (incident,) = store.add(second).incidents
    store.add(first)
    assert store.members(incident.id).incident.first_seen == "2024-03-14"
    assert store.members(incident.id).founded_on == "2024-03-15"
    store.split(incident.id, [second.document.id], author="Ada")
    assert store.members(incident.id).founded_on == "2024-03-15"


def changed_at(store: Store, id: str) -> str:
    """Return when an incident changed last. Waits until the clock of the store has gone on."""
    time.sleep(0.002)
    return store.members(id).changed_at
