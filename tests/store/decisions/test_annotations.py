"""Annotations of whole documents: they replace what the model found, survive later changes, and can be undone."""

from dataclasses import replace
from typing import Any

import pytest

from incidex.errors import InputError
from incidex.records import Analysis, Argument, BlockKind, Document, Event, EventMention, Realis, Sentence, Span
from incidex.store import Store
from incidex.store.decisions.corrections import annotated
from incidex.store.decisions.records import Annotation

TEXT = "Kestrel Ferries said on Thursday that thieves stole passport scans. It calls the theft a rumour."


def span(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


VICTIM = Argument(span("Kestrel Ferries"), "Organization", "Victim")
STOLE = EventMention(span("stole"), "AttackDatabreach", Realis.ACTUAL, (VICTIM,))
THEFT = EventMention(span("the theft"), "AttackDatabreach", Realis.OTHER)
EVENTS = (Event((STOLE, THEFT)),)
LABELS = ((span("Kestrel Ferries said"), ("AttackDatabreach",)),)


def decided(events: tuple[Event, ...], number: int) -> tuple[Event, ...]:
    """Return `events` as the store has them after the decision with this number."""
    return tuple(
        replace(
            event,
            mentions=tuple(
                replace(
                    mention,
                    arguments=tuple(replace(argument, decision=number) for argument in mention.arguments),
                    decision=number,
                )
                for mention in event.mentions
            ),
        )
        for event in events
    )


@pytest.fixture
def found(report: Any) -> Analysis:
    """Return a report in which the model found one event without arguments, and a label that is wrong."""
    analysis: Analysis = report(TEXT, source="a.txt", published_at="2024-03-14")
    first, second = analysis.sentences
    return replace(analysis, sentences=(first, replace(second, labels=("AttackRansom",))))


@pytest.fixture
def filled(store: Store, found: Analysis) -> Store:
    store.add(found)
    return store


def test_it_replaces_what_the_model_found(filled: Store, found: Analysis) -> None:
    decision = filled.annotate(found.document, events=EVENTS, labels=LABELS, author="Ada", reason="Read it all.")
    assert decision is not None
    assert (decision.kind, decision.author, decision.reason) == ("import", "Ada", "Read it all.")
    now = filled.analysis(found.document.id)
    assert now.events == decided(EVENTS, 1)
    assert {sentence.decision for sentence in now.sentences} == {1}
    assert [sentence.labels for sentence in now.sentences] == [("AttackDatabreach",), ()]
    assert "Kestrel Ferries" in {claim.claimant.name.of(TEXT) for claim in now.claims if claim.claimant}
    assert filled.incidents(victim="kestrel")


def test_it_survives_a_newer_model_and_is_undone(filled: Store, found: Analysis) -> None:
    filled.annotate(found.document, events=EVENTS, labels=LABELS, author="Ada")
    filled.replace(replace(found, model="new-2", events=()))
    assert filled.analysis(found.document.id).events == decided(EVENTS, 1)
    filled.undo(author="Ada")
    assert filled.analysis(found.document.id).events == ()
    filled.undo(2, author="Ada")
    assert filled.analysis(found.document.id).events == decided(EVENTS, 1)


def test_twice_the_same_is_one_decision(filled: Store, found: Analysis) -> None:
    filled.annotate(found.document, events=EVENTS, author="Ada")
    assert filled.annotate(Document(TEXT), events=EVENTS, author="Bo") is None
    filled.annotate(found.document, events=(), author="Bo")
    assert filled.annotate(found.document, events=EVENTS, author="Ada") is not None
    assert [(each.author, each.kind) for each in filled.decisions()] == [("Ada", "import"), ("Bo", "import")] + [
        ("Ada", "import")
    ]


def test_it_holds_for_the_same_words_in_a_revision(filled: Store, found: Analysis, report: Any) -> None:
    filled.annotate(found.document, events=EVENTS, labels=LABELS, author="Ada")
    revised = report(f"Updated. {TEXT[: TEXT.index(' It')]}", source="a.txt")
    filled.add(revised)
    text = revised.document.text
    (event,) = filled.analysis(revised.document.id).events
    (mention,) = event.mentions
    assert mention.trigger == span("stole", text)
    assert mention.arguments[0].span == span("Kestrel Ferries", text)
    assert [sentence.labels for sentence in filled.analysis(revised.document.id).sentences] == [
        (),
        ("AttackDatabreach",),
    ]


def test_a_later_correction_comes_on_top(filled: Store, found: Analysis) -> None:
    filled.annotate(found.document, events=EVENTS, author="Ada")
    filled.correct(found.document.id, "the theft", no_event=True, author="Bo")
    assert filled.analysis(found.document.id).events == decided((Event((STOLE,)),), 1)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param({"document": Document(f"{TEXT} "), "events": ()}, "has this text", id="another text"),
        pytest.param({}, "Nothing is annotated", id="nothing"),
        pytest.param({"labels": [(Span(0, 999), ("AttackRansom",))]}, "beyond the end", id="outside the text"),
    ],
)
def test_an_impossible_annotation_is_refused(filled: Store, given: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        filled.annotate(**({"document": Document(TEXT)} | given), author="Ada")
    assert filled.decisions() == ()


def test_marks_of_one_sentence_add_up_and_captions_keep_theirs() -> None:
    document = Document("One two. Three four.")
    caption = Sentence(Span(9, 20), BlockKind.CAPTION, ("AttackPhishing",))
    analysis = Analysis(document, (Sentence(Span(0, 8)), caption), "words-1")
    marks = ((Span(0, 3), ("AttackRansom",)), (Span(4, 12), ("AttackDatabreach",)))
    now = annotated(analysis, Annotation(document.id, document.text, labels=marks))
    assert [sentence.labels for sentence in now.sentences] == [
        ("AttackDatabreach", "AttackRansom"),
        ("AttackPhishing",),
    ]
