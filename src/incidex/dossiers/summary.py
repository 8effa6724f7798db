"""Makes the summary of an incident from its dossier, and the terms by which it is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from incidex.dossiers.attacks import words_for
from incidex.english.countries import country_in, names_of
from incidex.records import Dossier, FacetKind, Summary


@dataclass(frozen=True, slots=True)
class Term:
    """
    A value by which an incident is chosen.

    Attributes:
        kind: What it is.
        value: The value, as it is shown.
        others: Other names of it, by which it is found, too.
    """

    kind: FacetKind
    value: str
    others: tuple[str, ...] = ()


def summary(dossier: Dossier, *, changed_at: str = "") -> Summary:
    """Return what a dossier says in a few words; `changed_at` is when it last changed."""
    return Summary(
        id=dossier.id,
        title=dossier.title,
        status=dossier.status,
        types=dossier.types,
        victims=tuple(dict.fromkeys(value.text for value in dossier.victims)),
        actors=tuple(dict.fromkeys(actor.name for actor in dossier.actors)),
        countries=tuple(dict.fromkeys(filter(None, (country_in(place.text) for place in dossier.places)))),
        cves=dossier.cves,
        first_seen=dossier.first_seen,
        last_seen=dossier.last_seen,
        reports=len(dossier.sources),
        independent=dossier.independent,
        changed_at=changed_at,
    )


def terms(short: Summary, dossier: Dossier) -> tuple[Term, ...]:
    """Return what an incident is chosen by; an actor also by every name that it is known by."""
    return tuple(chain(_fixed_terms(short), _name_terms(short, dossier)))


def _fixed_terms(short: Summary) -> Iterator[Term]:
    yield from (Term(FacetKind.TYPE, kind, (words_for(kind),)) for kind in short.types)
    yield Term(FacetKind.STATUS, short.status)
    yield from (Term(FacetKind.COUNTRY, name, names_of(name)) for name in short.countries)
    yield from (Term(FacetKind.CVE, number) for number in short.cves)


def _name_terms(short: Summary, dossier: Dossier) -> Iterator[Term]:
    aliases = {entity.name: entity.aliases for entity in dossier.entities}
    yield from (Term(FacetKind.VICTIM, name) for name in short.victims)
    yield from (Term(FacetKind.ACTOR, name, aliases.get(name, ())) for name in short.actors)
