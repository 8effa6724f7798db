"""Says which organisations are the victims of events."""

import pytest

from incidex.link.organisations.roles import playing, victims
from incidex.records import Analysis, Argument, Document, Entity, EntityKind, Event, EventMention, Sentence, Span

TEXT = (
    "Hackers robbed the retailer Ostrel, a supplier of Merrow and two universities; the company found a flaw at Merrow."
)


def _span(words: str, after: str = "") -> Span:
    start = TEXT.index(words, TEXT.index(after))
    return Span(start, start + len(words))


OSTREL = Entity("Ostrel", EntityKind.ORGANISATION, (_span("Ostrel"), _span("the company")))
MERROW = Entity("Merrow", EntityKind.ORGANISATION, (_span("Merrow"), _span("Merrow", "flaw")))


def _analysis(*events: Event) -> Analysis:
    actor = Entity("Hackers", EntityKind.INTRUSION_SET, (_span("Hackers"),))
    return Analysis(
        Document(TEXT), (Sentence(Span(0, len(TEXT))),), "m", events=events, entities=(actor, OSTREL, MERROW)
    )


def _event(*arguments: tuple[Span, str, str]) -> Event:
    return Event(
        (EventMention(_span("robbed"), "AttackDatabreach", arguments=tuple(Argument(*one) for one in arguments)),)
    )


@pytest.mark.parametrize(
    ("span", "entity_type", "found"),
    [
        pytest.param(_span("the retailer Ostrel"), "Organization", (OSTREL,), id="name with more"),
        pytest.param(_span("the company"), "Organization", (OSTREL,), id="description"),
        pytest.param(_span("company"), "Organization", (OSTREL,), id="part of a mention"),
        pytest.param(_span("a supplier of Merrow"), "Organization", (), id="not the head"),
        pytest.param(_span("two universities"), "Organization", (), id="named nowhere"),
        pytest.param(_span("Ostrel"), "Person", (), id="person"),
        pytest.param(_span("Hackers"), "Organization", (), id="actor"),
    ],
)
def test_victims(span: Span, entity_type: str, found: tuple[Entity, ...]) -> None:
    assert victims(_analysis(_event((span, entity_type, "Victim")))) == (found,)


def test_each_event_has_its_own_victims_once() -> None:
    first = _event((_span("Ostrel"), "Organization", "Victim"), (_span("the company"), "Organization", "Victim"))
    second = _event((_span("Merrow", "flaw"), "Organization", "Attacker"))
    assert victims(_analysis(first, second)) == ((OSTREL,), ())
    assert playing(_analysis(second), second, {"Attacker"}) == (MERROW,)
