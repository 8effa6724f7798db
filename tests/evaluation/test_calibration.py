"""The expected calibration error, on cases worked out by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.evaluation.calibration import expected_calibration_error


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
