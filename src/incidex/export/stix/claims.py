"""Writes claims in STIX: a note for each, and an opinion for each denial."""

from collections.abc import Mapping

from incidex.export.exchange.facts import Article, Said
from incidex.export.exchange.said import confidence, quoted, sentence, summary
from incidex.export.exchange.stamps import EPOCH, stamp
from incidex.export.stix.objects import Objects, identifier
from incidex.export.stix.things import references


def claim(said: Said, article: Article, subjects: list[str], objects: Objects) -> None:
    """
    Add the note of a claim, and for a denial an opinion.

    Args:
        subjects: The ids of what it is about, the one that it asserts or denies first.
    """
    authors = [said.claimant] if said.claimant else []
    created = stamp(article.published_at) or EPOCH
    objects.add(
        "note",
        (said.id,),
        created=created,
        abstract=summary(said),
        content=sentence(said, article),
        authors=authors,
        confidence=confidence(said),
        object_refs=subjects,
        labels=["machine-made", said.kind],
        external_references=references([article]),
    )
    if said.denies:
        objects.add(
            "opinion",
            (said.id,),
            created=created,
            opinion="disagree" if said.hedges else "strongly-disagree",
            explanation=f"{summary(said)}: {quoted(said)}",
            authors=authors,
            object_refs=subjects[:1],
        )


def report_id(article: Article) -> str:
    """Return the id of the report that stands for an article."""
    return identifier("report", article.id)


def claim_ids(said: Said) -> list[str]:
    """Return the ids of the objects that stand for a claim."""
    return [identifier(kind, said.id) for kind in ("note", *["opinion"] * said.denies)]


def subjects(said: Said, report: str, incidents: Mapping[str, str], blamed: Mapping[tuple[str, str], str]) -> list[str]:
    """
    Return the ids of what a claim is about: who did it, then the incident, or else the report.

    Args:
        report: The id of the report.
        incidents: The ids of the incidents by happening.
        blamed: The ids of the relationships to attackers, by happening and name.
    """
    incident = incidents.get(said.happening or "")
    blame = blamed.get((said.happening or "", said.accused or ""))
    return [name for name in (blame, incident) if name] or [report]
