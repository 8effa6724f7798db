"""The best pairs, against trying all of them."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from incidex.evaluation.assignment import best_pairs


@pytest.mark.parametrize(
    ("values", "pairs"),
    [
        pytest.param([[1.0]], ((0, 0),), id="one"),
        pytest.param([[9.0, 8.0], [8.0, 1.0]], ((0, 1), (1, 0)), id="the greedy choice is not the best"),
        pytest.param([[1.0, 5.0, 2.0]], ((0, 1),), id="one row"),
        pytest.param([[1.0], [5.0], [2.0]], ((1, 0),), id="one column"),
        pytest.param(
            [[7.0, 5.0, 1.0], [6.0, 3.0, 0.0], [5.0, 1.0, 0.0]], ((0, 1), (1, 0), (2, 2)), id="all want the first"
        ),
    ],
)
def test_pairs(values: list[list[float]], pairs: tuple[tuple[int, int], ...]) -> None:
    assert best_pairs(np.array(values)) == pairs


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_nothing_to_pair(shape: tuple[int, int]) -> None:
    assert best_pairs(np.zeros(shape)) == ()


@given(st.integers(1, 5), st.integers(1, 5), st.data())
@settings(deadline=None)
def test_no_other_choice_is_better(rows: int, columns: int, data: st.DataObject) -> None:
    cells = st.sampled_from([0.0, 0.25, 0.5, 1.0]) | st.floats(-10, 10)
    values = np.array(data.draw(st.lists(cells, min_size=rows * columns, max_size=rows * columns)))
    values = values.reshape(rows, columns)
    pairs = best_pairs(values)
    assert len(pairs) == min(rows, columns)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert sum(values[pair] for pair in pairs) == pytest.approx(_best_sum(values), abs=1e-9)


def _best_sum(values: NDArray[np.float64]) -> float:
    wide = values if values.shape[0] <= values.shape[1] else values.T
    choices = permutations(range(wide.shape[1]), wide.shape[0])
    return max(float(sum(wide[row, column] for row, column in enumerate(choice))) for choice in choices)


def test_agrees_with_scipy() -> None:
    optimize = pytest.importorskip("scipy.optimize", reason="SciPy, which this compares with, is not installed.")
    draw = np.random.default_rng(7)
    for rows, columns in [(30, 30), (12, 40), (40, 12)]:
        values = draw.random((rows, columns))
        theirs = optimize.linear_sum_assignment(values, maximize=True)
        assert best_pairs(values) == tuple(zip(*(indices.tolist() for indices in theirs), strict=True))
