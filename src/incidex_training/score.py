"""Scores logits on dev: with thresholds chosen there, and with thresholds chosen on other articles of dev."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from incidex.evaluation import sentences as evaluation
from incidex.labels import scheme
from incidex_training.calibrate import calibrated, cross_fitted_error, fit, thresholds
from incidex_training.features import Example

_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Decision:
    """How logits become labels: scale, shift and threshold of each event type."""

    scale: tuple[float, ...]
    shift: tuple[float, ...]
    thresholds: tuple[float, ...]

    def probabilities(self, logits: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return calibrated probabilities, in the shape of `logits`."""
        return calibrated(np.asarray(logits, np.float64), self.scale, self.shift)

    def labels(self, logits: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Return which labels are predicted, in the shape of `logits`."""
        given: NDArray[np.bool_] = self.probabilities(logits) >= np.asarray(self.thresholds)
        return given


@dataclass(frozen=True, slots=True)
class Scores:
    """
    F1 scores on dev, each 0..1.

    Attributes:
        weighted: Over six labels, weighted by support.
        macro_events: The plain mean over the five event types.
        labels: Of each label, `O` last.
        cross_weighted: As `weighted`, but with calibration and thresholds from other articles than those scored.
        cross_macro_events: Likewise.
        calibration_error: The expected calibration error of each event type, likewise.
    """

    weighted: float
    macro_events: float
    labels: dict[str, float]
    cross_weighted: float
    cross_macro_events: float
    calibration_error: dict[str, float]

    def __str__(self) -> str:
        """Return the figures that a log line has room for."""
        return (
            f"dev weighted F1 {self.weighted:.4f}, macro F1 of events {self.macro_events:.4f} "
            f"(thresholds from other articles: {self.cross_weighted:.4f}, {self.cross_macro_events:.4f})"
        )

    def as_json(self) -> dict[str, object]:
        """Return the scores as plain values, rounded to four digits."""
        return {
            key: {name: round(figure, 4) for name, figure in value.items()}
            if isinstance(value, dict)
            else round(value, 4)
            for key, value in asdict(self).items()
        }


def choose(
    logits: Sequence[NDArray[np.float32]], gold: Sequence[NDArray[np.bool_]], *, weights: Sequence[float] | None = None
) -> Decision:
    """
    Return calibration and thresholds fitted on the articles given; each array has the shape (sentences, event types).

    Args:
        weights: How much each article's sentences count; by default all the same.
    """
    exact = [np.asarray(rows, np.float64) for rows in logits]
    counts = None if weights is None else np.repeat(np.asarray(weights, np.float64), [len(rows) for rows in exact])
    scale, shift = fit(exact, gold, counts)
    stated = calibrated(np.concatenate(exact), scale, shift)
    return Decision(scale, shift, thresholds(stated, np.concatenate(gold), counts))


def score(logits: Sequence[NDArray[np.float32]], chosen: Sequence[Example]) -> Scores:
    """Score `logits` (one array an article) against the labels of the articles."""
    gold = [example.labels > 0.5 for example in chosen]
    decision = choose(logits, gold)
    own = _report([decision.labels(rows) for rows in logits], gold)
    crossed: list[NDArray[np.bool_]] = [np.zeros(0, np.bool_)] * len(logits)
    for fold in range(min(_FOLDS, len(logits))):
        others = [index for index in range(len(logits)) if index % _FOLDS != fold]
        elsewhere = choose([logits[index] for index in others], [gold[index] for index in others])
        for index in range(fold, len(logits), _FOLDS):
            crossed[index] = elsewhere.labels(logits[index])
    cross = _report(crossed, gold)
    errors = cross_fitted_error([np.asarray(rows, np.float64) for rows in logits], gold, folds=_FOLDS)
    return Scores(
        weighted=own.weighted.f1,
        macro_events=own.macro_events.f1,
        labels={name: figures.f1 for name, figures in own.labels},
        cross_weighted=cross.weighted.f1,
        cross_macro_events=cross.macro_events.f1,
        calibration_error=dict(zip(scheme().names, errors, strict=True)),
    )


def decided(logits: Sequence[NDArray[np.float32]], chosen: Sequence[Example], decision: Decision) -> dict[str, float]:
    """Return weighted F1 and macro F1 of the event types with the calibration and thresholds of `decision`."""
    found = _report([decision.labels(rows) for rows in logits], [example.labels > 0.5 for example in chosen])
    return {"weighted": round(found.weighted.f1, 4), "macro_events": round(found.macro_events.f1, 4)}


def _report(given: Sequence[NDArray[np.bool_]], gold: Sequence[NDArray[np.bool_]]) -> evaluation.Report:
    return evaluation.evaluate_sentences(
        [
            evaluation.Example("", 0, "", _names(truth), _names(row))
            for row, truth in zip(np.concatenate(given), np.concatenate(gold), strict=True)
        ]
    )


def _names(row: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(name for name, has in zip(scheme().names, row, strict=True) if has)
