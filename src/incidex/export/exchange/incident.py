"""Takes the facts of an incident from all its documents."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from incidex.dossiers.build import dossier
from incidex.export.exchange.facts import Facts, Happening, names_once, values_once
from incidex.export.exchange.from_analysis import facts_of
from incidex.export.exchange.parties import parties_of
from incidex.matching.profiles import within
from incidex.records import Analysis, Incident, Profile


def facts_of_incident(
    incident: Incident,
    analyses: Iterable[Analysis],
    known: Iterable[Profile] = (),
    *,
    founded_on: str | None = None,
) -> Facts:
    """
    Return what the documents of an incident say, as about one happening.

    Its id is that of the incident, so that it stays the same while documents join it.

    Args:
        incident: The incident.
        analyses: Those of its documents, in the order of their publication.
        known: Their profiles, where somebody has made them before.
        founded_on: The day of publication of the document that founded the incident, ISO 8601.
    """
    analyses, known = list(analyses), list(known)
    by_document: dict[str, list[Profile]] = {}
    for profile in known:
        by_document.setdefault(profile.document, []).append(profile)
    entities = [entity for analysis in analyses for entity in analysis.entities]
    parties = parties_of(dossier(incident, analyses, known), entities)
    own_of = ((analysis, by_document.get(analysis.document.id, ())) for analysis in analyses)
    each = [facts_of(within(analysis, profiles), profiles, parties) for analysis, profiles in own_of]
    reported = [happening for facts in each for happening in facts.happenings]
    happening = _joined(incident, reported)
    own = {one.id for one in reported}
    return Facts(
        id=incident.id,
        articles=tuple(article for facts in each for article in facts.articles),
        founded_on=founded_on,
        happenings=(happening,) if happening else (),
        names=names_once(one for facts in each for one in facts.names),
        unclear=names_once(one for facts in each for one in facts.unclear),
        values=values_once(one for facts in each for one in facts.values),
        cves=tuple(dict.fromkeys(cve for facts in each for cve in facts.cves)),
        fixes=tuple(dict.fromkeys(fix for facts in each for fix in facts.fixes)),
        techniques=tuple(one for facts in each for one in facts.techniques),
        said=tuple(
            replace(said, happening=incident.id) if said.happening in own else said
            for facts in each
            for said in facts.said
        ),
    )


def _joined(incident: Incident, reported: Sequence[Happening]) -> Happening | None:
    """Return one happening for all that the documents report; None if none of them is an attack."""
    if not reported:
        return None
    first = next((one for one in reported if one.id == incident.id), reported[0])
    kinds = [kind for one in reported for kind in one.types]
    return Happening(
        id=incident.id,
        name=first.name,
        types=tuple(sorted(dict.fromkeys(kinds), key=lambda kind: -kinds.count(kind))),
        happened=any(one.happened for one in reported),
        day=next((one.day for one in (first, *reported) if one.day), None),
        victims=first.victims,
        attackers=first.attackers,
        software=names_once(software for one in reported for software in one.software),
        is_ransomware=any(one.is_ransomware for one in reported),
    )
