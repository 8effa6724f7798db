"""Says who says what: claims with names in place of spans, told in words, and the claimant's certainty in numbers."""

from collections.abc import Sequence

from incidex.dossiers.claimants import is_name
from incidex.dossiers.words import words_of
from incidex.export.exchange.attacks import Reported, event_types, words_for
from incidex.export.exchange.facts import Article, Said
from incidex.export.exchange.naming import LONGEST_NAME, LONGEST_QUOTE, PRONOUNS, Naming, one_line
from incidex.records import Analysis, Claim, Hedge

# The scales of appendix A of STIX 2.1: that of the DNI (ICD 203) for likelihoods, and "none, low, medium, high".
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
_VERBS = {
    "states": "says that it happened",
    "confirms": "confirms it",
    "denies": "denies it",
    "suspects": "suspects it",
    "attributed-to": "says who did it",
    "claims-responsibility": "claims to have done it",
    "quantifies": "says how much or how many",
    "dates": "says when it happened",
    "leaves-open": "leaves open who did it or whether it happened",
}
_MARKS = frozenset('“”"')
_NOBODY = "The report, or somebody whom it does not name,"


def said(analysis: Analysis, naming: Naming, reported: Sequence[Reported]) -> tuple[Said, ...]:
    """Return the claims of a document, in the order of the text."""
    types = {m.trigger: m.event_type for event in analysis.events for m in event.mentions}
    return tuple(
        _said(claim, analysis, naming, reported, types.get(claim.trigger or claim.words)) for claim in analysis.claims
    )


def _said(claim: Claim, analysis: Analysis, naming: Naming, reported: Sequence[Reported], about: str | None) -> Said:
    text = analysis.document.text
    within = next((one for one in reported if one.scope.has(claim)), None)
    spans = (claim.words, claim.cue, claim.trigger, claim.accused, claim.value)
    key = " ".join(f"{span.start}-{span.end}" if span else "-" for span in spans)
    return Said(
        id=f"{analysis.document.id} {claim.kind.value} {key}",
        article=analysis.document.id,
        kind=claim.kind.value,
        claimant=_claimant(claim, naming, text),
        quote=one_line(claim.words.of(text), LONGEST_QUOTE),
        hedges=tuple(one_line(hedge.span.of(text), LONGEST_NAME) for hedge in claim.hedges),
        certainty=_certainty(claim.hedges),
        event_type=about,
        happening=within.happening.id if within and (about is None or event_types()[about]["attack"]) else None,
        accused=_accused(claim, analysis, naming, within),
        refuses=bool(claim.trigger and words_of("paying") & set(claim.trigger.of(text)[:LONGEST_NAME].lower().split())),
    )


def summary(said: Said) -> str:
    """Return a claim in a few words: "Kestrel denies it (data breach)"."""
    about = said.accused or (words_for(said.event_type) if said.event_type else "")
    return f"{said.claimant or _NOBODY} {_VERBS[said.kind]}{f' ({about})' if about else ''}"


def sentence(said: Said, article: Article) -> str:
    """Return a claim with its words, its hedges and where it stands."""
    hedges = f" Hedged with: {', '.join(f'“{hedge}”' for hedge in said.hedges)}." if said.hedges else ""
    day = f", {article.published_at[:10]}" if article.published_at else ""
    where = f"{article.publisher or article.title}{day}{f', {article.url}' if article.url else ''}"
    return f"{summary(said)}: {quoted(said)}.{hedges} Reported by {where}."


def quoted(said: Said) -> str:
    """Return the words of a claim in one pair of quotation marks, though they may be a quotation of their own."""
    words = said.quote
    if words[:1] in _MARKS and words[-1:] in _MARKS and not _MARKS & set(words[1:-1]):
        words = words[1:-1]
    return f"“{words.rstrip(' ,')}”"


def confidence(said: Said) -> int | None:
    """Return the claimant's certainty, 0..100; None if the words are on no scale."""
    return _SCALES[said.certainty] if said.certainty else None


def _certainty(hedges: Sequence[Hedge]) -> tuple[str, str] | None:
    """Return the least of several."""
    found = [(hedge.kind, hedge.band) for hedge in hedges if hedge.band and (hedge.kind, hedge.band) in _SCALES]
    return min(found, key=_SCALES.__getitem__, default=None)


def _claimant(claim: Claim, naming: Naming, text: str) -> str | None:
    """Return who speaks: a person with the organisation, if both are named; None for one without a name."""
    if claim.claimant is None:
        return None
    person, organisation = claim.claimant.person, claim.claimant.organisation
    # In "ferry operator Kestrel Ferries" no ferry speaks, and in "security firm Osterby" no security.
    if person is None or (organisation and (naming.is_organisation(person) or not is_name(organisation.of(text)))):
        organisation = None
    names = [one_line(span.of(text), LONGEST_NAME) for span in (person or claim.claimant.name, organisation) if span]
    return None if names[0].lower() in PRONOUNS else ", ".join(dict.fromkeys(names))


def _accused(claim: Claim, analysis: Analysis, naming: Naming, within: Reported | None) -> str | None:
    """Return whom the claim accuses or clears, by the name that the happening has for them; None for nobody."""
    known = within.parties.accused_by(analysis.document.id, claim) if within else None
    if known is not None:
        return known or None
    actor = naming.accused(claim)
    return actor.name if actor else None
