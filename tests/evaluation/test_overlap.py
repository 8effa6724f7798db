"""Spans that overlap are paired, as many as can be."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.evaluation.overlap import overlapping_pairs
from incidex.records import Span


def spans(*pairs: tuple[int, int]) -> list[Span]:
    return [Span(*pair) for pair in pairs]


@pytest.mark.parametrize(
    ("gold", "predicted", "pairs"),
    [
        pytest.param(spans((0, 5)), spans((0, 5)), 1, id="the same"),
        pytest.param(spans((0, 5)), spans((4, 9)), 1, id="one character shared"),
        pytest.param(spans((0, 5)), spans((5, 9)), 0, id="touching"),
        pytest.param(spans((0, 5)), spans((1, 2)), 1, id="inside"),
        pytest.param(spans((0, 2), (3, 5)), spans((0, 5)), 1, id="one cannot stand for two"),
        pytest.param(spans((0, 5)), spans((0, 2), (3, 5)), 1, id="nor two for one"),
        pytest.param(
            spans((0, 4), (3, 9)), spans((0, 9), (1, 2)), 2, id="the first must leave the long one to the other"
        ),
        pytest.param(spans((0, 2), (1, 8)), spans((1, 2), (7, 9)), 2, id="a chain"),
        pytest.param([], spans((0, 5)), 0, id="no gold"),
        pytest.param(spans((0, 5)), [], 0, id="nothing predicted"),
    ],
)
def test_pairs(gold: list[Span], predicted: list[Span], pairs: int) -> None:
    assert overlapping_pairs(gold, predicted) == overlapping_pairs(predicted, gold) == pairs


SPANS = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5)).map(lambda pair: Span(pair[0], sum(pair))), max_size=5)


@given(SPANS, SPANS)
@settings(deadline=None)
def test_no_other_choice_pairs_more(gold: list[Span], predicted: list[Span]) -> None:
    fewer, more = sorted((gold, predicted), key=len)
    choices = permutations(more, len(fewer))
    best = max(
        sum(one.start < other.end and other.start < one.end for one, other in zip(fewer, choice, strict=True))
        for choice in choices
    )
    assert overlapping_pairs(gold, predicted) == best
