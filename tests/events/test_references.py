"""Arguments that are no names get the name that they stand for."""

import pytest
from event_marks import mention, span_of

from incidex.events.additions import with_added
from incidex.events.references import with_names
from incidex.records import Document, Entity, EntityKind, Event, Sentence, Span

ORG, PERSON = "Organization", "Person"


def sentences_of(text):
    spans, start = [], 0
    for part in text.split(". "):
        spans.append(Span(start, start + len(part)))
        start += len(part) + 2
    return [Sentence(span) for span in spans]


def entities_of(text, names):
    return [Entity(name, kind, (span_of(text, words),)) for name, words, kind in names]


def named(text, trigger, *arguments, names=()):
    event = Event((mention(text, trigger, *arguments),))
    (found,) = with_names([event], Document(text), sentences_of(text), entities_of(text, names))
    return [one.name for one in found.mentions[0].arguments]


ORGANISATION, GROUP = EntityKind.ORGANISATION, EntityKind.INTRUSION_SET
KESTREL = ("Kestrel Ferries", "Kestrel Ferries", ORGANISATION)
HERON = ("Grey Heron", "Grey Heron", GROUP)


@pytest.mark.parametrize(
    ("text", "trigger", "argument", "name", "expected"),
    [
        pytest.param(
            "Kestrel Ferries said that it was robbed of data",
            "was robbed",
            ("Victim", ORG, "it"),
            KESTREL,
            "Kestrel Ferries",
            id="it",
        ),
        pytest.param(
            "Kestrel Ferries is sorry. Hackers stole data of the company",
            "stole",
            ("Victim", ORG, "the company"),
            KESTREL,
            "Kestrel Ferries",
            id="the company",
        ),
        pytest.param(
            "Voters of En Avant are sorry. Hackers stole data of the party",
            "stole",
            ("Victim", ORG, "the party"),
            ("En Avant", "En Avant", ORGANISATION),
            "En Avant",
            id="the party",
        ),
        pytest.param(
            "Ferry operator Kestrel Ferries was robbed",
            "was robbed",
            ("Victim", ORG, "Ferry operator Kestrel Ferries"),
            KESTREL,
            "Kestrel Ferries",
            id="name in a phrase",
        ),
        pytest.param(
            "The collective, also known as Grey Heron, stole files",
            "stole",
            ("Attacker", ORG, "The collective"),
            HERON,
            "Grey Heron",
            id="also known as",
        ),
        pytest.param(
            "The group Grey Heron stole files", "stole", ("Attacker", ORG, "The group"), HERON, "Grey Heron", id="group"
        ),
        pytest.param(
            "Grey Heron is back. The gang stole files",
            "stole",
            ("Attacker", ORG, "The gang"),
            HERON,
            "Grey Heron",
            id="the gang",
        ),
        pytest.param(
            "Grey Heron said they stole files", "stole", ("Attacker", PERSON, "they"), HERON, "Grey Heron", id="they"
        ),
    ],
)
def test_stands_for(text, trigger, argument, name, expected):
    assert named(text, trigger, argument, names=[name]) == [expected]


@pytest.mark.parametrize(
    ("text", "argument", "name"),
    [
        pytest.param("Kestrel Ferries was robbed", ("Victim", ORG, "Kestrel Ferries"), KESTREL, id="the name"),
        pytest.param(
            "Kestrel Ferries is sorry. The bank was robbed", ("Victim", ORG, "The bank"), KESTREL, id="another kind"
        ),
        pytest.param(
            "A supplier of Kestrel Ferries was robbed",
            ("Victim", ORG, "A supplier of Kestrel Ferries"),
            KESTREL,
            id="supplier",
        ),
        pytest.param(
            "Reuters spoke to a clerk. The company was robbed",
            ("Victim", ORG, "The company"),
            ("Reuters", "Reuters", ORGANISATION),
            id="newspaper",
        ),
    ],
)
def test_stands_for_nothing(text, argument, name):
    assert named(text, "was robbed", argument, names=[name]) == [""]


def test_a_quoted_name_needs_no_entity():
    text = "The extortionist, who calls himself “saltmarsh”, had demanded money"
    assert named(text, "had demanded", ("Attacker", PERSON, "The extortionist")) == ["saltmarsh"]


def added(text, trigger, *arguments, names=()):
    event = Event((mention(text, trigger, *arguments),))
    (found,) = with_added([event], Document(text), sentences_of(text), entities_of(text, names))
    return [(one.role, one.span.of(text)) for one in found.mentions[0].arguments]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        pytest.param(
            "Saltmarsh64 broke into the database of Kestrel Ferries",
            "broke into",
            [("Attacker", "Saltmarsh64"), ("Victim", "Kestrel Ferries")],
            id="subject and object",
        ),
        pytest.param("Kestrel Ferries was hacked", "was hacked", [("Victim", "Kestrel Ferries")], id="passive"),
        pytest.param("Doubts after the Kestrel Ferries breach", "breach", [("Victim", "Kestrel Ferries")], id="noun"),
        pytest.param("Kestrel Ferries reported a breach", "a breach", [], id="reports"),
        pytest.param("Hackers stole the data", "stole", [], id="no name"),
        pytest.param("Kestrel Ferries stole the show", "stole", [], id="an organisation is no attacker by itself"),
    ],
)
def test_named_subjects_and_objects_are_added(text, trigger, expected):
    names = [KESTREL] if "Kestrel" in text else []
    assert added(text, trigger, names=names) == expected


def test_nobody_is_added_where_the_model_found_somebody():
    text = "Saltmarsh64 hacked the shop, thieves said"
    assert added(text, "hacked", ("Attacker", PERSON, "thieves")) == [("Attacker", "thieves")]
