"""Whose figures they are, and which replace others: no disagreement is made of what agrees."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidex.dossiers.amounts import agree
from incidex.dossiers.figures import Figure
from incidex.records import Analysis, Dossier, Evidence, Measure, Span

Article = Callable[..., Analysis]
MakeDossier = Callable[..., Dossier]
SOMEWHERE = Evidence("d", Span(0, 1), "1", Span(0, 1), "1")


def measures(article: Article, dossier_of: MakeDossier, *written: str, day: int = 1) -> dict[str, Measure]:
    """Return the measures of a dossier of reports of different outlets on successive days, by name."""
    reports = [
        article(text, date=f"2024-05-{day + number:02}", publisher=f"Paper {number}")
        for number, text in enumerate(written)
    ]
    return {measure.name: measure for measure in dossier_of(*reports).measures}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(
            "It was [breach:hacked]. It agreed to pay $62m to settle.", "fines and settlements", id="outside of events"
        ),
        pytest.param(
            "It [ransom:paid] [Price:$62m] to settle a privacy case.", "fines and settlements", id="a settlement"
        ),
        pytest.param(
            "The watchdog [breach:fined] it [Price:£1.4m] over the leak.", "fines and settlements", id="a fine"
        ),
        pytest.param(
            "Victims of the [breach:breach] get [Price:$5m] in compensation.",
            "fines and settlements",
            id="compensation",
        ),
        pytest.param(
            "The data was [breach:stolen] and offered for sale at [Price:$500].", "price", id="a price of data"
        ),
        pytest.param("They [breach:stole] it and auction the files for [Price:$9,000].", "price", id="an auction"),
        pytest.param("They demanded a [ransom:ransom] of [Price:$5 million].", "ransom", id="a demand"),
        pytest.param("The clinic [ransom:paid] a ransom of [Price:$2 million].", "ransom paid", id="paid"),
        pytest.param(
            "The clinic refused to have [ransom:paid] a ransom of [Price:$2 million].", "ransom", id="refused"
        ),
        pytest.param("The firm, with a turnover of [Price:$2 billion], was [breach:hacked].", None, id="a turnover"),
        pytest.param("A reward of [Price:$10 million] is set out for the [ransom:attack].", None, id="a reward"),
    ],
)
def test_money_is(article: Article, dossier_of: MakeDossier, written: str, expected: str | None) -> None:
    assert list(measures(article, dossier_of, written)) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("Thieves [breach:hacked] it. 9,500 people had been affected.", ["9,500 people"], id="affected"),
        pytest.param(
            "Thieves [breach:hacked] it. Details of 9,500 members were on it.", ["9,500 members"], id="details of"
        ),
        pytest.param("Acme, which serves 9,500 customers, was [breach:hacked].", [], id="how many it serves"),
        pytest.param("Acme employs [People:9,500 people]. It was [breach:hacked].", [], id="how many work there"),
        pytest.param("It was [breach:hacked]. 9,500 people live in Skerry.", [], id="how many live there"),
        pytest.param(
            "Thieves [breach:stole] data of [People:120,000 current and former members].",
            ["120,000 current and former members"],
            id="two adjectives",
        ),
    ],
)
def test_people_are_counted(article: Article, dossier_of: MakeDossier, written: str, expected: list[str]) -> None:
    found = measures(article, dossier_of, written)
    assert [value.text for value in found["people"].values if found] == expected if expected else not found


def test_a_volume_that_a_device_holds_was_not_stolen(article: Article, dossier_of: MakeDossier) -> None:
    assert measures(article, dossier_of, "It was [breach:hacked]. It has 16 GB of RAM.") == {}


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        pytest.param("9.8 million people", "9.5 million people", True, id="two counts"),
        pytest.param("120,000 people", "119,842 people", False, id="rounded and exact"),
        pytest.param("more than 9 million people", "9.8 million people", False, id="a lower bound"),
        pytest.param("about 400 people", "412 people", False, id="about"),
        pytest.param("40,000 customers", "2,000 employees", False, id="other people"),
        pytest.param("40,000 customers", "52,000 users", True, id="the same people in other words"),
        pytest.param("12,000 people", "120,000 people", True, id="ten times as many"),
    ],
)
def test_reports_differ(article: Article, dossier_of: MakeDossier, one: str, other: str, differ: bool) -> None:
    written = "Thieves [breach:stole] data of [People:{}] from it. {}."
    found = measures(article, dossier_of, written.format(one, "One"), written.format(other, "Other"))
    assert found["people"].differ is differ


@pytest.mark.parametrize(
    "sentence",
    [
        "Thieves [breach:stole] data of [People:9,000 people], including [People:200 children].",
        "Thieves [breach:stole] data of [People:9,000 people], among them [People:200 children].",
        "Thieves [breach:stole] names of [People:9,000 people] and, for about [People:200 people], the passports.",
        "Thieves [breach:stole] data of [People:9,000 people], of whom about [People:200 patients] are ill.",
    ],
)
def test_a_part_does_not_contradict_its_total(article: Article, dossier_of: MakeDossier, sentence: str) -> None:
    people = measures(article, dossier_of, sentence, "Thieves [breach:stole] data of [People:9,000 people].")["people"]
    assert (len(people.values), len(people.parts), people.differ) == (1, 1, False)


def test_what_is_called_a_part_without_a_total_is_a_figure(article: Article, dossier_of: MakeDossier) -> None:
    people = measures(article, dossier_of, "Thieves [breach:stole] much, including data of [People:200 people].")
    assert [value.text for value in people["people"].values] == ["200 people"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Data of [People:120,000 people], not 12,000, was [breach:stolen].",
        "Data of [People:120,000 people], up from 12,000, was [breach:stolen].",
        "Data of [People:120,000 people] rather than 12,000 was [breach:stolen].",
        "Data of [People:120,000 people] was [breach:stolen], instead of the 12,000 that were named.",
        "The number of people hit by the [breach:theft] rose from 12,000 to [People:120,000 people].",
    ],
)
def test_a_count_that_a_report_corrects_is_no_disagreement(
    article: Article, dossier_of: MakeDossier, sentence: str
) -> None:
    first = "Thieves [breach:stole] data of [People:12,000 people]."
    people = measures(article, dossier_of, first, sentence)["people"]
    ((change,), differ) = people.developments, people.differ
    assert (change.earlier.text, differ) == ("12,000 people", False)
    assert change.later.text.endswith("120,000 people")


def test_two_counts_of_one_outlet_are_a_development(article: Article, dossier_of: MakeDossier) -> None:
    written = "Thieves [breach:stole] data of [People:{} people]."
    days = (("2024-05-01", "900"), ("2024-05-09", "4,000"))
    made = dossier_of(*(article(written.format(n), date=day, publisher="Harbour Post") for day, n in days))
    (people,) = made.measures
    assert [(d.earlier.text, d.later.text) for d in people.developments] == [("900 people", "4,000 people")]
    assert people.developments[0].reason == "Harbour Post gave both, the second later."
    assert not people.differ


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_agreement_is_mutual_and_everything_agrees_with_itself(one: int, other: int) -> None:
    left, right = (Figure("people", float(n), "", str(n), SOMEWHERE) for n in (one, other))
    assert agree(left, right) == agree(right, left)
    assert agree(left, left)


@given(st.integers(1, 9), st.integers(1, 10**6))
def test_no_figure_agrees_with_one_twice_as_large(scale: int, number: int) -> None:
    left = Figure("people", float(number), "", "", SOMEWHERE)
    right = Figure("people", float(number * (scale + 1)), "", "", SOMEWHERE)
    assert not agree(left, right)


@pytest.mark.parametrize(
    "suspects",
    [
        "Police detained three men.",
        "The court sentenced three men.",
        "It says that [Attacker:three hackers] [breach:stole] it.",
    ],
)
def test_suspects_are_no_victims(article: Article, dossier_of: MakeDossier, suspects: str) -> None:
    found = measures(article, dossier_of, f"Thieves [breach:stole] data of [People:9,000 people]. {suspects}")
    assert [value.text for value in found["people"].values] == ["9,000 people"]
