"""
Scores events against gold events: triggers, arguments, realis and coreference.

Triggers and arguments are scored as in TextEE (Huang and others, ACL Findings 2024), with character offsets: precision,
recall and F1 compare the sets of gold and predicted keys over all articles. Duplicates count once.

To score arguments, realis and coreference for correct triggers, pass events that were predicted from gold triggers.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from incidex.evaluation.coreference import Coreference, evaluate_coreference
from incidex.evaluation.score import Score, overlapping_pairs, score_of
from incidex.labels import scheme
from incidex.records import Event, EventMention, Realis, Span

_Mark = TypeVar("_Mark")

# A score for each of several names, in order.
Scores = tuple[tuple[str, Score], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """The gold and the predicted events of an article."""

    gold: tuple[Event, ...]
    predicted: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class RealisReport:
    """
    Realis scores on matched triggers: those predicted with the span and event type of gold.

    Attributes:
        matched: Their number.
        accuracy: The share of them with the right realis, 0..1.
        macro_f1: The plain mean over the three classes, 0..1; a class that does not occur counts as 0.
        classes: A score for each class in the order of the scheme.
    """

    matched: int
    accuracy: float
    macro_f1: float
    classes: Scores


@dataclass(frozen=True, slots=True)
class Report:
    """
    The scores of an evaluation.

    Attributes:
        articles: The number of articles.
        events: The number of gold events, and of predicted ones.
        scores: `TI`, `TC`, `trigger_overlap`, `AI`, `AC`, `AI+` and `AC+`, in this order. For the overlap, a gold
            trigger and a predicted one of the same event type that share a character are a hit, each used at most once.
        realis: On matched triggers.
        coreference: Over all gold and predicted triggers. A mention is identified by the exact span of its trigger,
            whatever its type; mentions on one side only are treated as in `incidex.evaluation.coreference`.
        event_types: The same scores without `TI` for each event type in the order of the scheme, over its triggers and
            arguments.
        roles: `AC` and `AC+` for each role, in the order of the scheme.
    """

    articles: int
    events: tuple[int, int]
    scores: Scores
    realis: RealisReport
    coreference: Coreference
    event_types: tuple[tuple[str, Scores], ...]
    roles: tuple[tuple[str, Scores], ...]


def evaluate_events(articles: Sequence[Pair]) -> Report:
    """
    Compare gold and predicted events. A score is 0 if there is nothing to divide by.

    Raises:
        ValueError: There are no articles.
    """
    if not articles:
        raise ValueError("There is nothing to evaluate: no articles.")
    gold = _marks([article.gold for article in articles])
    predicted = _marks([article.predicted for article in articles])
    return Report(
        articles=len(articles),
        events=(sum(len(article.gold) for article in articles), sum(len(article.predicted) for article in articles)),
        scores=_scores(gold, predicted),
        realis=_realis(gold, predicted),
        coreference=evaluate_coreference((_partition(a.gold), _partition(a.predicted)) for a in articles),
        event_types=tuple((name, _type_scores(gold, predicted, name)) for name in scheme().names),
        roles=tuple((role, _role_scores(gold, predicted, role)) for role in scheme().roles),
    )


class _Trigger(NamedTuple):
    """The key of a trigger: its article, span and event type."""

    article: int
    span: Span
    event_type: str


class _Argument(NamedTuple):
    """The key of an argument."""

    trigger: _Trigger
    span: Span
    role: str


@dataclass(frozen=True, slots=True)
class _Marks:
    """All annotations in all articles: triggers with their realis, and arguments."""

    triggers: dict[_Trigger, Realis]
    arguments: set[_Argument]


_TRIGGER_KEYS: dict[str, Callable[[_Trigger], Hashable]] = {
    "TI": lambda trigger: (trigger.article, trigger.span),
    "TC": lambda trigger: trigger,
}
_ARGUMENT_KEYS: dict[str, Callable[[_Argument], Hashable]] = {
    "AI": lambda argument: (argument.trigger.article, argument.trigger.event_type, argument.span),
    "AC": lambda argument: (argument.trigger.article, argument.trigger.event_type, argument.span, argument.role),
    "AI+": lambda argument: (argument.trigger, argument.span),
    "AC+": lambda argument: argument,
}


def _marks(articles: Iterable[tuple[Event, ...]]) -> _Marks:
    triggers: dict[_Trigger, Realis] = {}
    arguments: set[_Argument] = set()
    for number, events in enumerate(articles):
        for mention in _mentions(events):
            trigger = _Trigger(number, mention.trigger, mention.event_type)
            triggers.setdefault(trigger, mention.realis)
            arguments.update(_Argument(trigger, argument.span, argument.role) for argument in mention.arguments)
    return _Marks(triggers, arguments)


def _mentions(events: Iterable[Event]) -> Iterator[EventMention]:
    return (mention for event in events for mention in event.mentions)


def _scores(gold: _Marks, predicted: _Marks) -> Scores:
    return (
        *((name, _compared(gold.triggers, predicted.triggers, key)) for name, key in _TRIGGER_KEYS.items()),
        ("trigger_overlap", _overlap(gold, predicted)),
        *((name, _compared(gold.arguments, predicted.arguments, key)) for name, key in _ARGUMENT_KEYS.items()),
    )


def _type_scores(gold: _Marks, predicted: _Marks, name: str) -> Scores:
    scores = _scores(_of_type(gold, name), _of_type(predicted, name))
    # Among triggers of one type, TI and TC are the same.
    return tuple((key, score) for key, score in scores if key != "TI")


def _of_type(marks: _Marks, name: str) -> _Marks:
    return _Marks(
        {trigger: realis for trigger, realis in marks.triggers.items() if trigger.event_type == name},
        {argument for argument in marks.arguments if argument.trigger.event_type == name},
    )


def _role_scores(gold: _Marks, predicted: _Marks, role: str) -> Scores:
    there, found = ({argument for argument in marks.arguments if argument.role == role} for marks in (gold, predicted))
    return tuple((name, _compared(there, found, _ARGUMENT_KEYS[name])) for name in ("AC", "AC+"))


def _compared(gold: Iterable[_Mark], predicted: Iterable[_Mark], key: Callable[[_Mark], Hashable]) -> Score:
    there, found = {key(mark) for mark in gold}, {key(mark) for mark in predicted}
    return score_of(len(there & found), len(found), len(there))


def _overlap(gold: _Marks, predicted: _Marks) -> Score:
    there, found = _places(gold), _places(predicted)
    hits = sum(overlapping_pairs(spans, found.get(place, [])) for place, spans in there.items())
    return score_of(hits, len(predicted.triggers), len(gold.triggers))


def _places(marks: _Marks) -> dict[tuple[int, str], list[Span]]:
    """Return the spans of the triggers of each event type in each article."""
    places: dict[tuple[int, str], list[Span]] = {}
    for trigger in marks.triggers:
        places.setdefault((trigger.article, trigger.event_type), []).append(trigger.span)
    return places


def _realis(gold: _Marks, predicted: _Marks) -> RealisReport:
    pairs = [(realis, predicted.triggers[t]) for t, realis in gold.triggers.items() if t in predicted.triggers]
    right = sum(there is found for there, found in pairs)
    classes = tuple((name, _realis_score(pairs, Realis(name))) for name in scheme().realis)
    return RealisReport(
        matched=len(pairs),
        accuracy=right / len(pairs) if pairs else 0.0,
        macro_f1=sum(score.f1 for _, score in classes) / len(classes),
        classes=classes,
    )


def _realis_score(pairs: Sequence[tuple[Realis, Realis]], realis: Realis) -> Score:
    hits = sum(there is found is realis for there, found in pairs)
    return score_of(hits, sum(found is realis for _, found in pairs), sum(there is realis for there, _ in pairs))


def _partition(events: Iterable[Event]) -> list[set[Span]]:
    """Return the trigger spans of each event; a span that several events claim belongs to the first."""
    seen: set[Span] = set()
    partition = []
    for event in events:
        spans = {mention.trigger for mention in event.mentions} - seen
        seen |= spans
        if spans:
            partition.append(spans)
    return partition
