"""Who makes a claim, as far as it can be told."""

from collections.abc import Callable

import pytest

from incidex.dossiers.claimants import NameResolver, all_names, is_name
from incidex.dossiers.report import report
from incidex.records import Analysis


def test_a_surname_is_the_person_of_another_report(article: Callable[..., Analysis]) -> None:
    full = report(article("Anton Brekke said that thieves [breach:stole] it."), ())
    short = report(article("Brekke said that thieves [breach:stole] it."), ())
    names = all_names([full, short])
    assert {NameResolver(one, names).claimant(one.claims[0]) for one in (full, short)} == {"Anton Brekke"}


@pytest.mark.parametrize(("words", "expected"), [("Kestrel Ferries", True), ("the company", False), ("APT28", True)])
def test_a_name_is_told_from_other_words(words: str, expected: bool) -> None:
    assert is_name(words) is expected
