"""Reads one time by one rule, as `find_times` does, without the other rules."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from incidex.records import Granularity
from incidex.text.times.context import Context, Value
from incidex.text.times.rules import rules

Rule = Callable[[re.Match[str], Context], Value | None]
Read = Callable[..., Value | None]


@pytest.fixture
def read() -> Read:
    """Return a function that takes what reads a rule, the rule's name and a text of Thursday, 14 March 2024."""

    def read(
        function: Rule,
        rule: str,
        text: str,
        published: date | None = date(2024, 3, 14),
        exactness: Granularity = Granularity.DAY,
    ) -> Value | None:
        match = rules()[rule].search(text.lower())
        assert match is not None
        return function(match, Context(text, match.start(), match.end(), published, exactness, None))

    return read


@pytest.fixture
def ends(read: Read) -> Callable[..., tuple[str, str] | None]:
    """Return a function as `read` is, that gives begin and end of the value alone; None without a value."""

    def ends(*arguments: object, **named: object) -> tuple[str, str] | None:
        value = read(*arguments, **named)
        found = value.period if value else None
        return (found.start.isoformat(" ", "minutes"), found.end.isoformat(" ", "minutes")) if found else None

    return ends
