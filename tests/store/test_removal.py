"""Removing documents: nothing of them is left, in the tables or in the file, but that they were removed."""

import json
from pathlib import Path
from typing import Any

import pytest

from incidex.errors import InputError
from incidex.records import Analysis, Span
from incidex.store import Store, open_store
from incidex.store.decisions.records import Undo

FIRST = "Kestrel Ferries said on Thursday that thieves stole passport scans of its passengers from its booking system."
SECOND = (
    "Thieves stole passport scans of passengers from the booking system of Kestrel Ferries, a Quillmark clerk said."
)


@pytest.fixture
def two(store: Store, report: Any) -> tuple[Analysis, Analysis]:
    """Return two reports of one incident, which are in the store."""
    reports = tuple(
        report(
            text, source=f"{day}.txt", victim="Kestrel Ferries", published_at=f"2024-03-{day}", title=f"Report {day}"
        )
        for day, text in ((14, FIRST), (15, SECOND))
    )
    for each in reports:
        store.add(each)
    return reports[0], reports[1]


def test_the_rest_of_an_incident_remains_and_keeps_its_id(store: Store, two: tuple[Analysis, Analysis]) -> None:
    (before,) = store.incidents()
    decision = store.remove([two[0].document.id[:8]], author="Ada", reason="By mistake.")
    (after,) = store.incidents()
    assert (decision.kind, decision.author, decision.reason) == ("remove", "Ada", "By mistake.")
    assert after.id == before.id
    assert after.documents == (two[1].document.id,)
    assert [hit.document for hit in store.search("passport")] == [two[1].document.id]
    assert store.document_ids() == (two[1].document.id,)
    with pytest.raises(InputError, match="No document in the store has the id"):
        store.document(two[0].document.id)


def test_an_incident_without_reports_is_gone(store: Store, two: tuple[Analysis, Analysis]) -> None:
    store.remove([each.document.id for each in two], author="Ada")
    assert (store.incidents(), store.search("passport"), store.document_ids()) == ((), (), ())
    assert len(store.decisions()) == 1


def test_what_was_removed_may_be_added_again(store: Store, two: tuple[Analysis, Analysis]) -> None:
    store.remove([two[0].document.id], author="Ada")
    assert store.add(two[0]).status == "added"
    assert len(store.incidents()[0].documents) == 2


def test_a_removal_cannot_be_undone(store: Store, two: tuple[Analysis, Analysis]) -> None:
    store.ignore("Quillmark", author="Ada")
    store.remove([two[0].document.id], author="Ada")
    with pytest.raises(InputError, match="nothing is left to bring back"):
        store.undo(2, author="Ada")
    assert store.undo(author="Ada").content == Undo(1)


def test_an_unknown_document_is_refused_and_nothing_is_removed(store: Store, two: tuple[Analysis, Analysis]) -> None:
    with pytest.raises(InputError, match="No document in the store has the id"):
        store.remove([two[0].document.id, "feedbeef"], author="Ada")
    assert len(store.document_ids()) == 2
    assert store.decisions() == ()


def test_corrections_lose_its_words_and_stay_decisions(store: Store, two: tuple[Analysis, Analysis]) -> None:
    document = two[1].document
    store.correct(document.id, "Quillmark clerk", author="Ada", labels=["AttackRansom"])
    store.annotate(document, author="Ada", labels=[(Span(0, 7), ["AttackRansom"])])
    store.remove([document.id], author="Ada")
    assert [decision.kind for decision in store.decisions()] == ["correct", "import", "remove"]
    assert "Quillmark" not in json.dumps([str(decision) for decision in store.decisions()])
    # Added again, it is as the model found it, but for the labels that the correction gave to this place.
    store.add(two[1])
    assert store.analysis(document.id).document == document


def test_decisions_are_still_protected_afterwards(store: Store, two: tuple[Analysis, Analysis]) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    from incidex.errors import StoreError
    from incidex.store.database import writing

    store.correct(two[1].document.id, "Quillmark clerk", author="Ada", labels=["AttackRansom"])
    store.remove([two[1].document.id], author="Ada")
    with pytest.raises((StoreError, DBAPIError)), writing(store._engine) as connection:
        connection.execute(text("UPDATE decisions SET author = 'Bo'"))


def test_nothing_is_left_in_the_file(tmp_path: Path, report: Any) -> None:
    place = tmp_path / "store.sqlite"
    secret = "Zyxwvut"
    with open_store(str(place)) as store:
        kept = report(FIRST, source="a.txt", title="Kept")
        gone = report(f"{secret} Ltd said that thieves stole its plans.", source=f"{secret}.txt", title=f"{secret} hit")
        store.add(kept)
        store.add(gone)
        store.remove([gone.document.id], author="Ada")
        assert store.search(secret) == ()
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert secret.lower().encode() not in content.lower()
    assert gone.document.id.encode() in content
