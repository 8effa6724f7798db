"""The figures that evaluations share: precision, recall and F1, calibration error, overlapping spans."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from incidex.records import Span


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 (each 0..1), and the number of gold labels, spans or links."""

    precision: float
    recall: float
    f1: float
    support: int


def score_of(hits: int, claims: int, support: int) -> Score:
    """
    Return the score for `hits` correct of `claims` predicted and `support` gold items.

    A figure is 0 if there is nothing to divide by.
    """
    return Score(
        precision=hits / claims if claims else 0.0,
        recall=hits / support if support else 0.0,
        f1=2 * hits / (claims + support) if claims + support else 0.0,
        support=support,
    )


def expected_calibration_error(probabilities: ArrayLike, outcomes: ArrayLike, *, bins: int = 15) -> float:
    """
    Return the mean gap between stated probability and observed frequency, 0 (best) to 1; 0 for no probabilities.

    Method: Naeini, Cooper, Hauskrecht: Obtaining Well Calibrated Probabilities Using Bayesian Binning, AAAI 2015, with
    bins of equal width. The gap of a bin counts by the number of probabilities in it.

    Args:
        probabilities: One number in 0..1 for each case.
        outcomes: Whether each case is true, in the same order.
    """
    stated = np.asarray(probabilities, dtype=np.float64)
    observed = np.asarray(outcomes, dtype=np.float64)
    # A probability of exactly 1 belongs to the last bin.
    places = np.minimum((stated * bins).astype(np.int64), bins - 1)
    gaps = np.bincount(places, weights=stated - observed, minlength=bins)
    return float(np.abs(gaps).sum() / max(len(stated), 1))


def overlapping_pairs(gold: Collection[Span], predicted: Collection[Span]) -> int:
    """
    Return how many of `gold` can be paired with one of `predicted` that shares a character, each used at most once.

    This is a maximum matching. Method: process the spans of both sides by their ends, and pair each with the first span
    of the other side that begins before it ends. All later spans end no earlier, so anything else that the partner
    could be paired with, a later candidate could be, too: the greedy choice loses nothing.
    """
    waiting = sorted([(span.end, span.start, True) for span in gold] + [(s.end, s.start, False) for s in predicted])
    pairs = 0
    while waiting:
        end, _, side = waiting.pop(0)
        partner = next((entry for entry in waiting if entry[2] is not side and entry[1] < end), None)
        if partner:
            waiting.remove(partner)
            pairs += 1
    return pairs
