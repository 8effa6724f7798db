"""Values and their support, and that five hundred reports and hostile words are no trouble."""

from collections.abc import Callable

import pytest
from timing import takes_less

from incidex.records import Analysis, Dossier


def test_data_that_somebody_says_is_safe_or_may_be_is_listed_as_that(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    made = dossier_of(
        article(
            "Thieves [breach:stole] [Data:names] of [Victim:Acme Foods].\n\n"
            "“No [Data:payment data] was [breach:stolen],” said Jane Roe.\n\n"
            "“We don't know yet whether [Data:addresses] were [breach:taken],” said Jane Roe."
        )
    )
    assert [(value.text, value.note) for value in made.data] == [
        ("names", ""),
        ("payment data", "denied by Jane Roe"),
        ("addresses", "left open by Jane Roe"),
    ]


def test_weaknesses_and_indicators(article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]) -> None:
    made = dossier_of(
        article("A [flaw:flaw], CVE-2024-99001, lets malware call evil[.]example from [Product:CartMoor]."),
        types=("DiscoverVulnerability",),
    )
    assert [value.text for value in made.vulnerabilities] == ["CVE-2024-99001"]
    assert [value.text for value in made.products] == ["CartMoor"]


def test_words_that_tell_nothing_are_left_out_beside_others(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    made = dossier_of(
        article(
            "The maker Ostrel [patch:fixed] [Weakness:a critical flaw], CVE-2024-99001, in [Product:its CartMoor] "
            "with [Fix:version 9.2].\n\nOstrel [patch:released] [Fix:a security update] for it.\n\n"
            "[Weakness:The bug] and [Weakness:a flaw in the order page] were [patch:fixed].\n\n"
            "Nobody who has an older one can have a new one, and that is the end of it: [Fix:version 8] will not be "
            "[patch:fixed]."
        ),
        types=("PatchVulnerability",),
    )
    assert [value.text for value in made.vulnerabilities] == ["CVE-2024-99001", "a flaw in the order page"]
    assert [value.text for value in made.patches] == ["version 9.2"]
    assert [value.text for value in made.products] == ["CartMoor"]


def test_a_flaw_is_better_than_nothing(article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]) -> None:
    made = dossier_of(article("Somebody [patch:fixed] [Weakness:a flaw]."), types=("PatchVulnerability",))
    assert [value.text for value in made.vulnerabilities] == ["a flaw"]


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "مرحبا بالعالم", "A" * 20_000, "\x1b[2J Acme"])
def test_hostile_names_are_only_names(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier], name: str
) -> None:
    made = dossier_of(article(f"Thieves [breach:stole] from [Victim:{name}] on Monday.", title=name, publisher=name))
    assert all(len(value.text) <= 320 for value in made.victims)


def test_five_hundred_reports_are_quick(article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]) -> None:
    written = "Thieves [breach:stole] from [Victim:Acme Foods] on day {0}, said Jane Roe of Kestrel{0} Labs."
    analyses = [article(written.format(number), publisher=f"Outlet {number}") for number in range(500)]
    made: list[Dossier] = []
    assert takes_less(5, lambda: made.append(dossier_of(*analyses)))
    assert made[0].victims[0].support.reports == 500
