"""Tunes the thresholds for events on dev, and scores the events."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from incidex.encoder.output import Decoding
from incidex.evaluation.events import Pair, Report, evaluate_events
from incidex.records import Event
from incidex_training.events import found_events, gold_events
from incidex_training.features import Example
from incidex_training.predict import Prediction

_THRESHOLDS = tuple(
    step / 20 for step in range(4, 15)
)  # candidate probabilities from which on a token is inside a span
_LOGITS = tuple(step / 20 for step in range(-20, 31))  # candidate logits from which on two mentions are one event


def choose_decoding(
    predictions: Sequence[Prediction],
    chosen: Sequence[Example],
    newer: tuple[Sequence[Prediction], Sequence[Example]] = ((), ()),
    *,
    apart: float,
    weight: float = 1.0,
) -> Decoding:
    """
    Return the thresholds with the best scores: TC plus AC for triggers, then AC+ for arguments, and CoNLL with gold
    triggers for events.

    Args:
        newer: Predictions and examples of newer documents. They do not say which mentions are one event.
        apart: See `Decoding`; trained with the network.
        weight: How much the scores of `newer` count against those of `chosen`.
    """
    both = [(1.0, predictions, chosen), *([(weight, *newer)] if newer[1] else [])]

    def best(values: Iterable[float], figure: Callable[[float], float]) -> float:
        return max(values, key=figure)

    def total(decoding: Decoding, *names: str) -> float:
        reports = [(counts, _report(found, examples, decoding)) for counts, found, examples in both]
        return sum(counts * _f1(report, name) for counts, report in reports for name in names)

    start = Decoding(trigger=0.5, argument=0.5, same=0.0, apart=apart)
    start = replace(start, trigger=best(_THRESHOLDS, lambda bar: total(replace(start, trigger=bar), "TC", "AC")))
    start = replace(start, argument=best(_THRESHOLDS, lambda bar: total(replace(start, argument=bar), "AC+")))

    def conll(bar: float) -> float:
        return _report(predictions, chosen, replace(start, same=bar), gold_triggers=True).coreference.conll

    return replace(start, same=best(_LOGITS, conll))


def score_events(predictions: Sequence[Prediction], chosen: Sequence[Example], decoding: Decoding) -> dict[str, Any]:
    """
    Return F1 scores (0..1) of all parts of events.

    Positions are tokens, and the sentences those of the annotated files, so figures differ a little from those that
    `incidex evaluate events` prints for the same articles, which it splits itself.
    """
    found = _report(predictions, chosen, decoding)
    given = _report(predictions, chosen, decoding, gold_triggers=True)
    figures: dict[str, Any] = {name: score.f1 for name, score in found.scores}
    figures["with gold triggers"] = {
        "AC": _f1(given, "AC"),
        "AC+": _f1(given, "AC+"),
        "realis accuracy": given.realis.accuracy,
        "realis macro": given.realis.macro_f1,
        "MUC": given.coreference.muc.f1,
        "B3": given.coreference.b3.f1,
        "CEAFe": given.coreference.ceafe.f1,
        "CoNLL": given.coreference.conll,
    }
    figures["CoNLL"] = found.coreference.conll
    return _rounded(figures)


def _report(
    predictions: Sequence[Prediction], chosen: Sequence[Example], decoding: Decoding, *, gold_triggers: bool = False
) -> Report:
    return evaluate_events(
        [
            Pair(gold, _events(prediction, example, decoding, gold if gold_triggers else None))
            for prediction, example in zip(predictions, chosen, strict=True)
            for gold in [gold_events(example)]
        ]
    )


def _events(
    prediction: Prediction, example: Example, decoding: Decoding, gold: tuple[Event, ...] | None
) -> tuple[Event, ...]:
    triggers = None if gold is None else [mention for event in gold for mention in event.mentions]
    return found_events(prediction, example, decoding, triggers=triggers)


def _f1(report: Report, name: str) -> float:
    return dict(report.scores)[name].f1


def _rounded(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _rounded(value) if isinstance(value, dict) else round(float(value), 4) for name, value in figures.items()
    }
