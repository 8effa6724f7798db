"""Names in the form that other tools show, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidex.export.exchange.naming import Naming, named, one_line, shown
from incidex.records import Analysis, Document, Entity, EntityKind, Link, Span


def _naming(text: str, *entities: Entity) -> Naming:
    return Naming(Analysis(Document(text), (), "m", entities=entities))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("the group Grey Heron", "Grey Heron"),
        ("Alder  Ferries’s", "Alder Ferries"),
        ("The Wire", "Wire"),
        ("“Saltmarsh”,", "Saltmarsh"),
    ],
)
def test_names_are_shown_without_what_stands_around_them(written: str, name: str) -> None:
    assert shown(written) == name


@pytest.mark.parametrize(
    ("text", "party"), [("Osterby Analytics", "Osterby Analytics"), ("the company", None), ("hackers", None)]
)
def test_a_party_has_a_name(text: str, party: str | None) -> None:
    assert _naming(text).party(Span(0, len(text))) == party


def test_a_known_actor_has_its_canonical_name_and_software_is_no_actor() -> None:
    text = "the group Sofacy with Zebrocy"
    actor = Entity("APT28", EntityKind.INTRUSION_SET, (Span(10, 16),))
    malware = Entity("Zebrocy", EntityKind.MALWARE, (Span(22, 29),))
    naming = _naming(text, actor, malware)
    assert [found and found.name for found in (naming.actor(Span(0, 16)), naming.actor(Span(22, 29)))] == [
        "APT28",
        None,
    ]
    assert naming.software(Span(17, 29)) == named(malware)


def test_a_disputed_name_has_no_aliases() -> None:
    links = [Link("List 1", str(n), name, EntityKind.INTRUSION_SET, "Heron", "") for n, name in enumerate("AB")]
    entity = Entity("Heron", EntityKind.INTRUSION_SET, (Span(0, 5),), tuple(links))
    assert (named(entity).disputed, named(entity).aliases) == (True, ())
    single = Entity("Heron", EntityKind.INTRUSION_SET, (Span(0, 5),), tuple(links[:1]))
    assert (named(single).disputed, named(single).aliases) == (False, ("A",))


@given(st.text(), st.integers(1, 40))
def test_one_line_is_one_short_line(words: str, most: int) -> None:
    line = one_line(words, most)
    assert len(line) <= most
    assert line.isprintable()
