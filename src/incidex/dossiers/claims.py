"""Groups claims into statements: the same claimant in several papers is one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from incidex.dossiers.claimants import NameResolver, is_name
from incidex.dossiers.names import Names
from incidex.dossiers.report import Report
from incidex.dossiers.support import Counting, grouped
from incidex.records import Claim, ClaimKind, EventMention, Evidence, Statement


@dataclass(frozen=True, slots=True)
class AttributedClaim:
    """
    A claim in one report with the names of those concerned.

    Attributes:
        claim: The claim.
        mention: The event mention that it is about.
        report: The report.
        claimant: Who makes it.
        spokesmen: All names of the claimant.
        accused: Whom it accuses or clears.
        is_known_group: Whether the accused is a group known by name.
        about: What it is about, in words.
        evidence: Where it stands.
    """

    claim: Claim
    mention: EventMention | None
    report: Report
    claimant: str | None
    spokesmen: frozenset[str]
    accused: str | None
    is_known_group: bool
    about: str
    evidence: Evidence


def attributed_claims(reports: Iterable[Report], names: Names) -> tuple[AttributedClaim, ...]:
    """Return all claims in `reports`, which are in the order of publication."""
    return tuple(one for report in reports for one in _in_report(report, NameResolver(report, names)))


def statements(found: Iterable[AttributedClaim], counting: Counting) -> tuple[Statement, ...]:
    """
    Return each statement of each claimant once.

    Claims are the same if their kind, claimant and subject are the same. Somebody without a name ("a spokesman") is a
    different person in each independent source.
    """
    return tuple(_statement(group, counting) for group in grouped(found, lambda one: _key(one, counting)))


def _in_report(report: Report, resolver: NameResolver) -> Iterator[AttributedClaim]:
    mentions = {mention.trigger: mention for mention in report.mentions}
    for claim in report.claims:
        one = _attributed(claim, mentions.get(claim.trigger) if claim.trigger else None, report, resolver)
        # Whom "they" means is not known in "they claim to have stolen", and the report itself claims nothing.
        if one.claimant or claim.kind is not ClaimKind.CLAIMS_RESPONSIBILITY:
            yield one


def _attributed(claim: Claim, mention: EventMention | None, report: Report, resolver: NameResolver) -> AttributedClaim:
    claimant, accused = resolver.claimant(claim), resolver.accused(claim)
    value = report.words(claim.value) if claim.value else ""
    event = report.words(claim.trigger) if claim.trigger else ""
    return AttributedClaim(
        claim=claim,
        mention=mention,
        report=report,
        claimant=claimant,
        spokesmen=frozenset(resolver.spokesmen(claim)),
        accused=accused,
        is_known_group=accused is not None and resolver.is_group(accused),
        about=accused or value or event or report.words(claim.words),
        evidence=report.evidence(claim.words, claim=claim, claimant=claimant),
    )


def _key(one: AttributedClaim, counting: Counting) -> tuple[object, ...]:
    nameless = not (one.claimant and is_name(one.claimant))
    about = one.accused or one.about.casefold().removeprefix("the ")
    return one.claim.kind, one.claimant, about, counting.origin(one.report.id) if nameless else ""


def _statement(group: Sequence[AttributedClaim], counting: Counting) -> Statement:
    evidence = counting.ordered(one.evidence for one in group)
    first = group[0]
    return Statement(
        first.claimant, first.claim.kind.value, first.about, first.accused, counting.support(evidence), evidence
    )
