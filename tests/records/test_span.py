"""Spans: what lies within another one, and what has something in common with it. Their ends are not included."""

import pytest

from incidex.records import Span

OUTER = Span(10, 20)


@pytest.mark.parametrize(
    ("other", "covered", "overlapping"),
    [
        pytest.param(Span(10, 20), True, True, id="the same"),
        pytest.param(Span(12, 15), True, True, id="inside"),
        pytest.param(Span(5, 11), False, True, id="over the beginning"),
        pytest.param(Span(19, 25), False, True, id="over the end"),
        pytest.param(Span(5, 25), False, True, id="around it"),
        pytest.param(Span(5, 10), False, False, id="right before it"),
        pytest.param(Span(20, 25), False, False, id="right behind it"),
    ],
)
def test_how_two_spans_lie(other: Span, covered: bool, overlapping: bool) -> None:
    assert OUTER.covers(other) is covered
    assert OUTER.overlaps(other) is other.overlaps(OUTER) is overlapping
