"""People's decisions, on both databases: what each does, that it survives a newer model and a revision, and undo."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from incidex.errors import InputError
from incidex.records import Analysis, Realis
from incidex.store import Store, schema
from incidex.store.database import writing
from incidex.store.decisions.records import Correction

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


def grouped(store: Store, reports: tuple[Analysis, ...]) -> set[str]:
    """Return which reports are together, as "ab" and "c"."""
    names = {analysis.document.id: name for analysis, name in zip(reports, "abc", strict=True)}
    return {"".join(sorted(names[id] for id in incident.documents)) for incident in store.incidents()}


def ids(filled: Store) -> tuple[str, str]:
    """Return the ids of the larger and of the smaller incident."""
    large, small = sorted(filled.incidents(), key=lambda incident: -len(incident.documents))
    return large.id, small.id


def test_a_join_keeps_both_ids(filled: Store, reports: tuple[Analysis, ...]) -> None:
    large, small = ids(filled)
    decision = filled.join(large, small, author="Ada", reason="The vault was a ship.")
    assert grouped(filled, reports) == {"abc"}
    assert filled.incident(large) == filled.incident(small)
    assert (decision.number, decision.kind, decision.author, decision.reason) == (
        1,
        "join",
        "Ada",
        "The vault was a ship.",
    )
    assert filled.decisions() == (decision,)


def test_a_split_takes_documents_out(filled: Store, reports: tuple[Analysis, ...]) -> None:
    large, _ = ids(filled)
    filled.split(large, [reports[1].document.id], author="Ada")
    assert grouped(filled, reports) == {"a", "b", "c"}
    assert filled.incident(large).documents == (reports[0].document.id,)


def test_undo_and_undo_of_the_undo(filled: Store, reports: tuple[Analysis, ...]) -> None:
    large, small = ids(filled)
    filled.join(large, small, author="Ada")
    filled.undo(author="Bo")
    assert grouped(filled, reports) == {"ab", "c"}
    assert filled.incident(small).documents == (reports[2].document.id,)
    filled.undo(2, author="Ada")
    assert grouped(filled, reports) == {"abc"}
    assert [(each.kind, each.holds) for each in filled.decisions()] == [("join", True), ("undo", False), ("undo", True)]


def test_decisions_survive_a_newer_model(filled: Store, reports: tuple[Analysis, ...]) -> None:
    large, small = ids(filled)
    filled.split(large, [reports[1].document.id], author="Ada")
    filled.join(small, large, author="Ada")
    for analysis in reports:
        filled.replace(replace(analysis, model="new-2"))
    assert grouped(filled, reports) == {"ac", "b"}


def test_decisions_survive_a_revision(filled: Store, reports: tuple[Analysis, ...], report: Any) -> None:
    large, _ = ids(filled)
    filled.split(large, [reports[1].document.id], author="Ada")
    text = f"{KESTREL[1]} It is sorry."
    revised = report(text, source="b.txt", victim="Kestrel Ferries", published_at="2024-03-15")
    filled.add(revised)
    assert grouped(filled, (reports[0], revised, reports[2])) == {"a", "b", "c"}


def test_a_later_article_joins_what_was_split(filled: Store, reports: tuple[Analysis, ...], report: Any) -> None:
    large, _ = ids(filled)
    filled.split(large, [reports[1].document.id], author="Ada")
    filled.add(report(f"{KESTREL[0]} It is sorry.", victim="Kestrel Ferries", published_at="2024-03-14"))
    assert sorted(len(incident.documents) for incident in filled.incidents()) == [1, 1, 2]


def test_an_ignored_value_joins_nothing(filled: Store, reports: tuple[Analysis, ...]) -> None:
    filled.ignore("Kestrel Ferries", author="Ada", reason="Every article names it.")
    assert filled.ignored() == ("Kestrel Ferries",)
    for incident in filled.incidents():
        members = filled.members(incident.id)
        assert all("kestrel ferries" not in dict(profile.victims) for profile in members.profiles)
        assert "Kestrel Ferries" not in {
            argument.span.of(analysis.document.text)
            for analysis in members.analyses
            for event in analysis.events
            for argument in event.mentions[0].arguments
        }
    filled.undo(author="Ada")
    assert filled.ignored() == ()
    assert grouped(filled, reports) == {"ab", "c"}


def test_a_corrected_label(filled: Store, reports: tuple[Analysis, ...]) -> None:
    id = reports[0].document.id
    filled.correct(
        id, "passport scans", labels=["AttackRansom", "AttackDatabreach"], author="Ada", reason="It says so."
    )
    assert filled.analysis(id).sentences[0].labels == ("AttackDatabreach", "AttackRansom")
    filled.replace(replace(reports[0], model="new-2"))
    assert filled.analysis(id).sentences[0].labels == ("AttackDatabreach", "AttackRansom")
    filled.undo(author="Ada")
    assert filled.analysis(id).sentences == reports[0].sentences


def test_a_corrected_event(filled: Store, reports: tuple[Analysis, ...]) -> None:
    id = reports[0].document.id
    filled.correct(id, "stole", event_type="AttackPhishing", realis="Other", author="Ada")
    (mention,) = filled.analysis(id).events[0].mentions
    assert (mention.event_type, mention.realis) == ("AttackPhishing", Realis.OTHER)
    assert filled.incidents(type="phishing")


def test_an_event_taken_away_takes_the_document_out_of_its_incident(
    filled: Store, reports: tuple[Analysis, ...]
) -> None:
    filled.correct(reports[2].document.id, "stole", no_event=True, author="Ada")
    assert filled.analysis(reports[2].document.id).events == ()
    assert grouped(filled, reports) == {"ab"}
    filled.undo(author="Ada")
    assert grouped(filled, reports) == {"ab", "c"}


def test_a_correction_holds_for_the_same_words_in_a_revision(
    filled: Store, reports: tuple[Analysis, ...], report: Any
) -> None:
    filled.correct(reports[2].document.id, "stole", no_event=True, author="Ada")
    revised = report(f"Updated. {BANK}", source="c.txt", victim="Marrow Bank")
    filled.add(revised)
    assert filled.analysis(revised.document.id).events == ()


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        pytest.param({"words": "ship"}, "does not contain 'ship'", id="words that are not there"),
        pytest.param({"words": ""}, "does not contain ''", id="no words"),
        pytest.param({"words": "s"}, "Choose one by its position", id="words in several places"),
        pytest.param({"words": "s", "at": 1}, "Choose one by its position", id="another place"),
        pytest.param({"labels": ["Theft"]}, "no event type 'Theft'", id="unknown label"),
        pytest.param({"labels": None}, "A correction sets", id="nothing to correct"),
        pytest.param({"no_event": True}, "A correction sets", id="two corrections"),
        pytest.param({"labels": None, "realis": "Maybe"}, "no realis 'Maybe'", id="unknown realis"),
        pytest.param({"document": "nothing"}, "No document", id="unknown document"),
    ],
)
def test_an_impossible_correction_is_refused(
    filled: Store, reports: tuple[Analysis, ...], wanted: dict[str, Any], message: str
) -> None:
    given = {"document": reports[0].document.id, "words": "stole", "labels": ["AttackRansom"]} | wanted
    with pytest.raises(InputError, match=message):
        filled.correct(**given, author="Ada")
    assert filled.decisions() == ()


def test_an_impossible_decision_is_refused(filled: Store, reports: tuple[Analysis, ...]) -> None:
    large, small = ids(filled)
    with pytest.raises(InputError, match="already the same incident"):
        filled.join(large, large, author="Ada")
    with pytest.raises(InputError, match="No incident"):
        filled.join(large, "nothing", author="Ada")
    with pytest.raises(InputError, match="does not report on"):
        filled.split(large, [reports[2].document.id], author="Ada")
    with pytest.raises(InputError, match="but not all"):
        filled.split(small, [reports[2].document.id], author="Ada")
    with pytest.raises(InputError, match="cannot be ignored"):
        filled.ignore(" - ", author="Ada")
    with pytest.raises(InputError, match="no decision to undo"):
        filled.undo(author="Ada")
    with pytest.raises(InputError, match="no decision 7"):
        filled.undo(7, author="Ada")
    assert filled.decisions() == ()


@pytest.mark.parametrize("change", [delete(schema.decisions), update(schema.decisions).values(reason="")])
def test_the_database_keeps_decisions_as_they_are(filled: Store, change: Any) -> None:
    filled.ignore("Port Alder", author="Ada", reason="A town.")
    with pytest.raises(DBAPIError, match="never changed"), writing(filled._engine) as connection:
        connection.execute(change)
    assert filled.decisions()[0].reason == "A town."


def test_a_correction_keeps_its_words(filled: Store, reports: tuple[Analysis, ...]) -> None:
    content = filled.correct(reports[0].document.id, "stole", no_event=True, author="Ada").content
    assert isinstance(content, Correction)
    assert content.span.of(KESTREL[0]) == content.words == "stole"
