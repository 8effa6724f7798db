"""A number in front of victims says how many there are, unless it counts something else."""

import pytest
from timing import takes_less

from incidex.events.counts import with_counts
from incidex.records import Argument, EventMention, Span


def _mention(text: str, *arguments: tuple[str, str, str], event_type: str = "AttackDatabreach") -> EventMention:
    found = []
    for kind, role, words in arguments:
        start = text.index(words)
        found.append(Argument(Span(start, start + len(words)), kind, role))
    return EventMention(Span(0, 1), event_type, arguments=tuple(found))


@pytest.mark.parametrize(
    ("text", "victim", "number"),
    [
        pytest.param("More than 50 organizations were hit.", "organizations", "50", id="number"),
        pytest.param("More than 50 organizations were hit.", "50 organizations", "50", id="in the victim"),
        pytest.param("It hit 1.1 million current customers.", "current customers", "1.1 million", id="millions"),
        pytest.param("It hit 17 000 users.", "users", "17 000", id="blank"),
        pytest.param("Three small hospitals were hit.", "hospitals", "Three", id="word"),
        pytest.param("They hit its 300 largest customers.", "its 300 largest customers", "300", id="possessive"),
        pytest.param("They hit 2,019 firms.", "firms", "2,019", id="no year"),
    ],
)
def test_victims_are_counted(text: str, victim: str, number: str) -> None:
    (mention,) = with_counts([_mention(text, ("Organization", "Victim", victim))], text)
    (count,) = [one for one in mention.arguments if one.role == "Number-of-Victim"]
    assert (count.span.of(text), count.entity_type) == (number, "Number")
    assert sorted(one.span for one in mention.arguments) == [one.span for one in mention.arguments]


@pytest.mark.parametrize(
    ("text", "victim"),
    [
        pytest.param("In 2021 hospitals were hit.", "hospitals", id="year"),
        pytest.param("Desk 2.5 users were hit.", "users", id="version"),
        pytest.param("It costs $5 million customers say.", "customers", id="money"),
        pytest.param("They took 40 GB of users.", "users", id="something else"),
        pytest.param("One of its customers was hit.", "customers", id="one of them"),
        pytest.param("CVE-2024-99 users were hit.", "users", id="part of a name"),
        pytest.param("They hit 3 Kestrel.", "Kestrel", id="a name"),
    ],
)
def test_nothing_else_is_counted(text: str, victim: str) -> None:
    mention = _mention(text, ("Organization", "Victim", victim))
    assert with_counts([mention], text) == [mention]


def test_a_number_that_is_known_is_not_added_again() -> None:
    text = "It hit 50 firms."
    mention = _mention(text, ("Number", "Number-of-Victim", "50"), ("Organization", "Victim", "firms"))
    assert with_counts([mention], text) == [mention]


def test_events_without_victims_in_number_stay() -> None:
    text = "It was fixed for 50 firms."
    mention = _mention(text, ("Organization", "Victim", "firms"), event_type="PatchVulnerability")
    assert with_counts([mention], text) == [mention]


def test_time_is_linear() -> None:
    text = "5 " * 200_000 + "firms"
    mention = _mention(text, ("Organization", "Victim", "firms"))
    assert takes_less(2, lambda: with_counts([mention] * 1000, text))
