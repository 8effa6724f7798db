"""Which rule decides, and that its reason says so."""

from typing import Any

import pytest

from incidex.link.indicators import find_indicators
from incidex.records import Argument, Block, BlockKind, Document, Span


def said(text: str, *arguments: tuple[str, str], **fields: Any) -> list[tuple[str, str]]:
    document = Document(text, (Block(Span(0, len(text)), BlockKind.BODY),), **fields)
    given = [Argument(Span(text.index(w), text.index(w) + len(w)), "Organization", role) for w, role in arguments]
    return [(one.role.value, one.reason) for one in find_indicators(document, organisations=given)]


@pytest.mark.parametrize(
    ("text", "role", "reason"),
    [
        ("They used shop[.]com for it.", "indicator", "defanged, so that nobody follows it by accident"),
        ("It talks to abcdefghij.onion daily.", "indicator", "a hidden service"),
        ("The malware uses svchost.exe.", "benign", "a file or folder of the operating system"),
        ("They spoke of cyber.gov.uk today.", "reference", "a site of a government or an international body"),
        ("Its hash is d41d8cd98f00b204e9800998ecf8427e.", "benign", "the hash of an empty file"),
        ("Its hash is d41d8cd98f00b204e9800998ecf8427f.", "indicator", "the hash of a file"),
        ("It was CVE-2017-0144 again.", "reference", ""),
    ],
)
def test_rules(text: str, role: str, reason: str) -> None:
    ((found, why),) = said(text)
    assert found == role
    assert reason in why


def test_who_was_attacked_owns_what_is_attacked() -> None:
    text = "Thieves broke into Kestrel, and kestrel.com was gone."
    assert said(text, ("Kestrel", "Victim")) == [("victim", "the article names its owner as attacked")]
    assert said(text, ("Kestrel", "Attacker")) == [("indicator", "the article names its owner as the attacker")]


def test_the_publisher_s_own_is_a_reference() -> None:
    ((role, _),) = said("More on news-site.com soon.", source="https://www.news-site.com/a.html")
    assert role == "reference"


@pytest.mark.parametrize("source", ["https://[", "https://[::1", "x://[", "://"])
def test_a_source_that_is_no_url_publishes_nothing(source: str) -> None:
    assert said("More on news-site.com soon.", source=source) == said("More on news-site.com soon.")


def test_what_is_said_once_holds_everywhere() -> None:
    found = said("They used shop[.]com for it.\nNothing is at shop.com now.")
    assert [role for role, _ in found] == ["indicator", "indicator"]
    assert found[1][1].endswith("(elsewhere in the article)")
