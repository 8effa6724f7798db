"""Says claims as values for JSON."""

from typing import Any

from incidex.claims.hedging import band_range
from incidex.export.jsonl.json_values import rounded, words
from incidex.records import Claim, Claimant, Hedge, Span


def claim_values(claim: Claim, text: str) -> dict[str, Any]:
    """Return what JSON Lines say of a claim about `text`."""
    return {
        **words(claim.words, text),
        "kind": claim.kind.value,
        "claimant": _claimant(claim.claimant, text) if claim.claimant else None,
        "cue": words(claim.cue, text),
        "quoted": claim.quoted,
        "trigger": _optional(claim.trigger, text),
        "accused": _optional(claim.accused, text),
        "value": _optional(claim.value, text),
        "hedges": [_hedge(hedge, text) for hedge in claim.hedges],
        "score": rounded(claim.score),
        "rule": claim.rule,
    }


def _claimant(claimant: Claimant, text: str) -> dict[str, Any]:
    return {
        **words(claimant.words, text),
        "name": words(claimant.name, text),
        "person": _optional(claimant.person, text),
        "role": _optional(claimant.role, text),
        "organisation": _optional(claimant.organisation, text),
    }


def _hedge(hedge: Hedge, text: str) -> dict[str, Any]:
    percent = list(band_range(hedge.band)) if hedge.band and hedge.kind == "likelihood" else None
    return {**words(hedge.span, text), "kind": hedge.kind, "band": hedge.band, "percent": percent}


def _optional(span: Span | None, text: str) -> dict[str, Any] | None:
    return words(span, text) if span else None
