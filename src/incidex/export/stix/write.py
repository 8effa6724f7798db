"""
Writes a dossier as a STIX 2.1 bundle.

docs/reference/formats/stix.md says what becomes what, and what is lost. The objects are plain dictionaries: the tests
check them with the OASIS validator and `stix2`, which the installed package does without.
"""

from collections.abc import Mapping, Sequence

from incidex.dossiers.attacks import is_attack
from incidex.dossiers.build import document_dossier
from incidex.dossiers.stamps import EPOCH, UNKNOWN, stamp
from incidex.export.jsonl.values import json_text
from incidex.export.stix.bundle import Bundle, Object
from incidex.export.stix.claims import add_claim, claim_ids, report_id, subjects
from incidex.export.stix.incident import add_incident, add_relations, labels_of
from incidex.export.stix.objects import (
    add_entity,
    add_fix,
    add_observable,
    add_party,
    add_technique,
    add_unclear,
    add_vulnerability,
    references,
)
from incidex.labels import scheme
from incidex.records import Analysis, Article, Attack, Dossier, IndicatorKind, Party

PROFILES = ("compat", "full")


def to_stix(analysis: Analysis, *, profile: str = "compat", tlp: str = "amber", modified: str | None = None) -> str:
    """
    Return a STIX 2.1 bundle of one document, as JSON with a line end.

    Args:
        analysis: The analysis of the document.
        profile: "compat" keeps to the core of 2.1; "full" adds the incident extension.
        tlp: The marking: "clear", "green", "amber", "amber+strict" or "red".
        modified: When the analysis was made, ISO 8601; by default the day of publication, so that the same analysis
            gives the same bytes.
    """
    return to_stix_dossier(document_dossier(analysis), profile=profile, tlp=tlp, modified=modified)


def to_stix_dossier(
    dossier: Dossier, *, profile: str = "compat", tlp: str = "amber", modified: str | None = None
) -> str:
    """Return a STIX 2.1 bundle as JSON with a line end. The options are those of `to_stix`."""
    return json_text(bundled(dossier, profile=profile, tlp=tlp, modified=modified), indent=2)


def bundled(dossier: Dossier, *, profile: str = "compat", tlp: str = "amber", modified: str | None = None) -> Object:
    """Return a STIX 2.1 bundle as Python values. The options are those of `to_stix`."""
    if profile not in PROFILES:
        raise ValueError(f"There is no profile {profile!r}, only {' and '.join(PROFILES)}.")
    published = [when for article in dossier.articles if (when := stamp(article.published_at))]
    founded = stamp(dossier.founded_on) or EPOCH
    bundle = Bundle(tlp=tlp, modified=stamp(modified) or max(published, default=EPOCH), founded=founded)
    incidents: dict[str, str] = {}
    blamed: dict[tuple[str, str], str] = {}
    for attack in dossier.attacks:
        before = set(bundle.ids())
        incidents[attack.id] = add_incident(attack, dossier, bundle, full=profile == "full")
        relations = add_relations(attack, incidents[attack.id], bundle)
        blamed |= {(attack.id, attacker): relation for attacker, relation in relations.items()}
        if len(dossier.attacks) > 1:
            _add_group(attack, [name for name in bundle.ids() if name not in before], bundle)
    _add_objects(dossier, bundle)
    _add_claims(dossier, incidents, blamed, bundle)
    _add_reports(dossier, list(incidents.values()), bundle)
    return bundle.written(dossier.id)


def _add_group(attack: Attack, members: list[str], bundle: Bundle) -> None:
    """Add what keeps together the objects of one of several attacks in a round-up."""
    bundle.add(
        "grouping",
        (attack.id,),
        created=bundle.founded,
        name=f"What belongs to: {attack.name}",
        context="unspecified",
        object_refs=members,
    )


