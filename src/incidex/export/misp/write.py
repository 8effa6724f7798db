"""
Writes a dossier as a MISP event.

docs/reference/formats/misp.md says what becomes what, and what is lost. An event is plain JSON: the tests check it
with PyMISP, which the installed package does without.
"""

from typing import Any

from incidex.dossiers.build import document_dossier
from incidex.dossiers.stamps import EPOCH, UNKNOWN, seconds, stamp
from incidex.export.claim_sentences import reported_types, sentence
from incidex.export.jsonl.values import json_text
from incidex.export.misp.event import Event, Part, machine_tag, tag
from incidex.export.misp.objects import add_entity, add_observable, add_unclear, galaxies
from incidex.export.misp.report import event_report
from incidex.records import Analysis, Article, Attack, Dossier, ReportedClaim
from incidex.tables import table


def to_misp(analysis: Analysis, *, tlp: str = "amber", modified: str | None = None) -> str:
    """
    Return a MISP event of one document, as JSON with a line end.

    Args:
        analysis: The analysis of the document.
        tlp: The level of the Traffic Light Protocol: "clear", "green", "amber", "amber+strict" or "red".
        modified: When the analysis was made, ISO 8601; by default the day of publication, so that the same analysis
            gives the same bytes.
    """
    return to_misp_dossier(document_dossier(analysis), tlp=tlp, modified=modified)


def to_misp_dossier(dossier: Dossier, *, tlp: str = "amber", modified: str | None = None) -> str:
    """Return a MISP event as JSON with a line end. The options are those of `to_misp`."""
    return json_text({"Event": event_of(dossier, tlp=tlp, modified=modified)}, indent=2)


def event_of(dossier: Dossier, *, tlp: str = "amber", modified: str | None = None) -> Part:
    """Return a MISP event as Python values. The options are those of `to_misp`."""
    first = dossier.articles[0]
    published = stamp(first.published_at)
    event = Event(dossier.id, seconds(stamp(modified) or published or EPOCH))
    reports = {article.id: _add_report(article, event) for article in dossier.articles}
    incidents = {attack.id: _add_incident(attack, event) for attack in dossier.attacks}
    for one in dossier.entities:
        add_entity(one, event)
    for one in dossier.unclear:
        add_unclear(one, event)
    for observable in dossier.observables:
        add_observable(observable, event)
    _add_vulnerabilities(dossier, event)
    articles = {article.id: article for article in dossier.articles}
    claims = {}
    for claim in dossier.claims:
        subject = incidents.get(claim.attack or "", reports[claim.article])
        claims[claim.id] = _add_claim(claim, articles[claim.article], subject, event)
    day = next((attack.day for attack in dossier.attacks if attack.day), None)
    return event.written(
        info=dossier.attacks[0].name if len(dossier.attacks) == 1 else first.title,
        date=day or (published or UNKNOWN)[:10],
        tags=_tags(dossier, tlp),
        report=event_report(dossier, incidents, claims),
    )


def _tags(dossier: Dossier, tlp: str) -> list[Part]:
    happened = [attack for attack in dossier.attacks if attack.happened]
    kinds = [kind for attack in happened for kind in attack.types]
    kinds += ["DiscoverVulnerability"] * bool(dossier.cves)
    clusters = [part for attack in happened for one in (*attack.attackers, *attack.software) for part in galaxies(one)]
    found = [
        tag(f"tlp:{tlp}"),
        machine_tag("misp", "event-type", "incident" if happened else "report"),
        machine_tag("misp", "automation-level", "unsupervised"),
        machine_tag("workflow", "state", "draft"),
        *([tag("type:OSINT")] if any(article.url for article in dossier.articles) else []),
        *(tag(_event_types()[kind]["rsit"]) for kind in kinds),
        *clusters,
    ]
    return list({part["name"]: part for part in found}.values())


def _add_report(article: Article, event: Event) -> str:
    values = [("title", article.title)]
    if article.url:
        values.append(("link", article.url))
    where = f"Article in {article.publisher}" if article.publisher else "Article"
    day = f", {article.published_at[:10]}" if article.published_at else ", without a date"
    values.append(("summary", f"{where}{day}, read by {article.model}"))
    return event.object("report", article.id, values)


def _add_incident(attack: Attack, event: Event) -> str:
    kinds = [kind for name in attack.types for kind in _event_types()[name]["incident_types"]]
    types = reported_types(attack)
    values = [
        ("name", attack.name),
        ("description", types if attack.happened else f"{types} The report does not say that this happened."),
        ("determination", "suspected"),
        *(("incident_type", kind) for kind in kinds),
    ]
    incident = event.object("incident", attack.id, values)
    for victim in attack.victims:
        kind = "individual" if victim.is_person else "organization"
        values = [("name", victim.name), ("classification", kind)]
        event.refer(incident, "targets", event.object("victim", victim.name.casefold(), values))
    for attacker in attack.attackers:
        event.refer(incident, "attributed-to", add_entity(attacker, event))
    for software in attack.software:
        event.refer(incident, "uses", add_entity(software, event))
    return incident


def _add_vulnerabilities(dossier: Dossier, event: Event) -> None:
    for cve in dossier.cves:
        fixes = [fix.words for fix in dossier.fixes if cve in fix.cves]
        values = [("id", cve), *(("summary", f"Released against it: {words}") for words in fixes[:1])]
        event.object("vulnerability", cve, values)


def _add_claim(claim: ReportedClaim, article: Article, subject: str, event: Event) -> str:
    """Add a claim about `subject`, and return its UUID."""
    values = [("text", sentence(claim, article)), ("type", "Annotation"), ("format", "text")]
    if article.url:
        values.append(("ref", article.url))
    annotation = event.object("annotation", claim.id, values, comment=claim.kind, tags=_certainty(claim))
    event.refer(annotation, "annotates", subject)
    return annotation


def _certainty(claim: ReportedClaim) -> list[Part]:
    if claim.certainty is None:
        return []
    kind, band = claim.certainty
    predicate = "likelihood-probability" if kind == "likelihood" else "confidence-in-analytic-judgment"
    return [machine_tag("estimative-language", predicate, band.replace(" ", "-"))]


def _event_types() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = table("incidex.export.misp", "event_types")
    return found
