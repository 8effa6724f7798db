"""The event: PyMISP takes it and gives it back, whatever the document says."""

import json
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from paths import ROOT

from incidex.export.misp import to_misp
from incidex.ingest import read
from incidex.pipeline import analyse
from incidex.records import Analysis, Entity, EntityKind, Indicator, IndicatorKind, IndicatorRole, Link, Span

ARTICLES = [*sorted((ROOT / "examples").iterdir()), *sorted((ROOT / "tests/cases/events").glob("*.json"))]
HOSTILE = st.text(st.sampled_from("aZ0 '\"\\/%[]<>{}#?@:.&=+-\n\r\t\x00\x1b\x7f\x85\u2028\u202e\ud800é"), min_size=1)


def event(analysis: Analysis, **wanted: Any) -> Any:
    return json.loads(to_misp(analysis, **wanted))["Event"]


def values(found: Any, template: str) -> list[dict[str, str]]:
    return [
        {part["object_relation"]: part["value"] for part in one["Attribute"]}
        for one in found["Object"]
        if one["name"] == template
    ]


def test_pymisp_gives_back_what_it_takes(told: Analysis, checks: ModuleType) -> None:
    assert checks.misp_faults(to_misp(told)) == []


def test_the_event_is_of_the_incident_and_its_day(told: Analysis) -> None:
    found = event(told)
    assert (found["info"], found["date"]) == ("Alder Ferries – data breach – reported 2026-03", "2026-03-02")
    assert (found["distribution"], found["published"], found["threat_level_id"]) == ("0", False, "4")


def test_without_a_day_it_is_that_of_publication(told: Analysis) -> None:
    assert event(replace(told, times=()))["date"] == "2026-03-04"
    undated = replace(told, times=(), document=replace(told.document, published_at=None))
    assert event(undated)["date"] == "1970-01-01"


def test_tags(told: Analysis) -> None:
    assert [tag["name"] for tag in event(told, tlp="amber+strict")["Tag"]] == [
        "tlp:amber+strict",
        'misp:event-type="incident"',
        'misp:automation-level="unsupervised"',
        'workflow:state="draft"',
        "type:OSINT",
        'rsit:information-content-security="unauthorised-information-access"',
        'rsit:vulnerable="vulnerable-system"',
        'misp-galaxy:threat-actor="Grey Heron"',
        'misp-galaxy:ransomware="Coin Vault"',
    ]


def test_a_name_that_was_imported_has_no_galaxy(told: Analysis) -> None:
    heron, *others = told.entities
    link = replace(heron.candidates[0], source="CERT Norhaven 2026-03-02")
    found = event(replace(told, entities=(replace(heron, candidates=(link,)), *others)))
    assert "Norhaven" not in json.dumps(found)
    assert "Grey Heron" in json.dumps(found)


def test_only_what_the_text_calls_malicious_is_for_detection(told: Analysis) -> None:
    found = {(one["type"], one["value"]): one["to_ids"] for one in event(told)["Attribute"]}
    assert found == {
        ("threat-actor", "Grey Heron"): False,
        ("text", "Sofa"): False,
        ("url", "http://a1der.example/pay"): True,
        ("text", "@heron"): False,
        ("domain", "news.example"): False,
    }


def test_objects(told: Analysis) -> None:
    found = event(told)
    assert values(found, "victim") == [{"name": "Alder Ferries", "classification": "organization"}]
    assert values(found, "vulnerability") == [{"id": "CVE-2026-99001", "summary": "Released against it: A patch"}]
    assert values(found, "malware") == [{"name": "CoinVault", "is_family": "1", "alias": "Coin Vault"}]
    assert values(found, "report")[0]["link"] == "https://wire.example/a?b=1"
    names = {one["uuid"]: one["name"] for one in found["Object"]} | {
        one["uuid"]: one["type"] for one in found["Attribute"]
    }
    (incident,) = [one for one in found["Object"] if one["name"] == "incident"]
    related = [(one["relationship_type"], names[one["referenced_uuid"]]) for one in incident["ObjectReference"]]
    assert related == [("targets", "victim"), ("attributed-to", "threat-actor"), ("uses", "malware")]


def test_claims_are_annotations_with_how_sure_somebody_is(told: Analysis) -> None:
    found = event(told)
    claims = [one for one in found["Object"] if one["name"] == "annotation"]
    assert [one["comment"] for one in claims] == ["attributed-to", "denies", "denies"]
    assert claims[0]["Attribute"][0]["Tag"] == [{"name": 'estimative-language:likelihood-probability="very-likely"'}]
    incident = next(one["uuid"] for one in found["Object"] if one["name"] == "incident")
    assert {one["ObjectReference"][0]["referenced_uuid"] for one in claims} == {incident}
    (report,) = found["EventReport"]
    assert (
        f"- Alder Ferries denies it \\(data breach\\): “names were taken” @[object]({claims[2]['uuid']})"
        in report["content"]
    )


def test_the_same_analysis_gives_the_same_bytes_and_a_later_one_other_times(told: Analysis) -> None:
    assert to_misp(told) == to_misp(told)
    first, later = event(told), event(told, modified="2027-01-01")
    assert first["uuid"] == later["uuid"]
    assert int(first["timestamp"]) < int(later["timestamp"])


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_our_own_articles_come_back(path: Path, checks: ModuleType) -> None:
    assert checks.misp_faults(to_misp(analyse(read(path)))) == []


@pytest.mark.corpus
def test_articles_of_the_corpus_come_back(shared: Path, checks: ModuleType) -> None:
    """Each fortieth; `benchmarks/exchange.py` takes all."""
    for path in sorted((shared / "corpus" / "casie").rglob("*.json"))[::40]:
        assert checks.misp_faults(to_misp(analyse(read(path)))) == [], path.name


def test_a_value_without_a_reason_has_no_colon_behind_its_kind(told: Analysis, checks: ModuleType) -> None:
    hashtag = Indicator(Span(0, 7), IndicatorKind.HASHTAG, "alder", IndicatorRole.INDICATOR, "\n")
    written = to_misp(replace(told, indicators=(hashtag,)))
    assert '"comment": "hashtag"' in written
    assert checks.misp_faults(written) == []


# Nothing is made smaller: PyMISP is slow, and the words are short.
@settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(words=HOSTILE, title=HOSTILE, value=HOSTILE, kind=st.sampled_from(IndicatorKind))
def test_hostile_words_stay_words(
    told: Analysis, checks: ModuleType, words: str, title: str, value: str, kind: IndicatorKind
) -> None:
    link = Link(words, title, title, EntityKind.MALWARE, words, words)
    analysis = replace(
        told,
        document=replace(told.document, title=title, publisher=words, author=title, source=value, published_at=title),
        model=words,
        entities=tuple(Entity(words, one, (Span(0, 7),), (link,)) for one in (*EntityKind, None)),
        indicators=(Indicator(Span(0, 7), kind, value, IndicatorRole.INDICATOR, words),),
    )
    written = to_misp(analysis)
    written.encode("utf-8")
    assert checks.misp_faults(written) == []
