"""Names that a text itself introduces or equates."""

import pytest

from incidex.link.names.new_names import Taken, introduced_names, repeated_names
from incidex.records import EntityKind, Span


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was ransomware called BlueGrate.", [("BlueGrate", EntityKind.MALWARE)]),
        ('A trojan dubbed "Grey Harbour" came.', [("Grey Harbour", EntityKind.MALWARE)]),
        ("A group calling itself the Night Ledger came.", [("Night Ledger", EntityKind.INTRUSION_SET)]),
        ("A cybercrime gang known as Night Ledger came.", [("Night Ledger", EntityKind.INTRUSION_SET)]),
        ("A rights group called Open Meadow came.", []),
        ("It was malware called by others.", []),
        ("It was malware named Monday.", []),
        ("It was malware called Fog.police then.", []),
    ],
)
def test_introductions(text: str, found: list[tuple[str, EntityKind]]) -> None:
    names = introduced_names(text, Span(0, len(text)), Taken(text, ()))
    assert [(name.span.of(text), name.kind) for name in names] == found


def test_nothing_is_introduced_where_something_is_taken() -> None:
    text = "It was ransomware called BlueGrate."
    assert list(introduced_names(text, Span(0, len(text)), Taken(text, [Span(25, 34)]))) == []


def test_names_are_found_again_as_whole_words() -> None:
    text = "BlueGrate, BlueGrates, bluegrate, BlueGrate.exe and BlueGrate."
    spans = list(repeated_names(text, ["BlueGrate"], [Span(0, len(text))], Taken(text, ())))
    assert [span.start for span in spans] == [0, text.rindex("BlueGrate")]
