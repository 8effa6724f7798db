"""Measures whether probabilities can be taken at their word."""

import numpy as np
from numpy.typing import ArrayLike


def expected_calibration_error(probabilities: ArrayLike, outcomes: ArrayLike, *, bins: int = 15) -> float:
    """
    Return the mean gap between stated probability and observed frequency, 0 (best) to 1; 0 for no probabilities.

    Method: Naeini, Cooper, Hauskrecht: Obtaining Well Calibrated Probabilities Using Bayesian Binning, AAAI 2015, with
    bins of equal width. The gap of a bin counts by the number of probabilities in it.

    Args:
        probabilities: One number in 0..1 for each case.
        outcomes: Whether the case turned out true, in the same order.
    """
    stated = np.asarray(probabilities, dtype=np.float64)
    observed = np.asarray(outcomes, dtype=np.float64)
    # A probability of exactly 1 belongs into the last bin.
    places = np.minimum((stated * bins).astype(np.int64), bins - 1)
    gaps = np.bincount(places, weights=stated - observed, minlength=bins)
    return float(np.abs(gaps).sum() / max(len(stated), 1))
