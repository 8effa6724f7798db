"""Mentions about different things are different events."""

import numpy as np
import pytest
from event_marks import mention

from incidex.events.coreference import group
from incidex.events.subjects import Subject, SubjectFinder
from incidex.records import EventMention, Span

ADVISORY = """Two flaws in Marrow Desk

CVE-2024-99001: path traversal

Marrow Desk 4.2 has been patched. Found by Ada Finch.

CVE-2024-99002: heap overflow

Marrow Desk 4.2 has been corrected. Spotted by Joan Pell.

Timeline

It was reported in May.
"""


def cves(text, trigger, event_type="DiscoverVulnerability"):
    made = mention(text, trigger, event_type=event_type)
    start = max(text.rfind("\n", 0, made.trigger.start), text.rfind(". ", 0, made.trigger.start)) + 1
    ends = [end for end in (text.find(".", made.trigger.end), text.find("\n", made.trigger.end)) if end > 0]
    return SubjectFinder(text).subject(made, Span(start, min(ends, default=len(text)))).cves


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        ("Found", {"CVE-2024-99001"}),
        ("Spotted", {"CVE-2024-99002"}),
        ("reported", set()),
    ],
)
def test_a_mention_has_the_number_of_its_heading(trigger, expected):
    assert cves(ADVISORY, trigger) == expected


def test_a_mention_has_the_number_of_its_sentence_or_the_last_one_before():
    text = "A fix for CVE-2024-99001 was released. It closes the hole. CVE-2024-99002 stays open."
    assert cves(text, "released") == {"CVE-2024-99001"}
    assert cves(text, "closes") == {"CVE-2024-99001"}
    assert cves(text, "stays open") == {"CVE-2024-99002"}


def subject(text: str, made: EventMention) -> Subject:
    return SubjectFinder(text).subject(made, Span(0, len(text)))


FERRY = "Kestrel Ferries lost data in the breach."


@pytest.mark.parametrize(
    ("text", "trigger", "arguments"),
    [
        pytest.param("The Harbour Council leak came first.", "leak", (), id="name in front of the noun"),
        pytest.param("It fined a firm after a similar theft.", "theft", (), id="similar"),
        pytest.param("Data of a hotel was stolen.", "stolen", (("Victim", "Organization", "a hotel"),), id="a"),
        pytest.param("Alder Bank was robbed.", "robbed", (("Victim", "Organization", "Alder Bank"),), id="other"),
    ],
)
def test_another_victim_is_another_event(text, trigger, arguments):
    first = subject(FERRY, mention(FERRY, "the breach", ("Victim", "Organization", "Kestrel Ferries")))
    assert subject(text, mention(text, trigger, *arguments)).is_apart_from(first)


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        pytest.param("Kestrel admits the breach.", (("Victim", "Organization", "Kestrel"),), id="short name"),
        pytest.param("The company admits the breach.", (("Victim", "Organization", "The company"),), id="no name"),
        pytest.param("Passengers fear the breach.", (("Victim", "Person", "Passengers"),), id="people"),
    ],
)
def test_the_same_victim_may_be_the_same_event(text, arguments):
    first = subject(FERRY, mention(FERRY, "the breach", ("Victim", "Organization", "Kestrel Ferries")))
    assert not subject(text, mention(text, "the breach", *arguments)).is_apart_from(first)


def test_other_years_are_other_events():
    assert Subject(years=frozenset({"2013"})).is_apart_from(Subject(years=frozenset({"2014"})))
    assert not Subject(years=frozenset({"2013"})).is_apart_from(Subject())


def test_a_mention_joins_the_event_of_its_subject():
    """All four are alike for the network; the last one names no number."""
    one, two = Subject(cves=frozenset({"CVE-2024-99001"})), Subject(cves=frozenset({"CVE-2024-99002"}))
    found = group(
        "AAAA",
        np.ones((4, 2), np.float32),
        np.zeros(4, np.int64),
        same=1.0,
        apart=0.0,
        subjects=[one, two, one, Subject()],
    )
    assert found == ((0, 2, 3), (1,))
