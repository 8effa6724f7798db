"""Says how well established an incident is, and gives it a title, from what the reports say and nothing else."""

from collections.abc import Iterable, Sequence

from incidex.dossiers.agreement import agreeing
from incidex.dossiers.claimants import is_name
from incidex.dossiers.claims import AttributedClaim
from incidex.dossiers.support import Counting
from incidex.english import lexicon
from incidex.records import ClaimKind, Evidence, Realis, Status, Value

_ASSERTS = (ClaimKind.STATES, ClaimKind.CONFIRMS, ClaimKind.ATTRIBUTED_TO, ClaimKind.QUANTIFIES, ClaimKind.DATES)
_WEAKNESS = ("DiscoverVulnerability", "PatchVulnerability")
_HEADS = {
    "AttackDatabreach": "Data breach: {}",
    "AttackPhishing": "Phishing: {}",
    "AttackRansom": "Ransom attack: {}",
    "DiscoverVulnerability": "Vulnerability: {}",
    "PatchVulnerability": "Update: {}",
}
_MOST_EVIDENCE = 3
Verdict = tuple[Status, str, tuple[Evidence, ...]]


def status(
    types: Sequence[str], found: Iterable[AttributedClaim], victims: Iterable[Value], counting: Counting
) -> Verdict:
    """Return how well established an incident is, why, and the claims that this rests on."""
    if types and types[0] in _WEAKNESS:
        return _of_weakness(types)
    claims = [one for one in found if types and one.mention and one.mention.event_type == types[0]]
    names = {value.text for value in victims if is_name(value.text)}
    own = [one for one in claims if _is_victim(one, names)]
    confirms = [one for one in own if _asserts(one)]
    confirms.sort(key=lambda one: one.claim.kind is not ClaimKind.CONFIRMS)
    denies = [one for one in claims if _denies(one)]
    denies_own = [one for one in denies if _is_victim(one, names)]
    others = [one for one in claims if one.claimant and _asserts(one)]
    if confirms:
        if denies_own:
            both = [confirms[0], denies_own[0]]
            return Status.CONFIRMED_IN_PART, _said(both), _evidence(confirms, denies_own, counting)
        return Status.CONFIRMED, _said(confirms[:1]), _evidence(confirms, denies, counting)
    if denies:
        if others:
            return Status.DISPUTED, _said([others[0], denies[0]]), _evidence(others, denies, counting)
        return Status.DENIED, _said(denies[:1]), _evidence(denies, [], counting)
    if others:
        return Status.REPORTED, _said(others[:1]), _evidence(others, [], counting)
    return _without_witness(claims, found, counting)


def title(
    types: Sequence[str], headline: str, victims: Iterable[Value], products: Iterable[Value], sources: int
) -> str:
    """
    Return what happened in a line: "Data breach: Kestrel Ferries".

    Such a title needs half of the independent sources to name the victim or the product. Otherwise the title is the
    headline that is closest to all others.
    """
    about = products if types and types[0] in _WEAKNESS else victims
    best = next((value for value in about if is_name(value.text)), None)
    if best is None or not types or types[0] not in _HEADS or 2 * best.support.sources < sources or len(best.text) > 60:
        return " ".join(headline.split()) or "An incident without a title"
    first, _, rest = best.text.partition(" ")
    return _HEADS[types[0]].format(rest if first.lower() in lexicon.words("determiner") else best.text)


def _of_weakness(types: Sequence[str]) -> Verdict:
    if "PatchVulnerability" in types:
        return Status.FIXED, "A fix is reported.", ()
    return Status.DISCLOSED, "No fix is reported.", ()


def _without_witness(
    claims: Sequence[AttributedClaim], found: Iterable[AttributedClaim], counting: Counting
) -> Verdict:
    """Return the status if nobody with a name, except attackers, says without a hedge that it happened."""
    by_attackers = [one for one in found if one.claim.kind is ClaimKind.CLAIMS_RESPONSIBILITY]
    hedged = [one for one in claims if one.claim.hedges or one.claim.kind is ClaimKind.SUSPECTS]
    if by_attackers:
        return Status.CLAIMED, _said(by_attackers[:1]), _evidence(by_attackers, [], counting)
    if hedged and len(hedged) == len(claims):
        return Status.SUSPECTED, _said(hedged[:1]), _evidence(hedged, [], counting)
    return Status.REPORTED, "The reports say so in their own words.", ()


def _asserts(one: AttributedClaim) -> bool:
    """Return whether it is said without a hedge that something happened."""
    mention = one.mention
    return bool(mention and mention.realis is Realis.ACTUAL and one.claim.kind in _ASSERTS and not one.claim.hedges)


def _denies(one: AttributedClaim) -> bool:
    """Return whether a claim says that something did not happen. Refusing to pay denies nothing."""
    trigger = one.report.words(one.mention.trigger).lower() if one.mention else ""
    refuses = not lexicon.words("paying").isdisjoint(trigger.split())
    return one.claim.kind is ClaimKind.DENIES and one.accused is None and not refuses


def _is_victim(one: AttributedClaim, names: set[str]) -> bool:
    """Return whether a victim speaks: under its name, through a spokesperson, or as "the company"."""
    words = (one.claimant or "").lower().rpartition(" ")[2]
    return bool(one.spokesmen & names) or (
        words in lexicon.words("called_after_kind", forms=("singular",)) and not is_name(one.claimant or "")
    )


def _said(told: Sequence[AttributedClaim]) -> str:
    """Return who says what, as a sentence."""
    return f"{'; '.join(map(_clause, told))}."


def _clause(one: AttributedClaim) -> str:
    claimant = one.claimant or "an unnamed source"
    return f"{claimant} {agreeing(_VERBS.get(one.claim.kind, 'says so'), claimant)}"


_VERBS = {
    ClaimKind.CONFIRMS: "confirms it",
    ClaimKind.DENIES: "denies it, or part of it",
    ClaimKind.SUSPECTS: "suspects it",
    ClaimKind.CLAIMS_RESPONSIBILITY: "claims to have done it",
}


def _evidence(
    one: Sequence[AttributedClaim], other: Sequence[AttributedClaim], counting: Counting
) -> tuple[Evidence, ...]:
    chosen = [list({told.claim.words: told for told in reversed(side)}.values())[::-1] for side in (one, other)]
    return counting.ordered(told.evidence for side in chosen for told in side[:_MOST_EVIDENCE])
