"""Clusters: what belongs together, whatever the order, and what people decided."""

import random
from collections.abc import Callable

import pytest

from incidex.matching.clusters import cluster
from incidex.matching.merge import incident, merge
from incidex.matching.profiles import profiles
from incidex.records import Analysis, Profile

VELMAR = "Ransomware has [ransom:stopped] the trams of [Victim:Velmar Transit]. The malware is called Rustgate."
AGAIN = "Jorun Falk of [Victim:Velmar Transit] said Rustgate [ransom:encrypted] the servers that steer the trams."
FJORD = "[Victim:Fjord Cargo] said thieves had [breach:stolen] the files of 48,200 customers in Bergen."
STOLEN = "Thieves [breach:stole] the files of 48,200 customers of [Victim:Fjord Cargo], the firm in Bergen said."


@pytest.fixture
def analyses(analyse: Callable[..., Analysis]) -> list[Analysis]:
    return [
        analyse("Ransomware stops trams in Velmar", VELMAR, date="2024-03-02"),
        analyse("Rustgate stops trams of Velmar", AGAIN, date="2024-03-03"),
        analyse("Fjord Cargo loses files", FJORD, date="2024-03-02"),
        analyse("Files of Fjord Cargo stolen", STOLEN, date="2024-03-04"),
        analyse("How ransomware works", "The bakery opens on Monday.", date="2024-03-04"),
    ]


@pytest.fixture
def four(analyses: list[Analysis]) -> list[Profile]:
    return [profile for analysis in analyses for profile in profiles(analysis) if profile.types]


def groups(found: list[Profile], **decisions: list[tuple[str, str]]) -> set[frozenset[int]]:
    order = [profile.id for profile in found]
    return {frozenset(order.index(p.id) for p in one.profiles) for one in cluster(found, **decisions)}


def test_each_incident_is_one_cluster(four: list[Profile]) -> None:
    assert groups(four) == {frozenset({0, 1}), frozenset({2, 3})}


def test_order_does_not_matter(four: list[Profile]) -> None:
    expected = cluster(four)
    for seed in range(10):
        shuffled = random.Random(seed).sample(four, len(four))
        assert cluster(shuffled) == expected


def test_people_join_and_split(four: list[Profile]) -> None:
    ids = [profile.id for profile in four]
    assert groups(four, must=[(ids[0], ids[2])]) == {frozenset({0, 1, 2, 3})}
    assert groups(four, cannot=[(ids[1], ids[0])]) == {frozenset({0}), frozenset({1}), frozenset({2, 3})}
    both = groups(four, must=[(ids[0], ids[1])], cannot=[(ids[0], ids[1])])
    assert both == {frozenset({0}), frozenset({1}), frozenset({2, 3})}
    assert groups(four, must=[("unknown", ids[0])]) == groups(four)


def test_a_split_holds_through_a_third_report(four: list[Profile]) -> None:
    ids = [profile.id for profile in four]
    found = groups(four, must=[(ids[0], ids[2]), (ids[1], ids[2])], cannot=[(ids[0], ids[1])])
    assert not any({0, 1} <= group for group in found)


def test_what_is_kept_apart_is_related(four: list[Profile]) -> None:
    ids = [profile.id for profile in four]
    first, *_ = cluster(four, cannot=[(ids[0], ids[1])])
    assert [other.founder for other in first.related] == [ids[1]]


def test_merge_gives_incidents(analyses: list[Analysis]) -> None:
    found = merge(analyses)
    (trams,) = [one for one in found if "trams" in one.title]
    assert len(found) == 2
    assert trams.documents == (analyses[0].document.id, analyses[1].document.id)
    assert (trams.first_seen, trams.last_seen) == ("2024-03-02", "2024-03-03")
    assert trams.types == ("AttackRansom",)
    assert "same victim: velmar transit" in trams.reasons[0]
    assert trams.id == trams.profiles[0]


def test_an_incident_may_keep_an_id(four: list[Profile]) -> None:
    assert incident(cluster(four)[0], id="kept").id == "kept"


def test_what_reports_nothing_joins_what_others_report(analyse: Callable[..., Analysis]) -> None:
    found = [
        analyse("Ransomware stops trams in Velmar", VELMAR, date="2024-03-02"),
        analyse("What Velmar Transit said of Rustgate", AGAIN.replace("ransom:", ""), date="2024-03-03"),
    ]
    first, second = (profiles(each)[0] for each in found)
    assert (bool(first.types), bool(second.types)) == (True, False)
    (trams,) = merge(found)
    assert trams.documents == tuple(each.document.id for each in found)
    assert trams.types == ("AttackRansom",)


def test_what_reports_nothing_is_no_incident_and_not_related(analyse: Callable[..., Analysis]) -> None:
    text = AGAIN.replace("ransom:", "").replace("Victim:", "")
    found = [analyse(title, text, date="2024-03-02") for title in ("Rustgate in Velmar", "Trams of Velmar")]
    assert merge(found) == ()
    reported = profiles(analyse("Ransomware stops trams in Velmar", VELMAR, date="2024-03-02"))[0]
    near = profiles(found[0])[0]
    assert [one.related for one in cluster([reported, near], cannot=[(reported.id, near.id)])] == [(), ()]


def test_what_a_person_joins_takes_copies_of_both(four: list[Profile], analyse: Callable[..., Analysis]) -> None:
    """A copy of one report has nothing in common with the other incident that a person joined."""
    (copy,) = profiles(analyse("Rustgate stops trams of Velmar", f"{AGAIN} Trams stand.", date="2024-03-04"))
    ids = [profile.id for profile in four]
    assert groups([*four, copy], must=[(ids[0], ids[2])]) == {frozenset({0, 1, 2, 3, 4})}


def test_what_is_joined_to_one_of_two_that_are_apart_stays_apart(four: list[Profile]) -> None:
    ids = [profile.id for profile in four]
    found = groups(four, must=[(ids[0], ids[2])], cannot=[(ids[1], ids[2])])
    assert not any({1, 2} <= group for group in found)
    assert any({0, 2} <= group for group in found)
