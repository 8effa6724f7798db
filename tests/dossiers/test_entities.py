"""Names as other tools show them, what is no name, and each name and value once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidex.dossiers.entities import (
    EntityNames,
    bare_name,
    named_entity,
    one_line,
    unique_entities,
    unique_observables,
)
from incidex.records import (
    Analysis,
    Document,
    Entity,
    EntityKind,
    IndicatorKind,
    Link,
    NamedEntity,
    Observable,
    Span,
)


def _naming(text: str, *entities: Entity) -> EntityNames:
    return EntityNames(Analysis(Document(text), (), "m", entities=entities))


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
    assert bare_name(written) == name


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
    assert naming.software(Span(17, 29)) == named_entity(malware)


def test_a_disputed_name_has_no_aliases() -> None:
    links = [Link("List 1", str(n), name, EntityKind.INTRUSION_SET, "Heron", "") for n, name in enumerate("AB")]
    entity = Entity("Heron", EntityKind.INTRUSION_SET, (Span(0, 5),), tuple(links))
    assert (named_entity(entity).disputed, named_entity(entity).aliases) == (True, ())
    single = Entity("Heron", EntityKind.INTRUSION_SET, (Span(0, 5),), tuple(links[:1]))
    assert (named_entity(single).disputed, named_entity(single).aliases) == (False, ("A",))


@given(st.text(), st.integers(1, 40))
def test_one_line_is_one_short_line(words: str, most: int) -> None:
    line = one_line(words, most)
    assert len(line) <= most
    assert line.isprintable()


def test_a_name_is_there_once_for_each_kind() -> None:
    actor, again = (
        NamedEntity("Grey Heron", EntityKind.INTRUSION_SET),
        NamedEntity("GREY HERON", EntityKind.INTRUSION_SET),
    )
    software = NamedEntity("Grey Heron", EntityKind.MALWARE)
    assert unique_entities([actor, software, again]) == (again, software)


def test_a_value_is_malicious_if_it_is_so_anywhere() -> None:
    cited, evil, later = (
        Observable(IndicatorKind.DOMAIN, "a.example", malicious, reason)
        for malicious, reason in ((False, "cited"), (True, "called evil"), (True, "called evil again"))
    )
    other = Observable(IndicatorKind.URL, "a.example", False, "cited")
    assert unique_observables([cited, other, evil, later]) == (evil, other)
