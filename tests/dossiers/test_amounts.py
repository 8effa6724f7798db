"""Figures: which are the same, which differ, and which are none of the incident."""

from collections.abc import Callable

import pytest

from incidex.records import Analysis, Dossier


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("9GB", "nine gigabytes", [("volume of data", 1, False)], id="the same in other words"),
        pytest.param("9 GB", "15 GB", [("volume of data", 2, True)], id="different volumes"),
    ],
)
def test_volumes(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier], one: str, other: str, expected: object
) -> None:
    written = "Thieves [breach:stole] {} of data from a {}."
    made = dossier_of(article(written.format(one, "bank")), article(written.format(other, "shop")))
    assert [(measure.name, len(measure.values), measure.differ) for measure in made.measures] == expected


def test_ransoms_in_two_currencies_stand_side_by_side(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    made = dossier_of(
        article("They demanded a [ransom:ransom] of [Price:$250,000]."),
        article("They demanded a [ransom:ransom] of [Price:4 bitcoin]."),
        types=("AttackRansom",),
    )
    (ransom,) = made.measures
    assert (ransom.name, sorted(value.text for value in ransom.values), ransom.differ) == (
        "ransom",
        ["$250,000", "4 bitcoin"],
        True,
    )


def test_two_figures_of_one_report_are_no_dispute(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    made = dossier_of(article("Thieves [breach:stole] 9 GB and then 15 GB of data."))
    assert [(len(measure.values), measure.differ) for measure in made.measures] == [(2, False)]


def test_a_number_outside_of_events_is_no_figure(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    assert dossier_of(article("Thieves [breach:stole] it. The town has 40,000 people.")).measures == ()
