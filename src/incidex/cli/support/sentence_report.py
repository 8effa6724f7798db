"""Writes the scores of sentence labels as a table for people and as JSON for programs."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from incidex.evaluation.sentences import Mistake, Report
from incidex.export.jsonl.values import json_text
from incidex.export.terminal.text import printable
from incidex.labels import scheme


def to_json(report: Report, *, judged: str, skipped: int, worst: int) -> str:
    """Return `report` as one JSON object, with `worst` of its mistakes. See `to_table` for the other arguments."""
    names = [name for name, _ in report.labels]
    content = {
        "judged": judged,
        "sentences": report.sentences,
        "skipped_lines": skipped,
        "labels": {name: asdict(score) for name, score in report.labels},
        "micro": asdict(report.micro),
        "macro": asdict(report.macro),
        "macro_events": asdict(report.macro_events),
        "weighted": asdict(report.weighted),
        "exact_match": report.exact_match,
        "calibration": {**dict(report.calibration), "mean": _mean_error(report)} if report.calibration else None,
        "confusion": {
            name: dict(zip(names, row, strict=True)) for name, row in zip(names, report.confusion, strict=True)
        },
        "mistakes": [_mistake(mistake) for mistake in report.mistakes[:worst]],
    }
    return json_text(content, indent=2)


def to_table(report: Report, *, judged: str, skipped: int, worst: int) -> str:
    """
    Return `report` as a table.

    Args:
        judged: What was scored against the gold data: the name of the model, or the path of the predictions.
        skipped: How many lines were skipped because they have no label or no sentence.
        worst: How many mistakes to show.
    """
    lines = [
        f"Judged: {judged}",
        f"Sentences: {report.sentences}; lines skipped, without label or sentence: {skipped}",
        "",
        *_scores(report),
        "",
        *_shares(report),
        "",
        *_confusion(report),
        *_mistakes(report.mistakes[:worst], len(report.mistakes)),
    ]
    return printable("".join(f"{line}\n" for line in lines))


def _scores(report: Report) -> Iterator[str]:
    yield f"{'':24}{'precision':>10}{'recall':>8}{'F1':>8}{'gold':>7}"
    averages = (
        ("micro", report.micro),
        ("macro, six labels", report.macro),
        ("macro, five event labels", report.macro_events),
        ("weighted", report.weighted),
    )
    for name, score in (*report.labels, *averages):
        yield f"{name:24}{score.precision:10.3f}{score.recall:8.3f}{score.f1:8.3f}{score.support:7}"


def _shares(report: Report) -> Iterator[str]:
    yield f"All labels correct in {report.exact_match:.1%} of the sentences."
    if report.calibration:
        each = ", ".join(f"{name} {error:.3f}" for name, error in report.calibration)
        yield f"Expected calibration error: {_mean_error(report):.3f} ({each})."


def _confusion(report: Report) -> Iterator[str]:
    numbers = range(1, len(report.labels) + 1)
    yield "Gold labels down, predicted labels across. O means that the other side has no such label."
    yield f"{'':24}" + "".join(f"{number:7}" for number in numbers)
    for number, (name, _), row in zip(numbers, report.labels, report.confusion, strict=True):
        yield f"{number} {name:22}" + "".join(f"{count:7}" for count in row)


def _mistakes(shown: tuple[Mistake, ...], total: int) -> Iterator[str]:
    if not shown:
        return
    yield ""
    yield f"The {len(shown)} worst of {total} sentences with wrong labels, most confident first:"
    for mistake in shown:
        example = mistake.example
        sure = "" if mistake.confidence is None else f"{mistake.confidence:.2f}  "
        gold, predicted = scheme().written(example.gold), scheme().written(example.predicted)
        yield f"  {sure}{example.source}, line {example.line}: {predicted} instead of {gold}"
        yield f"    {' '.join(example.text.split())}"


def _mistake(mistake: Mistake) -> dict[str, Any]:
    scores = mistake.example.scores
    named = dict(zip(scheme().names, scores, strict=True)) if scores else {}
    return {**asdict(mistake.example), "scores": named, "confidence": mistake.confidence}


def _mean_error(report: Report) -> float:
    return sum(error for _, error in report.calibration) / len(report.calibration)
