"""Says how well established an incident is, and gives it a title, from what the reports say and nothing else."""

from collections.abc import Iterable, Sequence

from incidex.dossiers.agreement import agreeing
from incidex.dossiers.claimants import is_name
from incidex.dossiers.claims import AttributedClaim
from incidex.dossiers.support import Counting
from incidex.english import lexicon
from incidex.records import ClaimKind, Evidence, Realis, Status, Value

_ASSERTS = (ClaimKind.STATES, ClaimKind.CONFIRMS, ClaimKind.QUANTIFIES, ClaimKind.DATES)
_WEAKNESS = ("DiscoverVulnerability", "PatchVulnerability")
_HEADS = {
    "AttackDatabreach": "Data breach: {}",
    "AttackPhishing": "Phishing: {}",
    "AttackRansom": "Ransom attack: {}",
    "DiscoverVulnerability": "Vulnerability: {}",
    "PatchVulnerability": "Update: {}",
}
_MOST_EVIDENCE = 3
_DOUBTS = (ClaimKind.SUSPECTS, ClaimKind.LEAVES_OPEN)
# In characters before a trigger: "sophisticated" in "a sophisticated cyber attack".
_LONGEST_MODIFIER = 60
Verdict = tuple[Status, str, tuple[Evidence, ...]]


def status(
    types: Sequence[str],
    found: Sequence[AttributedClaim],
    victims: Iterable[Value],
    counting: Counting,
    attackers: Iterable[str] = (),
) -> Verdict:
    """
    Return how well established an incident is, why, and the claims that this rests on.

    Only claims about what happened count. Who did it is another question, and so is how bad or how skilled it was. A
    denial by somebody who was not hit counts if they say in so many words that they deny it.
    """
    if types and types[0] in _WEAKNESS:
        return _of_weakness(types)
    claims = _Claims(types, found, {value.text for value in victims if is_name(value.text)}, frozenset(attackers))
    if claims.confirming:
        if claims.denying_own:
            both = [claims.confirming[0], claims.denying_own[0]]
            return Status.CONFIRMED_IN_PART, _said(both), _evidence(claims.confirming, claims.denying_own, counting)
        return Status.CONFIRMED, _said(claims.confirming[:1]), _evidence(claims.confirming, [], counting)
    if claims.denying:
        if claims.asserting:
            both = [claims.asserting[0], claims.denying[0]]
            return Status.DISPUTED, _said(both), _evidence(claims.asserting, claims.denying, counting)
        return Status.DENIED, _said(claims.denying[:1]), _evidence(claims.denying, [], counting)
    if claims.asserting:
        return Status.REPORTED, _said(claims.asserting[:1]), _evidence(claims.asserting, [], counting)
    return _without_witness(claims, counting)


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


def _without_witness(claims: "_Claims", counting: Counting) -> Verdict:
    """Return the status if nobody with a name, except attackers, says without a hedge that it happened."""
    if claims.by_attackers:
        return Status.CLAIMED, _said(claims.by_attackers[:1]), _evidence(claims.by_attackers, [], counting)
    if claims.hedged and len(claims.hedged) == len(claims.main):
        return Status.SUSPECTED, _said(claims.hedged[:1]), _evidence(claims.hedged, [], counting)
    return Status.REPORTED, "The reports say so in their own words.", ()


class _Claims:
    """Sorts the claims about what happened by who makes them."""

    def __init__(
        self, types: Sequence[str], found: Sequence[AttributedClaim], victims: set[str], attackers: frozenset[str]
    ) -> None:
        """Take all claims, and the names of victims and attackers."""
        attacks = frozenset(types) - frozenset(_WEAKNESS)
        happened = [one for one in found if one.mention and one.mention.event_type in attacks]
        by_whom = [(one, _is_attacker(one, attackers)) for one in happened]
        theirs = [one for one, is_theirs in by_whom if is_theirs]
        about = [one for one, is_theirs in by_whom if one.accused is None and not is_theirs]
        self.main = [one for one in about if one.mention and one.mention.event_type == types[0]]
        self.confirming = [one for one in about if _is_victim(one, victims) and _asserts(one)]
        self.confirming.sort(key=lambda one: (one.claim.kind is not ClaimKind.CONFIRMS, _is_nameless(one)))
        denials = [(one, _is_victim(one, victims)) for one in self.main if _denies(one)]
        self.denying_own = [one for one, is_own in denials if is_own]
        self.denying = [one for one, is_own in denials if is_own or _in_so_many_words(one)]
        self.asserting = [one for one in self.main if one.claimant and _asserts(one)]
        self.asserting.sort(key=_is_nameless)
        claimed = [one for one in found if one.claim.kind is ClaimKind.CLAIMS_RESPONSIBILITY]
        self.by_attackers = claimed or [one for one in theirs if _asserts(one)]
        self.hedged = [one for one in self.main if one.claim.hedges or one.claim.kind in _DOUBTS]


def _is_nameless(one: AttributedClaim) -> bool:
    return not is_name(one.claimant or "")


def _asserts(one: AttributedClaim) -> bool:
    """Return whether it is said without a hedge that something happened."""
    mention = one.mention
    return bool(mention and mention.realis is Realis.ACTUAL and one.claim.kind in _ASSERTS and not one.claim.hedges)


def _denies(one: AttributedClaim) -> bool:
    """
    Return whether a claim says that something did not happen.

    Refusing to pay denies nothing, and neither does rejecting that an attack was sophisticated.
    """
    if one.claim.kind is not ClaimKind.DENIES or one.mention is None:
        return False
    trigger = one.mention.trigger
    text = one.report.document.text
    before = text[max(0, trigger.start - _LONGEST_MODIFIER) : trigger.start].lower().split()[-2:]
    refuses = not lexicon.words("paying").isdisjoint(one.report.words(trigger).lower().split())
    return not refuses and lexicon.words("degree_of_attack").isdisjoint(before)


def _in_so_many_words(one: AttributedClaim) -> bool:
    """Return whether a claim denies, with a verb like "rejects", what it names itself, and not "the accusations"."""
    if one.mention is None or not one.claim.words.covers(one.mention.trigger):
        return False
    return not lexicon.words("claim.denies").isdisjoint(one.report.words(one.claim.cue).lower().split())


def _is_attacker(one: AttributedClaim, names: frozenset[str]) -> bool:
    """Return whether an attacker speaks, under a name or as "the hackers"."""
    last = (one.claimant or "").lower().rpartition(" ")[2]
    return one.claimant in names or (not is_name(one.claimant or "") and last in lexicon.words("attacking_claimant"))


def _is_victim(one: AttributedClaim, names: set[str]) -> bool:
    """
    Return whether a victim speaks: under its name, through a spokesperson, or as "the company".

    "The company" has the name of the organisation that it stands for if the report gives one, and then it is that.
    """
    if one.claimant in names or one.spokesmen & names:
        return True
    article, _, last = (one.claimant or "").lower().rpartition(" ")
    called = lexicon.words("called_after_kind", forms=("singular",))
    return article == "the" and last in called and not is_name(one.claimant or "")


def _said(told: Sequence[AttributedClaim]) -> str:
    """Return who says what, as a sentence."""
    line = "; ".join(map(_clause, told))
    return f"{line[:1].upper()}{line[1:]}."


def _clause(one: AttributedClaim) -> str:
    if one.claim.kind is ClaimKind.LEAVES_OPEN:
        return f"{one.claimant or 'the report'} {agreeing('leaves it open', one.claimant or '')}"
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
