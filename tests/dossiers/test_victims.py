"""Who was hit: each victim once, under its name, and nobody else."""

from collections.abc import Callable

import pytest

from incidex.records import Analysis, Dossier


def test_the_best_supported_name_comes_first_and_words_are_left_out(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    made = dossier_of(
        article("Thieves [breach:stole] from [Victim:customers] of [Victim:Acme Foods]."),
        article("Thieves [breach:robbed] [Victim:Acme], and [Victim:the company] knew."),
        article("Thieves [breach:robbed] [Victim:Zeta Bank]."),
    )
    assert [(value.text, value.support.sources) for value in made.victims] == [
        ("Acme Foods", 2),
        ("Zeta Bank", 1),
    ]


def test_a_gang_that_is_known_is_no_victim(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    made = dossier_of(
        article("The [Victim:LockBit] gang [ransom:demanded] money.\n\n[Victim:Zeta Bank] was [ransom:extorted].")
    )
    assert [value.text for value in made.victims] == ["Zeta Bank"]


@pytest.mark.parametrize(
    ("written", "victims"),
    [
        pytest.param(
            "[Victim:Ferry line] was [breach:robbed].\n\nThieves [breach:robbed] [Victim:Acme] in May.",
            ["Acme"],
            id="a description that begins a sentence",
        ),
        pytest.param(
            "Thieves [breach:robbed] [Victim:Lender Florrit]. [Victim:Florrit] lost records.\n\nIt hurt "
            "[Victim:Florrit].",
            ["Florrit"],
            id="a name with what it is in front",
        ),
        pytest.param(
            "Thieves [breach:robbed] [Victim:Ferry operator Kestrel Ferries]. It hurt [Victim:Kestrel Ferries].",
            ["Kestrel Ferries"],
            id="two words in front",
        ),
        pytest.param(
            "Thieves [breach:robbed] [Victim:Telmora]. [Victim:Phone giant] pays. [Victim:Customers] wait.",
            ["Telmora"],
            id="a capital of the sentence",
        ),
        pytest.param(
            "Thieves [breach:robbed] [Victim:the campaign team] of [Victim:Onward Party], [Victim:voters] and "
            "[Victim:the team].",
            ["Onward Party"],
            id="those around a party",
        ),
        pytest.param("Thieves [breach:robbed] [Victim:a pension fund].", ["a pension fund"], id="no name at all"),
        pytest.param("Thieves [breach:robbed] [Victim:the company].", [], id="only the company"),
        pytest.param(
            "[Victim:Acme Foods] was [breach:robbed]. [Victim:Chief executive Jane Roe] said that thieves "
            "[breach:stole] the records.",
            ["Acme Foods"],
            id="an officer who speaks",
        ),
        pytest.param(
            "Thieves [breach:robbed] [Victim:Acme Foods]. [Victim:Alder Police] said that thieves [breach:robbed] it.",
            ["Acme Foods"],
            id="police who speak",
        ),
    ],
)
def test_victims_are_those_hit(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier], written: str, victims: list[str]
) -> None:
    assert [value.text for value in dossier_of(article(written)).victims] == victims


def test_the_victim_in_the_headline_comes_first(
    article: Callable[..., Analysis], dossier_of: Callable[..., Dossier]
) -> None:
    written = "[Victim:Zeta Bank] was [breach:robbed] in May. Thieves [breach:robbed] [Victim:Acme Foods] now."
    made = dossier_of(article(written, title="Acme Foods loses records"))
    assert [value.text for value in made.victims] == ["Acme Foods", "Zeta Bank"]
