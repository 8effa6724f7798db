"""What an analysis says as things with names, and what of it is nobody's business."""

from dataclasses import replace

import pytest
from dossier_case import blank

from incidex.dossiers.build import document_dossier
from incidex.dossiers.sources import public_address
from incidex.records import (
    Analysis,
    Document,
    Event,
    Fix,
    Indicator,
    IndicatorKind,
    IndicatorRole,
    Sentence,
    Span,
    Technique,
)


def test_everything_that_is_said_is_there(told: Analysis) -> None:
    dossier = document_dossier(told)
    assert [(one.name, one.kind) for one in dossier.entities] == [
        ("Grey Heron", "intrusion-set"),
        ("CoinVault", "malware"),
    ]
    assert [one.name for one in dossier.unclear] == ["Sofa"]
    assert dossier.cves == ("CVE-2026-99001",)
    assert dossier.fixes == (Fix("A patch", ("CVE-2026-99001",)),)
    assert len(dossier.claims) == len(told.claims)


def test_only_what_the_text_calls_malicious_is(told: Analysis) -> None:
    found = {(one.kind, one.value): one.malicious for one in document_dossier(told).observables}
    assert found == {
        (IndicatorKind.URL, "http://a1der.example/pay"): True,
        (IndicatorKind.HANDLE, "@heron"): True,
        (IndicatorKind.DOMAIN, "news.example"): False,
    }


def test_the_article_is_what_can_be_referred_to(told: Analysis) -> None:
    (article,) = document_dossier(told).articles
    assert (article.title, article.publisher, article.labels) == (
        "Thieves rob Alder Ferries",
        "The Wire",
        ("AttackDatabreach",),
    )
    assert article.url == "https://wire.example/a?b=1"
    assert len(article.digest) == 64


def test_a_fix_is_for_the_weaknesses_of_its_sentence_where_none_is_its_argument(told: Analysis) -> None:
    (closes,) = told.events[1].mentions
    patch = replace(closes, arguments=closes.arguments[:1])
    changed = replace(told, events=(told.events[0], Event((patch,))))
    assert document_dossier(changed).fixes == (Fix("A patch", ("CVE-2026-99001",)),)
    elsewhere = replace(patch, trigger=told.events[0].mentions[0].trigger)
    assert document_dossier(replace(told, events=(Event((elsewhere,)),))).fixes == ()
    assert document_dossier(replace(changed, sentences=())).fixes == ()


def test_a_technique_is_quoted_with_the_sentence_of_its_first_place() -> None:
    text = "T1190 first. They used T1486. Then T1059 and T1486 again."
    places = [(text.index(number), number) for number in ("T1190", "T1486", "T1059")]
    places.append((text.rindex("T1486"), "T1486"))
    indicators = tuple(
        Indicator(Span(start, start + 5), IndicatorKind.ATTACK_ID, number, IndicatorRole.REFERENCE, "a number")
        for start, number in places
    )
    # No sentence holds the first number.
    sentences = (Sentence(Span(13, 29)), Sentence(Span(30, len(text))))
    document = Document(text)
    assert document_dossier(Analysis(document, sentences, "m", indicators=indicators)).techniques == (
        Technique("T1190", document.id, "T1190"),
        Technique("T1486", document.id, "They used T1486."),
        Technique("T1059", document.id, "Then T1059 and T1486 again."),
    )


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("https://wire.example/a", "https://wire.example/a"),
        ("https://ann:secret@wire.example:8443/a#b", "https://wire.example:8443/a#b"),
        pytest.param("reports/of/ann.txt", None, id="a path says where somebody keeps files"),
        ("-", None),
        ("", None),
        ("file:///reports/a.txt", None),
        ("https://[", None),
        ("https:///a", None),
    ],
)
def test_addresses(source: str, url: str | None) -> None:
    assert public_address(source) == url


def test_a_text_without_anything_is_an_article_and_no_more() -> None:
    dossier = document_dossier(Analysis(Document("Rain."), (Sentence(Span(0, 5)),), "m"))
    assert dossier.articles[0].title == "Rain."
    nothing = blank()
    for field in ("attacks", "entities", "unclear", "observables", "cves", "fixes", "techniques", "claims"):
        assert getattr(dossier, field) == getattr(nothing, field)
