"""Says who was hit, who is said to have done it and whom claims accuse, under the names that a dossier has for them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from incidex.dossiers.claimants import is_name
from incidex.export.exchange.facts import Named, Party
from incidex.export.exchange.naming import ACTING, named, shown
from incidex.records import Claim, Dossier, Entity, EntityKind, Span

_VICTIMS = {"Organization": False, "Person": True}
# "LockHarrow’s authors" has a name in it and is none.
_BELONGING = re.compile(r"[’']s [a-z]")


@dataclass(frozen=True, slots=True)
class Parties:
    """
    Who is in an incident.

    Attributes:
        victims: Who was hit, as far as they have names; those whom most sources name first.
        attackers: Who is said to have done it, likewise.
        accused: Whom a claim accuses or clears, by the document, the words of the claim and its kind; empty for nobody
            with a name.
        places: In which documents each victim is named as such.
    """

    victims: tuple[Party, ...] = ()
    attackers: tuple[Named, ...] = ()
    accused: Mapping[tuple[str, Span, str], str] = field(default_factory=dict)
    places: Mapping[Party, frozenset[str]] = field(default_factory=dict)

    def hit_in(self, document: str) -> Party | None:
        """Return the first victim that this document names; the first of all where it names none."""
        return next((one for one in self.victims if document in self.places[one]), next(iter(self.victims), None))

    def accused_by(self, document: str, claim: Claim) -> str | None:
        """Return whom a claim accuses or clears: "" for nobody with a name, None if the claim is none of these."""
        return self.accused.get((document, claim.words, claim.kind.value))


def parties_of(dossier: Dossier, entities: Iterable[Entity]) -> Parties:
    """Return who is in an incident; `entities` are those of its documents."""
    known = {entity.name.casefold(): named(entity) for entity in entities if entity.kind in ACTING}
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
            attackers[name] = known.get(actor.name.casefold(), Named(name, None))
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
    return shown(words) if is_name(words) and not _BELONGING.search(words) else ""
