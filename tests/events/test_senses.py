"""Words that look like a trigger and name no event."""

import pytest
from event_marks import span_of

from incidex.events.senses import is_event
from incidex.records import Span

BREACH, RANSOM, PATCH = "AttackDatabreach", "AttackRansom", "PatchVulnerability"


@pytest.mark.parametrize(
    ("event_type", "text", "trigger"),
    [
        pytest.param(PATCH, "Osterby Labs asks for an update", "asks for an update", id="asked for news"),
        pytest.param(PATCH, "The council asked the vendor for an update.", "update", id="asked somebody for news"),
        pytest.param(PATCH, "A status update is due on Friday.", "update", id="status update"),
        pytest.param(PATCH, "The clinic gave an update on the investigation.", "an update", id="update on something"),
        pytest.param(PATCH, "Osterby Labs moves the date to 14 July", "moves", id="moves a date"),
        pytest.param(PATCH, "Kestrel updated its privacy policy.", "updated", id="updates a text"),
        pytest.param(PATCH, "Users got an update to a malicious version.", "an update", id="malicious version"),
        pytest.param(PATCH, "The company released a statement.", "released", id="releases a statement"),
        pytest.param(BREACH, "The payload is dumped to disk.", "is dumped", id="dumped to disk"),
        pytest.param(BREACH, "It takes a memory dump of the process.", "dump", id="memory dump"),
        pytest.param(BREACH, "QUILL STEALER returns", "STEALER", id="name of malware"),
        pytest.param(BREACH, "The shop was broken into to get diamonds.", "broken into", id="robbery"),
        pytest.param(BREACH, "Burglars stole three paintings from the museum.", "stole", id="theft of paintings"),
        pytest.param(BREACH, "See hxxps://leak[.]example/stolen for more.", "stolen", id="in a URL"),
        pytest.param(BREACH, "Write to breach@kestrel.example for help.", "breach", id="in an e-mail address"),
        pytest.param(RANSOM, "It drops ransom.txt in each folder.", "ransom", id="in a file name"),
        pytest.param(RANSOM, "The company did not pay.", "did not", id="auxiliary alone"),
    ],
)
def test_is_no_trigger(event_type: str, text: str, trigger: str) -> None:
    assert not is_event(span_of(text, trigger), event_type, Span(0, len(text)), text)


@pytest.mark.parametrize(
    ("event_type", "text", "trigger"),
    [
        pytest.param(PATCH, "The vendor provided an update on 13 February.", "provided an update", id="day"),
        pytest.param(PATCH, "An update for Marrow Desk closes the hole.", "An update", id="update for a product"),
        pytest.param(PATCH, "Users should update to version 7.2.", "update", id="update to a version"),
        pytest.param(PATCH, "Brackwater released a fix.", "released", id="released a fix"),
        pytest.param(BREACH, "Hackers dumped the records on a forum.", "dumped", id="dumped on a forum"),
        pytest.param(BREACH, "Their systems were broken into.", "were broken into", id="systems broken into"),
        pytest.param(BREACH, "Thieves stole a laptop with data and two paintings.", "stole", id="laptop"),
        pytest.param(RANSOM, "The hospital will not pay.", "not pay", id="auxiliary with verb"),
    ],
)
def test_is_a_trigger(event_type: str, text: str, trigger: str) -> None:
    assert is_event(span_of(text, trigger), event_type, Span(0, len(text)), text)
