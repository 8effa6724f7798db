"""Who says what and who is accused, across reports."""

from collections.abc import Callable
from dataclasses import replace

from incidex.records import Analysis, Dossier

THEFT = "Thieves [breach:stole] the records.\n\n"


def test_the_same_claimant_in_two_reports_is_one_statement(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    said = "Jane Roe of Kestrel Labs said that the group Night Ledger was behind the theft."
    made = dossier_of(article(THEFT + said), article(f"Yes. {THEFT}{said}"))
    (one,) = [statement for statement in made.statements if statement.kind == "attributed-to"]
    assert (one.claimant, one.accused, one.support.reports) == ("Jane Roe", "Night Ledger", 2)


def test_somebody_without_a_name_is_another_in_each_source(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    made = dossier_of(
        article("A spokesman said that thieves [breach:stole] the records of a bank."),
        article("A spokesman said that thieves [breach:stole] the plans of a shop."),
    )
    assert [one.support.reports for one in made.statements if one.kind == "states"] == [1, 1]


def test_known_aliases_are_one_actor(article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]) -> None:
    made = dossier_of(
        article(f"{THEFT}Jane Roe said that APT28 was behind the theft."),
        article(f"{THEFT}Bo Dahl said that the hacking group Fancy Bear was behind the theft."),
    )
    assert [(actor.name, len(actor.accused_by)) for actor in made.actors] == [("APT28", 2)]


def test_a_group_keeps_its_name_where_the_report_no_longer_says_that_it_is_one(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    analysis = article(
        f"{THEFT}Bo Dahl said the hacking group Fancy Bear was behind the theft.\n\n"
        "Jane Roe said that Fancy Bear was behind the theft, too."
    )
    (bear,) = [entity for entity in analysis.entities if entity.name == "APT28"]
    made = dossier_of(replace(analysis, entities=(replace(bear, mentions=bear.mentions[:1]),)))
    assert [(actor.name, len(actor.accused_by)) for actor in made.actors] == [("APT28", 2)]


def test_nobody_is_an_attacker_who_more_often_was_hit_or_speaks_or_reports(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    made = dossier_of(
        article(
            "[Attacker:Night Ledger] and [Attacker:Harbour Post] [breach:stole] the records.", publisher="Harbour Post"
        ),
        article("[Attacker:Acme Bank] [breach:lost] records.\n\nRecords of [Victim:Acme Bank] were [breach:stolen]."),
    )
    assert [actor.name for actor in made.actors] == ["Night Ledger"]
