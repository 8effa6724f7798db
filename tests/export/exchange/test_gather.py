"""What an analysis says as things with names, and what of it is nobody's business."""

from dataclasses import replace

import pytest

from incidex.export.exchange import facts_of
from incidex.export.exchange.facts import Fix
from incidex.export.exchange.gather import public_address
from incidex.records import Analysis, Document, IndicatorKind, Sentence, Span


def test_everything_that_is_said_is_there(told: Analysis) -> None:
    facts = facts_of(told)
    assert [(one.name, one.kind) for one in facts.names] == [("Grey Heron", "intrusion-set"), ("CoinVault", "malware")]
    assert [one.name for one in facts.unclear] == ["Sofa"]
    assert facts.cves == ("CVE-2026-99001",)
    assert facts.fixes == (Fix("A patch", ("CVE-2026-99001",)),)
    assert len(facts.said) == len(told.claims)


def test_only_what_the_text_calls_malicious_is(told: Analysis) -> None:
    found = {(one.kind, one.value): one.malicious for one in facts_of(told).values}
    assert found == {
        (IndicatorKind.URL, "http://a1der.example/pay"): True,
        (IndicatorKind.HANDLE, "@heron"): True,
        (IndicatorKind.DOMAIN, "news.example"): False,
    }


def test_the_article_is_what_can_be_referred_to(told: Analysis) -> None:
    (article,) = facts_of(told).articles
    assert (article.title, article.publisher, article.labels) == (
        "Thieves rob Alder Ferries",
        "The Wire",
        ("AttackDatabreach",),
    )
    assert article.url == "https://wire.example/a?b=1"
    assert len(article.digest) == 64


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
    facts = facts_of(Analysis(Document("Rain."), (Sentence(Span(0, 5)),), "m"))
    assert facts.articles[0].title == "Rain."
    assert replace(facts, articles=(), id="") == type(facts)("", ())
