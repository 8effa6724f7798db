"""The review queue, on both databases: what is unsure, in which order, and what does not come back."""

from dataclasses import replace

import pytest

from incidex.errors import InputError
from incidex.ingest.plain import from_text
from incidex.records import Analysis, Event, EventMention, Sentence, Span
from incidex.store import Store
from incidex.store.decisions.edits import Change, Verdict
from incidex.store.doubts import Doubt, DoubtKind


def _analysis(name: str, *scores: float) -> Analysis:
    """Return an analysis with a sentence and an event for each score, of which the model is so sure."""
    lines = [f"Thieves stole files of {name} for the time number {number}." for number in range(len(scores))]
    document = replace(from_text("\n".join(lines)), source=f"{name}.txt")
    sentences, events, start = [], [], 0
    for line, score in zip(lines, scores, strict=True):
        labels = (score, 0.0, 0.0, 0.0, 0.0)
        whole = Span(start, start + len(line))
        sentences.append(Sentence(whole, labels=("AttackDatabreach",), scores=labels))
        trigger = Span(start + 8, start + 13)
        events.append(Event((EventMention(trigger, "AttackDatabreach", score=score),)))
        start += len(line) + 1
    return Analysis(document, tuple(sentences), "words-1", events=tuple(events))


def _every(store: Store, limit: int = 50, **chosen: object) -> list[Doubt]:
    found: list[Doubt] = []
    part = store.review.queue(limit=limit, **chosen)  # type: ignore[arg-type]
    found += part.items
    while part.next:
        part = store.review.queue(limit=limit, after=part.next, **chosen)  # type: ignore[arg-type]
        found += part.items
    return found


def test_the_least_certain_comes_first_and_kinds_take_turns(store: Store) -> None:
    store.add(_analysis("Acme", 0.7, 0.5, 0.9))
    store.add(_analysis("Ostrel", 0.6))
    found = _every(store)
    assert [(one.kind, round(one.score, 2)) for one in found] == [
        ("sentence", 0.5),
        ("event", 0.5),
        ("sentence", 0.6),
        ("event", 0.6),
        ("sentence", 0.7),
        ("event", 0.7),
    ]
    for limit in (1, 4):
        in_parts = _every(store, limit)
        for kind in DoubtKind:
            assert [one for one in in_parts if one.kind == kind] == [one for one in found if one.kind == kind]
    assert (found[1].words, found[1].before, found[1].said) == ("stole", "Thieves ", "AttackDatabreach, Actual")
    part = store.review.queue(limit=1)
    assert (part.counts, part.waiting) == ({"sentence": 3, "event": 3}, 0)


def test_what_is_decided_does_not_come_back_until_it_is_undone(store: Store) -> None:
    document = store.add(_analysis("Acme", 0.5)).document
    sentence, event = _every(store)
    assert event.target
    assert sentence.target
    store.review.edit(document, event.target, Change(verdict=Verdict.ACCEPTED), author="ada")
    assert [one.kind for one in _every(store)] == ["sentence"]
    store.review.edit(document, sentence.target, Change(verdict=Verdict.UNSURE), author="ada")
    assert _every(store) == []
    assert [one.author for one in store.review.left_unsure()] == ["ada"]
    store.undo(author="ada")
    assert [one.kind for one in _every(store)] == ["sentence"]
    assert store.review.left_unsure() == ()


def test_of_one_kind_document_or_incident(store: Store) -> None:
    acme, ostrel = store.add(_analysis("Acme", 0.5)), store.add(_analysis("Ostrel", 0.6))
    assert {one.kind for one in _every(store, kinds=[DoubtKind.EVENT])} == {"event"}
    assert {one.document for one in _every(store, document=ostrel.document)} == {ostrel.document}
    if acme.incidents:
        assert acme.document in {one.document for one in _every(store, incident=acme.incidents[0].id)}
    with pytest.raises(InputError):
        store.review.queue(document="ffffffff")


def test_documents_wait_when_there_is_no_time(store: Store) -> None:
    store.add(_analysis("Acme", 0.5))
    part = store.review.queue(patience=0)
    assert (part.items, part.waiting) == ((), 1)
    assert store.review.queue(patience=None).waiting == 0


def test_nothing_of_a_removed_document_stays(store: Store) -> None:
    document = store.add(_analysis("Acme", 0.5)).document
    assert _every(store)
    store.remove([document], author="ada")
    assert _every(store) == []
