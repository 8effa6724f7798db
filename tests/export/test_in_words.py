"""Values in a few words."""

import pytest

from incidex.export.in_words import claim_in_words, hedge_in_words, quantity_in_words, time_in_words
from incidex.ingest import from_text
from incidex.records import Claim, ClaimKind, Document, Hedge, Span
from incidex.text.blocks.find import find_blocks
from incidex.text.quantities import find_quantities
from incidex.text.times.find import find_times


def article(words: str) -> Document:
    text = f"The ferry line said that it happened {words}, and nobody asked.\n"
    return Document(text, blocks=find_blocks(text), published_at="2024-03-14")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("in 2022", "2022"),
        ("in April 2023", "2023-04"),
        ("on 9 January", "2024-01-09"),
        ("in early 2019", "2019-01-01/2019-05-01"),
        ("in Q3 2023", "2023-07-01/2023-10-01"),
        ("at 22:00 UTC on 9 January 2024", "2024-01-09T22:00+00:00"),
        ("over three years", "P3Y"),
        ("for several weeks", ""),
    ],
)
def test_times(words: str, said: str) -> None:
    assert time_in_words(find_times(article(words))[0]) == said


def test_a_time_whose_year_is_not_known_says_nothing() -> None:
    (time,) = find_times(from_text("The ferry line said that it happened in March, and nobody asked.\n"))
    assert time_in_words(time) == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("to 1.2 million passengers", "1,200,000 passengers"),
        ("to about 90,000 people", "about 90,000 people"),
        ("to up to 9GB of data", "at most 9 GB"),
        ("to more than 100 servers", "more than 100 servers"),
        ("to at least 40 clinics", "at least 40 clinics"),
        ("to fewer than 12 banks", "less than 12 banks"),
        ("to hundreds of thousands of computers", "at least about 200,000 computers"),
        ("for $2.5 million", "2,500,000 USD"),
        ("for 0.125 bitcoins", "0.125 BTC"),
        ("to between 5 and 10 per cent", "5 to 10 %"),
    ],
)
def test_quantities(words: str, said: str) -> None:
    assert quantity_in_words(find_quantities(article(words))[0]) == said


def test_hedges() -> None:
    text = "very likely; with high confidence; may"
    assert hedge_in_words(Hedge(Span(0, 11), "likelihood", "very likely"), text) == (
        "“very likely”: likelihood, very likely (80–95 %)"
    )
    assert hedge_in_words(Hedge(Span(13, 33), "confidence", "high"), text) == "“with high confidence”: confidence, high"
    assert hedge_in_words(Hedge(Span(35, 38), "modal"), text) == "“may”: modal"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        pytest.param(ClaimKind.ATTRIBUTED_TO, ("attributed to", (Span(0, 4), Span(5, 9))), id="names others"),
        pytest.param(ClaimKind.CLAIMS_RESPONSIBILITY, ("claims responsibility", (Span(5, 9),)), id="names itself"),
    ],
)
def test_claims(kind: ClaimKind, said: tuple[str, tuple[Span, ...]]) -> None:
    whole = Span(0, 20)
    claim = Claim(kind, None, whole, whole, quoted=False, accused=Span(0, 4), value=Span(5, 9), score=0.5, rule="X")
    assert claim_in_words(claim) == said
