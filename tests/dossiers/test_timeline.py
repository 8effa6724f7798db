"""The timeline: how exactly each time is said, and what is no time of the incident."""

from collections.abc import Callable

import pytest

from incidex.records import Analysis, Dossier

DAY = "2024-05-10"


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        pytest.param("Thieves [breach:stole] it on [When:3 May 2024].", ["3 May 2024 (day)"], id="day"),
        pytest.param("Thieves [breach:stole] it in [When:April 2024].", ["April 2024 (month)"], id="month"),
        pytest.param("Thieves [breach:stole] it in [When:2024].", ["2024 (year)"], id="year"),
        pytest.param("The sun shone on 3 May 2024. Thieves [breach:stole] it.", [], id="no event in the sentence"),
        pytest.param("Thieves [breach:stole] it for three weeks.", [], id="a duration"),
        pytest.param("Thieves [breach:stole] it.", [], id="publication is no time"),
    ],
)
def test_times_keep_their_precision(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier], written: str, texts: list[str]
) -> None:
    assert [moment.text for moment in dossier_of(article(written, date=DAY)).timeline] == texts


def test_beside_reporting_words_it_is_when_somebody_spoke(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    made = dossier_of(article("Acme Foods said on Tuesday that thieves [breach:stole] it on 3 May 2024.", date=DAY))
    assert [(moment.text, moment.is_statement) for moment in made.timeline] == [
        ("3 May 2024 (day)", False),
        ("7 May 2024 (day)", True),
    ]


def test_it_is_when_somebody_spoke_also_where_nobody_is_found_to_say_it(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    made = dossier_of(article("It is known, and was said on Tuesday, that thieves [breach:stole] it.", date=DAY))
    assert [(moment.event_type, moment.is_statement) for moment in made.timeline] == [(None, True)]


def test_what_is_long_ago_is_background(article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]) -> None:
    written = "Thieves [breach:stole] it on 3 May 2024 and [breach:robbed] another in 2019."
    made = dossier_of(article(written, date=DAY))
    assert [(moment.text, moment.is_background) for moment in made.timeline] == [
        ("2019 (year)", True),
        ("3 May 2024 (day)", False),
    ]


@pytest.mark.parametrize("date", ["0001-05-10", "2024-05-10"])
def test_before_the_first_year_there_is_no_background(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier], date: str
) -> None:
    made = dossier_of(article("Thieves [breach:stole] it on [When:3 May 2024].", date=date))
    assert [moment.is_background for moment in made.timeline] == [False]
