"""Makes the dossier of an incident from the analyses of its documents. READ FIRST of the files named dossier."""

from collections import Counter
from collections.abc import Iterable, Sequence

from incidex.dossiers.amounts import measures
from incidex.dossiers.claimants import all_names
from incidex.dossiers.claims import actors, statements, told
from incidex.dossiers.report import Report, report
from incidex.dossiers.sources import in_order, sources
from incidex.dossiers.status import status, title
from incidex.dossiers.support import Counting
from incidex.dossiers.timeline import timeline
from incidex.dossiers.values import data, indicators, named, tools, victims, vulnerabilities
from incidex.records import Analysis, Dossier, Incident, Profile

_PRODUCTS = ("Vulnerable_System", "Supported_Platform")


def dossier(incident: Incident, analyses: Iterable[Analysis], profiles: Iterable[Profile]) -> Dossier:
    """
    Return what the documents of an incident say, told once, every value with its evidence.

    Args:
        incident: The incident.
        analyses: Those of its documents, in any order.
        profiles: What the documents say of it: sentences outside of these are left out.
    """
    reports = in_order(_reports(analyses, tuple(profiles)))
    of_incident = sources(reports)
    counting = Counting({source.document: source.counts_with for source in of_incident})
    names = all_names(reports)
    found = told(reports, names)
    outlets = [source.publisher or "" for source in of_incident]
    attackers = actors(found, reports, names, counting, outlets=outlets)
    others = [actor.name for actor in attackers] + outlets
    hit = victims(reports, names, counting, others)
    products = named(reports, _PRODUCTS, counting)
    types = _types(incident, reports, counting)
    established, reason, evidence = status(types, found, hit, counting)
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
        timeline=timeline(reports, names, counting, incident.first_seen),
        victims=hit,
        actors=attackers,
        data=data(reports, counting),
        measures=measures(reports, names, counting),
        tools=tools(reports, counting),
        products=products,
        vulnerabilities=vulnerabilities(reports, counting),
        patches=named(reports, ("Patch", "Patch-Number"), counting),
        indicators=indicators(reports, counting),
        places=named(reports, ("Place",), counting),
        statements=statements(found, counting),
        related=tuple(related.incident for related in incident.related),
        reasons=incident.reasons,
    )


def _types(incident: Incident, reports: Iterable[Report], counting: Counting) -> tuple[str, ...]:
    """Return the event types of an incident, the one with the most mentions in independent sources first."""
    own = [report for report in reports if counting.origin(report.id) == report.id]
    mentions = Counter(mention.event_type for report in own for mention in report.mentions)
    return tuple(sorted(incident.types, key=lambda name: -mentions[name]))


def _reports(analyses: Iterable[Analysis], profiles: Sequence[Profile]) -> Iterable[Report]:
    by_document: dict[str, list[Profile]] = {}
    for profile in profiles:
        by_document.setdefault(profile.document, []).append(profile)
    for analysis in analyses:
        yield report(analysis, by_document.get(analysis.document.id, ()))
