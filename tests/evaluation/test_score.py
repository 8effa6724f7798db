"""Precision, recall and F1."""

import pytest

from incidex.evaluation.score import Score, score_of


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
