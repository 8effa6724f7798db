"""Comparing: which reports are put together, and which look alike and are not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from incidex.incidents import Profile
from incidex.merge import cluster, profiles
from incidex.merge.compare import compare
from incidex.merge.reasons import reasons
from incidex.merge.sketch import sketch
from incidex.records import Analysis

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "look_alikes.yaml").read_text("utf-8"))


def both(case: dict[str, Any], analyse: Callable[..., Analysis]) -> list[Profile]:
    reports = case["reports"]
    return [p for r in reports for p in profiles(analyse(r["title"], r["text"], date=str(r["date"])))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["trap"])
def test_traps(case: dict[str, Any], analyse: Callable[..., Analysis]) -> None:
    found = cluster(both(case, analyse))
    assert len(found) == (1 if case["same"] else 2)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["trap"])
def test_the_order_of_two_does_not_matter(case: dict[str, Any], analyse: Callable[..., Analysis]) -> None:
    left, right = map(sketch, both(case, analyse))
    assert compare(left, right) == compare(right, left)
    assert sorted(reasons(left, right)) == sorted(reasons(right, left))


def test_strangers_have_no_reason(analyse: Callable[..., Analysis]) -> None:
    one = profiles(analyse("Fjord Cargo hit", "[Victim:Fjord Cargo] was [ransom:hit]."))[0]
    other = profiles(analyse("Lyon loses data", "Thieves [breach:stole] data in [Victim:Lyon Centre]."))[0]
    assert compare(sketch(one), sketch(other)).score < -3
    assert reasons(sketch(one), sketch(other)) == ()
