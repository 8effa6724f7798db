"""Resolves who makes a claim, whom it accuses and who was hit to the names that all reports together use for them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from incidex.dossiers.names import Names, name_key
from incidex.dossiers.report import Report
from incidex.english import lexicon
from incidex.records import Claim, ClaimKind, EntityKind, Span

_NAMED_ROLES = ("Victim", "Attacker", "Trusted-Entity")


def speaker(claim: Claim, report: Report) -> str | None:
    """Return who makes the claim: a person, or else the fullest name; None if nobody is named."""
    if claim.claimant is None:
        return None
    words = report.words(claim.claimant.person or claim.claimant.name)
    return None if words.lower() in lexicon.words("no_name") else words


def all_names(reports: Iterable[Report]) -> Names:
    """Return the names of all who speak, are accused, attack or were hit in `reports`."""
    return Names(name for report in reports for name in _written(report))


def entity_name(span: Span, report: Report, kinds: Sequence[str]) -> str | None:
    """Return the canonical name of an entity of one of `kinds` that is named within `span`."""
    found = (entity for entity in report.entities.within(span) if entity.kind is not None)
    return next((entity.name for entity in found if entity.kind in kinds), None)


class NameResolver:
    """Resolves the names in one report to those of the whole incident."""

    def __init__(self, report: Report, names: Names) -> None:
        """Take the names of the whole incident."""
        self._report = report
        self._names = names

    def claimant(self, claim: Claim) -> str | None:
        """Return who makes the claim; None if nobody is named."""
        words = speaker(claim, self._report)
        return self._names.canonical(words) if words else None

    def spokesmen(self, claim: Claim) -> set[str]:
        """Return all names of the claimant, with those of the organisation that a person speaks for."""
        who = claim.claimant
        spans = (who.person, who.organisation, who.name) if who else ()
        return {self._names.canonical(self._report.words(span)) for span in spans if span}

    def accused(self, claim: Claim) -> str | None:
        """Return whom the claim is about. In "Acme denies that it did it", Acme speaks of itself."""
        if claim.accused is None or claim.kind is ClaimKind.LEAVES_OPEN:
            return None
        return self.actor(claim.accused) or self.claimant(claim)

    def actor(self, span: Span) -> str | None:
        """Return the name of an attacker, the canonical one of a known group; None for a pronoun."""
        words = self._report.words(span)
        if words.lower() in lexicon.words("no_name"):
            return None
        known = entity_name(span, self._report, (EntityKind.INTRUSION_SET.value,))
        return known or self._groups.get(words.casefold()) or self._names.canonical(words)

    @cached_property
    def _groups(self) -> dict[str, str]:
        """The groups by all their names in the report: "Akira" may be called a group only once."""
        found: dict[str, str] = {}
        for entity in self._report.analysis.entities:
            if entity.kind is EntityKind.INTRUSION_SET:
                for name in (entity.name, *map(self._report.words, entity.mentions)):
                    found.setdefault(name.casefold(), entity.name)
        return found

    def organisation(self, span: Span) -> str:
        """Return the name of a victim, or of an organisation that is imitated."""
        return entity_name(span, self._report, ("organisation",)) or self._names.canonical(self._report.words(span))


def is_name(words: str) -> bool:
    """Return whether words are a name: "Kestrel Ferries", not "the company"."""
    return bool(name_key(words))


def _written(report: Report) -> Iterator[str]:
    for claim in report.claims:
        if claim.claimant:
            yield from (report.words(s) for s in (claim.claimant.person, claim.claimant.organisation) if s)
            if words := speaker(claim, report):
                yield words
        if claim.accused:
            yield report.words(claim.accused)
    for mention in report.mentions:
        yield from (report.words(a.span) for a in mention.arguments if a.role in _NAMED_ROLES)
