"""VERIS records: what the reports say in the words of the vocabulary, and "Unknown" for the rest."""

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from dossier_case import blank
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.dossiers.build import document_dossier
from incidex.export.schema import schema
from incidex.export.veris import to_veris, to_veris_dossier
from incidex.records import Analysis, Article, Attack, Dossier, EntityKind, NamedEntity, Party, ReportedClaim

ARTICLE = Article("a", "Thieves rob Alder Ferries", "0" * 64, "https://wire.example/a", published_at="2026-03-04")
ATTACK = Attack("2f6d5bd4-0b4b-5d0f-8a53-9ce1b0f0f5a1", "Alder – data breach", ("AttackDatabreach",), True)


def dossier(attack: Attack, *kinds: str, article: Article = ARTICLE) -> Dossier:
    claims = tuple(ReportedClaim(kind, "a", kind, "Alder", "It is so", attack=attack.id) for kind in kinds)
    return blank(articles=(article,), attacks=(attack,), claims=claims)


def record(attack: Attack, *kinds: str, article: Article = ARTICLE) -> dict[str, Any]:
    text = to_veris_dossier(dossier(attack, *kinds, article=article))
    jsonschema.Draft202012Validator(json.loads(schema("veris"))).validate(json.loads(text))
    (found,) = json.loads(text)
    return dict(found)


def test_an_article_becomes_a_record(told: Analysis) -> None:
    (found,) = json.loads(to_veris(told))
    assert found["schema_version"] == "1.4.1"
    assert found["incident_id"] == document_dossier(told).attacks[0].id
    assert found["victim"]["victim_id"] == "Alder Ferries"
    assert found["actor"]["external"]["name"] == ["Grey Heron"]
    assert found["action"] == {"malware": {"variety": ["Unknown"], "vector": ["Unknown"], "name": "CoinVault"}}
    assert found["timeline"] == {"incident": {"year": 2026, "month": 3, "day": 2}}
    assert found["reference"] == "https://wire.example/a?b=1"
    assert found["security_incident"] == "Suspected"
    assert "“names were taken”" in found["notes"]


@pytest.mark.parametrize(
    ("types", "is_ransomware", "action"),
    [
        pytest.param(("AttackDatabreach",), False, {"unknown": {}}, id="a breach says nothing of how"),
        pytest.param(
            ("AttackPhishing",),
            False,
            {"social": {"variety": ["Phishing"], "vector": ["Unknown"], "target": ["Unknown"]}},
            id="phishing",
        ),
        pytest.param(
            ("AttackRansom",),
            False,
            {"social": {"variety": ["Extortion"], "vector": ["Unknown"], "target": ["Unknown"]}},
            id="a ransom is no ransomware",
        ),
        pytest.param(
            ("AttackRansom",),
            True,
            {"malware": {"variety": ["Ransomware"], "vector": ["Unknown"]}},
            id="ransomware that is called so",
        ),
    ],
)
def test_what_was_done(types: tuple[str, ...], is_ransomware: bool, action: dict[str, Any]) -> None:
    assert record(replace(ATTACK, types=types, is_ransomware=is_ransomware))["action"] == action


@pytest.mark.parametrize(
    ("kinds", "happened", "incident", "disclosure"),
    [
        pytest.param(("states",), True, "Suspected", "Potentially", id="said"),
        pytest.param(("confirms",), True, "Confirmed", "Yes", id="confirmed"),
        pytest.param(("confirms", "denies"), True, "Suspected", "Potentially", id="confirmed and denied"),
        pytest.param(("confirms",), False, "Suspected", "Potentially", id="feared"),
    ],
)
def test_how_sure_it_is(kinds: tuple[str, ...], happened: bool, incident: str, disclosure: str) -> None:
    found = record(replace(ATTACK, happened=happened), *kinds)
    assert found["security_incident"] == incident
    assert found["attribute"]["confidentiality"]["data_disclosure"] == disclosure
    assert ("No report says that it happened" in found["summary"]) is not happened


def test_who_denies_to_be_the_attacker_does_not_deny_the_attack() -> None:
    whole = dossier(ATTACK, "confirms", "denies")
    denial = replace(whole.claims[1], accused="Grey Heron")
    (found,) = json.loads(to_veris_dossier(replace(whole, claims=(whole.claims[0], denial))))
    assert found["security_incident"] == "Confirmed"


def test_one_organisation_is_the_victim_and_others_stand_beside_it() -> None:
    found = record(replace(ATTACK, victims=(Party("Ann Lee", True), Party("Alder"), Party("Skerry"))))
    assert found["victim"]["victim_id"] == "Alder"
    assert found["victim"]["secondary"] == {"victim_id": ["Skerry"]}
    assert "Persons said to have been hit: Ann Lee." in found["notes"]
    assert record(ATTACK)["victim"]["victim_id"] == "Unknown"


def test_an_attacker_who_is_no_known_group_may_be_an_insider() -> None:
    found = record(replace(ATTACK, attackers=(NamedEntity("Jo Doe", None),)))
    assert found["actor"] == {"unknown": {}}
    assert "Said to have done it, no known group: Jo Doe." in found["notes"]


@pytest.mark.parametrize(
    ("day", "published_at", "timeline"),
    [
        pytest.param("2026-03-02", "2026-03-04", {"incident": {"year": 2026, "month": 3, "day": 2}}, id="a day"),
        pytest.param(None, "2026-03-04", {"incident": {"year": 2026}}, id="the year of the report"),
        pytest.param(None, None, {}, id="nothing"),
    ],
)
def test_when_it_was(day: str | None, published_at: str | None, timeline: dict[str, Any]) -> None:
    found = record(replace(ATTACK, day=day), article=replace(ARTICLE, published_at=published_at))
    assert found["timeline"] == timeline
    assert ("The year is that of the first report" in found["notes"]) is (day is None and published_at is not None)


def test_a_weakness_is_no_attack() -> None:
    assert json.loads(to_veris_dossier(replace(dossier(ATTACK), attacks=()))) == []


@given(
    st.text(min_size=1), st.sets(st.sampled_from(["AttackDatabreach", "AttackPhishing", "AttackRansom"]), min_size=1)
)
@settings(deadline=None, max_examples=50)
def test_any_names_make_a_valid_record(name: str, types: set[str]) -> None:
    attackers = (NamedEntity(name, EntityKind.INTRUSION_SET),)
    software = (NamedEntity(name, EntityKind.MALWARE),)
    victims = (Party(name), Party(f"{name}2"))
    record(replace(ATTACK, name=name, types=tuple(types), victims=victims, attackers=attackers, software=software))
