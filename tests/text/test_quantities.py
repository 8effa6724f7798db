"""Quantities get the value that a person gave them, stand where the text says, and cost the same in every text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import ROOT
from scripts import load
from timing import grows_less, takes_less

from incidex.english.lexicon import words
from incidex.records import Block, BlockKind, Document, QuantityKind, Span
from incidex.text.quantities import find_quantities

BENCHMARK = ROOT / "benchmarks" / "times.py"


MEASURE = load("benchmarks/times.py")
CASES = [
    pytest.param(document, places, id=f"{group} {number}")
    for group in ("development", "held-out")
    for number, (document, places) in enumerate(MEASURE.own("quantities", group), 1)
]
PIECES = st.lists(
    st.sampled_from(
        [*" ,.-$%\n", "10", "1,000", "2.5", "million", "to", "between", "and", "users", "GB", "a", "tens of", "few"]
    )
).map(" ".join)


@pytest.mark.parametrize(("document", "places"), CASES)
def test_quantities_have_the_values_of_the_table(document: Document, places: list[tuple[Span, str]]) -> None:
    there, elsewhere = MEASURE.judged("quantities", document, places)
    assert [(place.words, place.found) for place in there] == [(place.words, place.wanted) for place in there]
    assert elsewhere == []


@pytest.mark.parametrize(("document", "places"), CASES)
def test_quantities_stand_where_the_table_says(document: Document, places: list[tuple[Span, str]]) -> None:
    found = [quantity.span.of(document.text) for quantity in find_quantities(document)]
    assert found == [span.of(document.text) for span, _ in places]


def test_whole_numbers_are_exact() -> None:
    (found,) = find_quantities(Document("It cost $1.1 million."))
    assert (found.low, found.high, found.unit, found.kind) == (1_100_000, 1_100_000, "USD", QuantityKind.MONEY)


@pytest.mark.parametrize(
    ("text", "words", "unit"),
    [
        ("It cost $900 Canadian dollars.", "$900 Canadian dollars", "CAD"),
        ("It cost $900 bitcoin or so.", "$900", "USD"),
        ("It cost €900 euros.", "€900 euros", "EUR"),
        ("It cost $17 000 more.", "$17 000", "USD"),
        ("It used a dozen Bitcoin wallet addresses.", "a dozen Bitcoin wallet addresses", "addresses"),
    ],
)
def test_a_currency_is_said_before_and_behind(text: str, words: str, unit: str) -> None:
    (found,) = find_quantities(Document(text))
    assert (found.span.of(text), found.unit) == (words, unit)


def test_quantities_stand_in_the_article_only() -> None:
    text = "10 schools hit\n\n5 users read this\n\nIt cost $5."
    blocks = (
        Block(Span(0, 14), BlockKind.TITLE),
        Block(Span(16, 33), BlockKind.RELATED),
        Block(Span(35, 46), BlockKind.BODY),
    )
    assert [found.span.of(text) for found in find_quantities(Document(text, blocks))] == ["10 schools", "$5"]


@settings(deadline=None)
@given(st.one_of(st.text(), PIECES))
def test_quantities_are_in_order_with_a_bound_each(text: str) -> None:
    found = find_quantities(Document(text))
    assert all(left.span.end <= right.span.start for left, right in zip(found, found[1:], strict=False))
    for quantity in found:
        assert quantity.low is not None or quantity.high is not None
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
        assert quantity.unit


# Each is repeated to a long line: runs that patterns could read again and again.
HOSTILE = [
    *[
        "a",
        "1",
        "1,",
        "1.",
        "1 ",
        "$",
        "$1 ",
        "(",
        ".",
        " ",
        "\n",
        "İ",
        "1-",
        "10 to ",
        "1 user ",
        "1,000 word ",
        "a few ",
    ],
    *["tens of ", "one hundred ", "million ", "more than "],
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    # Four times the text takes four times as long if the time is linear, sixteen times if it is quadratic.
    short, long = (Document(piece * (size // len(piece))) for size in (10_000, 40_000))
    assert grows_less(8, lambda: find_quantities(short), lambda: find_quantities(long))


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["a", "1", ".", "("])
def test_ten_megabytes_take_seconds(piece: str) -> None:
    document = Document(piece * (10_000_000 // len(piece)))
    assert takes_less(30, lambda: find_quantities(document))


def test_a_noun_is_of_one_kind() -> None:
    kinds = ("people", "records", "accounts", "systems", "organisations")
    nouns = [noun for kind in kinds for noun in words(f"counted.{kind}", forms=("plural", "only"))]
    assert sorted(noun for noun in set(nouns) if nouns.count(noun) > 1) == []
