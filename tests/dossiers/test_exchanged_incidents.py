"""The dossier of an incident for other tools: one attack from all its documents, nothing twice, claims apart."""

import json
from dataclasses import replace
from types import ModuleType

from incidex.dossiers.build import document_dossier, dossier
from incidex.export.misp.write import to_misp_dossier
from incidex.export.stix.write import bundled
from incidex.matching.profiles import profiles
from incidex.records import Analysis, Event, Incident, IndicatorRole, Span


def test_all_documents_tell_of_one_happening(told: Analysis, checks: ModuleType) -> None:
    later = replace(told.document, text=f"{told.document.text} ", published_at="2026-03-05", publisher="The Post")
    quiet = tuple(replace(one, role=IndicatorRole.REFERENCE) for one in told.indicators)
    analyses = (replace(told, document=later, indicators=quiet), told)
    founder = profiles(told)[0].id
    incident = Incident(founder, "Theft", (), None, None, (), (later.id, told.document.id))
    found = dossier(incident, analyses)
    (attack,) = found.attacks
    (single,) = document_dossier(told).attacks
    assert attack == replace(single, id=founder)
    assert [article.publisher for article in found.articles] == ["The Wire", "The Post"]
    assert len(found.claims) == 6
    assert {said.attack for said in found.claims} == {founder}
    assert [one.malicious for one in found.observables if one.value == "http://a1der.example/pay"] == [True]
    assert checks.stix_faults(json.dumps(bundled(found))) == []
    assert checks.misp_faults(to_misp_dossier(found)) == []


def test_the_incident_of_one_document_is_that_of_its_extract(told: Analysis) -> None:
    founder = profiles(told)[0].id
    made = dossier(Incident(founder, "Theft", (), None, None, (), (told.document.id,)), [told])
    whole, single = (
        {one["id"] for one in bundled(found)["objects"] if one["type"] in ("incident", "opinion", "report")}
        for found in (made, document_dossier(told))
    )
    assert whole == single


def test_without_an_attack_there_is_no_happening(told: Analysis) -> None:
    weakness = replace(told, events=told.events[1:], claims=())
    incident = Incident("x", "Hole", (), None, None, (), (told.document.id,))
    assert dossier(incident, [weakness]).attacks == ()


def test_a_place_of_a_dateline_was_not_hit_and_a_victim_did_not_do_it(told: Analysis) -> None:
    """What the model took for a victim and for an attacker in a second report."""
    text = f"PORT ALDER, March 3 - {told.document.text}"
    moved = _moved(told, len(text) - len(told.document.text))
    mention = moved.events[0].mentions[1]
    place = replace(mention.arguments[1], span=Span(0, 10))
    culprit = replace(mention.arguments[0], span=mention.arguments[1].span)
    other = replace(moved, events=(Event((replace(mention, arguments=(place, culprit)),)),), claims=())
    other = replace(other, document=replace(told.document, text=text, published_at=None))
    founder = profiles(other)[0].id
    incident = Incident(founder, "Theft", (), None, None, (), (told.document.id, other.document.id))
    (attack,) = dossier(incident, (told, other)).attacks
    assert attack.name == f"Alder Ferries – data breach – report {founder[:8]}"
    assert [victim.name for victim in attack.victims] == ["Alder Ferries"]
    assert [attacker.name for attacker in attack.attackers] == ["Grey Heron"]


def _moved(told: Analysis, by: int) -> Analysis:
    """Return `told` for a text with `by` more characters before it, with its events and sentences alone."""

    def moved(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    mentions = tuple(
        replace(m, trigger=moved(m.trigger), arguments=tuple(replace(a, span=moved(a.span)) for a in m.arguments))
        for m in told.events[0].mentions
    )
    first, *others = (replace(one, span=moved(one.span)) for one in told.sentences)
    sentences = (replace(first, span=Span(0, first.span.end)), *others)
    return replace(
        told, sentences=sentences, events=(Event(mentions),), entities=(), times=(), indicators=(), claims=()
    )


def test_an_incident_is_said_to_have_been_made_when_it_was_founded(told: Analysis) -> None:
    """Reports that join it later do not change that, and `modified` is what the caller says."""
    founder = profiles(told)[0].id
    older = replace(told, document=replace(told.document, text=f"{told.document.text} ", published_at="2026-02-01"))
    incident = Incident(founder, "Theft", (), None, None, (), (told.document.id,))
    alone = dossier(incident, [told], founded_on="2026-03-04")
    grown = dossier(incident, [older, told], founded_on="2026-03-04")
    first, later = (
        {one["id"]: one for one in bundled(made, modified=modified)["objects"]}
        for made, modified in ((alone, None), (grown, "2026-03-05"))
    )
    both = [name for name in first if name in later and "created" in first[name]]
    assert len(both) > 8
    assert all(first[name]["created"] == later[name]["created"] for name in both)
    made = [one["created"] for one in later.values() if one["type"] in ("incident", "relationship", "indicator")]
    assert set(made) == {"2026-03-04T00:00:00.000Z"}
    assert {one["modified"] for one in later.values() if one["type"] == "incident"} == {"2026-03-05T00:00:00.000Z"}
    assert [one["created"] for one in bundled(document_dossier(told))["objects"] if one["type"] == "incident"] == made[
        :1
    ]


def test_of_a_round_up_the_item_alone_is_told(told: Analysis) -> None:
    (profile,) = profiles(told)
    item = replace(profile, sentences=profile.sentences[:1])
    incident = Incident(profile.id, "Theft", (), None, None, (profile.id,), (told.document.id,))
    found = dossier(incident, [told], [item])
    own = {one.value for one in told.indicators if item.sentences[0].covers(one.span)}
    assert {one.value for one in found.observables} <= own
    assert len(found.observables) < len(document_dossier(told).observables)
    assert len(found.claims) < len(document_dossier(told).claims)
