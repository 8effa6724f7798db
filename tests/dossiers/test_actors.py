"""Who is said to have done it: the accused, those who claim it, and nobody else."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from incidex.records import Analysis, Dossier

THEFT = "Thieves [breach:stole] the records of [Victim:Acme Foods].\n\n"


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


@pytest.mark.parametrize(
    ("said", "names"),
    [
        pytest.param("The group Night Ledger claimed responsibility.", ["Night Ledger"], id="claims it"),
        pytest.param("Police said that the group Night Ledger was behind the theft.", ["Night Ledger"], id="accused"),
        pytest.param("Police denied that the group Night Ledger was behind the theft.", [], id="only cleared"),
        pytest.param("Experts voiced their scepticism that North Korea was behind the theft.", [], id="doubted"),
        pytest.param("Acme Foods took responsibility for the theft and apologised.", [], id="a victim apologises"),
        pytest.param("Chief executive Jane Roe said she took responsibility for the theft.", [], id="an officer"),
        pytest.param("The regulator accused Acme Foods of hiding the theft.", [], id="reproached"),
        pytest.param("The theft was cited by Alder Police and reported by the Harbour Post.", [], id="bystanders"),
        pytest.param("A backdoor named Hinge was used by [Attacker:Alder Police].", [], id="police by mistake"),
        pytest.param("[Attacker:Acme Foods] lost the records.", [], id="the victim by mistake"),
    ],
)
def test_actors_are_those_of_whom_it_is_said(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier], said: str, names: list[str]
) -> None:
    assert [actor.name for actor in dossier_of(article(THEFT + said)).actors] == names


def test_who_is_accused_more_often_than_hit_is_an_actor(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    said = "Police said that Hollow Fen was behind the theft. Jane Roe said that Hollow Fen was behind the theft."
    made = dossier_of(article(f"{THEFT}{said}\n\nThieves [breach:robbed] [Victim:Hollow Fen]."))
    assert [actor.name for actor in made.actors] == ["Hollow Fen"]
    assert [value.text for value in made.victims] == ["Acme Foods"]
