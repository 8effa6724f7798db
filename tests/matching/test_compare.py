"""Comparing: which reports are put together, and which look alike and are not."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from paths import ROOT

from incidex.matching.clusters import cluster
from incidex.matching.comparable import Comparable, comparable
from incidex.matching.compare import compare
from incidex.matching.profiles import profiles
from incidex.matching.reasons import amount_in_words, reasons
from incidex.records import Analysis, Profile

CASES = yaml.safe_load((ROOT / "tests" / "cases" / "look_alikes.yaml").read_text("utf-8"))


def both(case: dict[str, Any], analyse: Callable[..., Analysis]) -> list[Profile]:
    reports = case["reports"]
    return [p for r in reports for p in profiles(analyse(r["title"], r["text"], date=str(r["date"])))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["trap"])
def test_traps(case: dict[str, Any], analyse: Callable[..., Analysis]) -> None:
    found = cluster(both(case, analyse))
    assert len(found) == (1 if case["same"] else 2)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["trap"])
def test_the_order_of_two_does_not_matter(case: dict[str, Any], analyse: Callable[..., Analysis]) -> None:
    left, right = map(comparable, both(case, analyse))
    assert compare(left, right) == compare(right, left)
    assert sorted(reasons(left, right)) == sorted(reasons(right, left))


def test_strangers_have_no_reason(analyse: Callable[..., Analysis]) -> None:
    one = profiles(analyse("Fjord Cargo hit", "[Victim:Fjord Cargo] was [ransom:hit]."))[0]
    other = profiles(analyse("Lyon loses data", "Thieves [breach:stole] data in [Victim:Lyon Centre]."))[0]
    assert compare(comparable(one), comparable(other)).score < -3
    assert reasons(comparable(one), comparable(other)) == ()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("people 512000", "512,000 people"),
        ("people 1.23457e+06", "about 1,234,570 people"),
        ("money USD 4.5e+06", "about 4,500,000 USD"),
        ("money EUR 12.5", "12.50 EUR"),
        ("data-volume 1.2e+12", "1.2 TB"),
        ("data-volume 512", "512 bytes"),
    ],
)
def test_a_shared_amount_is_given_in_words(written: str, expected: str) -> None:
    assert amount_in_words(written) == expected


def test_a_date_that_is_a_year_off_separates_no_attack_reports(analyse: Callable[..., Analysis]) -> None:
    text = "[Victim:Fjord Cargo] of Bergstad was [ransom:encrypted], said Ada Lindqvist and Per Odegaard of Norrlund."
    one = comparable(profiles(analyse("Fjord Cargo hit", text, date="2018-03-23"))[0])
    others = {
        date: comparable(profiles(analyse("Fjord Cargo down", text, date=date))[0])
        for date in ("2017-03-24", "2017-08-24")
    }
    year, months = (compare(one, other) for other in others.values())
    assert year.score > months.score
    assert "published 364 days apart: one of the dates seems to be a year off" in reasons(one, others["2017-03-24"])
    assert "published 211 days apart" in reasons(one, others["2017-08-24"])


def test_patches_a_year_apart_are_two(analyse: Callable[..., Analysis]) -> None:
    text = (
        "Brightwell [patch:fixed] holes in Brightwell Reader, which Ada Lindqvist of Norrlund and Per Odegaard found."
    )
    one, other = (
        comparable(profiles(analyse("Brightwell fixes Reader", text, date=date))[0])
        for date in ("2018-03-23", "2017-03-24")
    )
    assert "published 364 days apart" in reasons(one, other)


def test_another_victim_separates_attacks(analyse: Callable[..., Analysis]) -> None:
    text = "Thieves [breach:took] files of [Victim:{}] in Bergen. The {} files lay on a server of Halden CourierGate."
    one, other = (
        comparable(profiles(analyse(f"{name} loses files", text.format(name, name), date="2024-10-24"))[0])
        for name in ("Norrland Ferries", "Kestrel Union")
    )
    assert compare(one, other).doubts == ("another victim: norrland ferries; kestrel union",)
    assert compare(one, one).doubts == ()


def test_the_aftermath_may_be_late(analyse: Callable[..., Analysis]) -> None:
    lost = "[Victim:Norrland Ferries] in Bergen said that thieves [breach:copied] files of 48,000 customers."
    fined = "[Victim:Norrland Ferries] of Bergen must pay for files of 48,000 customers that thieves [breach:copied]."
    early = comparable(profiles(analyse("Norrland Ferries loses files", lost, date="2024-01-10"))[0])
    titles = ("Norrland Ferries fined over lost files", "Norrland Ferries and the lost files")
    late, other = (comparable(profiles(analyse(title, fined, date="2024-12-03"))[0]) for title in titles)
    assert compare(early, late).doubts == ()
    assert reasons(early, late)[-1] == "published 328 days apart: the later one is about the aftermath"
    assert any("published 328 days apart" in doubt for doubt in compare(early, other).doubts)
    assert reasons(early, other)[-1] == "published 328 days apart"


CLINIC = "The Everest ransomware gang has put [Victim:{}] on its leak site and says it [breach:stole] 120 GB of files."
FLAW = "A flaw in the Orrin mail gateway, CVE-2026-99101, was [flaw:found], and Orrin has [patch:released] an update."
BREACH = "[Victim:Kelda Freight] said that hackers [breach:stole] files through the hole CVE-2026-99101 in Orrin."


def made(analyse: Callable[..., Analysis], title: str, text: str, *, date: str = "2026-02-10") -> Comparable:
    (profile,) = profiles(analyse(title, text, date=date))
    return comparable(profile)


def test_two_victims_of_one_gang_are_two_incidents(analyse: Callable[..., Analysis]) -> None:
    one, other = (
        made(analyse, f"Everest gang lists {name} on leak site", CLINIC.format(name))
        for name in ("Moorfield Clinic", "Tollgate Dental")
    )
    assert any(doubt.startswith("another victim") for doubt in compare(one, other).doubts)


def test_victims_of_an_outbreak_are_of_one_incident(analyse: Callable[..., Analysis]) -> None:
    one, other = (
        made(analyse, f"Petya hits {name}", f"The Petya outbreak [ransom:encrypted] servers of [Victim:{name}].")
        for name in ("Moorfield Clinic", "Tollgate Dental")
    )
    assert compare(one, other).doubts == ()


def test_a_flaw_and_the_breach_of_one_victim_through_it_are_two_incidents(analyse: Callable[..., Analysis]) -> None:
    flaw = made(analyse, "Flaw in Orrin mail gateway", FLAW)
    breach = made(analyse, "Kelda Freight loses files", BREACH)
    assert compare(flaw, breach).doubts == ("a vulnerability, and an attack on one victim: freight, kelda",)
    used = made(analyse, "Flaw in Orrin mail gateway was used", BREACH.replace("Victim:Kelda Freight", "Victim:Users"))
    assert compare(flaw, used).doubts == ()


def test_another_number_separates_even_if_it_is_named_once(analyse: Callable[..., Analysis]) -> None:
    first = made(analyse, "Gang claims theft through Orrin", f"{CLINIC.format('Orrin users')} " * 4 + FLAW)
    second = made(analyse, "Orrin closes second hole", FLAW.replace("99101", "99202"))
    assert any(conflict.startswith("another vulnerability") for conflict in compare(first, second).conflicts)
