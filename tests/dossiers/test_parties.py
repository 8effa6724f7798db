"""Who was hit and who did it, as the dossier has it: names alone, each once, and nobody on both sides."""

from dataclasses import replace

from incidex.dossiers.parties import parties_of
from incidex.records import (
    Actor,
    Dossier,
    Entity,
    EntityKind,
    Evidence,
    NamedEntity,
    Party,
    Span,
    Statement,
    Support,
    Value,
)

SUPPORT = Support(1, 1)
GROUP = Entity("Grey Heron", EntityKind.INTRUSION_SET, (Span(0, 5),))
VAULT = Entity("CoinVault", EntityKind.MALWARE, (Span(0, 5),))


def value(text: str, kind: str = "Organization", *documents: str) -> Value:
    places = tuple(Evidence(id, Span(0, 5), text, Span(0, 9), text) for id in documents or ("a",))
    return Value(text, kind, SUPPORT, places)


def test_who_was_hit_has_a_name_and_is_somebody(made: Dossier) -> None:
    victims = [value("Alder Clinic", "Organization", "b"), value("Jane Roe", "Person"), value("customers", "Person")]
    found = parties_of(replace(made, victims=(*victims, value("OrderDesk", "System"))), ())
    assert found.victims == (Party("Alder Clinic"), Party("Jane Roe", is_person=True))
    assert [found.hit_in(id) for id in ("a", "b", "c")] == [found.victims[1], found.victims[0], found.victims[0]]
    assert parties_of(replace(made, victims=()), ()).hit_in("a") is None


def test_an_attacker_is_accused_or_named_and_a_known_group_is_known(made: Dossier) -> None:
    said = Statement("Ada", "attributed-to", "", "", SUPPORT, ())
    actors = (
        Actor("Grey Heron", accused_by=(said,)),
        Actor("Saltmarsh", named=value("Saltmarsh")),
        Actor("Night Ledger", denied_by=(said,)),
        Actor("CoinVault", named=value("CoinVault")),
        Actor("CoinVault’s authors", named=value("CoinVault’s authors")),
        Actor("a former employee", accused_by=(said,)),
    )
    found = parties_of(replace(made, actors=actors), (GROUP, VAULT))
    assert found.attackers == (NamedEntity("Grey Heron", EntityKind.INTRUSION_SET), NamedEntity("Saltmarsh", None))


def test_a_claim_accuses_whom_the_dossier_says(made: Dossier) -> None:
    places = [Evidence(id, Span(0, 5), "it", Span(0, 9), "it") for id in "ab"]
    statements = tuple(
        Statement("Ada", "attributed-to", "", accused, SUPPORT, (place,))
        for accused, place in zip(("the group Grey Heron", "a former employee"), places, strict=True)
    )
    found = parties_of(replace(made, statements=statements), ())
    assert found.accused == {("a", Span(0, 5), "attributed-to"): "Grey Heron", ("b", Span(0, 5), "attributed-to"): ""}
