"""Turns the claims of a document into records with names instead of spans, and their certainty into numbers."""

from collections.abc import Sequence

from incidex.dossiers.attacks import ReportedAttack, is_attack
from incidex.dossiers.claimants import is_name
from incidex.dossiers.entities import LONGEST_NAME, LONGEST_QUOTE, EntityNames, one_line
from incidex.english import lexicon
from incidex.records import Analysis, Claim, Hedge, ReportedClaim, Span

# The scales in appendix A of STIX 2.1: that of the DNI (ICD 203) for likelihoods, and "none, low, medium, high".
_SCALES = {
    ("likelihood", "almost no chance"): 5,
    ("likelihood", "very unlikely"): 15,
    ("likelihood", "unlikely"): 30,
    ("likelihood", "roughly even chance"): 50,
    ("likelihood", "likely"): 70,
    ("likelihood", "very likely"): 85,
    ("likelihood", "almost certain"): 95,
    ("confidence", "low"): 15,
    ("confidence", "moderate"): 50,
    ("confidence", "high"): 85,
}


def reported_claims(
    analysis: Analysis, names: EntityNames, reported: Sequence[ReportedAttack]
) -> tuple[ReportedClaim, ...]:
    """Return the claims of a document, in the order of the text."""
    types = {m.trigger: m.event_type for event in analysis.events for m in event.mentions}
    # The id of a document is computed each time.
    known = analysis.document.id, analysis.document.text
    return tuple(_reported(claim, *known, names, reported, types) for claim in analysis.claims)


def _reported(
    claim: Claim,
    document: str,
    text: str,
    names: EntityNames,
    reported: Sequence[ReportedAttack],
    types: dict[Span, str],
) -> ReportedClaim:
    about = types.get(claim.trigger or claim.words)
    within = next((one for one in reported if one.scope.has(claim)), None)
    certainty = _certainty(claim.hedges)
    return ReportedClaim(
        id=_id(claim, document),
        article=document,
        kind=claim.kind.value,
        claimant=_claimant(claim, names, text),
        quote=one_line(claim.words.of(text), LONGEST_QUOTE),
        hedges=tuple(one_line(hedge.span.of(text), LONGEST_NAME) for hedge in claim.hedges),
        certainty=certainty,
        confidence=_SCALES[certainty] if certainty else None,
        event_type=about,
        attack=within.attack.id if within and (about is None or is_attack(about)) else None,
        accused=_accused(claim, document, names, within),
        refuses=bool(
            claim.trigger and lexicon.words("paying") & set(claim.trigger.of(text)[:LONGEST_NAME].lower().split())
        ),
    )


def _id(claim: Claim, document: str) -> str:
    spans = (claim.words, claim.cue, claim.trigger, claim.accused, claim.value)
    key = " ".join(f"{span.start}-{span.end}" if span else "-" for span in spans)
    return f"{document} {claim.kind.value} {key}"


def _certainty(hedges: Sequence[Hedge]) -> tuple[str, str] | None:
    """Return the lowest certainty of several."""
    found = [(hedge.kind, hedge.band) for hedge in hedges if hedge.band and (hedge.kind, hedge.band) in _SCALES]
    return min(found, key=_SCALES.__getitem__, default=None)


def _claimant(claim: Claim, names: EntityNames, text: str) -> str | None:
    """Return who speaks: a person with the organisation if both are named; None for somebody without a name."""
    if claim.claimant is None:
        return None
    person, organisation = claim.claimant.person, claim.claimant.organisation
    # In "ferry operator Kestrel Ferries" no ferry speaks, and in "security firm Osterby" no security.
    if person is None or (organisation and (names.is_organisation(person) or not is_name(organisation.of(text)))):
        organisation = None
    found = [one_line(span.of(text), LONGEST_NAME) for span in (person or claim.claimant.name, organisation) if span]
    return None if found[0].lower() in lexicon.words("speaking_pronoun") else ", ".join(dict.fromkeys(found))


def _accused(claim: Claim, document: str, names: EntityNames, within: ReportedAttack | None) -> str | None:
    """Return whom the claim accuses or clears, under the name that the attack has for them; None for nobody."""
    known = within.parties.accused_by(document, claim) if within else None
    if known is not None:
        return known or None
    actor = names.accused(claim)
    return actor.name if actor else None
