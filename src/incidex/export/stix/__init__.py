"""
Writes facts as a STIX 2.1 bundle.

docs/reference/formats/stix.md says what becomes what, and what is lost. The objects are plain dictionaries: the tests
hold them against the OASIS validator and `stix2`, which the installed package does without.
"""

from collections.abc import Mapping, Sequence

from incidex.export.exchange import facts_of
from incidex.export.exchange.attacks import event_types
from incidex.export.exchange.facts import Article, Facts, Happening
from incidex.export.exchange.stamps import EPOCH, UNKNOWN, stamp
from incidex.export.jsonl.json_text import json_text
from incidex.export.stix.claims import claim, claim_ids, report_id, subjects
from incidex.export.stix.incident import incident, relations
from incidex.export.stix.objects import Object, Objects
from incidex.export.stix.things import fix, named, publisher, references, technique, unclear, value, weakness
from incidex.records import Analysis, IndicatorKind

PROFILES = ("compat", "full")


def to_stix(analysis: Analysis, *, profile: str = "compat", tlp: str = "amber", modified: str | None = None) -> str:
    """
    Return a STIX 2.1 bundle of one document, as JSON with a line end.

    Args:
        profile: "compat" keeps to the core of 2.1; "full" has the incident extension as well.
        tlp: The marking: "clear", "green", "amber", "amber+strict" or "red".
        modified: When the analysis was made, ISO 8601; by default the day of publication, so that the same analysis
            gives the same bytes.
    """
    return written(bundled(facts_of(analysis), profile=profile, tlp=tlp, modified=modified))


def written(bundle: Object) -> str:
    """Return a bundle as JSON with a line end."""
    return json_text(bundle, indent=2)


def bundled(facts: Facts, *, profile: str = "compat", tlp: str = "amber", modified: str | None = None) -> Object:
    """Return a STIX 2.1 bundle of facts, as Python values. The arguments are those of `to_stix`."""
    if profile not in PROFILES:
        raise ValueError(f"There is no profile {profile!r}, only {' and '.join(PROFILES)}.")
    published = [when for article in facts.articles if (when := stamp(article.published_at))]
    founded = stamp(facts.founded_on) or EPOCH
    objects = Objects(tlp=tlp, modified=stamp(modified) or max(published, default=EPOCH), founded=founded)
    incidents: dict[str, str] = {}
    blamed: dict[tuple[str, str], str] = {}
    for happening in facts.happenings:
        before = set(objects.ids())
        name = incidents[happening.id] = incident(happening, facts, objects, full=profile == "full")
        told = relations(happening, name, objects)
        blamed |= {(happening.id, attacker): relation for attacker, relation in told.items()}
        if len(facts.happenings) > 1:
            _group(happening, [name for name in objects.ids() if name not in before], objects)
    _things(facts, objects)
    _claims(facts, incidents, blamed, objects)
    _reports(facts, list(incidents.values()), objects)
    return objects.bundle(facts.id)


def _group(happening: Happening, members: list[str], objects: Objects) -> None:
    """Add what keeps together the objects of one of several attacks in a round-up."""
    name = f"What belongs to: {happening.name}"
    objects.add(
        "grouping",
        (happening.id,),
        created=objects.founded,
        name=name,
        context="unspecified",
        object_refs=members,
    )


def _things(facts: Facts, objects: Objects) -> None:
    """Add all that has a name or a value of its own."""
    untyped = []
    for one in facts.names:
        named(one, objects)
    for cve in facts.cves:
        weakness(cve, objects)
    for released in facts.fixes:
        fix(released, facts, objects)
    for sighted in facts.values:
        if sighted.kind is IndicatorKind.ATTACK_ID:
            technique(sighted.value, objects)
        elif not value(sighted, facts, objects):
            said = f"malicious: {sighted.reason}" if sighted.malicious else sighted.reason
            untyped.append(f"{sighted.kind.value} {sighted.value} ({said})")
    report = report_id(facts.articles[0])
    unclear(facts.unclear, facts, report, objects)
    if untyped:
        content = "Values that STIX has no type for:\n" + "\n".join(untyped)
        objects.add("note", (facts.id, "values"), created=objects.founded, content=content, object_refs=[report])


def _claims(
    facts: Facts, incidents: Mapping[str, str], blamed: Mapping[tuple[str, str], str], objects: Objects
) -> None:
    articles = {article.id: article for article in facts.articles}
    for said in facts.said:
        article = articles[said.article]
        claim(said, article, subjects(said, report_id(article), incidents, blamed), objects)


def _reports(facts: Facts, incidents: Sequence[str], objects: Objects) -> None:
    """
    Add a report for each article, and one over all if there are several.

    That of a single article refers to everything; one of several to the incidents and to what is said in it.
    """
    everything = objects.ids()
    if len(facts.articles) == 1:
        _report(facts.articles[0], everything, objects)
        return
    own: dict[str, list[str]] = {article.id: list(incidents) for article in facts.articles}
    for said in facts.said:
        own[said.article] += claim_ids(said)
    for article in facts.articles:
        _report(article, own[article.id], objects)
    _overview(facts, [*everything, *map(report_id, facts.articles)], objects)


def _report(article: Article, refs: list[str], objects: Objects) -> None:
    if article.publisher:
        refs = [*refs, publisher(article.publisher, objects)]
    published = stamp(article.published_at)
    objects.add(
        "report",
        (article.id,),
        created=published or EPOCH,
        name=article.title,
        description=_description(article),
        report_types=_report_types(article.labels, refs),
        published=published or UNKNOWN,
        lang=article.language,
        labels=["machine-made", *(event_types()[label]["label"] for label in article.labels)],
        external_references=references([article]),
        object_refs=refs,
    )


def _overview(facts: Facts, refs: list[str], objects: Objects) -> None:
    """Add the report over all articles of an incident."""
    found = {label for article in facts.articles for label in article.labels}
    labels = [label for label in event_types() if label in found]
    about = facts.happenings[0].name if facts.happenings else facts.articles[0].title
    days = [when for article in facts.articles if (when := stamp(article.published_at))]
    objects.add(
        "report",
        (facts.id,),
        created=objects.founded,
        name=f"All reports: {about}",
        description=f"What {len(facts.articles)} articles say of one incident, put together by Incidex.",
        report_types=_report_types(labels, refs),
        published=stamp(facts.founded_on) or min(days, default=UNKNOWN),
        labels=["machine-made", *(event_types()[label]["label"] for label in labels)],
        external_references=references(facts.articles),
        object_refs=refs,
    )


def _report_types(labels: Sequence[str], refs: Sequence[str]) -> list[str]:
    attack = any(event_types()[label]["attack"] for label in labels)
    return ["threat-report", *["incident"] * attack, *["vulnerability"] * _names_weakness(refs)]


def _names_weakness(refs: Sequence[str]) -> bool:
    return any(name.startswith("vulnerability--") for name in refs)


def _description(article: Article) -> str:
    where = f" in {article.publisher}" if article.publisher else ""
    who = f" by {article.author}" if article.author else ""
    undated = "" if stamp(article.published_at) else " No date of publication was found; 1970 stands for none."
    return f"Article{who}{where}, read by {article.model}.{undated}"
