"""
Builds the dossier of an incident, or of a single document, from analyses. READ FIRST in this package.

Two kinds of fields are filled in: what people read, by `_briefing`, and what formats of other tools need, by
`incidex.dossiers.details`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from incidex.dossiers.actors import actors
from incidex.dossiers.amounts import measures
from incidex.dossiers.asides import mentioned, parties_named, without_asides
from incidex.dossiers.claimants import all_names
from incidex.dossiers.claims import attributed_claims, statements
from incidex.dossiers.details import Details, details_of, of_one_document, of_one_incident
from incidex.dossiers.parties import Parties, parties_of
from incidex.dossiers.report import Report, report
from incidex.dossiers.sources import in_order, sources
from incidex.dossiers.status import status, title
from incidex.dossiers.support import Counting
from incidex.dossiers.timeline import differing_dates, timeline, with_days
from incidex.dossiers.values import affected_products, data, indicators, named, patches, tools, vulnerabilities
from incidex.dossiers.victims import victims
from incidex.matching.clusters import Cluster
from incidex.matching.merge import incident as incident_of
from incidex.matching.profiles import headline, within
from incidex.matching.profiles import profiles as profiles_of
from incidex.records import Analysis, Dossier, Incident, Profile


def dossier(
    incident: Incident,
    analyses: Iterable[Analysis],
    profiles: Iterable[Profile] = (),
    *,
    founded_on: str | None = None,
) -> Dossier:
    """
    Return what the reports of an incident say, each thing once, every value with its evidence.

    Args:
        incident: The incident.
        analyses: Those of its documents, in any order; those of one day are cited in this order.
        profiles: What the documents say about the incident: sentences outside of these are left out.
        founded_on: The day of publication of the report that founded the incident, ISO 8601.
    """
    analyses = sorted(analyses, key=lambda analysis: (analysis.document.published_at or "9999")[:10])
    own = _by_document(profiles)
    briefing = _briefing(incident, analyses, own)
    parties = parties_of(briefing, (entity for analysis in analyses for entity in analysis.entities))
    each = [_details(analysis, own.get(analysis.document.id, ()), parties) for analysis in analyses]
    return replace(briefing, founded_on=founded_on, **of_one_incident(each, incident.id))


def document_dossier(analysis: Analysis) -> Dossier:
    """
    Return what one document says, as a dossier with the id of the document.

    All its attacks are in `attacks`; the items of a round-up are not kept apart in the other fields.
    """
    document, own = analysis.document, profiles_of(analysis)
    whole = incident_of(Cluster(own), id=document.id) if own else _no_incident(analysis)
    briefing = _briefing(whole, [analysis], {document.id: own} if len(own) == 1 else {})

    def parties(profile: Profile) -> Parties:
        of_profile = briefing
        if len(own) > 1:
            of_profile = _briefing(incident_of(Cluster((profile,))), [analysis], {document.id: [profile]})
        return parties_of(of_profile, analysis.entities)

    details = details_of(analysis, own, parties)
    published = details.article.published_at
    return replace(briefing, founded_on=published and published[:10], **of_one_document(details))


def _no_incident(analysis: Analysis) -> Incident:
    """Return an incident for a document without any sentence of an article."""
    document = analysis.document
    return Incident(document.id, headline(analysis), (), None, None, (), (document.id,))


def _details(analysis: Analysis, own: Sequence[Profile], parties: Parties) -> Details:
    limited = within(analysis, own)
    return details_of(limited, own or profiles_of(limited), lambda _: parties)


def _briefing(incident: Incident, analyses: Iterable[Analysis], own: Mapping[str, Sequence[Profile]]) -> Dossier:
    """Return the fields that people read; `own` has the profiles of each document by its id."""
    reports = in_order(report(analysis, own.get(analysis.document.id, ())) for analysis in analyses)
    of_incident = sources(reports, parties_named(reports))
    reports, asides = without_asides(reports)
    counting = Counting(
        {source.document: source.counts_with for source in of_incident},
        days={one.document: one.published_at[:10] for one in of_incident if one.published_at},
        outlets={one.document: one.publisher for one in of_incident if one.publisher},
    )
    names = all_names(reports)
    found = attributed_claims(reports, names)
    outlets = [source.publisher or "" for source in of_incident]
    attackers = actors(found, reports, names, counting, outlets=outlets)
    others = [actor.name for actor in attackers] + outlets
    hit = victims(reports, names, counting, others)
    products = affected_products(reports, counting)
    types = _types(incident, reports, counting)
    established, reason, evidence = status(types, found, hit, counting, [actor.name for actor in attackers])
    moments = timeline(reports, names, counting, incident.first_seen)
    return Dossier(
        id=incident.id,
        title=title(types, incident.title, hit, products, counting.independent),
        types=types,
        status=established,
        status_reason=reason,
        status_evidence=evidence,
        first_seen=incident.first_seen,
        last_seen=incident.last_seen,
        sources=of_incident,
        independent=counting.independent,
        timeline=moments,
        victims=hit,
        actors=attackers,
        data=data(reports, counting),
        measures=measures(reports, names, counting),
        tools=tools(reports, counting),
        products=products,
        vulnerabilities=vulnerabilities(reports, counting),
        patches=patches(reports, counting),
        indicators=indicators(reports, counting),
        places=named(reports, ("Place",), counting),
        statements=tuple(with_days(statements(found, counting), moments)),
        differing_dates=differing_dates(moments, counting),
        mentioned=mentioned(asides, counting),
        related=tuple(related.incident for related in incident.related),
        reasons=incident.reasons,
    )


def _types(incident: Incident, reports: Iterable[Report], counting: Counting) -> tuple[str, ...]:
    """Return the event types of an incident, the one with the most mentions in independent sources first."""
    own = [report for report in reports if counting.origin(report.id) == report.id]
    mentions = Counter(mention.event_type for report in own for mention in report.mentions)
    return tuple(sorted(incident.types, key=lambda name: -mentions[name]))


def _by_document(profiles: Iterable[Profile]) -> dict[str, list[Profile]]:
    """Return the profiles of each document by its id."""
    found: dict[str, list[Profile]] = {}
    for profile in profiles:
        found.setdefault(profile.document, []).append(profile)
    return found
