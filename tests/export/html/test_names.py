"""The tables of names: who is meant, how it is written, and what it may be."""

from typing import Any

from incidex.export.html.names import to_names, to_organisations
from incidex.records import Analysis, Document, Entity, EntityKind, Link, Span

TEXT = "Marsh Cat hit Alder & Sons. The marsh  cat, or Marsh Cat, is <b>known</b>."
LINKS = tuple(
    Link("List 2", number, name, EntityKind.INTRUSION_SET, "Marsh Cat", "The <words> are its name.")
    for number, name in (("G1", "MARSH CAT"), ("G2", "Lynx & Co"))
)
MENTIONS = (Span(0, 9), Span(32, 42), Span(47, 56))


def parsed(written: str) -> Any:
    from lxml import html

    return html.fromstring(f"<div>{written}</div>")


def cells(*entities: Entity) -> list[list[str]]:
    found = to_names(Analysis(Document(TEXT), (), "m", entities=entities))
    return [[" ".join(cell.text_content().split()) for cell in line] for line in parsed(found).iter("tr")]


def test_a_name_has_its_mentions_and_all_it_may_be() -> None:
    head, line = cells(Entity("MARSH CAT", EntityKind.INTRUSION_SET, MENTIONS, LINKS))
    assert head == ["Name", "Mentions", "May be"]
    assert line[:2] == ["MARSH CAT intrusion-set", "Marsh Cat 2 times; marsh cat"]
    assert line[2] == ("MARSH CAT G1, List 2. The <words> are its name.Lynx & Co G2, List 2. The <words> are its name.")


def test_a_name_that_no_list_has_says_so() -> None:
    _, line = cells(Entity("<b>known</b>", None, (Span(61, 73),)))
    assert line == ["<b>known</b> unknown", "<b>known</b>", "not listed"]


def test_mentions_lead_to_their_places() -> None:
    found = to_names(Analysis(Document(TEXT), (), "m", entities=(Entity("MARSH CAT", None, MENTIONS),)))
    assert parsed(found).xpath(".//a/@href") == ["#at-0", "#at-32"]


def test_without_names_there_is_no_table() -> None:
    analysis = Analysis(Document(TEXT), (), "m")
    assert (to_names(analysis), to_organisations(analysis)) == ("", "")
