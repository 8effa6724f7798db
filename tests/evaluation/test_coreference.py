"""Coreference scores, worked out by hand."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidex.evaluation.coreference import Coreference, evaluate_coreference
from incidex.evaluation.score import Score


def about(value: float) -> Any:
    """Return what equals `value` but for rounding, typed so that it fits into a record."""
    return pytest.approx(value)


def events(written: str) -> list[set[str]]:
    """Return the events of "ab c": one of the mentions a and b, one of c."""
    return [set(event) for event in written.split()]


def compare(*articles: tuple[str, str]) -> Coreference:
    return evaluate_coreference((events(gold), events(predicted)) for gold, predicted in articles)


def figures(score: Score) -> tuple[float, float, float]:
    return score.precision, score.recall, score.f1


def test_mentions_that_stand_on_one_side_only() -> None:
    # Gold lacks h and i, the prediction lacks e.
    found = compare(("abc defg", "ab cd fghi"))
    # Gold links 2 + 3. abc falls into ab, c: 1 kept. defg into d, e, fg: 1 kept. Predicted links 1 + 1 + 3: ab keeps
    # its one, cd none, fghi falls into fg, h, i: 1.
    assert found.muc == Score(about(2 / 5), about(2 / 5), about(2 / 5), 5)
    # Recall: a 2/3, b 2/3, c 1/3, d 1/4, e 0, f 2/4, g 2/4 of 7. Precision: 1, 1, 1/2, 1/2, 2/4, 2/4, 0, 0 of 8.
    recall = (2 / 3 + 2 / 3 + 1 / 3 + 1 / 4 + 2 / 4 + 2 / 4) / 7
    assert found.b3 == Score(about(0.5), about(recall), about(recall / (recall + 0.5)), 7)
    # abc with ab 2*2/5, defg with fghi 2*2/8: 1.3 of 2 and of 3.
    assert found.ceafe == Score(about(1.3 / 3), about(1.3 / 2), about(0.52), 2)
    assert found.conll == pytest.approx((0.4 + recall / (recall + 0.5) + 0.52) / 3)


@pytest.mark.parametrize(
    ("gold", "predicted", "muc", "b3", "ceafe"),
    [
        pytest.param("abc de", "abc de", (1, 1, 1), (1, 1, 1), (1, 1, 1), id="all right"),
        pytest.param("abc de", "de cba", (1, 1, 1), (1, 1, 1), (1, 1, 1), id="in another order"),
        pytest.param(
            "abc de",
            "abcde",
            (3 / 4, 1, 6 / 7),
            (13 / 25, 1, 26 / 38),  # 3 * 3/5 + 2 * 2/5 of 5
            (6 / 8, 3 / 8, 1 / 2),  # abc with abcde 2*3/8
            id="all one",
        ),
        pytest.param(
            "abc de",
            "a b c d e",
            (0, 0, 0),
            (1, 2 / 5, 4 / 7),  # 3 * 1/3 + 2 * 1/2 of 5
            (7 / 30, 7 / 12, 1 / 3),  # abc with a 2*1/4, de with d 2*1/3
            id="each alone",
        ),
        pytest.param("a b", "a b", (0, 0, 0), (1, 1, 1), (1, 1, 1), id="singletons have no links and count else"),
        pytest.param("ab", "", (0, 0, 0), (0, 0, 0), (0, 0, 0), id="nothing predicted"),
        pytest.param("", "ab", (0, 0, 0), (0, 0, 0), (0, 0, 0), id="nothing there"),
        pytest.param("ab", "cd", (0, 0, 0), (0, 0, 0), (0, 0, 0), id="nothing in common"),
        pytest.param(
            "ab",
            "ab c",
            (1, 1, 1),
            (2 / 3, 1, 4 / 5),
            (1 / 2, 1, 2 / 3),
            id="a mention too many",
        ),
        pytest.param(
            "abcd",
            "ab cd",
            (1, 2 / 3, 4 / 5),
            (1, 1 / 2, 2 / 3),
            (1 / 3, 2 / 3, 4 / 9),  # abcd with ab 2*2/6, in one of two
            id="split",
        ),
    ],
)
def test_scores(
    gold: str,
    predicted: str,
    muc: tuple[float, float, float],
    b3: tuple[float, float, float],
    ceafe: tuple[float, float, float],
) -> None:
    found = compare((gold, predicted))
    assert figures(found.muc) == pytest.approx(muc)
    assert figures(found.b3) == pytest.approx(b3)
    assert figures(found.ceafe) == pytest.approx(ceafe)


def test_articles_are_summed_before_dividing() -> None:
    found = compare(("ab", "ab"), ("cdef", "cd ef"))
    # Links: 1 of 1, and 2 of 3. A mean over articles would give a recall of 5/6.
    assert figures(found.muc) == pytest.approx((1, 3 / 4, 6 / 7))
    assert figures(found.b3) == pytest.approx((1, (2 + 4 / 2) / 6, 4 / 5))
    assert figures(found.ceafe) == pytest.approx((5 / 9, 5 / 6, 2 / 3))
    assert (found.muc.support, found.b3.support, found.ceafe.support) == (4, 6, 2)


def test_the_same_mention_in_two_articles_is_two_mentions() -> None:
    assert compare(("ab", "a b"), ("a b", "ab")).muc.f1 == 0


OWNERS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3))


@pytest.mark.slow
@given(OWNERS, OWNERS)
@settings(deadline=None, max_examples=300)
def test_figures_are_those_of_the_definitions(gold: dict[str, int], predicted: dict[str, int]) -> None:
    there, found = (
        [{mention for mention, owner in owners.items() if owner == event} for event in sorted(set(owners.values()))]
        for owners in (gold, predicted)
    )
    scores = evaluate_coreference([(there, found)])
    shares = [len(_event_of(m, there) & _event_of(m, found)) / len(_event_of(m, there)) for m in gold]
    assert scores.b3.recall == pytest.approx(sum(shares) / len(gold) if gold else 0)
    fewer, more = sorted((there, found), key=len)
    best = max(
        sum(2 * len(one & other) / (len(one) + len(other)) for one, other in zip(fewer, choice, strict=True))
        for choice in permutations(more, len(fewer))
    )
    assert scores.ceafe.recall == pytest.approx(best / len(there) if there else 0)
    assert scores.ceafe.precision == pytest.approx(best / len(found) if found else 0)
    links = sum(len(event) - 1 for event in there)
    parts = sum(len({predicted.get(mention, mention) for mention in event}) for event in there)
    assert scores.muc.recall == pytest.approx((len(gold) - parts) / links if links else 0)


def _event_of(mention: str, events: list[set[str]]) -> set[str]:
    return next((event for event in events if mention in event), set())
