"""Fits calibration and thresholds on dev."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from incidex.evaluation.score import expected_calibration_error

_ROUNDS = 100
# Probabilities that are tried as thresholds.
_GRID = np.round(np.arange(0.10, 0.91, 0.01), 2)
_AS_GOOD = 0.002  # of F1; less is a sentence or two


def platt(
    logits: NDArray[np.float64], outcomes: NDArray[np.bool_], weights: NDArray[np.float64] | None = None
) -> tuple[float, float]:
    """
    Return scale and shift that maximise the likelihood of sigmoid(scale * logit + shift).

    Args:
        weights: How much each outcome counts, shape (n,); by default all the same.

    Method: Platt: Probabilistic Outputs for Support Vector Machines, 1999, with his prior on the targets, by Newton's
        method.
    """
    positive, negative = outcomes.sum(), (~outcomes).sum()
    targets = np.where(outcomes, (positive + 1) / (positive + 2), 1 / (negative + 2))
    design = np.stack([logits, np.ones_like(logits)], axis=1)
    counts = np.ones_like(logits) if weights is None else weights
    fitted = np.array([1.0, 0.0])
    for _ in range(_ROUNDS):
        stated = _sigmoid(design @ fitted)
        gradient = design.T @ (counts * (stated - targets))
        curvature = (design * (counts * stated * (1 - stated))[:, None]).T @ design + 1e-6 * np.eye(2)
        change = np.linalg.solve(curvature, gradient)
        length = _step_length(lambda tried: _cross_entropy(design @ tried, targets, counts), fitted, change)
        fitted -= length * change
        if np.abs(change).max() < 1e-8 or not length:
            break
    return float(fitted[0]), float(fitted[1])


def _step_length(
    loss: Callable[[NDArray[np.float64]], float], fitted: NDArray[np.float64], change: NDArray[np.float64]
) -> float:
    """Return the step length that reduces the loss: 1, 1/2, 1/4 ...; 0 if none does."""
    before = loss(fitted)
    lengths = (0.5**halvings for halvings in range(20))
    return next((length for length in lengths if loss(fitted - length * change) < before), 0.0)


def _cross_entropy(logits: NDArray[np.float64], targets: NDArray[np.float64], counts: NDArray[np.float64]) -> float:
    """Return the cross-entropy of all targets, each as often as `counts` says."""
    return float((counts * (np.logaddexp(0, logits) - targets * logits)).sum())


def calibrated(logits: NDArray[np.float64], scale: Sequence[float], shift: Sequence[float]) -> NDArray[np.float64]:
    """Return probabilities for logits of shape (sentences, event types)."""
    stated: NDArray[np.float64] = _sigmoid(logits * np.asarray(scale) + np.asarray(shift))
    return stated


def cross_fitted_error(
    logits: Sequence[NDArray[np.float64]], gold: Sequence[NDArray[np.bool_]], *, folds: int = 5
) -> list[float]:
    """
    Return for each event type the expected calibration error, with calibration fitted on other articles.

    Args:
        logits: For each article, shape (sentences, event types).
        gold: The same shapes.
    """
    stated, outcomes = [], []
    for fold in range(min(folds, len(logits))):
        others = [index for index in range(len(logits)) if index % folds != fold]
        own = [index for index in range(len(logits)) if index % folds == fold]
        scale, shift = fit([logits[index] for index in others], [gold[index] for index in others])
        stated.append(calibrated(np.concatenate([logits[index] for index in own]), scale, shift))
        outcomes.append(np.concatenate([gold[index] for index in own]))
    columns = zip(np.concatenate(stated).T, np.concatenate(outcomes).T, strict=True)
    return [expected_calibration_error(column, truth) for column, truth in columns]


def fit(
    logits: Sequence[NDArray[np.float64]],
    gold: Sequence[NDArray[np.bool_]],
    weights: NDArray[np.float64] | None = None,
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return scale and shift of each event type, fitted on all given articles; `weights` (n,) are of sentences."""
    columns = zip(np.concatenate(logits).T, np.concatenate(gold).T, strict=True)
    scale, shift = zip(*(platt(column, truth, weights) for column, truth in columns), strict=True)
    return scale, shift


def thresholds(
    stated: NDArray[np.float64], gold: NDArray[np.bool_], weights: NDArray[np.float64] | None = None
) -> tuple[float, ...]:
    """
    Return for each event type the threshold with the best F1, smoothed so that no single sentence decides.

    Of equally good thresholds the lowest is chosen, as other texts get lower probabilities than those used here.

    Args:
        stated: Probabilities, shape (sentences, event types).
        gold: The same shape.
        weights: How much each sentence counts, shape (sentences,); by default all the same.
    """
    counts = np.ones(len(stated)) if weights is None else weights
    return tuple(_threshold(column, truth, counts) for column, truth in zip(stated.T, gold.T, strict=True))


def _sigmoid(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    # Through tanh, which does not overflow.
    return np.asarray(0.5 + 0.5 * np.tanh(logits / 2))


def _threshold(stated: NDArray[np.float64], truth: NDArray[np.bool_], counts: NDArray[np.float64]) -> float:
    given = (stated[:, None] >= _GRID) * counts[:, None]
    hits = given[truth].sum(0)
    f1 = 2 * hits / np.maximum(1, given.sum(0) + counts[truth].sum())
    smooth = np.convolve(np.pad(f1, 3, mode="edge"), np.ones(7) / 7, mode="valid")
    return float(_GRID[int((smooth >= smooth.max() - _AS_GOOD).argmax())])
