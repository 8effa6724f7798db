"""Edits of every kind of thing: what each does, that it is marked, survives a newer model and a revision, and undo."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from edited_report import FOOT, HEAD, at, edited_report

from incidex.errors import DecidedMeanwhile, InputError
from incidex.records import (
    Analysis,
    BlockKind,
    ClaimKind,
    EntityKind,
    EventMention,
    Link,
    Realis,
    Span,
)
from incidex.store import Store
from incidex.store.decisions.edits import Change, Target, Thing, Verdict

ACCEPTED, REJECTED, UNSURE = (Change(verdict=verdict) for verdict in Verdict)


@pytest.fixture
def found() -> Analysis:
    return edited_report()


@pytest.fixture
def filled(store: Store, found: Analysis) -> Store:
    store.add(found)
    return store


def mention(analysis: Analysis, words: str) -> EventMention | None:
    text = analysis.document.text
    every = (each for event in analysis.events for each in event.mentions)
    return next((each for each in every if each.trigger.of(text) == words), None)


def arguments(analysis: Analysis, trigger: str) -> list[tuple[str, str, str]]:
    found = mention(analysis, trigger)
    text = analysis.document.text
    return [(a.span.of(text), a.entity_type, a.role) for a in found.arguments] if found else []


def events(analysis: Analysis) -> list[list[str]]:
    text = analysis.document.text
    return [[each.trigger.of(text) for each in event.mentions] for event in analysis.events]


def names(analysis: Analysis) -> dict[str, tuple[EntityKind | None, int]]:
    return {entity.name: (entity.kind, len(entity.mentions)) for entity in analysis.entities}


def labels(analysis: Analysis) -> list[tuple[str, ...]]:
    return [sentence.labels for sentence in analysis.sentences]


SCANS = ("passport", "Data", "Compromised-Data")
KESTREL = ("Kestrel Ferries", "Organization", "Victim")
STOLE, THEFT, TOOK = (Target(Thing.EVENT, at(words)) for words in ("stole", "the theft", "took"))
VICTIM = Target(Thing.ARGUMENT, at("Kestrel Ferries", last=True), at("stole"), "Victim")
DATA = Target(Thing.ARGUMENT, at("passport"), at("stole"))
DENIAL = Target(Thing.CLAIM, at("Marlin denied the theft"))
MARLIN = Target(Thing.NAME, at("Marlin"))
SECOND = Target(Thing.SENTENCE, at("Marlin denied the theft."))
ATTACK = Link("A list 1", "G1", "Marlin Group", EntityKind.INTRUSION_SET, "Marlin", "a person said so")

Seen = Callable[[Analysis], Any]
CASES = [
    pytest.param(SECOND, Change(labels=("AttackRansom",)), lambda a: labels(a)[2], ("AttackRansom",), id="labels"),
    pytest.param(SECOND, Change(labels=()), lambda a: labels(a)[2], (), id="no labels"),
    pytest.param(
        replace(SECOND, detail="AttackPhishing"), REJECTED, lambda a: labels(a)[2], (), id="one label rejected"
    ),
    pytest.param(
        replace(SECOND, detail="AttackRansom"),
        ACCEPTED,
        lambda a: labels(a)[2],
        ("AttackPhishing", "AttackRansom"),
        id="one label accepted",
    ),
    pytest.param(THEFT, REJECTED, events, [["stole"], ["took"]], id="event mention rejected"),
    pytest.param(
        Target(Thing.EVENT, at("ransom")),
        Change(event_type="AttackRansom", realis=Realis.GENERIC),
        events,
        [["stole", "the theft"], ["ransom"], ["took"]],
        id="event mention added",
    ),
    pytest.param(THEFT, Change(extent=at("theft")), events, [["stole", "theft"], ["took"]], id="trigger resized"),
    pytest.param(
        THEFT,
        Change(realis=Realis.OTHER),
        lambda a: getattr(mention(a, "the theft"), "realis", None),
        Realis.OTHER,
        id="realis",
    ),
    pytest.param(
        STOLE, Change(event_type="AttackPhishing"), lambda a: arguments(a, "stole"), [KESTREL], id="type without a role"
    ),
    pytest.param(THEFT, Change(apart=True), events, [["stole"], ["the theft"], ["took"]], id="an event of its own"),
    pytest.param(TOOK, Change(trigger=at("stole")), events, [["stole", "the theft", "took"]], id="the same event"),
    pytest.param(VICTIM, REJECTED, lambda a: arguments(a, "stole"), [SCANS], id="argument rejected"),
    pytest.param(
        Target(Thing.ARGUMENT, at("Thieves"), at("stole")),
        Change(role="Attacker", entity_type="Person"),
        lambda a: arguments(a, "stole"),
        [("Thieves", "Person", "Attacker"), SCANS, KESTREL],
        id="argument added",
    ),
    pytest.param(
        VICTIM,
        Change(role="Attacker"),
        lambda a: arguments(a, "stole"),
        [SCANS, ("Kestrel Ferries", "Organization", "Attacker")],
        id="role",
    ),
    pytest.param(
        DATA,
        Change(extent=at("passport scans")),
        lambda a: arguments(a, "stole"),
        [("passport scans", "Data", "Compromised-Data"), KESTREL],
        id="argument resized",
    ),
    pytest.param(
        DATA, Change(entity_type="PII"), lambda a: arguments(a, "stole")[0][1], "PII", id="entity type of an argument"
    ),
    pytest.param(
        VICTIM,
        Change(trigger=at("the theft")),
        lambda a: (arguments(a, "stole"), arguments(a, "the theft")),
        ([SCANS], [KESTREL]),
        id="argument moved to another event mention",
    ),
    pytest.param(MARLIN, REJECTED, lambda a: list(names(a)), ["Kestrel Ferries"], id="not a name"),
    pytest.param(
        MARLIN,
        Change(kind="malware"),
        lambda a: names(a)["Marlin"],
        (EntityKind.MALWARE, 2),
        id="kind of a name",
    ),
    pytest.param(
        MARLIN,
        Change(link=ATTACK),
        lambda a: names(a)["Marlin Group"],
        (EntityKind.INTRUSION_SET, 2),
        id="link of a name",
    ),
    pytest.param(MARLIN, Change(name="The Marlin Crew"), lambda a: list(names(a))[1], "The Marlin Crew", id="name"),
    pytest.param(
        Target(Thing.NAME, at("Marrow Bank")),
        Change(kind="organisation"),
        lambda a: names(a)["Marrow Bank"],
        (EntityKind.ORGANISATION, 1),
        id="name added",
    ),
    pytest.param(DENIAL, REJECTED, lambda a: [c.kind.value for c in a.claims], ["states"], id="claim rejected"),
    pytest.param(DENIAL, Change(kind="denies"), lambda a: a.claims[1].kind, ClaimKind.DENIES, id="polarity of a claim"),
    pytest.param(
        DENIAL, Change(no_claimant=True), lambda a: a.claims[1].claimant, None, id="claim of the report itself"
    ),
    pytest.param(
        Target(Thing.CLAIM, at("Thieves stole passport"), detail="states"),
        Change(claimant=at("Kestrel Ferries", last=True)),
        lambda a: a.claims[0].claimant.organisation.of(a.document.text),
        "Kestrel Ferries",
        id="claimant",
    ),
    pytest.param(
        Target(Thing.VICTIM, at("Kestrel Ferries"), detail="Kestrel Ferries"),
        REJECTED,
        lambda a: arguments(a, "stole"),
        [SCANS],
        id="not a victim",
    ),
    pytest.param(
        Target(Thing.VICTIM, at("Marrow Bank")),
        ACCEPTED,
        lambda a: arguments(a, "the theft"),
        [("Marrow Bank", "Organization", "Victim")],
        id="a victim",
    ),
    pytest.param(
        Target(Thing.BLOCK, at(FOOT)),
        Change(kind="boilerplate"),
        lambda a: (a.document.blocks[2].kind, a.sentences[4].kind, events(a)),
        (BlockKind.BOILERPLATE, BlockKind.BOILERPLATE, [["stole", "the theft"]]),
        id="block",
    ),
    pytest.param(Target(Thing.TITLE), Change(value="Robbed"), lambda a: a.document.title, "Robbed", id="title"),
    pytest.param(Target(Thing.DATE), Change(value="2024-03"), lambda a: a.document.published_at, "2024-03", id="date"),
    pytest.param(Target(Thing.PUBLISHER), REJECTED, lambda a: a.document.publisher, None, id="no publisher"),
]


@pytest.mark.parametrize(("target", "change", "seen", "expected"), CASES)
def test_an_edit_holds_until_it_is_undone(
    filled: Store, found: Analysis, target: Target, change: Change, seen: Seen, expected: Any
) -> None:
    id = found.document.id
    before = filled.analysis(id)
    decision = filled.review.edit(id, target, change, author="Ada", reason="Read it.")
    assert (decision.kind, decision.author, decision.reason) == ("edit", "Ada", "Read it.")
    assert seen(filled.analysis(id)) == expected
    filled.replace(replace(found, model="new-2"))
    assert seen(filled.analysis(id)) == expected
    filled.undo(1, author="Ada")
    assert filled.analysis(id) == replace(before, model="new-2")
    filled.review.redo(1, author="Ada")
    assert seen(filled.analysis(id)) == expected


@pytest.mark.parametrize(("target", "change", "seen", "expected"), [case for case in CASES if case.id != "block"])
def test_an_edit_holds_for_the_same_words_in_a_revision(
    filled: Store, found: Analysis, target: Target, change: Change, seen: Seen, expected: Any
) -> None:
    filled.review.edit(found.document.id, target, change, author="Ada")
    revised = moved(found, "Updated on Friday.\n\n")
    assert filled.add(revised).status == "new revision"
    assert seen(filled.analysis(revised.document.id)) == expected


def moved(analysis: Analysis, before: str) -> Analysis:
    """Return the analysis of the text with `before` in front of it."""
    import msgspec

    def shifted(value: Any) -> Any:
        if isinstance(value, dict):
            if value.keys() == {"start", "end"}:
                return {key: number + len(before) for key, number in value.items()}
            return {key: shifted(each) for key, each in value.items()}
        return [shifted(each) for each in value] if isinstance(value, list | tuple) else value

    whole = msgspec.convert(shifted(msgspec.to_builtins(analysis)), Analysis)
    document = replace(whole.document, text=before + analysis.document.text)
    return replace(whole, document=document)


@pytest.mark.parametrize(
    ("target", "seen"),
    [
        pytest.param(SECOND, lambda a: a.sentences[2].decision, id="sentence"),
        pytest.param(THEFT, lambda a: getattr(mention(a, "the theft"), "decision", None), id="event mention"),
        pytest.param(VICTIM, lambda a: a.events[0].mentions[0].arguments[1].decision, id="argument"),
        pytest.param(MARLIN, lambda a: a.entities[1].decision, id="name"),
        pytest.param(DENIAL, lambda a: a.claims[1].decision, id="claim"),
        pytest.param(Target(Thing.BLOCK, at(HEAD)), lambda a: a.document.blocks[0].decision, id="block"),
        pytest.param(Target(Thing.TITLE), lambda a: len(a.document.corrected), id="title"),
        pytest.param(
            Target(Thing.VICTIM, at("Kestrel Ferries")),
            lambda a: a.events[0].mentions[0].arguments[1].decision,
            id="victim",
        ),
    ],
)
def test_what_is_accepted_stays_and_is_marked(filled: Store, found: Analysis, target: Target, seen: Seen) -> None:
    id = found.document.id
    assert not seen(filled.analysis(id))
    filled.review.edit(id, target, ACCEPTED, author="Ada")
    assert seen(filled.analysis(id)) == 1
    assert filled.analysis(id).sentences[2].labels == ("AttackPhishing",)


def test_what_somebody_is_unsure_of_stays_as_it_is(filled: Store, found: Analysis) -> None:
    before = filled.analysis(found.document.id)
    filled.review.edit(found.document.id, THEFT, UNSURE, author="Ada")
    assert filled.analysis(found.document.id) == before


def test_a_rejected_event_mention_takes_its_claims_along(filled: Store, found: Analysis) -> None:
    filled.review.edit(found.document.id, THEFT, REJECTED, author="Ada")
    assert [claim.kind.value for claim in filled.analysis(found.document.id).claims] == ["states"]


def test_a_resized_trigger_keeps_its_claims(filled: Store, found: Analysis) -> None:
    filled.review.edit(found.document.id, THEFT, Change(extent=at("theft")), author="Ada")
    assert filled.analysis(found.document.id).claims[1].trigger == at("theft")


def test_another_title_shows_wherever_the_report_does(filled: Store, found: Analysis) -> None:
    id = found.document.id
    filled.review.edit(id, Target(Thing.TITLE), Change(value="Ferry line robbed"), author="Ada")
    filled.review.edit(id, Target(Thing.DATE), Change(value="2024-02-01"), author="Ada")
    assert filled.document(id).title == "Ferry line robbed"
    assert filled.documents([id])[0].published_at == "2024-02-01"
    assert filled.document(id).corrected == ("title", "published_at")
    assert filled.search("passport")[0].title == "Ferry line robbed"
    assert filled.incidents()[0].first_seen == "2024-02-01"
    assert filled.add(found).status == "known already"


def test_a_rejected_victim_is_no_victim_of_the_incident(filled: Store, found: Analysis) -> None:
    assert filled.incidents(victim="kestrel")
    filled.review.edit(found.document.id, Target(Thing.VICTIM, at("Kestrel Ferries")), REJECTED, author="Ada")
    assert not filled.incidents(victim="kestrel")


@pytest.mark.parametrize(
    ("target", "change", "message"),
    [
        pytest.param(STOLE, Change(), "neither a verdict nor a change", id="nothing"),
        pytest.param(STOLE, Change(verdict=Verdict.ACCEPTED, realis=Realis.OTHER), "either a verdict", id="both"),
        pytest.param(STOLE, Change(role="Victim"), "A event has no role|has no role", id="what it has not"),
        pytest.param(STOLE, Change(event_type="Theft"), "no event type 'Theft'", id="unknown type"),
        pytest.param(replace(STOLE, span=Span(900, 905)), REJECTED, "beyond the end", id="outside the text"),
        pytest.param(Target(Thing.EVENT, at("paid")), Change(realis=Realis.OTHER), "give its event type", id="no type"),
        pytest.param(Target(Thing.EVENT), REJECTED, "found by its place", id="no place"),
        pytest.param(Target(Thing.ARGUMENT, at("Thieves")), REJECTED, "trigger of the event", id="no trigger"),
        pytest.param(
            Target(Thing.ARGUMENT, at("Thieves"), at("stole")), Change(role="Price"), "has no role 'Price'", id="role"
        ),
        pytest.param(
            Target(Thing.ARGUMENT, at("Thieves"), at("stole")), Change(role="Attacker"), "entity type", id="which type"
        ),
        pytest.param(
            Target(Thing.ARGUMENT, at("Thieves"), at("stole")),
            Change(role="Attacker", entity_type="Money"),
            "is not a Money",
            id="wrong type",
        ),
        pytest.param(
            Target(Thing.ARGUMENT, at("Thieves"), at("stole")),
            Change(extent=at("Thieves")),
            "need a role",
            id="no role",
        ),
        pytest.param(
            Target(Thing.ARGUMENT, at("Thieves"), at("paid")), Change(role="Attacker"), "not a trigger", id="no event"
        ),
        pytest.param(Target(Thing.NAME, at("paid")), Change(name="Paid"), "give its kind", id="no name"),
        pytest.param(MARLIN, Change(kind="pirates"), "no kind of name 'pirates'", id="kind"),
        pytest.param(Target(Thing.CLAIM, at("paid")), REJECTED, "no claim at 'paid'", id="no claim"),
        pytest.param(Target(Thing.DATE), Change(value="14 March"), "not a date", id="date in words"),
        pytest.param(Target(Thing.DATE), Change(value="2024-02-31"), "not a date", id="no such day"),
        pytest.param(Target(Thing.TITLE), Change(value="x" * 2000), "too long", id="title like an article"),
        pytest.param(TOOK, Change(trigger=at("paid")), "not two triggers", id="event with no event"),
    ],
)
def test_an_impossible_edit_is_refused(
    filled: Store, found: Analysis, target: Target, change: Change, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        filled.review.edit(found.document.id, target, change, author="Ada")
    assert filled.decisions() == ()


def test_the_second_of_two_people_sees_what_the_first_decided(filled: Store, found: Analysis) -> None:
    id, review = found.document.id, filled.review
    review.edit(id, THEFT, Change(realis=Realis.OTHER), author="Ada", expected=0)
    with pytest.raises(DecidedMeanwhile, match=r"Ada has decided.*realis Other \(decision 1\)") as caught:
        review.edit(id, THEFT, REJECTED, author="Bo", expected=0)
    assert (caught.value.number, caught.value.author) == (1, "Ada")
    review.edit(id, STOLE, ACCEPTED, author="Bo", expected=0)
    last = review.last_decision(id, THEFT)
    assert last is not None
    review.edit(id, THEFT, REJECTED, author="Bo", expected=last.number)
    filled.undo(3, author="Ada")
    with pytest.raises(DecidedMeanwhile, match="decision 4"):
        review.edit(id, THEFT, ACCEPTED, author="Bo", expected=3)


def test_corrections_and_imports_count_for_the_second_person(filled: Store, found: Analysis) -> None:
    id, review = found.document.id, filled.review
    filled.correct(id, "the theft", no_event=True, author="Ada")
    with pytest.raises(DecidedMeanwhile):
        review.edit(id, THEFT, ACCEPTED, author="Bo", expected=0)
    filled.annotate(found.document, events=found.events, author="Ada")
    with pytest.raises(DecidedMeanwhile):
        review.edit(id, STOLE, ACCEPTED, author="Bo", expected=0)


def test_nothing_of_an_edit_is_left_of_a_removed_document(filled: Store, found: Analysis) -> None:
    id = found.document.id
    filled.review.edit(id, MARLIN, Change(name="The Marlin Crew"), author="Ada")
    filled.review.edit(id, Target(Thing.TITLE), Change(value="Secret"), author="Ada")
    filled.ignore("Marrow Bank", document=id, author="Ada")
    filled.remove([id], author="Ada")
    kept = repr(filled.decisions())
    assert not any(word in kept for word in ("Marlin", "Secret", "Marrow"))
    filled.add(found)
    assert names(filled.analysis(id)).keys() == {"Kestrel Ferries", "Marlin"}
