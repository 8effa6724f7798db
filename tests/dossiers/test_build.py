"""The dossier as a whole: who is support_in_words, what stands side by side, and that nothing is invented."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from incidex.records import Analysis, Dossier, Evidence, Status

Article = Callable[..., Analysis]
Make = Callable[..., Dossier]

POST = (
    "Acme Foods said on Tuesday that thieves [breach:stole] the [Data:names] of [People:9,000] customers of "
    "[Victim:Acme Foods] on 3 May 2024.\n\nThe files hold nine gigabytes.\n\n"
    "Jane Roe of Kestrel Labs said the group Night Ledger was behind the theft."
)
ECHO = (
    "Thieves [breach:stole] the names of [People:12,000] customers of [Victim:Acme Foods], police said on Friday.\n\n"
    "A file of 9GB is for sale.\n\nJane Roe said Night Ledger was behind the theft.\n\n"
    "Night Ledger denied that it was behind the theft."
)


@pytest.fixture
def both(article: Article, dossier_of: Make) -> Dossier:
    return dossier_of(
        article(POST, title="Acme Foods hit", date="2024-05-07", publisher="Harbour Post"),
        article(ECHO, title="More hit at Acme", date="2024-05-10", publisher="Skerry Times"),
    )


def evidence_in(record: Any) -> list[Evidence]:
    if isinstance(record, Evidence):
        return [record]
    parts = record if isinstance(record, tuple) else ()
    if hasattr(record, "__dataclass_fields__"):
        parts = tuple(getattr(record, field.name) for field in fields(record))
    return [one for part in parts for one in evidence_in(part)]


def test_figures_that_differ_stand_side_by_side(both: Dossier) -> None:
    people = next(measure for measure in both.measures if measure.name == "people")
    assert [value.text for value in people.values] == ["9,000 customers", "12,000 customers"]
    assert people.differ


def test_the_same_figure_in_other_words_is_one(both: Dossier) -> None:
    volume = next(measure for measure in both.measures if measure.name == "volume of data")
    assert [one.quote for one in volume.values[0].evidence] == ["nine gigabytes", "9GB"]
    assert (len(volume.values), volume.differ) == (1, False)


def test_an_analyst_quoted_twice_is_one_claimant_in_two_reports(both: Dossier) -> None:
    actor = both.actors[0]
    assert (actor.name, actor.is_disputed) == ("Night Ledger", True)
    (accusation,) = actor.accused_by
    assert (accusation.claimant, accusation.support.reports, accusation.support.claimants) == (
        "Jane Roe",
        2,
        ("Jane Roe",),
    )
    assert [one.claimant for one in actor.denied_by] == ["Night Ledger"]


def test_victim_and_title_come_from_the_reports(both: Dossier) -> None:
    assert both.title == "Data breach: Acme Foods"
    assert both.victims[0].support.sources == 2
    assert both.status is Status.CONFIRMED


def test_all_evidence_is_in_the_text(article: Article, dossier_of: Make) -> None:
    analyses = (article(POST, date="2024-05-07"), article(ECHO, date="2024-05-10"))
    texts = {analysis.document.id: analysis.document.text for analysis in analyses}
    found = evidence_in(dossier_of(*analyses))
    assert found
    assert [one.quote for one in found] == [" ".join(one.span.of(texts[one.document]).split()) for one in found]
    assert all(one.sentence.start <= one.span.start < one.sentence.end for one in found)


def test_the_order_of_the_analyses_changes_nothing(article: Article, dossier_of: Make) -> None:
    one, other = article(POST, date="2024-05-07"), article(ECHO, date="2024-05-10")
    assert dossier_of(one, other) == dossier_of(other, one)


def test_a_report_of_nothing_makes_an_empty_dossier(article: Article, dossier_of: Make) -> None:
    made = dossier_of(article("The sun shone."), types=())
    assert (made.title, made.victims, made.status) == ("An incident without a title", (), Status.REPORTED)
