"""What joins and splits mean for profiles: which belong together, which are kept apart, and which decision prevails."""

import pytest

from incidex.records import Span
from incidex.store.decisions.records import (
    Content,
    Correction,
    Decision,
    Ignore,
    Join,
    Split,
    Undo,
    constraints,
    subjects,
)


def decided(*contents: Content) -> list[Decision]:
    return [Decision(number, "", "", "", content) for number, content in enumerate(contents, 1)]


AB = Join(("a",), ("b",))
SAME = {name: name for name in "abcdef"}


@pytest.mark.parametrize(
    ("contents", "must", "cannot"),
    [
        pytest.param((), [], [], id="nothing"),
        pytest.param((AB,), ["ab"], [], id="join"),
        pytest.param((Join(("c", "a"), ("b",)),), ["ab", "bc"], [], id="join of several"),
        pytest.param((Split(("b",), ("a", "c")),), [], ["ab", "bc"], id="split"),
        pytest.param((Split(("b", "d"), ("a",)),), ["bd"], ["ab", "ad"], id="those that leave stay together"),
        pytest.param((AB, Split(("b",), ("a",))), [], ["ab"], id="a later split prevails"),
        pytest.param((Split(("b",), ("a",)), AB), ["ab"], [], id="a later join prevails"),
        pytest.param(
            (Join(("a",), ("b", "c")), Split(("a",), ("b", "c"))), ["bc"], ["ab", "ac"], id="the rest stays together"
        ),
        pytest.param((Split(("b",), ("a", "c")), AB), ["ab"], ["bc"], id="what the join does not concern stays apart"),
        pytest.param((Ignore("x"), Undo(1)), [], [], id="other decisions"),
    ],
)
def test_constraints(contents: tuple[Content, ...], must: list[str], cannot: list[str]) -> None:
    found = constraints(decided(*contents), SAME)
    assert found == (tuple(map(tuple, must)), tuple(map(tuple, cannot)))


def test_profiles_that_have_become_others_are_meant_still() -> None:
    assert constraints(decided(AB), {"a": "x", "b": "y"}) == ((("x", "y"),), ())
    assert constraints(decided(AB), {"a": "x"}) == ((), ())


def test_profiles_that_have_become_one_are_not_kept_apart() -> None:
    assert constraints(decided(Split(("a",), ("b",))), {"a": "x", "b": "x"}) == ((), ())


def test_subjects() -> None:
    correction = Correction("d", "words", Span(0, 5), labels=())
    assert [subjects(content) for content in (AB, Split(("a",), ("b",)), correction, Ignore("x"), Undo(1))] == [
        ("a", "b"),
        ("a", "b"),
        ("d",),
        (),
        (),
    ]


def test_a_decision_is_called_like_its_command() -> None:
    contents = (AB, Split(("a",), ("b",)), Ignore("x"), Correction("d", "w", Span(0, 1)), Undo(1))
    assert [decision.kind for decision in decided(*contents)] == ["join", "split", "ignore", "correct", "undo"]
