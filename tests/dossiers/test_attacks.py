"""Which attacks a document reports, and who is in them."""

from dataclasses import replace

import pytest

from incidex.dossiers.attacks import is_attack, words_for
from incidex.dossiers.build import document_dossier
from incidex.labels import scheme
from incidex.matching.profiles import profiles
from incidex.records import Analysis, Document, Event, Party, Realis, Sentence, Span


def test_who_was_hit_by_whom_with_what_and_when(told: Analysis) -> None:
    ((found),) = document_dossier(told).attacks
    assert found.id == profiles(told)[0].id
    assert found.name == "Alder Ferries – data breach – reported 2026-03"
    assert (found.types, found.happened, found.day) == (("AttackDatabreach",), True, "2026-03-02")
    assert found.victims == (Party("Alder Ferries"),)
    assert [attacker.name for attacker in found.attackers] == ["Grey Heron"]
    assert [software.name for software in found.software] == ["CoinVault"]


@pytest.mark.parametrize(
    ("realis", "happened"), [(Realis.ACTUAL, [True]), (Realis.OTHER, [False]), (Realis.GENERIC, [])]
)
def test_what_is_only_a_kind_of_event_is_no_incident(told: Analysis, realis: Realis, happened: list[bool]) -> None:
    changed = replace(told, events=tuple(_with(event, realis) for event in told.events))
    assert [one.happened for one in document_dossier(changed).attacks] == happened


def test_a_weakness_and_its_repair_are_no_incident(told: Analysis) -> None:
    changed = replace(told, events=told.events[1:])
    assert document_dossier(changed).attacks == ()


def test_only_a_denial_makes_nobody_an_attacker(told: Analysis) -> None:
    mentions = tuple(replace(mention, arguments=()) for mention in told.events[0].mentions)
    changed = replace(told, events=(Event(mentions),), claims=told.claims[1:])
    ((found),) = document_dossier(changed).attacks
    assert found.attackers == ()


def test_without_a_victim_the_headline_names_it_and_without_a_date_its_id(told: Analysis) -> None:
    mentions = tuple(replace(mention, arguments=()) for mention in told.events[0].mentions)
    changed = replace(told, events=(Event(mentions),), document=replace(told.document, published_at=None))
    ((found),) = document_dossier(changed).attacks
    assert found.name == f"Thieves rob Alder Ferries – data breach – report {found.id[:8]}"


@pytest.mark.parametrize(
    ("event_type", "realis", "source", "expected"),
    [
        pytest.param("AttackRansom", Realis.ACTUAL, "MISP galaxy: Ransomware 172", True, id="the name of one"),
        pytest.param("AttackRansom", Realis.ACTUAL, "MITRE ATT&CK 18.1", False, id="the name of other malware"),
        pytest.param("AttackRansom", Realis.OTHER, "MISP galaxy: Ransomware 172", False, id="feared"),
        pytest.param("AttackDatabreach", Realis.ACTUAL, "MISP galaxy: Ransomware 172", False, id="no ransom"),
    ],
)
def test_a_ransom_is_ransomware_if_that_is_said(
    told: Analysis, event_type: str, realis: Realis, source: str, expected: bool
) -> None:
    mentions = tuple(replace(m, event_type=event_type, realis=realis) for m in told.events[0].mentions)
    vault = replace(told.entities[1], candidates=(replace(told.entities[1].candidates[0], source=source),))
    changed = replace(told, events=(Event(mentions),), entities=(told.entities[0], vault))
    ((found),) = document_dossier(changed).attacks
    assert found.is_ransomware is expected


def test_the_word_ransomware_says_it(told: Analysis) -> None:
    text = told.document.text.replace("CoinVault", "ransomware")
    mentions = tuple(replace(mention, event_type="AttackRansom") for mention in told.events[0].mentions)
    tool = Span(text.index("ransomware"), text.index("ransomware") + 10)
    arguments = (replace(mentions[1].arguments[3], span=tool),)
    changed = replace(
        told,
        document=Document(text),
        sentences=(Sentence(Span(0, len(text)), labels=("AttackRansom",)),),
        events=(Event((replace(mentions[1], arguments=arguments),)),),
        entities=(),
        times=(),
        claims=(),
        indicators=(),
    )
    ((found),) = document_dossier(changed).attacks
    assert found.is_ransomware


def test_each_event_type_has_words() -> None:
    assert all(map(words_for, scheme().names))
    assert [name for name in scheme().names if is_attack(name)] == [
        name for name in scheme().names if name.startswith("Attack")
    ]


def _with(event: Event, realis: Realis) -> Event:
    return Event(tuple(replace(mention, realis=realis) for mention in event.mentions))
