"""Precision, recall and F1."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.evaluation.score import Score, expected_calibration_error, overlapping_pairs, score_of
from incidex.records import Span


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param((3, 4, 6), Score(0.75, 0.5, 0.6, 6), id="some right"),
        pytest.param((0, 4, 6), Score(0.0, 0.0, 0.0, 6), id="none right"),
        pytest.param((0, 0, 6), Score(0.0, 0.0, 0.0, 6), id="nothing predicted"),
        pytest.param((0, 4, 0), Score(0.0, 0.0, 0.0, 0), id="nothing to be found"),
        pytest.param((0, 0, 0), Score(0.0, 0.0, 0.0, 0), id="nothing at all"),
    ],
)
def test_score(counts: tuple[int, int, int], expected: Score) -> None:
    assert score_of(*counts) == expected


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


@pytest.mark.parametrize(
    ("probabilities", "outcomes", "expected"),
    [
        pytest.param([], [], 0.0, id="nothing"),
        pytest.param([1.0, 0.0], [True, False], 0.0, id="sure and right"),
        pytest.param([1.0, 0.0], [False, True], 1.0, id="sure and wrong"),
        pytest.param([0.75] * 4, [True, True, True, False], 0.0, id="three of four at .75"),
        # Bin 5 (1/3 to .4) has .35 and .39 with one of two true: a gap of .13; bin 14 has .95, true: .05. (2*.13+.05)/3
        pytest.param([0.35, 0.39, 0.95], [True, False, True], 0.31 / 3, id="two bins of unequal size"),
    ],
)
def test_error(probabilities: list[float], outcomes: list[bool], expected: float) -> None:
    assert expected_calibration_error(probabilities, outcomes) == pytest.approx(expected, abs=1e-12)


def test_fewer_bins_see_less() -> None:
    assert expected_calibration_error([0.1, 0.9], [False, True], bins=2) == pytest.approx(0.1)
    assert expected_calibration_error([0.1, 0.9], [False, True], bins=1) == pytest.approx(0.0)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
@settings(deadline=None)
def test_error_lies_between_0_and_1(cases: list[tuple[float, bool]]) -> None:
    error = expected_calibration_error([case[0] for case in cases], [case[1] for case in cases])
    assert 0.0 <= error <= 1.0
