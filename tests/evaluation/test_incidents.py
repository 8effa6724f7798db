"""Scores of incidents."""

import json
from pathlib import Path

import pytest

from incidex.errors import FormatError, UnreadableSource
from incidex.evaluation.incidents import Gold, GoldIncident, evaluate_incidents, read_gold

GOLD = Gold(
    (GoldIncident("one", ("a", "b", "c"), ("r",)), GoldIncident("two", ("d", "e"))),
    singletons=("s", "r"),
    look_alikes=(("a", "s"), ("d", "s")),
)


def test_all_right() -> None:
    scores = evaluate_incidents(GOLD, [{"a", "b", "c"}, {"d", "e"}, {"s"}])
    assert (scores.pairs.f1, scores.b3.f1, scores.macro.f1) == (1, 1, 1)
    assert scores.false_pairs == ()
    assert scores.look_alikes == ()
    assert (scores.documents, scores.pairs.support, scores.look_alikes_listed) == (7, 4, 2)


def test_each_alone() -> None:
    scores = evaluate_incidents(GOLD, [{name} for name in "abcdesr"])
    assert (scores.pairs.precision, scores.pairs.recall, scores.pairs.f1) == (0, 0, 0)
    assert scores.b3.precision == 1
    assert scores.b3.recall == pytest.approx((3 * 1 / 3 + 2 * 1 / 2) / 5)


def test_mistakes_count() -> None:
    scores = evaluate_incidents(GOLD, [{"a", "b", "s"}, {"d", "e"}, {"c"}])
    assert (scores.pairs.precision, scores.pairs.recall) == (pytest.approx(2 / 4), pytest.approx(2 / 4))
    assert scores.false_pairs == (("a", "s"), ("b", "s"))
    assert scores.look_alikes == (("a", "s"),)
    assert scores.macro.recall == pytest.approx((1 / 3 + 1) / 2)
    assert scores.macro.precision == pytest.approx((1 / 3 + 1) / 2)


def test_related_count_neither_way() -> None:
    assert evaluate_incidents(GOLD, [{"a", "b", "c", "r"}, {"d", "e"}]).pairs.f1 == 1


def test_others_are_ignored_and_a_document_may_be_in_several() -> None:
    scores = evaluate_incidents(GOLD, [{"a", "b", "c", "x"}, {"d", "e", "y"}, {"x", "y"}, {"a", "b"}])
    assert scores.pairs.f1 == 1


def test_read_gold(tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    content = {"incidents": [{"incident": "one", "documents": ["a", "b"]}], "look_alikes": [["a", "c"]]}
    path.write_text(json.dumps(content), "utf-8")
    assert read_gold(path) == Gold((GoldIncident("one", ("a", "b")),), look_alikes=(("a", "c"),))


@pytest.mark.parametrize(
    "content", ['{"incidents": 3}', "[]", '{"incidents": [{"documents": ["a"]}]}', '{"incidents": [3]}']
)
def test_another_form_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gold.json"
    path.write_text(content, "utf-8")
    with pytest.raises(FormatError, match="is not a file of gold incidents"):
        read_gold(path)


def test_no_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    with pytest.raises(UnreadableSource, match="cannot be read"):
        read_gold(path)
    path.write_text("no", "utf-8")
    with pytest.raises(UnreadableSource, match="is not JSON"):
        read_gold(path)
