"""Counting: documents, independent sources and claimants."""

from incidex.dossiers.support import Counting, best_first, grouped, most_frequent
from incidex.records import Evidence, Span, Support


def evidence(document: str, claimant: str | None = None, start: int = 0) -> Evidence:
    return Evidence(document, Span(start, start + 1), "x", Span(start, start + 1), "x", claimant)


COUNTING = Counting({"a": "a", "b": "a", "c": "c"})


def test_copies_count_once_and_a_claimant_is_one_however_often_reported() -> None:
    found = [evidence("a", "Jane Roe"), evidence("b", "Jane Roe"), evidence("b", start=5)]
    assert COUNTING.support(found) == Support(reports=2, sources=1, claimants=("Jane Roe",))
    assert COUNTING.independent == 2


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
