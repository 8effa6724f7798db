"""The document that is made of an incident of others: its text, the events, and what of a field is too much."""

from urllib.parse import urlsplit

import pytest
from drawn import texts
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.ingest.threat_feeds.incidents import (
    FeedIncident,
    address,
    clean,
    compose_document,
    day_of,
    events_of,
    readable,
    types_in,
)
from incidex.labels import scheme
from incidex.records import BlockKind

TOLD = FeedIncident(
    "stix://incident--1",
    "Kestrel leak",
    "2026-03-02",
    "Files are\n online.\n\n\nMore follows.",
    ("AttackRansom",),
    ("Kestrel Ferries",),
    ("Grey Heron",),
    ("CoinVault",),
    ("CVE-2026-99001",),
)


def test_the_document() -> None:
    document = compose_document(TOLD, "CERT Norhaven", "stix")
    assert document.text == (
        "Kestrel leak\n\nThis incident is reported by CERT Norhaven.\n\n"
        "Files are online.\n\nMore follows.\n\nThe victim is Kestrel Ferries.\n\n"
        "It is attributed to the group Grey Heron.\n\nThe attackers used the malware CoinVault.\n\n"
        "The weakness is CVE-2026-99001.\n\nIt is dated 2026-03-02.\n"
    )
    assert [block.span.of(document.text) for block in document.blocks] == document.text.strip().split("\n\n")
    assert [block.kind for block in document.blocks][:2] == [BlockKind.TITLE, BlockKind.BODY]
    assert (document.source, document.format, document.publisher) == (TOLD.source, "stix", "CERT Norhaven")
    assert (document.title, document.published_at) == ("Kestrel leak", "2026-03-02")
    assert "composed from STIX fields" in document.warnings[0]


def test_the_event() -> None:
    document = compose_document(TOLD, "", "stix")
    (event,) = events_of(TOLD, document, ["AttackRansom"])
    (mention,) = event.mentions
    assert mention.trigger.of(document.text) == "This incident"
    assert [(one.span.of(document.text), one.role, one.entity_type) for one in mention.arguments] == [
        ("Kestrel Ferries", "Victim", "Organization"),
        ("Grey Heron", "Attacker", "Organization"),
        ("CoinVault", "Tool", "Malware"),
        ("2026-03-02", "Time", "Time"),
    ]
    (weakness,) = events_of(TOLD, document, ["DiscoverVulnerability"])
    assert [(one.role, one.entity_type) for one in weakness.mentions[0].arguments] == [
        ("Vulnerable_System_Owner", "Organization"),
        ("CVE", "CVE"),
        ("Time", "Time"),
    ]


def test_what_no_terminal_and_no_database_takes_is_taken_out() -> None:
    assert clean("Grey\x00 \x1b[2J\u202eHe\ud800ron\n") == "Grey [2J He\ufffdron"
    assert readable("One.\n\nTwo\x00.\udfff") == "One.\n\nTwo .\ufffd"
    assert (clean(3), readable(None)) == ("", "")


@pytest.mark.parametrize("id", ["incident--[31m", "x\u2100y", "a/b?c#d", "\ud800", "7" * 1_000_000])
def test_an_address_can_be_taken_apart_whatever_the_id(id: str) -> None:
    parts = urlsplit(address("stix", id))
    assert parts.scheme == "stix"
    assert 0 < len(parts.netloc) <= 200
    assert (parts.path, parts.query, parts.fragment) == ("", "", "")


_NAMES = st.lists(texts().map(clean).filter(bool), max_size=3).map(tuple)


@given(
    st.builds(
        FeedIncident,
        day=st.just("2026-03-02"),
        title=texts().map(clean).filter(bool),
        victims=_NAMES,
        actors=_NAMES,
        software=_NAMES,
        cves=_NAMES,
    )
)
@settings(deadline=None)
def test_arguments_are_the_words_of_the_fields(incident: FeedIncident) -> None:
    document = compose_document(incident, "", "misp")
    fields = {*incident.victims, *incident.actors, *incident.software, *incident.cves}
    for event in events_of(incident, document, scheme().names):
        for argument in event.mentions[0].arguments:
            assert argument.role == "Time" or argument.span.of(document.text) in fields


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(["Ransomware"], ("AttackRansom",), id="any case"),
        pytest.param(['rsit:fraud="phishing"', "data-leak"], ("AttackDatabreach", "AttackPhishing"), id="scheme order"),
        pytest.param(["tlp:amber", "malware"], (), id="nothing known"),
    ],
)
def test_event_types(words: list[str], expected: tuple[str, ...]) -> None:
    assert types_in(words) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("2026-03-02T10:00:00.000Z", "2026-03-02", id="time"),
        pytest.param("1970-01-01", "", id="no date"),
        pytest.param("2026-13-02", "", id="no day"),
        pytest.param("soon", "", id="a word"),
        pytest.param(3, "", id="a number"),
    ],
)
def test_days(written: object, expected: str) -> None:
    assert day_of(written) == expected


def test_fields_that_are_too_long_are_cut() -> None:
    assert clean("a  \n b") == "a b"
    assert len(clean("a" * 10_000_000)) == 200
    assert clean(3) == ""
    many = FeedIncident("s", "t", "", "d" * 10_000_000, victims=tuple(f"Firm {number}" for number in range(10_000)))
    assert len(compose_document(many, "", "stix").text) < 25_000
