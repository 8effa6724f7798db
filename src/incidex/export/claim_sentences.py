"""Puts the claims of a dossier into sentences, for formats that have no place for their parts."""

from incidex.dossiers.attacks import words_for
from incidex.records import Article, Attack, ReportedClaim

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
_UNNAMED = "The report, or somebody whom it does not name,"


def summary(claim: ReportedClaim) -> str:
    """Return a claim in a few words: "Kestrel denies it (data breach)"."""
    about = claim.accused or (words_for(claim.event_type) if claim.event_type else "")
    return f"{claim.claimant or _UNNAMED} {_VERBS[claim.kind]}{f' ({about})' if about else ''}"


def sentence(claim: ReportedClaim, article: Article) -> str:
    """Return a claim with its words, its hedges and the article that reports it."""
    hedges = f" Hedged with: {', '.join(f'“{hedge}”' for hedge in claim.hedges)}." if claim.hedges else ""
    day = f", {article.published_at[:10]}" if article.published_at else ""
    where = f"{article.publisher or article.title}{day}{f', {article.url}' if article.url else ''}"
    return f"{summary(claim)}: {quoted(claim)}.{hedges} Reported by {where}."


def quoted(claim: ReportedClaim) -> str:
    """Return the words of a claim in one pair of quotation marks, even if they are a quotation themselves."""
    words = claim.quote
    if words[:1] in _MARKS and words[-1:] in _MARKS and not _MARKS & set(words[1:-1]):
        words = words[1:-1]
    return f"“{words.rstrip(' ,')}”"


def reported_types(attack: Attack) -> str:
    """Return "Reported: phishing, data breach.": the types of the events of an attack as a sentence."""
    return f"Reported: {', '.join(map(words_for, attack.types))}."
