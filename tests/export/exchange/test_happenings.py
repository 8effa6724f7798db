"""Which attacks a document reports, and who is in them."""

from dataclasses import replace

import pytest

from incidex.export.exchange.facts import Party
from incidex.export.exchange.happenings import event_types, happenings
from incidex.export.exchange.naming import Naming
from incidex.labels import scheme
from incidex.merge import profiles
from incidex.records import Analysis, Event, Realis


def test_who_was_hit_by_whom_with_what_and_when(told: Analysis) -> None:
    ((found),) = happenings(told, Naming(told), profiles(told))
    happening = found.happening
    assert happening.id == profiles(told)[0].id
    assert happening.name == "Alder Ferries – data breach – reported 2026-03"
    assert (happening.types, happening.happened, happening.day) == (("AttackDatabreach",), True, "2026-03-02")
    assert happening.victims == (Party("Alder Ferries"),)
    assert [attacker.name for attacker in happening.attackers] == ["Grey Heron"]
    assert [software.name for software in happening.software] == ["CoinVault"]


@pytest.mark.parametrize(
    ("realis", "happened"), [(Realis.ACTUAL, [True]), (Realis.OTHER, [False]), (Realis.GENERIC, [])]
)
def test_what_is_only_a_kind_of_event_is_no_incident(told: Analysis, realis: Realis, happened: list[bool]) -> None:
    changed = replace(told, events=tuple(_with(event, realis) for event in told.events))
    assert [one.happening.happened for one in happenings(changed, Naming(changed), profiles(changed))] == happened


def test_a_weakness_and_its_repair_are_no_incident(told: Analysis) -> None:
    changed = replace(told, events=told.events[1:])
    assert happenings(changed, Naming(changed), profiles(changed)) == ()


def test_only_a_denial_makes_nobody_an_attacker(told: Analysis) -> None:
    mentions = tuple(replace(mention, arguments=()) for mention in told.events[0].mentions)
    changed = replace(told, events=(Event(mentions),), claims=told.claims[1:])
    ((found),) = happenings(changed, Naming(changed), profiles(changed))
    assert found.happening.attackers == ()


def test_without_a_victim_the_headline_names_it_and_without_a_date_its_id(told: Analysis) -> None:
    mentions = tuple(replace(mention, arguments=()) for mention in told.events[0].mentions)
    changed = replace(told, events=(Event(mentions),), document=replace(told.document, published_at=None))
    ((found),) = happenings(changed, Naming(changed), profiles(changed))
    assert found.happening.name == f"Thieves rob Alder Ferries – data breach – report {found.happening.id[:8]}"


def test_each_event_type_has_words() -> None:
    assert tuple(event_types()) == scheme().names


def _with(event: Event, realis: Realis) -> Event:
    return Event(tuple(replace(mention, realis=realis) for mention in event.mentions))
