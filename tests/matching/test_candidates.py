"""Keys and candidates: what is worth comparing."""

from dataclasses import replace

import pytest
from timing import takes_less

from incidex.matching.candidates import MOST_CANDIDATES, MOST_POSTINGS, Index, keys
from incidex.records import Profile


@pytest.fixture
def profile() -> Profile:
    return Profile(
        id="0",
        document="d",
        title="t",
        publisher=None,
        published_at="2024-03-01",
        types=("AttackRansom",),
        sentences=(),
        mentions=(),
        victims=(("fjord cargo", 0.5),),
        cves=(("CVE-2024-77801", 0.5),),
        software=(("rustgate", 0.4),),
        names=(("bergen", 0.3), ("mentioned in passing", 0.01)),
    )


def test_keys(profile: Profile) -> None:
    assert keys(profile) == ("cve:CVE-2024-77801", "software:rustgate", "victim:fjord cargo", "name:bergen")


def test_candidates_share_most_keys_first(profile: Profile) -> None:
    near = replace(profile, id="near")
    far = replace(profile, id="far", victims=(), cves=(), software=())
    stranger = replace(far, id="stranger", names=())
    assert Index([far, stranger, near, profile]).candidates(profile) == ("near", "far")


def test_adding_twice_changes_nothing(profile: Profile) -> None:
    index = Index([profile])
    index.add(profile)
    assert len(index) == 1
    assert index.candidates(profile) == ()


def test_candidates_are_bounded_and_near_in_time(profile: Profile) -> None:
    days = [f"20{year:02}-{month:02}-01" for year in range(10, 40) for month in range(1, 13)]
    others = [replace(profile, id=f"{day} {copy}", published_at=day) for day in days for copy in range(3)]
    found = Index(others).candidates(profile)
    assert len(found) == MOST_CANDIDATES
    assert len(others) > 4 * MOST_POSTINGS
    years = {int(other[:4]) for other in found}
    assert years <= set(range(2020, 2029))


def test_ten_thousand_take_little_time(profile: Profile) -> None:
    index = Index(
        replace(profile, id=str(number), published_at=f"2024-01-{number % 28 + 1:02}") for number in range(10_000)
    )
    assert takes_less(1, lambda: index.candidates(profile))
