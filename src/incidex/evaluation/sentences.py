"""Scores the labels of sentences against gold labels."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incidex.evaluation.score import Score, expected_calibration_error, score_of
from incidex.labels import scheme


@dataclass(frozen=True, slots=True)
class Example:
    """
    A sentence with its gold and predicted labels.

    Attributes:
        source: Its file.
        line: Its line in that file, from 1.
        scores: One probability (0..1) for each event type, in the order of the label scheme; empty if there are none.
    """

    source: str
    line: int
    text: str
    gold: tuple[str, ...]
    predicted: tuple[str, ...]
    scores: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Mistake:
    """
    An example with wrong labels.

    Attributes:
        confidence: How certain the model was of its worst mistake: the probability of a wrong label, or one minus that
            of a missed one. None without probabilities.
    """

    example: Example
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """
    The scores of an evaluation. `O` counts as a sixth label, of sentences without others.

    Attributes:
        labels: A score for each event type in the order of the label scheme, then for `O`.
        micro: The micro-average over all six labels.
        macro: The plain mean over the six labels.
        macro_events: The plain mean over the five event types.
        weighted: The mean over the six labels, each counted by its support: scikit-learn's "weighted avg".
        exact_match: The share of sentences with exactly the right labels.
        calibration: The expected calibration error of each event type, in order; empty without probabilities.
        confusion: Shape (6, 6), rows are gold labels and columns predicted ones; see `_confusion`.
        mistakes: All sentences with wrong labels, the most confident first.
    """

    sentences: int
    labels: tuple[tuple[str, Score], ...]
    micro: Score
    macro: Score
    macro_events: Score
    weighted: Score
    exact_match: float
    calibration: tuple[tuple[str, float], ...]
    confusion: tuple[tuple[int, ...], ...]
    mistakes: tuple[Mistake, ...]


def evaluate_sentences(examples: Sequence[Example]) -> Report:
    """
    Compare gold and predicted labels. A score is 0 if there is nothing to divide by.

    Raises:
        ValueError: There are no examples.
    """
    if not examples:
        raise ValueError("There is nothing to evaluate: no examples.")
    gold = _indicators([example.gold for example in examples])
    predicted = _indicators([example.predicted for example in examples])
    hits, claims, support = (gold & predicted).sum(axis=0), predicted.sum(axis=0), gold.sum(axis=0)
    each = [score_of(*counts) for counts in zip(hits.tolist(), claims.tolist(), support.tolist(), strict=True)]
    return Report(
        sentences=len(examples),
        labels=tuple(zip((*scheme().names, scheme().none), each, strict=True)),
        micro=score_of(int(hits.sum()), int(claims.sum()), int(support.sum())),
        macro=_mean(each, [1] * len(each)),
        macro_events=_mean(each[:-1], [1] * len(each[:-1])),
        weighted=_mean(each, [score.support for score in each]),
        exact_match=float((gold == predicted).all(axis=1).mean()),
        calibration=_calibration(examples, gold),
        confusion=_confusion(gold, predicted),
        mistakes=_mistakes(examples),
    )


def _indicators(label_sets: Sequence[tuple[str, ...]]) -> NDArray[np.bool_]:
    """Return bool (sentences, 6): a column for each event type, and `O` last, set if no other is."""
    events = np.array([[name in labels for name in scheme().names] for labels in label_sets], dtype=np.bool_)
    return np.column_stack([events, ~events.any(axis=1)])


def _mean(scores: Sequence[Score], weights: Sequence[int]) -> Score:
    """Return the weighted mean of each figure, and the sum of the supports. It is 0 if all weights are."""
    figures = np.array([(score.precision, score.recall, score.f1) for score in scores])
    precision, recall, f1 = (np.asarray(weights) @ figures / max(sum(weights), 1)).tolist()
    return Score(precision, recall, f1, support=sum(score.support for score in scores))


def _calibration(examples: Sequence[Example], gold: NDArray[np.bool_]) -> tuple[tuple[str, float], ...]:
    if not all(example.scores for example in examples):
        return ()
    scores = np.array([example.scores for example in examples], dtype=np.float64)
    return tuple(
        (name, expected_calibration_error(scores[:, column], gold[:, column]))
        for column, name in enumerate(scheme().names)
    )


def _confusion(gold: NDArray[np.bool_], predicted: NDArray[np.bool_]) -> tuple[tuple[int, ...], ...]:
    """
    Count which label was predicted in place of which.

    A correct label counts on the diagonal. In each sentence every missed label is paired with every wrong one; a missed
    label without a wrong one counts in column `O`, a wrong label without a missed one in row `O`.
    """
    counts = np.zeros((gold.shape[1], gold.shape[1]), dtype=np.int64)
    np.fill_diagonal(counts, (gold & predicted).sum(axis=0))
    missed, wrong = gold & ~predicted, predicted & ~gold
    some = missed.any(axis=1) | wrong.any(axis=1)
    missed[some & ~missed.any(axis=1), -1] = True
    wrong[some & ~wrong.any(axis=1), -1] = True
    counts += missed.astype(np.int64).T @ wrong.astype(np.int64)
    return tuple(tuple(row) for row in counts.tolist())


def _mistakes(examples: Sequence[Example]) -> tuple[Mistake, ...]:
    """Return the examples with wrong labels, the most confident first; without probabilities, the most wrong first."""
    wrong = [example for example in examples if set(example.gold) != set(example.predicted)]
    mistakes = [Mistake(example, _confidence(example)) for example in wrong]
    return tuple(sorted(mistakes, key=lambda m: (-(m.confidence or 0.0), -len(_differing(m.example)))))


def _confidence(example: Example) -> float | None:
    if not example.scores:
        return None
    scores = dict(zip(scheme().names, example.scores, strict=True))
    return max(scores[name] if name in example.predicted else 1 - scores[name] for name in _differing(example))


def _differing(example: Example) -> set[str]:
    return set(example.gold) ^ set(example.predicted)
