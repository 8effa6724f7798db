"""The report on events, for people and for programs."""

import json

import pytest

from incidex.cli.support.event_report import to_json, to_table
from incidex.evaluation.events import Pair, Report, evaluate_events
from incidex.records import Argument, Event, EventMention, Realis, Span

VICTIM = Argument(Span(20, 25), "Person", "Victim")
FIRST = EventMention(Span(0, 5), "AttackRansom", Realis.ACTUAL, (VICTIM,))
SECOND = EventMention(Span(10, 15), "AttackRansom", Realis.OTHER)


@pytest.fixture
def report() -> Report:
    return evaluate_events([Pair((Event((FIRST, SECOND)),), (Event((FIRST,)),))])


@pytest.fixture
def given() -> Report:
    return evaluate_events([Pair((Event((FIRST, SECOND)),), (Event((FIRST,)), Event((SECOND,))))])


def test_tables(report: Report, given: Report) -> None:
    lines = to_table(report, given, judged="a\x1b[2J").splitlines()
    assert lines[:2] == ["Judged: a\ufffd[2J", "Articles: 1; events: 1 in gold, 1 predicted"]
    alone, again = lines[: lines.index("With the gold triggers given:")], lines[len(lines) // 3 :]
    assert "TC   triggers: span and type                         1.000   0.500   0.667      2" in alone
    assert "AC+  arguments: span, role and trigger               1.000   1.000   1.000      1" in alone
    assert "Triggers with the right span and type: 1; accuracy on them 1.000, macro F1 0.333." in alone
    assert "Triggers with the right span and type: 2; accuracy on them 1.000, macro F1 0.667." in again
    assert "     B3: mentions                                    1.000   0.500   0.667      2" in again
    # MUC 0, B3 2/3, CEAFe 2 * 1/3 in one of two and in one: 1/3, 2/3, 4/9.
    assert "CoNLL, the mean of the three F1: 0.370." in again
    assert "F1 of each event type           TC  overlap      AI      AC     AI+     AC+   gold" in lines
    assert "AttackRansom                 0.667    0.667   1.000   1.000   1.000   1.000      2" in lines
    assert "Victim                       1.000   1.000      1" in lines


def test_tables_without_gold_triggers(report: Report) -> None:
    assert "With the gold triggers" not in to_table(report, None, judged="files")


def test_json_has_the_same_figures(report: Report, given: Report) -> None:
    content = json.loads(to_json(report, given, judged="files"))
    assert list(content) == [
        *("judged", "articles", "events", "TI", "TC", "trigger_overlap", "AI", "AC", "AI+", "AC+"),
        *("realis", "coreference", "event_types", "roles", "gold_triggers"),
    ]
    assert content["trigger_overlap"] == {"precision": 1.0, "recall": 0.5, "f1": 2 / 3, "support": 2}
    assert content["realis"]["classes"]["Actual"]["support"] == 1
    assert content["gold_triggers"]["coreference"]["CoNLL"] == pytest.approx((0 + 2 / 3 + 4 / 9) / 3)
    assert content["gold_triggers"].keys() == content.keys() - {"judged", "gold_triggers"}
    assert json.loads(to_json(report, None, judged="files"))["gold_triggers"] is None
