"""Profiles: what one document says about one incident."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from incidex.matching.profiles import headline, profiles
from incidex.records import Analysis, Entity, EntityKind, Realis, Span

Analyse = Callable[..., Analysis]

TEXT = (
    "[Victim:Fjord Cargo] said on 3 May 2024 that thieves [breach:stole] records of 48,200 customers. "
    "They came in through CVE-2024-99887. The firm blamed APT28. Fjord Cargo is based in Bergen."
)


def test_a_report_has_one_profile(analyse: Analyse) -> None:
    (profile,) = profiles(analyse("Fjord Cargo loses data | Site News", TEXT, date="2024-05-04T10:00+00:00"))
    assert profile.title == "Fjord Cargo loses data"
    assert profile.published_at == "2024-05-04"
    assert profile.types == ("AttackDatabreach",)
    assert profile.victims[0][0] == "fjord cargo"
    assert [name for name, _ in profile.cves] == ["CVE-2024-99887"]
    assert [name for name, _ in profile.actors] == ["apt28"]
    assert "fjord cargo" in dict(profile.names)
    assert "people 48200" in profile.amounts
    assert [(period.begins, period.stated) for period in profile.periods] == [("2024-05-03", True)]
    assert sum(weight**2 for _, weight in profile.words) == pytest.approx(1, abs=0.01)


def test_the_same_analysis_has_the_same_profiles(analyse: Analyse) -> None:
    assert profiles(analyse("A", TEXT)) == profiles(analyse("A", TEXT))


def test_what_never_happened_has_no_types(analyse: Analyse) -> None:
    (generic,) = profiles(analyse("How ransomware works", "Gangs [ransom:extort] firms.", realis=Realis.GENERIC))
    (nothing,) = profiles(analyse("The bakery opens", "The bakery opens on Monday."))
    assert generic.types == nothing.types == ()
    assert profiles(analyse("", "")) == ()


def test_the_id_says_whether_something_is_reported(analyse: Analyse) -> None:
    (before,) = profiles(analyse("Fjord Cargo loses data", TEXT))
    (after,) = profiles(replace(analyse("Fjord Cargo loses data", TEXT), events=(), indicators=(), entities=()))
    assert before.id != after.id


def test_organisations_in_the_first_sentences(analyse: Analyse) -> None:
    text = "Norrland Bank [breach:lost] files. " + "Nobody knows why. " * 3 + "Fjord Cargo Ltd lost some last year."
    found = analyse("Norrland Bank loses files", text)
    names, written = ("Norrland Bank", "Fjord Cargo Ltd"), found.document.text
    spans = [Span(written.index(name), written.index(name) + len(name)) for name in names]
    entities = tuple(Entity(n, EntityKind.ORGANISATION, (s,)) for n, s in zip(names, spans, strict=True))
    (profile,) = profiles(replace(found, entities=entities))
    assert profile.organisations == ("norrland bank",)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Fjord Cargo hit | The first stop for news", "Fjord Cargo hit", id="a bar"),
        pytest.param("Fjord Cargo hit - Help Wire", "Fjord Cargo hit", id="a hyphen"),
        pytest.param("Fjord Cargo – records of customers stolen", None, id="what the article says stays"),
        pytest.param("X-Wire hit", None, id="a hyphen inside a word"),
        pytest.param("", "Fjord Cargo said on 3 May 2024 that thieves", id="none"),
    ],
)
def test_headline(analyse: Analyse, title: str, expected: str | None) -> None:
    assert headline(analyse(title, TEXT)).startswith(title if expected is None else expected)
