"""Round-ups in the store: each item is in the incident that it belongs to, whatever comes before or is decided."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from incidex.records import Analysis, Incident
from incidex.store import Store, open_store
from incidex.store.results import Status

LETTER = """News digest #118: a ferry, a bank and a bakery

The ferry that lost its passengers

Thieves stole passport scans of passengers from the booking system of Kestrel Ferries in Port Alder.

Nine million crowns

Somebody stole nine million crowns from a vault of Marrow Bank in Grimsted.

Recipes gone

On Sunday, somebody stole all recipes of Quorvex Bakery, says its owner Oda Brenner."""
FERRY = "Kestrel Ferries said on Thursday that thieves stole passport scans of its passengers from its booking system."
BANK = "Marrow Bank of Grimsted said on Friday that somebody stole nine million crowns from its vault."


@pytest.fixture
def letter(report: Any) -> Analysis:
    made: Analysis = report(
        LETTER, source="letter.txt", victim="Quorvex Bakery", published_at="2024-03-16", title=LETTER.partition("\n")[0]
    )
    return made


@pytest.fixture
def articles(report: Any) -> tuple[Analysis, Analysis]:
    return (
        report(FERRY, source="a.txt", victim="Kestrel Ferries", published_at="2024-03-14"),
        report(BANK, source="b.txt", victim="Marrow Bank", published_at="2024-03-15"),
    )


def _documents(store: Store) -> set[frozenset[str]]:
    return {frozenset(incident.documents) for incident in store.incidents()}


def _with(store: Store, *analyses: Analysis) -> Incident:
    """Return the incident that just these documents report on."""
    wanted = {analysis.document.id for analysis in analyses}
    (found,) = (incident for incident in store.incidents() if set(incident.documents) == wanted)
    return found


def test_items_are_in_their_incidents_in_any_order_of_arrival(
    place: str, letter: Analysis, articles: tuple[Analysis, Analysis], tmp_path: Any
) -> None:
    id, ferry, bank = (analysis.document.id for analysis in (letter, *articles))
    for number, order in enumerate(permutations((letter, *articles))):
        with open_store(str(tmp_path / f"{number}.sqlite")) as store:
            for analysis in order:
                store.add(analysis)
            assert _documents(store) == {frozenset({id, ferry}), frozenset({id, bank}), frozenset({id})}


def test_a_dossier_gets_its_item_alone(store: Store, letter: Analysis, articles: tuple[Analysis, Analysis]) -> None:
    for analysis in articles:
        store.add(analysis)
    assert len(store.add(letter).incidents) == 3
    assert store.add(letter).status is Status.KNOWN
    members = store.members(_with(store, articles[0], letter).id)
    assert members.analyses == (articles[0], letter)
    item = members.profiles[1]
    assert item.title == "The ferry that lost its passengers"
    assert [span.of(LETTER)[:16] for span in item.sentences] == ["The ferry that l", "Thieves stole pa"]
    (hit,) = store.search("recipes")
    assert len(hit.incidents) == 3


def test_decisions_hold_for_an_item(store: Store, letter: Analysis, articles: tuple[Analysis, Analysis]) -> None:
    for analysis in (letter, *articles):
        store.add(analysis)
    before = _documents(store)
    ferry, bank = _with(store, articles[0], letter), _with(store, articles[1], letter)
    store.split(ferry.id, [letter.document.id], author="ann")
    assert set(_with(store, articles[1], letter).documents) == set(bank.documents)
    assert frozenset({articles[0].document.id}) in _documents(store)
    store.undo(author="ann")
    assert _documents(store) == before
    store.join(ferry.id, bank.id, author="ann")
    joined = store.incident(ferry.id)
    assert store.incident(bank.id) == joined
    assert set(joined.documents) == {analysis.document.id for analysis in (letter, *articles)}
    assert len(joined.profiles) == 4
    assert len(joined.documents) == 3
    store.undo(author="ann")
    assert _documents(store) == before


def test_ids_lead_on_when_a_model_or_a_revision_divides_otherwise(
    store: Store, letter: Analysis, articles: tuple[Analysis, Analysis], report: Any
) -> None:
    whole = replace(letter, events=letter.events[:1], model="old-1")
    (founded,) = store.add(whole).incidents
    store.add(articles[0])
    divided = store.replace(replace(letter, model="new-2")).incidents
    assert len(divided) == 3
    assert store.incident(founded.id).id in {incident.id for incident in divided}
    assert set(_with(store, letter, articles[0]).profiles) & {id for incident in divided for id in incident.profiles}
    items = {id for incident in divided for id in incident.profiles}
    shorter = "Kestrel Ferries said that thieves stole its passport scans in Port Alder."
    store.add(report(shorter, source="letter.txt", victim="Kestrel Ferries"))
    (left,) = store.incidents()
    assert len(left.documents) == 2
    assert all(store.incident(id) == left for id in items)
