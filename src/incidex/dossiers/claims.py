"""Groups claims into statements, and the accused into actors: the same claimant in several papers is one."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from incidex.dossiers.claimants import NameResolver, is_name
from incidex.dossiers.names import Names
from incidex.dossiers.report import Report
from incidex.dossiers.support import Counting, best_first, grouped
from incidex.records import Actor, Claim, ClaimKind, EventMention, Evidence, Statement

# The threshold for an attacker whom nobody accuses: the score of the model.
_SURE = 0.5
_ACCUSES = (ClaimKind.ATTRIBUTED_TO, ClaimKind.SUSPECTS)


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
        about: What it is about, in words.
        evidence: Where it stands.
    """

    claim: Claim
    mention: EventMention | None
    report: Report
    claimant: str | None
    spokesmen: frozenset[str]
    accused: str | None
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


def actors(
    found: Sequence[AttributedClaim],
    reports: Sequence[Report],
    names: Names,
    counting: Counting,
    *,
    outlets: Collection[str],
) -> tuple[Actor, ...]:
    """
    Return the alleged attackers; those with the most independent sources first.

    A name that only the model takes for an attacker is left out if its score is low (`_SURE`), if it is one of
    `outlets`, or if it is more often a victim or a claimant. To blame a victim is worse than to miss a name.
    """
    named = _named(found, reports, names, outlets)
    values = best_first(counting.value(name, "attacker", evidence) for name, evidence in named.items())
    by_name = {value.text: value for value in values}
    concerned: dict[str, list[AttributedClaim]] = {}
    for one in found:
        if who := _actor(one):
            concerned.setdefault(who, []).append(one)
    order = list(dict.fromkeys([*concerned, *by_name]))
    made = [
        Actor(
            name=name,
            named=by_name.get(name),
            accused_by=_of(concerned.get(name, ()), _ACCUSES, counting),
            claimed_by=_of(concerned.get(name, ()), (ClaimKind.CLAIMS_RESPONSIBILITY,), counting),
            denied_by=_of(concerned.get(name, ()), (ClaimKind.DENIES,), counting),
        )
        for name in order
    ]
    return tuple(sorted(made, key=lambda actor: (not is_name(actor.name), -_weight(actor))))


def _named(
    found: Iterable[AttributedClaim], reports: Sequence[Report], names: Names, outlets: Collection[str]
) -> dict[str, list[Evidence]]:
    """
    Return the names that are attackers in events more often than anything else, with the evidence, except `outlets`.
    """
    named: dict[str, list[Evidence]] = {}
    others = Counter(one.claimant for one in found if one.claim.kind is not ClaimKind.CLAIMS_RESPONSIBILITY)
    for report in reports:
        resolver = NameResolver(report, names)
        for argument in (argument for mention in report.mentions for argument in mention.arguments):
            if argument.role in ("Victim", "Trusted-Entity"):
                others[resolver.organisation(argument.span)] += 1
            name = resolver.actor(argument.span) if argument.role == "Attacker" else None
            if name and is_name(name) and argument.score >= _SURE:
                named.setdefault(name, []).append(report.evidence(argument.span))
    return {name: places for name, places in named.items() if len(places) > others[name] and name not in outlets}


def _in_report(report: Report, resolver: NameResolver) -> Iterator[AttributedClaim]:
    mentions = {mention.trigger: mention for mention in report.mentions}
    for claim in report.claims:
        yield _attributed(claim, mentions.get(claim.trigger) if claim.trigger else None, report, resolver)


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


def _actor(one: AttributedClaim) -> str | None:
    """Return the actor that a claim is about."""
    if one.claim.kind is ClaimKind.CLAIMS_RESPONSIBILITY:
        return one.accused or one.claimant
    return one.accused if one.claim.kind in (*_ACCUSES, ClaimKind.DENIES) else None


def _of(found: Iterable[AttributedClaim], kinds: Sequence[ClaimKind], counting: Counting) -> tuple[Statement, ...]:
    return statements((one for one in found if one.claim.kind in kinds), counting)


def _weight(actor: Actor) -> int:
    """Return how much is said about an actor: claims count more than mere mentions."""
    said = (*actor.accused_by, *actor.claimed_by, *actor.denied_by)
    return 100 * sum(one.support.sources for one in said) + (actor.named.support.sources if actor.named else 0)
