"""The patterns: each begins at a word, matches inside every time, and has a limit for each repeat."""

import re

import pytest

from incidex.text.times.rules import core_pattern, month_behind_day, rules, start_pattern, year_behind_month

TIMES = ["12 may 2017", "last month", "q3 2023", "4 p.m. monday", "three years", "early 2019", "2200 gmt", "25.06.2019"]


@pytest.mark.parametrize("text", TIMES)
def test_a_time_has_a_first_word_and_a_core(text: str) -> None:
    assert start_pattern().match(text)
    assert core_pattern().search(text)
    assert any(rule.match(text) for rule in rules().values())


@pytest.mark.parametrize("text", ["xmay", "/2017", "@may", "1.5", "-may", "$12"])
def test_no_time_begins_inside_a_word_path_amount_or_decimal(text: str) -> None:
    assert not start_pattern().search(text, 1)


@pytest.mark.parametrize("name", list(rules()))
def test_no_repeat_is_without_limit(name: str) -> None:
    pattern = re.sub(r"\\.|\[[^\]]*\]", "x", rules()[name].pattern)
    assert not re.search(r"[*+](?!\?)|\{\d+,\}", pattern.replace("(?", "("))


def test_what_is_shared_by_several_days() -> None:
    match = month_behind_day().match(" and 14 may 2019")
    assert match is not None
    assert (match["month"], match["year"]) == ("may", "2019")
    match = year_behind_month().match(" and june 2018")
    assert match is not None
    assert match["year"] == "2018"
