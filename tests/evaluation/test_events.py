"""Scores of events, worked out by hand, and the trivial rules whose scores on the research corpus are known."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from incidex.evaluation.events import Pair, Report, evaluate_events
from incidex.evaluation.score import Score
from incidex.ingest.casie_events import read_annotated
from incidex.labels import scheme
from incidex.records import Argument, Event, EventMention, Realis, Span

BREACH, PHISH, RANSOM, DISCOVER, PATCH = scheme().names
ACTUAL, GENERIC, OTHER = Realis


def about(value: float) -> Any:
    """Return what equals `value` but for rounding, typed so that it fits into a record."""
    return pytest.approx(value)


def argument(start: int, end: int, role: str = "Victim") -> Argument:
    return Argument(Span(start, end), "Person", role)


def mention(start: int, end: int, event_type: str, *arguments: Argument, realis: Realis = ACTUAL) -> EventMention:
    return EventMention(Span(start, end), event_type, realis, arguments)


def events(*mentions: EventMention) -> tuple[Event, ...]:
    """Return an event for each mention."""
    return tuple(Event((mention,)) for mention in mentions)


# Gold: 4 triggers, 5 arguments. Predicted: 5 triggers, 5 arguments.
GOLD = events(
    mention(0, 4, RANSOM, argument(10, 14), argument(20, 24, "Attacker")),
    mention(30, 34, RANSOM, argument(40, 44)),
    mention(50, 54, BREACH, argument(60, 64), argument(70, 74, "Tool"), realis=GENERIC),
    mention(80, 84, PATCH, realis=OTHER),
)
PREDICTED = events(
    # Right, and of its arguments one is right and one has another role.
    mention(0, 4, RANSOM, argument(10, 14), argument(20, 24, "Tool")),
    # One character too short. Its argument is right, but not its trigger.
    mention(30, 33, RANSOM, argument(40, 44)),
    # Another type, so that its argument is wrong in every way.
    mention(50, 54, RANSOM, argument(60, 64), realis=OTHER),
    # Right in span and type, not in realis.
    mention(80, 84, PATCH, realis=GENERIC),
    # Nothing there. It has an argument of another mention of the same type.
    mention(90, 94, RANSOM, argument(10, 14)),
)


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate_events([Pair(GOLD, PREDICTED)])


@pytest.mark.parametrize(
    ("name", "hits", "predicted", "gold"),
    [
        pytest.param("TI", 3, 5, 4, id="TI: the first, the third, the fourth"),
        pytest.param("TC", 2, 5, 4, id="TC: the first, the fourth"),
        pytest.param("trigger_overlap", 3, 5, 4, id="overlap: and the second"),
        # Predicted (10, 14) twice for ransom, which is one key: four keys, and 10, 20 and 40 are right.
        pytest.param("AI", 3, 4, 5, id="AI"),
        pytest.param("AC", 2, 4, 5, id="AC: 10 and 40"),
        pytest.param("AI+", 2, 5, 5, id="AI+: 10 and 20"),
        pytest.param("AC+", 1, 5, 5, id="AC+: 10"),
    ],
)
def test_scores(report: Report, name: str, hits: int, predicted: int, gold: int) -> None:
    found = dict(report.scores)[name]
    assert (found.precision, found.recall, found.support) == (hits / predicted, hits / gold, gold)
    assert found.f1 == pytest.approx(2 * hits / (predicted + gold))


def test_the_order_of_the_scores(report: Report) -> None:
    assert [name for name, _ in report.scores] == ["TI", "TC", "trigger_overlap", "AI", "AC", "AI+", "AC+"]
    assert (report.articles, report.events) == (1, (4, 5))


def test_each_event_type(report: Report) -> None:
    types = {name: dict(scores) for name, scores in report.event_types}
    assert list(types) == list(scheme().names)
    assert types[RANSOM]["TC"] == Score(1 / 4, 1 / 2, 1 / 3, 2)
    assert types[RANSOM]["trigger_overlap"] == Score(2 / 4, 1.0, 2 / 3, 2)
    assert types[RANSOM]["AC"] == Score(2 / 4, 2 / 3, about(4 / 7), 3)
    assert types[RANSOM]["AC+"] == Score(1 / 5, 1 / 3, 1 / 4, 3)
    assert types[BREACH]["TC"] == Score(0.0, 0.0, 0.0, 1)
    assert types[PATCH]["TC"] == Score(1.0, 1.0, 1.0, 1)
    assert types[PHISH]["TC"] == Score(0.0, 0.0, 0.0, 0)


def test_each_role(report: Report) -> None:
    roles = {role: dict(scores) for role, scores in report.roles}
    assert list(roles) == list(scheme().roles)
    # Gold 10, 40, 60 (of a breach); predicted 10, 40, 60 (of ransom), and 10 again with a trigger of its own.
    assert roles["Victim"] == {"AC": Score(2 / 3, 2 / 3, 2 / 3, 3), "AC+": Score(1 / 4, 1 / 3, about(2 / 7), 3)}
    assert roles["Tool"]["AC"] == Score(0.0, 0.0, 0.0, 1)
    assert roles["Attacker"]["AC"] == Score(0.0, 0.0, 0.0, 1)
    assert roles["CVE"]["AC"] == Score(0.0, 0.0, 0.0, 0)


def test_realis_counts_on_triggers_with_the_right_span_and_type(report: Report) -> None:
    assert (report.realis.matched, report.realis.accuracy) == (2, 0.5)
    assert dict(report.realis.classes) == {
        "Actual": Score(1.0, 1.0, 1.0, 1),
        "Generic": Score(0.0, 0.0, 0.0, 0),
        "Other": Score(0.0, 0.0, 0.0, 1),
    }
    assert report.realis.macro_f1 == pytest.approx(1 / 3)


def test_coreference_knows_mentions_by_their_spans_alone() -> None:
    first, second, third = mention(0, 4, RANSOM), mention(10, 14, RANSOM), mention(20, 24, RANSOM)
    gold = (Event((first, second)), Event((third,)))
    predicted = (Event((replace(first, event_type=BREACH), second, mention(20, 23, RANSOM))),)
    found = evaluate_events([Pair(gold, predicted)]).coreference
    # The two of the first event are together, the third is missing and one stands there that is not gold.
    assert (found.muc.precision, found.muc.recall) == (1 / 2, 1.0)
    assert (found.b3.precision, found.b3.recall) == pytest.approx((2 * 2 / 3 / 3, 2 / 3))
    assert (found.ceafe.precision, found.ceafe.recall) == pytest.approx((4 / 5, 2 / 5))
    assert found.conll == pytest.approx((found.muc.f1 + found.b3.f1 + found.ceafe.f1) / 3)


def test_what_is_written_twice_counts_once() -> None:
    twice = mention(0, 4, RANSOM, argument(10, 14), argument(10, 14))
    report = evaluate_events([Pair(events(twice), (Event((twice, twice)), Event((twice,))))])
    assert {name: score.f1 for name, score in report.scores} == dict.fromkeys(dict(report.scores), 1.0)
    assert (report.realis.matched, report.coreference.b3.f1, report.coreference.b3.support) == (1, 1.0, 1)


def test_the_same_place_in_another_article_is_another_place() -> None:
    report = evaluate_events([Pair(GOLD, ()), Pair((), GOLD)])
    assert {score.f1 for _, score in report.scores} == {0.0}
    assert (report.realis.matched, report.realis.accuracy, report.coreference.conll) == (0, 0.0, 0.0)


def test_all_right() -> None:
    report = evaluate_events([Pair(GOLD, GOLD), Pair(PREDICTED, PREDICTED)])
    assert {score.f1 for _, score in report.scores} == {1.0}
    assert (report.realis.accuracy, report.coreference.b3.f1, report.coreference.ceafe.f1) == (1.0, 1.0, 1.0)


def test_nothing_to_evaluate_is_an_error() -> None:
    with pytest.raises(ValueError, match="no articles"):
        evaluate_events([])


Rule = Callable[[int, EventMention], Hashable]


def grouped(gold: tuple[Event, ...], rule: Rule) -> tuple[Event, ...]:
    """Return the gold mentions as the rule groups them, each with the realis Actual."""
    groups: dict[Hashable, list[EventMention]] = {}
    for number, found in enumerate(mention for event in gold for mention in event.mentions):
        groups.setdefault(rule(number, found), []).append(replace(found, realis=ACTUAL))
    return tuple(Event(tuple(group)) for group in groups.values())


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("rule", "b3", "muc", "ceafe", "conll"),
    [
        pytest.param(lambda number, _: number, (1.000, 0.456, 0.626), 0.000, 0.493, 0.373, id="each alone"),
        pytest.param(lambda *_: "all", (0.427, 1.000, 0.598), 0.765, 0.297, 0.553, id="all in one"),
        pytest.param(lambda _, m: m.event_type, (0.619, 0.990, 0.762), 0.806, 0.512, 0.693, id="by event type"),
        pytest.param(
            lambda _, m: (m.event_type, m.realis), (0.714, 0.872, 0.785), 0.772, 0.571, 0.709, id="by type and realis"
        ),
    ],
)
def test_trivial_rules_have_the_scores_that_others_measured(
    shared: Path, rule: Rule, b3: tuple[float, float, float], muc: float, ceafe: float, conll: float
) -> None:
    files = sorted((shared / "corpus" / "casie" / "dev").glob("*.json"))
    gold = [read_annotated(file).events for file in files]
    report = evaluate_events([Pair(found, grouped(found, rule)) for found in gold])
    found = report.coreference
    assert (found.b3.precision, found.b3.recall, found.b3.f1) == pytest.approx(b3, abs=0.0005)
    assert (found.muc.f1, found.ceafe.f1, found.conll) == pytest.approx((muc, ceafe, conll), abs=0.0005)
    assert (report.realis.matched, report.scores[-1][1].support) == (1227, 3222)
    assert (report.realis.accuracy, report.realis.macro_f1) == pytest.approx((0.615, 0.254), abs=0.0005)
