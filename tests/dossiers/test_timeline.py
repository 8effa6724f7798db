"""The timeline: how exactly each time is said, and what is no time of the incident."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merging import analysed, reported

from incidex.dossiers.names import Names
from incidex.dossiers.report import report
from incidex.dossiers.support import Counting
from incidex.dossiers.timeline import timeline
from incidex.records import Analysis, Dossier, Realis

DAY = "2024-05-10"
DAYS = st.dates(date(1990, 1, 1), date(2035, 12, 31))


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


@pytest.mark.parametrize(
    ("date", "written"),
    [("0001-05-10", "It was [breach:stolen] on Tuesday."), (DAY, "It was [breach:stolen] in 2024.")],
)
def test_before_the_first_year_there_is_no_background(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier], date: str, written: str
) -> None:
    made = dossier_of(article(written, date=date))
    assert not any(moment.is_background for moment in made.timeline)


@settings(deadline=None)
@given(
    published=st.dates(date(1990, 1, 1), date(2035, 12, 31)), happened=st.dates(date(1990, 1, 1), date(2035, 12, 31))
)
def test_nothing_that_happened_lies_after_the_report_that_tells_it(published: date, happened: date) -> None:
    day = f"{happened.day} {happened:%B} {happened.year}"
    told = reported(f"Thieves [breach:stole] it on [When:{day}].", date=published.isoformat())
    moments = timeline([report(told, ())], Names(()), Counting({told.document.id: told.document.id}), None)
    assert [moment.text for moment in moments] == ([f"{day} (day)"] if happened <= published else [])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("on Friday evening", "5 May 2017, 18:00", id="evening"),
        pytest.param("late on Friday", "5 May 2017", id="late"),
        pytest.param("on Friday", "5 May 2017", id="day"),
        pytest.param("yesterday", "5 May 2017", id="yesterday"),
        pytest.param("on Friday night", "5 May 2017", id="night"),
        pytest.param("early on Saturday", "6 May 2017", id="the same day"),
    ],
)
def test_a_time_has_the_day_that_it_is_said_of(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier], words: str, expected: str
) -> None:
    made = dossier_of(article(f"Documents were [breach:leaked] online {words}.", date="2017-05-06T16:36+01:00"))
    assert [moment.text.startswith(expected) for moment in made.timeline] == [True], made.timeline


def test_what_is_threatened_may_lie_ahead(article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]) -> None:
    made = dossier_of(article("They threatened to [ransom:publish] it on 20 May 2024 unless they are paid.", date=DAY))
    assert [moment.text for moment in made.timeline] == ["20 May 2024 (day)"]


def test_a_day_far_from_the_event_is_no_disagreement(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    made = dossier_of(
        article("Thieves [breach:stole] it on [When:3 May 2024].", date=DAY, publisher="Harbour Post"),
        article(
            "Acme cut on [When:5 May 2024] its estimate of how many customers were hit by the [breach:theft].",
            date=DAY,
            publisher="Skerry Radio",
        ),
    )
    assert made.differing_dates == ()


@pytest.mark.parametrize(
    "told",
    [
        "Acme cut on [When:5 May 2024] its estimate of many who [breach:were hit].",
        "They publish it on [When:5 May 2024] unless the firm [breach:pays].",
    ],
)
def test_a_day_of_something_else_is_no_disagreement(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier], told: str
) -> None:
    made = dossier_of(
        article("Thieves [breach:stole] it on [When:3 May 2024].", date=DAY, publisher="Harbour Post"),
        article(told, date=DAY, publisher="Skerry Radio"),
    )
    assert made.differing_dates == ()


def test_what_is_planned_may_lie_ahead(dossier_of: Callable[..., Dossier]) -> None:
    told = analysed("Acme", "Acme will [patch:fix] it on 12 June 2024.", date=DAY, realis=Realis.OTHER)
    assert [moment.begins for moment in dossier_of(told, types=("PatchVulnerability",)).timeline] == ["2024-06-12"]


def test_days_on_which_independent_sources_differ_stand_side_by_side(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    made = dossier_of(
        article("Thieves [breach:stole] it on [When:3 May 2024].", date=DAY, publisher="Harbour Post"),
        article("Data was [breach:taken] on [When:5 May 2024], it is known.", date=DAY, publisher="Skerry Radio"),
    )
    assert [[moment.text for moment in days] for days in made.differing_dates] == [
        ["3 May 2024 (day)", "5 May 2024 (day)"]
    ]


def test_a_source_that_gives_both_days_contradicts_nobody(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    made = dossier_of(
        article("Thieves [breach:stole] it on [When:3 May 2024].", date=DAY, publisher="Harbour Post"),
        article(
            "They [breach:stole] it on [When:3 May 2024]. More was [breach:stolen] on [When:5 May 2024].",
            date=DAY,
            publisher="Skerry Radio",
        ),
    )
    assert made.differing_dates == ()


def test_a_statement_has_the_day_on_which_it_was_made(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    made = dossier_of(article("Acme Foods said on Tuesday that thieves [breach:stole] it.", date=DAY))
    assert [(one.said_on, one.support.first_on) for one in made.statements] == [("2024-05-07", DAY)]
