"""Checks that the name of a known actor is enough to accuse it, where another name is not."""

import pytest

from incidex.claims import find_claims
from incidex.claims.known_actors import ActorToken, actors_in, sentence_tokens
from incidex.records import Claim, Document, Entity, EntityKind, Event, EventMention, Link, Realis, Span
from incidex.text.sentences import document_sentences


def named(text: str, name: str, kind: EntityKind | None, *candidates: EntityKind) -> Entity:
    links = tuple(Link("made up", str(kind), name, kind, name, "") for kind in candidates)
    start = text.index(name)
    return Entity(name, kind, (Span(start, start + len(name)),), links)


def claims_of(text: str, *entities: Entity) -> list[tuple[str, str, str]]:
    start = text.index("the attack")
    event = Event((EventMention(Span(start, start + len("the attack")), "AttackDatabreach", Realis.ACTUAL),))
    document = Document(text)
    found = find_claims(document, document_sentences(document), (event,), entities)
    return [(str(claim.kind), _who(claim, text), (claim.accused or claim.words).of(text)) for claim in found]


def _who(claim: Claim, text: str) -> str:
    return claim.claimant.name.of(text) if claim.claimant else "-"


ACTOR = EntityKind.INTRUSION_SET


@pytest.mark.parametrize(
    ("text", "who", "accused"),
    [
        ("Foxglove linked the attack to Velvet Moth.", "Foxglove", "Velvet Moth"),
        ("Foxglove linked the attack to Velvet Moth on Friday.", "Foxglove", "Velvet Moth"),
        ("Foxglove linked the attack to the Velvet Moth hacking group.", "Foxglove", "the Velvet Moth hacking group"),
        ("The agency has linked Velvet Moth to the attack.", "The agency", "Velvet Moth"),
        ("There was, after all, the attack, traced to Velvet Moth.", "-", "Velvet Moth"),
        ("Hackers linked to Velvet Moth hid behind the attack.", "-", "Hackers linked to Velvet Moth"),
    ],
)
def test_a_known_actor_can_be_linked_to_an_attack(text: str, who: str, accused: str) -> None:
    assert claims_of(text, named(text, "Velvet Moth", ACTOR)) == [("attributed-to", who, accused)]


def test_another_name_alone_cannot() -> None:
    assert claims_of("Foxglove linked the attack to Velvet Moth.") == []


def test_a_name_of_an_actor_and_a_malware_counts_and_that_of_a_malware_alone_does_not() -> None:
    text = "Foxglove linked the attack to Velvet Moth."
    both = named(text, "Velvet Moth", None, EntityKind.MALWARE, ACTOR)
    malware = named(text, "Velvet Moth", EntityKind.MALWARE, EntityKind.MALWARE)
    assert [accused for _, _, accused in claims_of(text, both)] == ["Velvet Moth"]
    assert claims_of(text, malware) == []
    assert actors_in([malware]) == []


def test_software_of_an_actor_accuses_nobody() -> None:
    text = "Foxglove linked the attack to the Velvet Moth malware."
    assert claims_of(text, named(text, "Velvet Moth", ACTOR)) == []
    text = "Malware linked to Velvet Moth was used in the attack."
    assert claims_of(text, named(text, "Velvet Moth", ACTOR)) == []


def test_the_words_of_the_names_alone_are_marked() -> None:
    text = "Of Pale Heron and Velvet Moth, Foxglove knows Velvet Moth."
    entities = [named(text, "Velvet Moth", ACTOR), named(text, "Pale Heron", ACTOR)]
    actors = actors_in(entities)
    assert actors == sorted(actors)
    whole = Span(0, len(text))
    tokens = sentence_tokens(text, whole, actors)
    assert [token.text for token in tokens if isinstance(token, ActorToken)] == ["Pale", "Heron", "Velvet", "Moth"]
    assert [token.text for token in tokens] == [token.text for token in sentence_tokens(text, whole)]


def test_a_sentence_that_nobody_reads_has_no_tokens() -> None:
    text = "word " * 601
    assert sentence_tokens(text, Span(0, len(text))) == []
