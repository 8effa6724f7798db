"""Large groups: they take what belongs to them, stay whole, and keep their reasons."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from incidex.matching.clusters import Cluster, cluster
from incidex.matching.incremental import add_to_clusters
from incidex.matching.profiles import profiles
from incidex.records import Analysis, Profile

VELMAR = "Ransomware has [ransom:stopped] the trams of [Victim:Velmar Transit]. The malware is called Rustgate."
AGAIN = "Jorun Falk of [Victim:Velmar Transit] said Rustgate [ransom:encrypted] the servers that steer the trams."
FJORD = "[Victim:Fjord Cargo] said thieves had [breach:stolen] the files of 48,200 customers in Bergen."


@pytest.fixture
def velmar(analyse: Callable[..., Analysis]) -> list[Profile]:
    found = profiles(analyse("Ransomware stops trams in Velmar", VELMAR, date="2024-03-02"))[0]
    return [replace(found, id=f"{place:03}", document=f"document {place}") for place in range(5)]


@pytest.fixture
def settled(velmar: list[Profile], analyse: Callable[..., Analysis]) -> Cluster:
    stranger = profiles(analyse("Fjord Cargo loses files", FJORD, date="2024-03-09"))[0]
    return Cluster((*velmar, stranger), ("both name rustgate",))


@pytest.fixture
def newcomer(analyse: Callable[..., Analysis]) -> Profile:
    return profiles(analyse("Rustgate stops trams of Velmar", AGAIN, date="2024-03-03"))[0]


def test_a_group_takes_what_belongs_to_it_and_stays_whole(settled: Cluster, newcomer: Profile) -> None:
    (found,) = add_to_clusters([newcomer], [settled])
    assert [profile.id for profile in found.profiles[:5]] == ["000", "001", "002", "003", "004"]
    assert found.profiles[5] == newcomer
    assert found.profiles[6] == settled.profiles[5]
    assert found.reasons[0] == "both name rustgate"
    assert len(found.reasons) == 2
    assert len(cluster([*settled.profiles, newcomer])) == 2


def test_others_stay_outside(settled: Cluster, analyse: Callable[..., Analysis]) -> None:
    text = "Thieves [breach:stole] letters of [Victim:Lyon Centre], a clinic in Marne."
    other = profiles(analyse("Lyon Centre loses letters", text, date="2024-03-03"))[0]
    assert {len(found.profiles) for found in add_to_clusters([other], [settled])} == {1, 6}


def test_people_prevail(settled: Cluster, newcomer: Profile) -> None:
    apart = [(newcomer.id, settled.profiles[5].id)]
    assert {len(found.profiles) for found in add_to_clusters([newcomer], [settled], cannot=apart)} == {1, 6}


def test_the_result_does_not_depend_on_the_order_within_a_group(settled: Cluster, newcomer: Profile) -> None:
    turned = replace(settled, profiles=settled.profiles[::-1])
    assert add_to_clusters([newcomer], [settled]) == add_to_clusters([newcomer], [turned])


def test_without_groups_it_is_cluster(velmar: list[Profile], newcomer: Profile) -> None:
    assert add_to_clusters([*velmar, newcomer], []) == cluster([*velmar, newcomer])