def _add_objects(dossier: Dossier, bundle: Bundle) -> None:
    """Add everything that has a name or a value of its own."""
    untyped = []
    for entity in dossier.entities:
        add_entity(entity, bundle)
    for cve in dossier.cves:
        add_vulnerability(cve, bundle)
    for fix in dossier.fixes:
        add_fix(fix, dossier, bundle)
    for one in dossier.observables:
        if one.kind is IndicatorKind.ATTACK_ID:
            add_technique(one.value, bundle)
        elif not add_observable(one, dossier, bundle):
            reason = f"malicious: {one.reason}" if one.malicious else one.reason
            untyped.append(f"{one.kind.value} {one.value} ({reason})")
    report = report_id(dossier.articles[0])
    add_unclear(dossier, report, bundle)
    if untyped:
        content = "Values that STIX has no type for:\n" + "\n".join(untyped)
        bundle.add("note", (dossier.id, "values"), created=bundle.founded, content=content, object_refs=[report])


def _add_claims(
    dossier: Dossier, incidents: Mapping[str, str], blamed: Mapping[tuple[str, str], str], bundle: Bundle
) -> None:
    articles = {article.id: article for article in dossier.articles}
    for claim in dossier.claims:
        article = articles[claim.article]
        add_claim(claim, article, subjects(claim, report_id(article), incidents, blamed), bundle)


def _add_reports(dossier: Dossier, incidents: Sequence[str], bundle: Bundle) -> None:
    """
    Add a report for each article, and one over all of them if there are several.

    The report of a single article refers to everything; one of several refers to the incidents and to its own claims.
    """
    everything = bundle.ids()
    if len(dossier.articles) == 1:
        _add_report(dossier.articles[0], everything, bundle)
        return
    own: dict[str, list[str]] = {article.id: list(incidents) for article in dossier.articles}
    for claim in dossier.claims:
        own[claim.article] += claim_ids(claim)
    for article in dossier.articles:
        _add_report(article, own[article.id], bundle)
    _add_overview(dossier, [*everything, *map(report_id, dossier.articles)], bundle)


def _add_report(article: Article, refs: list[str], bundle: Bundle) -> None:
    if article.publisher:
        refs = [*refs, add_party(Party(article.publisher), bundle)]
    published = stamp(article.published_at)
    bundle.add(
        "report",
        (article.id,),
        created=published or EPOCH,
        name=article.title,
        description=_description(article),
        report_types=_report_types(article.labels, refs),
        published=published or UNKNOWN,
        lang=article.language,
        labels=["machine-made", *labels_of(article.labels)],
        external_references=references([article]),
        object_refs=refs,
    )


def _add_overview(dossier: Dossier, refs: list[str], bundle: Bundle) -> None:
    """Add the report over all articles of an incident."""
    found = {label for article in dossier.articles for label in article.labels}
    labels = [label for label in scheme().names if label in found]
    about = dossier.attacks[0].name if dossier.attacks else dossier.articles[0].title
    days = [when for article in dossier.articles if (when := stamp(article.published_at))]
    bundle.add(
        "report",
        (dossier.id,),
        created=bundle.founded,
        name=f"All reports: {about}",
        description=f"What {len(dossier.articles)} articles say of one incident, put together by Incidex.",
        report_types=_report_types(labels, refs),
        published=stamp(dossier.founded_on) or min(days, default=UNKNOWN),
        labels=["machine-made", *labels_of(labels)],
        external_references=references(dossier.articles),
        object_refs=refs,
    )


def _report_types(labels: Sequence[str], refs: Sequence[str]) -> list[str]:
    attack = any(map(is_attack, labels))
    vulnerability = any(name.startswith("vulnerability--") for name in refs)
    return ["threat-report", *["incident"] * attack, *["vulnerability"] * vulnerability]


def _description(article: Article) -> str:
    where = f" in {article.publisher}" if article.publisher else ""
    who = f" by {article.author}" if article.author else ""
    undated = "" if stamp(article.published_at) else " No date of publication was found; 1970 stands for none."
    return f"Article{who}{where}, read by {article.model}.{undated}"
