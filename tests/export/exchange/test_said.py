"""Claims with names in place of spans."""

from dataclasses import replace

import pytest

from incidex.export.exchange import facts_of
from incidex.export.exchange.said import confidence, quoted, sentence, summary
from incidex.records import Analysis, Claimant, ClaimKind, Entity, EntityKind, Hedge, Span


def test_who_says_what_of_whom(told: Analysis) -> None:
    facts = facts_of(told)
    about = facts.happenings[0].id
    assert [(said.kind, said.claimant, said.accused, said.happening) for said in facts.said] == [
        ("attributed-to", "Osterby", "Grey Heron", about),
        ("denies", "Grey Heron", "Grey Heron", about),
        ("denies", "Alder Ferries", None, about),
    ]


def test_a_claim_in_words(told: Analysis) -> None:
    facts = facts_of(told)
    assert [summary(said) for said in facts.said] == [
        "Osterby says who did it (Grey Heron)",
        "Grey Heron denies it (Grey Heron)",
        "Alder Ferries denies it (data breach)",
    ]
    assert sentence(facts.said[0], facts.articles[0]) == (
        "Osterby says who did it (Grey Heron): “Grey Heron stole 5,000 names from Alder Ferries on 2 March 2026, very "
        "likely with CoinVault”. Hedged with: “very likely”. Reported by The Wire, 2026-03-04, https://wire.example/a?b=1."
    )


def test_each_kind_of_claim_has_words(told: Analysis) -> None:
    for kind in ClaimKind:
        (said,) = facts_of(replace(told, claims=(replace(told.claims[0], kind=kind),))).said
        assert summary(said).startswith("Osterby ")


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
    (said,) = facts_of(replace(told, claims=(replace(told.claims[0], hedges=words),))).said
    assert confidence(said) == value


def test_an_organisation_that_is_no_name_or_speaks_itself_is_not_added(told: Analysis) -> None:
    """In "Ferry operator Alder Ferries said" the claims have a person "Alder Ferries" of an organisation "Ferry"."""
    osterby = told.claims[0].claimant
    assert osterby
    alder, letters, heron = (Span(*_place(told, words)) for words in ("Alder Ferries", "The letters", "Grey Heron"))
    known = Entity("Alder Ferries", EntityKind.ORGANISATION, (alder,))
    cases = [(osterby.name, heron, ()), (osterby.name, letters, ()), (alder, heron, (known,))]
    names = [
        facts_of(
            replace(
                told,
                entities=entities,
                claims=(replace(told.claims[0], claimant=Claimant(person, person, person, None, body)),),
            )
        )
        .said[0]
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
    (said,) = facts_of(replace(told, claims=(claim,))).said
    assert (said.kind, said.denies) == ("denies", denies)


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
    assert quoted(replace(facts_of(told).said[0], quote=quote)) == shown


def test_different_claims_have_different_ids(told: Analysis) -> None:
    assert len({said.id for said in facts_of(told).said}) == 3
