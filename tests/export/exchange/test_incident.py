"""The facts of an incident: one happening from all its documents, nothing twice, claims apart."""

import json
from dataclasses import replace
from types import ModuleType

from incidex.export.exchange import facts_of, facts_of_incident
from incidex.export.misp import event_of, written
from incidex.export.stix import bundled
from incidex.incidents import Incident
from incidex.merge import profiles
from incidex.records import Analysis, IndicatorRole


def test_all_documents_tell_of_one_happening(told: Analysis, exchange: ModuleType) -> None:
    later = replace(told.document, text=f"{told.document.text} ", published_at="2026-03-05", publisher="The Post")
    quiet = tuple(replace(one, role=IndicatorRole.REFERENCE) for one in told.indicators)
    analyses = (replace(told, document=later, indicators=quiet), told)
    founder = profiles(told)[0].id
    incident = Incident(founder, "Theft", (), None, None, (), (later.id, told.document.id))
    facts = facts_of_incident(incident, analyses)
    (happening,) = facts.happenings
    (single,) = facts_of(told).happenings
    assert happening == replace(single, id=founder)
    assert [article.publisher for article in facts.articles] == ["The Post", "The Wire"]
    assert len(facts.said) == 6
    assert {said.happening for said in facts.said} == {founder}
    assert [one.malicious for one in facts.values if one.value == "http://a1der.example/pay"] == [True]
    checks = exchange.checks()
    assert checks.stix_faults(json.dumps(bundled(facts))) == []
    assert checks.misp_faults(written(event_of(facts))) == []


def test_the_incident_of_one_document_is_that_of_its_extract(told: Analysis) -> None:
    founder = profiles(told)[0].id
    facts = facts_of_incident(Incident(founder, "Theft", (), None, None, (), (told.document.id,)), [told])
    whole, single = (
        {one["id"] for one in bundled(found)["objects"] if one["type"] in ("incident", "opinion", "report")}
        for found in (facts, facts_of(told))
    )
    assert whole == single


def test_without_an_attack_there_is_no_happening(told: Analysis) -> None:
    weakness = replace(told, events=told.events[1:], claims=())
    incident = Incident("x", "Hole", (), None, None, (), (told.document.id,))
    assert facts_of_incident(incident, [weakness]).happenings == ()
