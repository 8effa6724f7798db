"""The bundle: valid by the tools of others whatever the document says, complete, and the same every time."""

import json
import socket
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import stix2
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from paths import ROOT
from stix2.datastore import DataSourceError

from incidex.dossiers.build import document_dossier
from incidex.export.stix.write import bundled, to_stix
from incidex.ingest import read
from incidex.pipeline import analyse
from incidex.records import Analysis, Document, Entity, EntityKind, Indicator, IndicatorKind, IndicatorRole, Link, Span

ARTICLES = [*sorted((ROOT / "examples").iterdir()), *sorted((ROOT / "tests/cases/events").glob("*.json"))]
HOSTILE = st.text(
    st.sampled_from("aZ0 '\"\\/%[]<>{}#?@:.&=+-\n\r\t\x00\x1b\x7f\x85\u2028\u202e\ud800é\U0001f600"), min_size=1
)


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be fetched: neither by us nor by the validator."""

    def refuse(*_: Any) -> None:
        raise AssertionError("The network was asked.")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def objects(bundle: str, kind: str) -> list[dict[str, Any]]:
    return [one for one in json.loads(bundle)["objects"] if one["type"] == kind]


def test_what_is_said_becomes_objects_and_relationships(told: Analysis, checks: ModuleType) -> None:
    bundle = to_stix(told)
    assert checks.stix_faults(bundle) == []
    names = {one["id"]: one.get("name") for one in json.loads(bundle)["objects"]}
    related = {
        (names[one["source_ref"]], one["relationship_type"], names[one["target_ref"]])
        for one in objects(bundle, "relationship")
    }
    incident = "Alder Ferries – data breach – reported 2026-03"
    assert related == {
        (incident, "targets", "Alder Ferries"),
        (incident, "attributed-to", "Grey Heron"),
        (incident, "uses", "CoinVault"),
        ("A patch (CVE-2026-99001)", "mitigates", "CVE-2026-99001"),
    }
    (report,) = objects(bundle, "report")
    assert {names[name] for name in set(names) - set(report["object_refs"])} == {"TLP:AMBER", "Incidex", report["name"]}
    assert "Alder Ferries denies" not in report["description"]


def test_one_note_for_each_claim_and_an_opinion_for_each_denial(told: Analysis) -> None:
    bundle = to_stix(told)
    (relation,) = [one["id"] for one in objects(bundle, "relationship") if one["relationship_type"] == "attributed-to"]
    (incident,) = [one["id"] for one in objects(bundle, "incident")]
    claims = [note for note in objects(bundle, "note") if "authors" in note]
    assert [(note["authors"], note.get("confidence"), note["object_refs"]) for note in claims] == [
        (["Osterby"], 85, [relation, incident]),
        (["Grey Heron"], None, [relation, incident]),
        (["Alder Ferries"], None, [incident]),
    ]
    opinions = [(one["opinion"], one["authors"], one["object_refs"]) for one in objects(bundle, "opinion")]
    assert opinions == [
        ("strongly-disagree", ["Grey Heron"], [relation]),
        ("strongly-disagree", ["Alder Ferries"], [incident]),
    ]


def test_an_indicator_only_of_what_the_text_calls_malicious(told: Analysis) -> None:
    bundle = to_stix(told)
    assert [one["pattern"] for one in objects(bundle, "indicator")] == ["[url:value = 'http://a1der.example/pay']"]
    assert [one["value"] for kind in ("url", "domain-name") for one in objects(bundle, kind)] == [
        "http://a1der.example/pay",
        "news.example",
    ]
    (indicator,) = objects(bundle, "indicator")
    assert "imitates Alder Ferries" in indicator["description"]
    assert "Grey Heron" in indicator["labels"]


def test_what_has_no_type_and_what_is_unclear_stands_in_notes(told: Analysis) -> None:
    contents = "\n".join(note["content"] for note in objects(to_stix(told), "note"))
    assert "handle @heron (malicious: an account of the attackers)" in contents
    assert "“Sofa” is named, and the text does not tell what it is. It may be: Sofa (intrusion-set;" in contents


@pytest.mark.parametrize("level", ["clear", "green", "amber", "amber+strict", "red"])
def test_everything_bears_the_marking(told: Analysis, checks: ModuleType, level: str) -> None:
    bundle = to_stix(told, tlp=level)
    assert checks.stix_faults(bundle) == []
    (marking,) = objects(bundle, "marking-definition")
    assert marking["name"] == f"TLP:{level.upper()}"
    bare = [one["type"] for one in json.loads(bundle)["objects"] if one.get("object_marking_refs") != [marking["id"]]]
    assert sorted(bare) == ["domain-name", "marking-definition", "url"]


def test_the_extension_stands_in_the_full_profile_alone(told: Analysis, checks: ModuleType) -> None:
    full = to_stix(told, profile="full")
    assert checks.stix_faults(full) == []
    (incident,) = objects(full, "incident")
    (extension,) = incident["extensions"].values()
    assert extension["determination"] == "suspected"
    assert "extensions" not in objects(to_stix(told), "incident")[0]
    with pytest.raises(ValueError, match="no profile 'fat'"):
        to_stix(told, profile="fat")


def test_created_is_fixed_and_modified_moves(told: Analysis) -> None:
    first, again, later = to_stix(told), to_stix(told), to_stix(told, modified="2027-01-01")
    assert first == again
    old, new = ({one["id"]: one for one in json.loads(bundle)["objects"]} for bundle in (first, later))
    assert list(old) == list(new)
    assert [one.get("created") for one in old.values()] == [one.get("created") for one in new.values()]
    assert all(one["created"] <= one["modified"] for one in old.values() if "modified" in one)
    assert new[objects(first, "report")[0]["id"]]["modified"] == "2027-01-01T00:00:00.000Z"


def test_loading_twice_gives_no_doubles(told: Analysis, tmp_path: Path) -> None:
    bundle = stix2.parse(to_stix(told))
    memory = stix2.MemoryStore()
    for _ in range(2):
        memory.add(stix2.parse(to_stix(told)))
    assert sorted(one["id"] for one in memory.query()) == sorted(one["id"] for one in bundle.objects)
    files = stix2.FileSystemStore(str(tmp_path))
    files.add(bundle)
    for one in bundle.objects:
        with pytest.raises(DataSourceError, match="overwrite"):
            files.add(one)
    assert len(files.query()) == len(bundle.objects)


def test_a_later_version_replaces_the_one_before(told: Analysis) -> None:
    memory = stix2.MemoryStore()
    for modified in ("2027-01-01", "2026-12-01"):
        memory.add(stix2.parse(to_stix(told, modified=modified)))
    (report,) = objects(to_stix(told), "report")
    assert str(memory.get(report["id"])["modified"]).startswith("2027-01-01")


def test_a_document_without_date_says_so(told: Analysis, checks: ModuleType) -> None:
    bundle = to_stix(replace(told, document=replace(told.document, published_at=None)))
    assert checks.stix_faults(bundle) == []
    (report,) = objects(bundle, "report")
    assert report["published"] == "1970-01-01T00:00:00.000Z"
    assert "No date of publication was found" in report["description"]


def test_several_articles_have_a_report_each_and_one_over_all(told: Analysis, checks: ModuleType) -> None:
    one = document_dossier(told)
    other = document_dossier(replace(told, document=replace(told.document, text=f"{told.document.text} ")))
    whole = replace(one, id="x", articles=one.articles + other.articles, claims=one.claims + other.claims)
    bundle = json.dumps(bundled(whole))
    assert checks.stix_faults(bundle) == []
    reports = objects(bundle, "report")
    assert [report["name"] for report in reports] == ["Thieves rob Alder Ferries"] * 2 + [
        "All reports: Alder Ferries – data breach – reported 2026-03"
    ]
    assert reports[2]["description"] == "What 2 articles say of one incident, put together by Incidex."


def test_a_report_of_nothing_refers_to_us(checks: ModuleType) -> None:
    bundle = to_stix(Analysis(Document("Rain."), (), "m"))
    assert checks.stix_faults(bundle) == []
    assert [report["object_refs"] for report in objects(bundle, "report")] == [
        [one["id"] for one in objects(bundle, "identity")]
    ]


def test_several_attacks_in_one_article_are_kept_apart(told: Analysis, checks: ModuleType) -> None:
    one = document_dossier(told)
    second = replace(one.attacks[0], id="second", name="Borrow Bank – phishing")
    bundle = json.dumps(bundled(replace(one, attacks=(*one.attacks, second))))
    assert checks.stix_faults(bundle) == []
    assert len(objects(bundle, "grouping")) == 2


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_our_own_articles_are_valid(path: Path, checks: ModuleType) -> None:
    analysis = analyse(read(path))
    assert [checks.stix_faults(to_stix(analysis, profile=profile)) for profile in ("compat", "full")] == [[], []]


@pytest.mark.corpus
def test_articles_of_the_corpus_are_valid(shared: Path, checks: ModuleType) -> None:
    """Each fortieth; `benchmarks/exchange.py` takes all."""
    for path in sorted((shared / "corpus" / "casie").rglob("*.json"))[::40]:
        assert checks.stix_faults(to_stix(analyse(read(path)))) == [], path.name


# Nothing is made smaller: the validator is slow, and the words are short.
@settings(
    max_examples=60,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(words=HOSTILE, title=HOSTILE, value=HOSTILE, kind=st.sampled_from(IndicatorKind))
def test_hostile_words_stay_words(
    told: Analysis, checks: ModuleType, words: str, title: str, value: str, kind: IndicatorKind
) -> None:
    link = Link(words, title, title, EntityKind.MALWARE, words, words)
    document = replace(told.document, title=title, publisher=words, author=title, source=value, published_at=title)
    analysis = replace(
        told,
        document=document,
        model=words,
        entities=tuple(Entity(words, one, (Span(0, 7),), (link,)) for one in (*EntityKind, None)),
        indicators=(Indicator(Span(0, 7), kind, value, IndicatorRole.INDICATOR, words),),
    )
    bundle = to_stix(analysis)
    bundle.encode("utf-8")
    assert checks.stix_faults(bundle) == []


def test_long_words_take_no_long_time(told: Analysis) -> None:
    text = "A" * 5_000_000
    found = Indicator(Span(0, 9), IndicatorKind.PATH, "/" * 500_000, IndicatorRole.INDICATOR, "")
    assert to_stix(replace(told, document=Document(text, title=text), indicators=(found,)))
