"""Claims in words."""

from dataclasses import replace

import pytest

from incidex.dossiers.build import document_dossier
from incidex.export.claim_sentences import quoted, sentence, summary
from incidex.records import Analysis, ClaimKind


def test_a_claim_in_words(told: Analysis) -> None:
    dossier = document_dossier(told)
    assert [summary(said) for said in dossier.claims] == [
        "Osterby says who did it (Grey Heron)",
        "Grey Heron denies it (Grey Heron)",
        "Alder Ferries denies it (data breach)",
    ]
    assert sentence(dossier.claims[0], dossier.articles[0]) == (
        "Osterby says who did it (Grey Heron): “Grey Heron stole 5,000 names from Alder Ferries on 2 March 2026, very "
        "likely with CoinVault”. Hedged with: “very likely”. Reported by The Wire, 2026-03-04, https://wire.example/a?b=1."
    )


def test_each_kind_of_claim_has_words(told: Analysis) -> None:
    for kind in ClaimKind:
        (said,) = document_dossier(replace(told, claims=(replace(told.claims[0], kind=kind),))).claims
        assert summary(said).startswith("Osterby ")


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("names were taken", "“names were taken”"),
        ("“Paying brings nothing back,”", "“Paying brings nothing back”"),
        ("“Paying” brings nothing “back”", "““Paying” brings nothing “back””"),
        ("", "“”"),
    ],
)
def test_a_quotation_stands_in_one_pair_of_marks(told: Analysis, quote: str, shown: str) -> None:
    assert quoted(replace(document_dossier(told).claims[0], quote=quote)) == shown
