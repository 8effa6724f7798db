"""Claims with names in place of spans."""

from dataclasses import replace

import pytest

from incidex.dossiers.build import document_dossier
from incidex.records import Analysis, Claimant, Entity, EntityKind, Hedge, Span


def test_who_says_what_of_whom(told: Analysis) -> None:
    dossier = document_dossier(told)
    about = dossier.attacks[0].id
    assert [(said.kind, said.claimant, said.accused, said.attack) for said in dossier.claims] == [
        ("attributed-to", "Osterby", "Grey Heron", about),
        ("denies", "Grey Heron", "Grey Heron", about),
        ("denies", "Alder Ferries", None, about),
    ]


@pytest.mark.parametrize(
    ("hedges", "value"),
    [
        ([], None),
        ([("modal", None)], None),
        ([("likelihood", "very likely")], 85),
        ([("likelihood", "very likely"), ("likelihood", "unlikely")], 30),
        ([("confidence", "moderate"), ("modal", None)], 50),
    ],
)
def test_the_least_certainty_counts(told: Analysis, hedges: list[tuple[str, str | None]], value: int | None) -> None:
    words = tuple(Hedge(Span(0, 1), kind, band) for kind, band in hedges)
    (said,) = document_dossier(replace(told, claims=(replace(told.claims[0], hedges=words),))).claims
    assert said.confidence == value


def test_an_organisation_that_is_no_name_or_speaks_itself_is_not_added(told: Analysis) -> None:
    """In "Ferry operator Alder Ferries said" the claims have a person "Alder Ferries" of an organisation "Ferry"."""
    osterby = told.claims[0].claimant
    assert osterby
    alder, letters, heron = (Span(*_place(told, words)) for words in ("Alder Ferries", "The letters", "Grey Heron"))
    known = Entity("Alder Ferries", EntityKind.ORGANISATION, (alder,))
    cases = [(osterby.name, heron, ()), (osterby.name, letters, ()), (alder, heron, (known,))]
    names = [
        document_dossier(
            replace(
                told,
                entities=entities,
                claims=(replace(told.claims[0], claimant=Claimant(person, person, person, None, body)),),
            )
        )
        .claims[0]
        .claimant
        for person, body, entities in cases
    ]
    assert names == ["Osterby, Grey Heron", "Osterby", "Alder Ferries"]


def _place(told: Analysis, words: str) -> tuple[int, int]:
    start = told.document.text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(("trigger", "denies"), [("were taken", True), ("pay", False)])
def test_not_to_pay_denies_nothing(told: Analysis, trigger: str, denies: bool) -> None:
    """The words "a1der.example/pay" lend their last one."""
    start = told.document.text.index(trigger)
    claim = replace(told.claims[2], trigger=Span(start, start + len(trigger)))
    (said,) = document_dossier(replace(told, claims=(claim,))).claims
    assert (said.kind, said.denies) == ("denies", denies)


def test_different_claims_have_different_ids(told: Analysis) -> None:
    assert len({said.id for said in document_dossier(told).claims}) == 3
