"""Scores worked out by hand on classes of unequal size, and against scikit-learn where it is installed."""

import random

import pytest

from incidex.evaluation.score import Score
from incidex.evaluation.sentences import Example, Report, evaluate_sentences
from incidex.labels import scheme

BREACH, PHISH, RANSOM, DISCOVER, PATCH = scheme().names


def example(
    gold: tuple[str, ...], predicted: tuple[str, ...], scores: tuple[float, ...] = (), line: int = 1
) -> Example:
    return Example("gold.txt", line, f"Sentence {line}.", gold, predicted, scores)


# Gold: 4 breach, 1 phishing, 2 patch, 3 O. Found: breach 3 of 4 and once wrongly, phishing 0 of 1, patch 2 of 2.
EXAMPLES = [
    example((BREACH,), (BREACH,), line=1),
    example((BREACH,), (BREACH,), line=2),
    example((BREACH, PHISH), (BREACH,), line=3),
    example((BREACH,), (), line=4),
    example((PATCH,), (PATCH,), line=5),
    example((PATCH,), (BREACH, PATCH), line=6),
    example((), (), line=7),
    example((), (), line=8),
    example((), (RANSOM,), line=9),
]


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate_sentences(EXAMPLES)


def test_each_label(report: Report) -> None:
    assert dict(report.labels) == {
        BREACH: Score(3 / 4, 3 / 4, 3 / 4, 4),
        PHISH: Score(0.0, 0.0, 0.0, 1),
        RANSOM: Score(0.0, 0.0, 0.0, 0),
        DISCOVER: Score(0.0, 0.0, 0.0, 0),
        PATCH: Score(1.0, 1.0, 1.0, 2),
        "O": Score(2 / 3, 2 / 3, 2 / 3, 3),
    }


def test_averages(report: Report) -> None:
    assert report.sentences == 9
    # 7 right labels (3 breach, 2 patch, 2 O) of 10 predicted and 10 gold.
    assert report.micro == Score(0.7, 0.7, 0.7, 10)
    assert report.macro.f1 == pytest.approx((3 / 4 + 1 + 2 / 3) / 6)
    assert report.macro_events.f1 == pytest.approx((3 / 4 + 1) / 5)
    assert report.macro_events.support == 7
    assert report.weighted.f1 == pytest.approx((4 * 3 / 4 + 2 * 1 + 3 * 2 / 3) / 10)
    assert report.exact_match == pytest.approx(5 / 9)


def test_confusion(report: Report) -> None:
    names = [*scheme().names, "O"]
    counts = {
        (gold, predicted): count
        for gold, row in zip(names, report.confusion, strict=True)
        for predicted, count in zip(names, row, strict=True)
        if count
    }
    assert counts == {
        (BREACH, BREACH): 3,
        (PATCH, PATCH): 2,
        ("O", "O"): 2,
        (PHISH, "O"): 1,  # line 3: missed, and nothing in its place
        (BREACH, "O"): 1,  # line 4
        ("O", BREACH): 1,  # line 6: too much, in nothing's place
        ("O", RANSOM): 1,  # line 9
    }


def test_one_label_in_the_place_of_another_is_a_pair() -> None:
    confusion = evaluate_sentences([example((DISCOVER, PATCH), (PATCH, RANSOM))]).confusion
    assert confusion[3][2] == 1
    assert confusion[4][4] == 1
    assert sum(map(sum, confusion)) == 2


def test_mistakes_begin_with_the_surest() -> None:
    report = evaluate_sentences(
        [
            example((), (BREACH,), (0.6, 0.0, 0.0, 0.0, 0.0), line=1),
            example((PHISH,), (), (0.0, 0.02, 0.0, 0.0, 0.0), line=2),
            example((PATCH,), (PATCH,), (0.0, 0.0, 0.0, 0.0, 0.9), line=3),
            example((PHISH,), (RANSOM,), (0.0, 0.3, 0.8, 0.0, 0.0), line=4),
        ]
    )
    assert [(mistake.example.line, mistake.confidence) for mistake in report.mistakes] == [
        (2, 0.98),
        (4, 0.8),
        (1, 0.6),
    ]


def test_mistakes_without_probabilities_begin_with_the_most_wrong() -> None:
    report = evaluate_sentences([example((), (BREACH,), line=1), example((PHISH,), (RANSOM,), line=2)])
    assert [(mistake.example.line, mistake.confidence) for mistake in report.mistakes] == [(2, None), (1, None)]


def test_calibration_of_each_label() -> None:
    half = (0.5, 1.0, 0.0, 0.0, 0.0)
    report = evaluate_sentences([example((BREACH,), (), half), example((), (), half)])
    errors = dict(report.calibration)
    assert errors[BREACH] == pytest.approx(0.0)
    assert errors[PHISH] == pytest.approx(1.0)
    assert errors[PATCH] == pytest.approx(0.0)


def test_calibration_needs_probabilities_for_all() -> None:
    assert evaluate_sentences([example((), (), (0.0,) * 5), example((), ())]).calibration == ()


def test_the_order_of_labels_does_not_matter() -> None:
    assert evaluate_sentences([example((PATCH, BREACH), (BREACH, PATCH))]).exact_match == 1.0


def test_nothing_to_evaluate_is_an_error() -> None:
    with pytest.raises(ValueError, match="no examples"):
        evaluate_sentences([])


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_scikit_learn(seed: int) -> None:
    metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn, which this compares with, is not installed.")
    draw = random.Random(seed)
    chances = (0.4, 0.2, 0.05, 0.02, 0.3)
    examples = [
        example(
            tuple(name for name, chance in zip(scheme().names, chances, strict=True) if draw.random() < chance),
            tuple(name for name, chance in zip(scheme().names, chances, strict=True) if draw.random() < chance),
        )
        for _ in range(60)
    ]
    columns = [
        [[name in (labels or ("O",)) for name in (*scheme().names, "O")] for labels in both]
        for both in ([e.gold for e in examples], [e.predicted for e in examples])
    ]
    theirs = metrics.classification_report(*columns, output_dict=True, zero_division=0)
    ours = evaluate_sentences(examples)
    rows = {
        **{str(index): score for index, (_, score) in enumerate(ours.labels)},
        "micro avg": ours.micro,
        "macro avg": ours.macro,
        "weighted avg": ours.weighted,
    }
    for name, score in rows.items():
        row = theirs[name]
        assert (score.precision, score.recall, score.f1, score.support) == pytest.approx(
            (row["precision"], row["recall"], row["f1-score"], row["support"])
        )
    assert ours.exact_match == pytest.approx(metrics.accuracy_score(*columns))
