"""Words, the names among them, and phrases that say what a report is about."""

import pytest
from timing import takes_less

from incidex.matching.words import announces_another, names, proper_name, tells_aftermath, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Thieves broke into Fjord Cargo", ["fjord", "cargo", "fjord cargo"], id="a pair"),
        pytest.param("Fjord Cargo was hit", ["fjord", "cargo", "fjord cargo"], id="a first word seldom written small"),
        pytest.param("Records of Acme were copied", ["acme"], id="another first word says nothing"),
        pytest.param("It was hit. Thieves of Acme", ["acme"], id="nor does the first of a sentence within"),
        pytest.param("the firm’s Quorvex servers", ["quorvex"], id="an apostrophe"),
        pytest.param("on Monday in Lyon", ["lyon"], id="a day is no name"),
        pytest.param("the files of Mayor Quill of Velmar County", ["quill", "velmar"], id="nor an office or a body"),
        pytest.param("the Fjord, Cargo and", ["fjord", "cargo"], id="a comma separates a pair"),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert list(names(words(text), text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A second university has been hit", True),
        ("A day after a hospital became a target", True),
        ("Acme also suffered an outage", True),
        ("It took two seconds", False),
        ("Acme found it a day after", False),
    ],
)
def test_announces_another(text: str, expected: bool) -> None:
    assert announces_another(text) is expected


@pytest.mark.parametrize("text", ["x" * 10_000_000, "A. " * 200_000, "9" * 10_000_000, "." * 10_000_000])
def test_hostile_text_takes_seconds(text: str) -> None:
    counts = []
    assert takes_less(20, lambda: counts.append(sum(1 for _ in names(words(text), text))))
    assert counts[0] <= 200_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Airline fined 12 million pounds over theft of records", True),
        ("Two men were arrested in Alicante", True),
        ("Seven months on, the list keeps getting longer", True),
        ("It says that it will not sue", True),
        ("Thieves took records of an airline", False),
        ("A refined attack on a courtesy desk, an issue of suites", False),
    ],
)
def test_tells_aftermath(text: str, expected: bool) -> None:
    assert tells_aftermath(text) is expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("the Fjord Cargo Inc.", "fjord cargo"),
        ("The company", ""),
        ("users", ""),
        ("its customers", ""),
        ("Barne’s Bakery", "barne bakery"),
    ],
)
def test_proper_name(written: str, expected: str) -> None:
    assert proper_name(written) == expected
