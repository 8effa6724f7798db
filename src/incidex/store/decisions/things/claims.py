"""Applies edits of claims: whether somebody makes it, of which kind it is, and who makes it."""

from dataclasses import replace

from incidex.records import Analysis, Claim, Claimant, ClaimKind, Span
from incidex.store.decisions.edits import Change, Target, Verdict
from incidex.store.decisions.places import overlap
from incidex.store.decisions.things.names import entity_at


def edit_claim(analysis: Analysis, target: Target, change: Change, number: int | None) -> Analysis:
    """Return `analysis` with one claim confirmed, changed or removed."""
    claim = claim_at(analysis, target)
    if claim is None:
        return analysis
    if change.verdict is Verdict.REJECTED:
        return replace(analysis, claims=tuple(each for each in analysis.claims if each is not claim))
    new = replace(
        claim,
        kind=ClaimKind(change.kind) if change.kind else claim.kind,
        claimant=_claimant(analysis, claim, change),
        decision=number,
    )
    return replace(analysis, claims=tuple(new if each is claim else each for each in analysis.claims))


def claim_at(analysis: Analysis, target: Target) -> Claim | None:
    """Return the claim that `target` means: most of its words, then its kind and its trigger."""
    span = target.span
    every = [claim for claim in analysis.claims if span and claim.words.overlaps(span)]
    if target.detail:
        every = [claim for claim in every if claim.kind == target.detail]
    return max(
        every,
        key=lambda claim: (
            bool(target.trigger and claim.trigger and claim.trigger.overlaps(target.trigger)),
            claim.words == span,
            overlap(claim.words, span) if span else 0,
        ),
        default=None,
    )


def _claimant(analysis: Analysis, claim: Claim, change: Change) -> Claimant | None:
    if change.no_claimant:
        return None
    return claim.claimant if change.claimant is None else _somebody(analysis, change.claimant)


def _somebody(analysis: Analysis, words: Span) -> Claimant:
    """Return who speaks in these words: an organisation where the text names one there, otherwise a person."""
    organisation = entity_at(analysis, words)
    if organisation is not None:
        return Claimant(words, words, organisation=words)
    return Claimant(words, words, person=words)
