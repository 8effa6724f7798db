"""The layer: the techniques whose numbers stand in the text, no others, in the form that the Navigator takes."""

import json
from types import ModuleType
from typing import Any

import pytest
from dossier_case import blank
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.dossiers.build import document_dossier
from incidex.export.navigator import layer_of, to_navigator, to_navigator_dossier
from incidex.ingest import from_text
from incidex.link.indicators import find_indicators
from incidex.records import Analysis, Article, Dossier, EntityKind, Link, NamedEntity, Sentence, Span, Technique

FIRST = Article("a", "Thieves rob Alder Ferries", "0" * 64, url="https://wire.example/a")
SECOND = Article("b", "More on Alder Ferries", "1" * 64)


def dossier(*techniques: tuple[str, str], entities: tuple[NamedEntity, ...] = ()) -> Dossier:
    named = tuple(Technique(number, article, f"It used {number}.") for number, article in techniques)
    return blank(articles=(FIRST, SECOND), entities=entities, techniques=named)


def techniques(layer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["techniqueID"]: one for one in layer["techniques"]}


def test_the_numbers_in_the_text_are_in_the_layer() -> None:
    text = "Thieves hit Alder Ferries. In terms of MITRE ATT&CK, they used T1566.001 and T1486, and again T1486."
    document = from_text(text)
    sentences = (Sentence(Span(0, 26)), Sentence(Span(27, len(text))))
    analysis = Analysis(document, sentences, "fake-1", indicators=find_indicators(document))
    layer = json.loads(to_navigator(analysis))
    assert layer["versions"]["layer"] == "4.5"
    assert layer["domain"] == "enterprise-attack"
    assert list(techniques(layer)) == ["T1486", "T1566", "T1566.001"]
    assert techniques(layer)["T1486"]["comment"].startswith("“In terms of MITRE ATT&CK, they used T1566.001")
    # The Navigator folds sub-techniques in, unless their technique says otherwise. It has no score: nobody names it.
    assert techniques(layer)["T1566"] == {"techniqueID": "T1566", "showSubtechniques": True}


def test_the_score_is_how_many_reports_name_a_technique() -> None:
    found = techniques(layer_of(dossier(("T1486", "a"), ("T1486", "b"), ("T1566", "b"))))
    assert (found["T1486"]["score"], found["T1566"]["score"]) == (2, 1)
    assert found["T1486"]["links"] == [{"label": FIRST.title, "url": FIRST.url}]
    assert "links" not in found["T1566"]
    assert found["T1486"]["comment"].splitlines()[1] == "“It used T1486.” (More on Alder Ferries)"


def test_a_layer_is_of_one_domain_and_says_what_that_leaves_out() -> None:
    both = layer_of(dossier(("T1486", "a"), ("T0883", "a")))
    assert (both["domain"], list(techniques(both))) == ("enterprise-attack", ["T1486"])
    assert {"name": "of another domain", "value": "T0883"} in both["metadata"]
    industrial = layer_of(dossier(("T0883", "a")))
    assert (industrial["domain"], list(techniques(industrial))) == ("ics-attack", ["T0883"])


def test_a_named_group_brings_no_technique() -> None:
    link = Link("MITRE ATT&CK 19.1", "G0007", "APT28", EntityKind.INTRUSION_SET, "Sofacy", "it is in the list")
    layer = layer_of(dossier(entities=(NamedEntity("Sofacy", EntityKind.INTRUSION_SET, (link,)),)))
    assert layer["techniques"] == []
    assert layer["description"] == "No number of a technique stands in 2 reports, read by Incidex."
    assert layer["metadata"] == [{"name": "named in the text", "value": "APT28 (G0007)"}]


def test_a_disputed_name_is_not_told() -> None:
    link = Link("MITRE ATT&CK 19.1", "G0007", "APT28", EntityKind.INTRUSION_SET, "Sofacy", "it is in the list")
    assert layer_of(dossier(entities=(NamedEntity("Sofacy", None, (link,), disputed=True),)))["metadata"] == []


def test_an_article_without_numbers_gives_an_empty_layer(told: Analysis) -> None:
    assert layer_of(document_dossier(told))["techniques"] == []


@given(st.lists(st.tuples(st.from_regex(r"T[01][0-9]{3}(\.[0-9]{3})?", fullmatch=True), st.sampled_from("ab"))))
@settings(deadline=None, max_examples=50)
def test_any_numbers_make_a_sound_layer(numbers: list[tuple[str, str]]) -> None:
    layer = json.loads(to_navigator_dossier(dossier(*numbers)))
    ids = [one["techniqueID"] for one in layer["techniques"]]
    assert ids == sorted(set(ids))
    assert layer["gradient"]["maxValue"] == max([one.get("score", 0) for one in layer["techniques"]], default=1)


@pytest.mark.readers
def test_the_library_of_mitre_takes_the_layer(checks: ModuleType) -> None:
    pytest.importorskip("mitreattack", reason="needs the extra 'readers'")
    entities = (
        NamedEntity(
            "Sofacy", EntityKind.INTRUSION_SET, (Link("MITRE ATT&CK 19.1", "G1", "A", EntityKind.TOOL, "A", ""),)
        ),
    )
    full = dossier(("T1566.001", "a"), ("T1486", "b"), ("T0883", "a"), entities=entities)
    assert [checks.navigator_faults(to_navigator_dossier(one)) for one in (full, dossier())] == [[], []]
