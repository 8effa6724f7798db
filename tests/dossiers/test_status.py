"""How far an incident is established: each status with the words that lead to it."""

from collections.abc import Callable

import pytest

from incidex.records import Analysis, Dossier, Status

SAYS = "[Victim:Acme Foods] said that thieves [breach:stole] its records."
OTHER = "Police said that thieves [breach:stole] the records of [Victim:Acme Foods]."
DENIES = "[Victim:Acme Foods] denied that thieves [breach:stole] its records."

REFUSES = "[Victim:Acme Foods] said that it would [breach:not pay] them."


@pytest.mark.parametrize(
    ("written", "status"),
    [
        pytest.param(SAYS, Status.CONFIRMED, id="the victim says so"),
        pytest.param(f"{SAYS}\n\n{DENIES}", Status.CONFIRMED_IN_PART, id="the victim denies some of it"),
        pytest.param(f"{OTHER}\n\n{DENIES}", Status.DISPUTED, id="police say so, the victim denies it"),
        pytest.param(DENIES, Status.DENIED, id="denied only"),
        pytest.param(OTHER, Status.REPORTED, id="police say so"),
        pytest.param(f"{SAYS}\n\n{REFUSES}", Status.CONFIRMED, id="not to pay denies nothing"),
        pytest.param(REFUSES, Status.REPORTED, id="not to pay is all that is said"),
        pytest.param("Thieves [breach:stole] it.", Status.REPORTED, id="nobody is named"),
        pytest.param("Experts believe that thieves [breach:stole] it.", Status.SUSPECTED, id="believed"),
    ],
)
def test_claims_give_the_status(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier], written: str, status: Status
) -> None:
    made = dossier_of(article(written))
    assert made.status is status
    assert made.status_reason.endswith(".")


@pytest.mark.parametrize(
    ("types", "status"),
    [(("DiscoverVulnerability",), Status.DISCLOSED), (("DiscoverVulnerability", "PatchVulnerability"), Status.FIXED)],
)
def test_a_weakness_is_disclosed_or_fixed(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier], types: tuple[str, ...], status: Status
) -> None:
    made = dossier_of(article("A [flaw:flaw] was found in [Product:CartMoor]."), types=types)
    assert (made.status, made.title) == (status, "Vulnerability: CartMoor")


def test_without_a_victim_in_half_of_the_sources_the_headline_is_the_title(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    others = [article(f"Thieves [breach:stole] it, number {number}.") for number in range(3)]
    assert dossier_of(article(SAYS), *others, title="Records stolen").title == "Records stolen"
