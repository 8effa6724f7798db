"""Says who was hit, who is said to have done it and whom claims accuse, as far as the dossier has names for them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from incidex.dossiers.claimants import is_name
from incidex.dossiers.entities import ACTING, bare_name, named_entity
from incidex.records import Claim, Dossier, Entity, EntityKind, NamedEntity, Party, Span

_VICTIMS = {"Organization": False, "Person": True}
# "LockHarrow’s authors" contains a name but is not one.
_BELONGING = re.compile(r"[’']s [a-z]")


@dataclass(frozen=True, slots=True)
class Parties:
    """
    The parties to an attack.

    Attributes:
        victims: Those with names, the ones that most sources name first.
        attackers: Who is said to have done it, likewise.
        accused: Whom a claim accuses or clears, by the document, the words of the claim and its kind; empty for
            somebody without a name.
        places: The documents that name each victim as such.
    """

    victims: tuple[Party, ...] = ()
    attackers: tuple[NamedEntity, ...] = ()
    accused: Mapping[tuple[str, Span, str], str] = field(default_factory=dict)
    places: Mapping[Party, frozenset[str]] = field(default_factory=dict)

    def hit_in(self, document: str) -> Party | None:
        """Return the first victim that this document names; the first of all if it names none."""
        return next((one for one in self.victims if document in self.places[one]), next(iter(self.victims), None))

    def accused_by(self, document: str, claim: Claim) -> str | None:
        """Return whom a claim accuses or clears: "" for somebody without a name, None if it does neither."""
        return self.accused.get((document, claim.words, claim.kind.value))


def parties_of(dossier: Dossier, entities: Iterable[Entity]) -> Parties:
    """Return the parties to an attack; `entities` are those of its documents."""
    known = {entity.name.casefold(): named_entity(entity) for entity in entities if entity.kind in ACTING}
    places: dict[Party, frozenset[str]] = {}
    for value in dossier.victims:
        name = _name(value.text)
        if name and value.kind in _VICTIMS:
            party = Party(name, is_person=_VICTIMS[value.kind])
            places[party] = places.get(party, frozenset()) | {one.document for one in value.evidence}
    attackers = {}
    for actor in dossier.actors:
        name = _name(actor.name)
        if name and (actor.named or actor.accused_by or actor.claimed_by):
            attackers[name] = known.get(actor.name.casefold(), NamedEntity(name, None))
    return Parties(
        victims=tuple(places),
        attackers=tuple(one for one in attackers.values() if one.kind in (EntityKind.INTRUSION_SET, None)),
        accused={
            (place.document, place.span, statement.kind): _name(statement.accused or "")
            for statement in dossier.statements
            for place in statement.evidence
        },
        places=places,
    )


def _name(words: str) -> str:
    """Return words as a name on one line; empty if they are none: "a former employee"."""
    return bare_name(words) if is_name(words) and not _BELONGING.search(words) else ""
