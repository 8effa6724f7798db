"""Verdicts on merges, redo, and values that are ignored in one document or incident only."""

from typing import Any

import pytest

from incidex.errors import DecidedMeanwhile, InputError
from incidex.records import Analysis
from incidex.store import Store

KESTREL = (
    "Kestrel Ferries said on Thursday that thieves stole passport scans of its passengers from its booking system.",
    "Thieves stole passport scans of passengers from the booking system of Kestrel Ferries, the line said.",
)
BANK = "Marrow Bank said on Friday that somebody stole nine million crowns from its vault in Port Alder."


@pytest.fixture
def reports(report: Any) -> tuple[Analysis, ...]:
    """Return two reports of one incident and one of another."""
    return (
        report(KESTREL[0], source="a.txt", victim="Kestrel Ferries", published_at="2024-03-14"),
        report(KESTREL[1], source="b.txt", victim="Kestrel Ferries", published_at="2024-03-15"),
        report(BANK, source="c.txt", victim="Marrow Bank", published_at="2024-03-14"),
    )


@pytest.fixture
def filled(store: Store, reports: tuple[Analysis, ...]) -> Store:
    for analysis in reports:
        store.add(analysis)
    return store


def ids(filled: Store) -> tuple[str, str]:
    """Return the ids of the larger and of the smaller incident."""
    large, small = sorted(filled.incidents(), key=lambda incident: -len(incident.documents))
    return large.id, small.id


def test_incidents_kept_apart_are_not_joined(store: Store, reports: tuple[Analysis, ...]) -> None:
    store.add(reports[0])
    store.add(reports[2])
    first, second = (incident.id for incident in store.incidents())
    decision = store.review.keep_apart(first, second, author="Ada")
    assert decision.kind == "split"
    store.add(reports[1])
    assert len(store.incidents()) == 2


def test_apart_holds_against_what_merging_says(filled: Store, reports: tuple[Analysis, ...]) -> None:
    large, _ = ids(filled)
    filled.split(large, [reports[1].document.id], author="Ada")
    filled.undo(author="Ada")
    assert len(filled.incidents()) == 2
    filled.review.redo(author="Ada")
    assert len(filled.incidents()) == 3
    with pytest.raises(InputError, match="Decision 9 has not been undone"):
        filled.review.redo(9, author="Ada")


def test_an_unsure_merge_changes_nothing(filled: Store) -> None:
    large, small = ids(filled)
    before = filled.incidents()
    decision = filled.review.leave_unsure(large, small, author="Ada", named=("Kestrel", "Bank"))
    assert decision.kind == "unsure"
    assert filled.incidents() == before
    filled.undo(author="Ada")


def test_two_people_decide_on_one_incident(filled: Store) -> None:
    large, small = ids(filled)
    filled.review.keep_apart(large, small, author="Ada", expected=0)
    with pytest.raises(DecidedMeanwhile, match="Ada"):
        filled.review.join(large, small, author="Bo", expected=0)
    last = filled.review.last_decision_about_incident(large)
    assert last is not None
    filled.review.join(large, small, author="Bo", expected=last.number)
    assert len(filled.incidents()) == 1


def test_a_value_is_ignored_in_one_document(filled: Store, reports: tuple[Analysis, ...]) -> None:
    first, second, _ = (analysis.document.id for analysis in reports)
    filled.ignore("kestrel ferries", document=first, author="Ada")
    assert not filled.analysis(first).events[0].mentions[0].arguments
    assert filled.analysis(second).events[0].mentions[0].arguments
    assert filled.ignored() == ()
    filled.undo(author="Ada")
    assert filled.analysis(first).events[0].mentions[0].arguments


def test_a_value_is_ignored_in_one_incident(filled: Store) -> None:
    large, small = ids(filled)
    filled.ignore("Kestrel Ferries", incident=large, author="Ada")
    assert not any(value.text == "Kestrel Ferries" for value in filled.dossier(large).victims)
    assert [value.text for value in filled.dossier(small).victims] == ["Marrow Bank"]
    filled.undo(author="Ada")
    assert any(value.text == "Kestrel Ferries" for value in filled.dossier(large).victims)


def test_a_scope_is_a_document_or_an_incident(filled: Store, reports: tuple[Analysis, ...]) -> None:
    with pytest.raises(InputError, match="one of the two"):
        filled.ignore("x", document=reports[0].document.id, incident=ids(filled)[0], author="Ada")
