"""Names of one thing in different reports: what goes together, and what does not."""

import pytest

from incidex.dossiers.names import Names, name_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        pytest.param("the group Grey Heron", ("grey", "heron"), id="words before"),
        pytest.param("Kestrel Ferries Ltd.", ("kestrel", "ferries"), id="legal form"),
        pytest.param("the company", (), id="no name"),
        pytest.param("Officials", (), id="a word at the beginning of a sentence"),
        pytest.param("A" * 10_000, (), id="hostile"),
    ],
)
def test_the_key_is_the_name_alone(written: str, key: tuple[str, ...]) -> None:
    assert name_key(written) == key


def test_a_shorter_name_goes_with_a_longer_one() -> None:
    names = Names(["Kestrel", "Kestrel Ferries", "Kestrel Ferries", "Ferry operator Kestrel Ferries"])
    assert {names.canonical(name) for name in ("Kestrel", "the Kestrel Ferries")} == {"Kestrel Ferries"}
    assert names.canonical("Ferry operator Kestrel Ferries") == "Kestrel Ferries"


def test_one_word_ties_no_two_names_together() -> None:
    names = Names(["Macron", "Emmanuel Macron", "Emmanuel Macron", "Macron Industries"])
    assert names.canonical("Macron") == "Emmanuel Macron"
    assert names.canonical("Macron Industries") == "Macron Industries"


def test_what_is_no_name_stays_as_it_is() -> None:
    assert Names([]).canonical("The company") == "the company"
