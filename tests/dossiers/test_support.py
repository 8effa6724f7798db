"""Counting: documents, independent sources and claimants."""

from dataclasses import replace

import pytest

from incidex.dossiers.support import Counting, best_first, grouped, most_frequent
from incidex.records import Certainty, Evidence, Span, Support


def evidence(document: str, claimant: str | None = None, start: int = 0) -> Evidence:
    return Evidence(document, Span(start, start + 1), "x", Span(start, start + 1), "x", claimant)


COUNTING = Counting({"a": "a", "b": "a", "c": "c"})


def test_copies_count_once_and_a_claimant_is_one_however_often_reported() -> None:
    found = [evidence("a", "Jane Roe"), evidence("b", "Jane Roe"), evidence("b", start=5)]
    assert COUNTING.support(found) == Support(2, 1, ("Jane Roe",), "a", None, Certainty.SINGLE, "1 independent source")
    assert COUNTING.independent == 2


@pytest.mark.parametrize(
    ("places", "certainty", "reason"),
    [
        pytest.param([evidence("c"), evidence("a")], "corroborated", "2 independent sources", id="two sources"),
        pytest.param([evidence("a"), evidence("b")], "single source", "1 independent source", id="a copy"),
        pytest.param(
            [replace(evidence("a"), hedges=("may",))], "hedged", "1 independent source; hedged", id="all hedge"
        ),
        pytest.param(
            [evidence("a"), replace(evidence("c"), kind="suspects")],
            "corroborated",
            "2 independent sources; hedged in 1 of 2 places",
            id="one suspects",
        ),
        pytest.param(
            [evidence("a"), replace(evidence("c", "Acme"), kind="denies")],
            "disputed",
            "2 independent sources; denied or left open by Acme",
            id="denied",
        ),
    ],
)
def test_it_is_said_how_sure_something_is_and_why(places: list[Evidence], certainty: str, reason: str) -> None:
    support = COUNTING.support(places)
    assert (support.certainty, support.reason) == (certainty, reason)


def test_the_first_to_report_is_named_with_the_day() -> None:
    counting = Counting({"a": "a", "c": "c"}, days={"a": "2024-05-01", "c": "2024-05-02"})
    support = counting.support([evidence("c"), evidence("a")])
    assert (support.first, support.first_on) == ("a", "2024-05-01")


def test_evidence_is_in_the_order_of_publication_each_place_once() -> None:
    found = COUNTING.ordered([evidence("c"), evidence("a", start=5), evidence("a"), evidence("a")])
    assert [(one.document, one.span.start) for one in found] == [("a", 0), ("a", 5), ("c", 0)]


def test_independent_sources_count_before_reports() -> None:
    copied = COUNTING.value("copied", "x", [evidence("a"), evidence("b")])
    both = COUNTING.value("both", "x", [evidence("a"), evidence("c")])
    assert [value.text for value in best_first([copied, both])] == ["both", "copied"]


def test_groups_keep_their_order() -> None:
    assert grouped([3, 1, 4, 1, 5], lambda number: number % 2) == [[3, 1, 1, 5], [4]]
    assert most_frequent(["b", "a", "a", "b"]) == "b"
