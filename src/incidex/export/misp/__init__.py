"""
Writes facts as a MISP event.

docs/reference/formats/misp.md says what becomes what, and what is lost. An event is plain JSON: the tests hold it
against PyMISP, which the installed package does without.
"""

from incidex.export.exchange import facts_of
from incidex.export.exchange.attacks import event_types, said_types
from incidex.export.exchange.facts import Article, Facts, Happening, Said
from incidex.export.exchange.said import sentence
from incidex.export.exchange.stamps import EPOCH, UNKNOWN, seconds, stamp
from incidex.export.jsonl.json_text import json_text
from incidex.export.misp.objects import galaxies, named, unclear, value
from incidex.export.misp.pieces import Event, Part, machine_tag, tag
from incidex.export.misp.report import event_report
from incidex.records import Analysis


def to_misp(analysis: Analysis, *, tlp: str = "amber", modified: str | None = None) -> str:
    """
    Return a MISP event of one document, as JSON with a line end.

    Args:
        tlp: The level of the Traffic Light Protocol: "clear", "green", "amber", "amber+strict" or "red".
        modified: When the analysis was made, ISO 8601; by default the day of publication, so that the same analysis
            gives the same bytes.
    """
    return written(event_of(facts_of(analysis), tlp=tlp, modified=modified))


def written(event: Part) -> str:
    """Return an event as JSON with a line end."""
    return json_text({"Event": event}, indent=2)


def event_of(facts: Facts, *, tlp: str = "amber", modified: str | None = None) -> Part:
    """Return a MISP event of facts, as Python values. The arguments are those of `to_misp`."""
    first = facts.articles[0]
    published = stamp(first.published_at)
    event = Event(facts.id, seconds(stamp(modified) or published or EPOCH))
    reports = {article.id: _report(article, event) for article in facts.articles}
    incidents = {happening.id: _incident(happening, event) for happening in facts.happenings}
    for one in facts.names:
        named(one, event)
    for one in facts.unclear:
        unclear(one, event)
    for sighted in facts.values:
        value(sighted, event)
    _weaknesses(facts, event)
    articles = {article.id: article for article in facts.articles}
    claims = {
        said.id: _claim(said, articles[said.article], incidents.get(said.happening or "", reports[said.article]), event)
        for said in facts.said
    }
    day = next((happening.day for happening in facts.happenings if happening.day), None)
    return event.written(
        info=facts.happenings[0].name if len(facts.happenings) == 1 else first.title,
        date=day or (published or UNKNOWN)[:10],
        tags=_tags(facts, tlp),
        report=event_report(facts, incidents, claims),
    )


def _tags(facts: Facts, tlp: str) -> list[Part]:
    happened = [happening for happening in facts.happenings if happening.happened]
    kinds = [kind for happening in happened for kind in happening.types]
    kinds += ["DiscoverVulnerability"] * bool(facts.cves)
    clusters = [
        part for happening in happened for one in (*happening.attackers, *happening.software) for part in galaxies(one)
    ]
    found = [
        tag(f"tlp:{tlp}"),
        machine_tag("misp", "event-type", "incident" if happened else "report"),
        machine_tag("misp", "automation-level", "unsupervised"),
        machine_tag("workflow", "state", "draft"),
        *([tag("type:OSINT")] if any(article.url for article in facts.articles) else []),
        *(tag(event_types()[kind]["rsit"]) for kind in kinds),
        *clusters,
    ]
    return list({part["name"]: part for part in found}.values())


def _report(article: Article, event: Event) -> str:
    values = [("title", article.title)]
    if article.url:
        values.append(("link", article.url))
    where = f"Article in {article.publisher}" if article.publisher else "Article"
    day = f", {article.published_at[:10]}" if article.published_at else ", without a date"
    values.append(("summary", f"{where}{day}, read by {article.model}"))
    return event.object("report", article.id, values)


def _incident(happening: Happening, event: Event) -> str:
    kinds = [kind for name in happening.types for kind in event_types()[name]["misp_types"]]
    told = said_types(happening)
    values = [
        ("name", happening.name),
        ("description", told if happening.happened else f"{told} The report does not say that this happened."),
        ("determination", "suspected"),
        *(("incident_type", kind) for kind in kinds),
    ]
    incident = event.object("incident", happening.id, values)
    for victim in happening.victims:
        kind = "individual" if victim.is_person else "organization"
        values = [("name", victim.name), ("classification", kind)]
        event.refer(incident, "targets", event.object("victim", victim.name.casefold(), values))
    for attacker in happening.attackers:
        event.refer(incident, "attributed-to", named(attacker, event))
    for software in happening.software:
        event.refer(incident, "uses", named(software, event))
    return incident


def _weaknesses(facts: Facts, event: Event) -> None:
    for cve in facts.cves:
        fixes = [fix.words for fix in facts.fixes if cve in fix.cves]
        values = [("id", cve), *(("summary", f"Released against it: {words}") for words in fixes[:1])]
        event.object("vulnerability", cve, values)


def _claim(said: Said, article: Article, subject: str, event: Event) -> str:
    """Add a claim about `subject`, and return its UUID."""
    values = [("text", sentence(said, article)), ("type", "Annotation"), ("format", "text")]
    if article.url:
        values.append(("ref", article.url))
    annotation = event.object("annotation", said.id, values, comment=said.kind, tags=_certainty(said))
    event.refer(annotation, "annotates", subject)
    return annotation


def _certainty(said: Said) -> list[Part]:
    if said.certainty is None:
        return []
    kind, band = said.certainty
    predicate = "likelihood-probability" if kind == "likelihood" else "confidence-in-analytic-judgment"
    return [machine_tag("estimative-language", predicate, band.replace(" ", "-"))]
