"""Calibrates logits whose true probabilities are known, and finds known thresholds."""

import numpy as np
import pytest

from incidex_training.calibrate import calibrated, cross_fitted_error, platt, thresholds


@pytest.fixture
def draw():
    return np.random.default_rng(5)


def test_platt_finds_the_scale_and_shift_that_made_the_outcomes(draw):
    logits = draw.normal(0, 3, 40_000)
    outcomes = draw.random(40_000) < 1 / (1 + np.exp(-(0.5 * logits - 1)))
    assert platt(logits, outcomes) == (pytest.approx(0.5, abs=0.02), pytest.approx(-1, abs=0.05))


def test_platt_stays_finite_where_the_classes_are_apart():
    scale, shift = platt(np.array([-2.0, -1.0, 1.0, 2.0]), np.array([False, False, True, True]))
    assert np.isfinite([scale, shift]).all()
    assert scale > 0


def test_platt_does_not_run_away_from_logits_that_are_far_too_sure(draw):
    """Newton's whole step overshoots here, and ends at a falling or a flat curve."""
    logits = np.concatenate([draw.normal(-14, 3, 2300), draw.normal(6, 7, 200)])
    outcomes = draw.random(2500) < 1 / (1 + np.exp(-(0.3 * logits + 0.5)))
    scale, shift = platt(logits, outcomes)
    assert scale == pytest.approx(0.3, abs=0.06)
    assert shift == pytest.approx(0.5, abs=0.5)


def test_calibration_is_an_order_preserving_probability():
    stated = calibrated(np.array([[-40.0, 0.0], [0.0, 40.0]]), (1.0, 2.0), (0.0, -1.0))
    assert (stated[0] < stated[1]).all()
    assert ((stated >= 0) & (stated <= 1)).all()


def test_cross_fitted_error_is_small_for_honest_logits_and_not_for_noise(draw):
    logits = [draw.normal(0, 2, (200, 2)) for _ in range(20)]
    gold = [draw.random((200, 2)) < 1 / (1 + np.exp(-rows)) for rows in logits]
    assert max(cross_fitted_error(logits, gold)) < 0.03


def test_the_threshold_lies_where_f1_is_best():
    stated = np.array([[0.2, 0.8]] * 50 + [[0.35, 0.82]] * 50 + [[0.6, 0.9]] * 50)
    gold = np.array([[False, False]] * 50 + [[True, False]] * 50 + [[True, True]] * 50)
    low, high = thresholds(stated, gold)
    assert 0.2 < low <= 0.35
    assert 0.82 < high <= 0.9


def test_of_thresholds_that_are_as_good_the_lowest_is_taken():
    # From .3 to .7 nothing changes; a probability of .25 is wrong and one of .75 right.
    stated = np.array([[0.25]] * 50 + [[0.75]] * 50)
    gold = np.array([[False]] * 50 + [[True]] * 50)
    (threshold,) = thresholds(stated, gold)
    assert 0.25 < threshold <= 0.31
