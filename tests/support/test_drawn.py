"""What Hypothesis draws for the round trips has all that could be lost: none passes because nothing is there."""

from collections.abc import Callable

import pytest
from drawn import analyses, whole
from hypothesis import Phase, given, settings

from incidex.records import Analysis, EventMention, Realis

# As few as the round trips draw, and the same each time.
DRAWN = settings(max_examples=100, deadline=None, derandomize=True, phases=[Phase.generate])


def mentions(analysis: Analysis) -> list[EventMention]:
    return [mention for event in analysis.events for mention in event.mentions]


def has(realis: Realis) -> Callable[[Analysis], bool]:
    return lambda one: any(mention.realis is realis for mention in mentions(one))


EVENTS: dict[str, Callable[[Analysis], bool]] = {
    "several mentions of one event": lambda one: any(len(event.mentions) > 1 for event in one.events),
    "several events": lambda one: len(one.events) > 1,
    "several arguments": lambda one: any(len(mention.arguments) > 1 for mention in mentions(one)),
    **{kind.value: has(kind) for kind in Realis},
    "several labels": lambda one: any(len(sentence.labels) > 1 for sentence in one.sentences),
    "a character outside the first plane": lambda one: any(ord(letter) > 0xFFFF for letter in one.document.text),
    "a line end in a trigger": lambda one: any(
        len(mention.trigger.of(one.document.text).splitlines()) > 1 for mention in mentions(one)
    ),
    "triggers that overlap": lambda one: any(
        left.trigger.start < right.trigger.start < left.trigger.end for left in mentions(one) for right in mentions(one)
    ),
}
FINDINGS = ("indicators", "entities", "times", "quantities", "claims", "events", "sentences")


def test_events_and_labels_of_every_kind_are_drawn() -> None:
    seen: set[str] = set()

    @DRAWN
    @given(analyses())
    def look(one: Analysis) -> None:
        seen.update(what for what, is_there in EVENTS.items() if is_there(one))

    look()
    assert seen == set(EVENTS)


@pytest.mark.slow
def test_whole_documents_have_findings_of_every_kind() -> None:
    seen: set[str] = set()

    @DRAWN
    @given(whole())
    def look(one: Analysis) -> None:
        seen.update(what for what in FINDINGS if getattr(one, what))

    look()
    assert seen == set(FINDINGS)
