"""Writes claims in STIX: a note for each, and an opinion for each denial."""

from collections.abc import Mapping

from incidex.dossiers.stamps import EPOCH, stamp
from incidex.export.claim_sentences import quoted, sentence, summary
from incidex.export.stix.bundle import Bundle, identifier
from incidex.export.stix.objects import references
from incidex.records import Article, ReportedClaim


def add_claim(claim: ReportedClaim, article: Article, subjects: list[str], bundle: Bundle) -> None:
    """
    Add the note of a claim, and for a denial an opinion.

    Args:
        claim: The claim.
        article: The article that reports it.
        subjects: The ids of what it is about, first the one that it asserts or denies.
        bundle: Where to add it.
    """
    authors = [claim.claimant] if claim.claimant else []
    created = stamp(article.published_at) or EPOCH
    bundle.add(
        "note",
        (claim.id,),
        created=created,
        abstract=summary(claim),
        content=sentence(claim, article),
        authors=authors,
        confidence=claim.confidence,
        object_refs=subjects,
        labels=["machine-made", claim.kind],
        external_references=references([article]),
    )
    if claim.denies:
        bundle.add(
            "opinion",
            (claim.id,),
            created=created,
            opinion="disagree" if claim.hedges else "strongly-disagree",
            explanation=f"{summary(claim)}: {quoted(claim)}",
            authors=authors,
            object_refs=subjects[:1],
        )


def report_id(article: Article) -> str:
    """Return the id of the report that stands for an article."""
    return identifier("report", article.id)


def claim_ids(claim: ReportedClaim) -> list[str]:
    """Return the ids of the objects that stand for a claim."""
    return [identifier(kind, claim.id) for kind in ("note", *["opinion"] * claim.denies)]


def subjects(
    claim: ReportedClaim, report: str, incidents: Mapping[str, str], blamed: Mapping[tuple[str, str], str]
) -> list[str]:
    """
    Return the ids of what a claim is about: who did it, then the incident; or else the report.

    Args:
        claim: The claim.
        report: The id of the report.
        incidents: The ids of the incidents by attack.
        blamed: The ids of the relationships to attackers, by attack and name.
    """
    incident = incidents.get(claim.attack or "")
    blame = blamed.get((claim.attack or "", claim.accused or ""))
    return [name for name in (blame, incident) if name] or [report]
