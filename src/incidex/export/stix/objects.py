"""Adds STIX objects for what reports name: parties, actors, software, vulnerabilities, fixes, technical values."""

from collections.abc import Iterable

from incidex.dossiers.stamps import EPOCH, stamp
from incidex.export.stix.bundle import Bundle, Object
from incidex.export.stix.values import observables, pattern
from incidex.records import Article, Dossier, EntityKind, Fix, NamedEntity, Observable, Party

# `Link.source` begins so for names in ATT&CK; the version follows.
_ATTACK = "MITRE ATT&CK"


def references(articles: Iterable[Article]) -> list[Object]:
    """
    Return references to articles.

    The hash is that of the extracted text, since the page around it changes.
    """
    return [
        {
            "source_name": article.publisher or "article",
            "description": f"{article.title} (the hash is that of the extracted text)",
            "hashes": {"SHA-256": article.digest},
            **({"url": article.url} if article.url else {"external_id": article.id}),
        }
        for article in articles
    ]


def add_party(one: Party, bundle: Bundle) -> str:
    """Add an organisation or a person, and return the id."""
    kind = "individual" if one.is_person else "organization"
    return bundle.add("identity", (one.name.casefold(), kind), fixed=True, name=one.name, identity_class=kind)


def add_entity(one: NamedEntity, bundle: Bundle) -> str:
    """Add an actor, malware or tool, and return the id."""
    key = (one.name.casefold(),)
    others: Object = {"aliases": list(one.aliases), "external_references": [] if one.disputed else _links(one)}
    if one.disputed:
        others["description"] = f"Which {one.kind} is meant is open. {_choice(one)}"
    if one.kind is EntityKind.MALWARE:
        return bundle.add("malware", key, name=one.name, is_family=True, **others)
    if one.kind is EntityKind.TOOL:
        return bundle.add("tool", key, name=one.name, **others)
    kind = "intrusion-set" if one.kind is EntityKind.INTRUSION_SET else "threat-actor"
    return bundle.add(kind, key, name=one.name, **others)


def add_unclear(dossier: Dossier, report: str, bundle: Bundle) -> None:
    """Add a note instead of an object for each name that may be that of an actor or of software."""
    for one in dossier.unclear:
        content = f"“{one.name}” is named, and the text does not tell what it is. {_choice(one)}"
        key = (dossier.id, "name", one.name.casefold())
        bundle.add("note", key, created=bundle.founded, content=content, object_refs=[report])


def add_vulnerability(cve: str, bundle: Bundle) -> str:
    """Add a vulnerability by its number, and return the id."""
    reference = {"source_name": "cve", "external_id": cve}
    return bundle.add("vulnerability", (cve,), fixed=True, name=cve, external_references=[reference])


def add_fix(one: Fix, dossier: Dossier, bundle: Bundle) -> None:
    """Add what was released against vulnerabilities."""
    name = f"{one.words} ({', '.join(one.cves)})"
    action = bundle.add(
        "course-of-action", (dossier.id, name), created=bundle.founded, name=name, labels=["machine-made"]
    )
    for cve in one.cves:
        bundle.relate(action, "mitigates", add_vulnerability(cve, bundle))


def add_observable(one: Observable, dossier: Dossier, bundle: Bundle) -> bool:
    """
    Add a technical value, and an indicator if the text says that it is malicious.

    Returns whether STIX has a type for it.
    """
    observed = observables(one)
    for part in observed:
        bundle.put(part)
    rule = pattern(one)
    if rule and one.malicious:
        article = dossier.articles[0]
        about = dossier.attacks[0].name if dossier.attacks else article.title
        bundle.add(
            "indicator",
            (dossier.id, rule),
            created=bundle.founded,
            name=one.value,
            description=f"{about}. Taken for malicious because of {one.reason}.",
            indicator_types=["malicious-activity"],
            pattern=rule,
            pattern_type="stix",
            valid_from=stamp(article.published_at) or EPOCH,
            labels=["machine-made", *(entity.name for entity in dossier.entities)],
            external_references=references([article]),
        )
    return bool(observed)


def add_technique(number: str, bundle: Bundle) -> str:
    """Add a technique of ATT&CK by its number, and return the id."""
    reference = {"source_name": "mitre-attack", "external_id": number}
    return bundle.add("attack-pattern", (number,), fixed=True, name=number, external_references=[reference])


def _links(one: NamedEntity) -> list[Object]:
    return [
        {
            "source_name": "mitre-attack" if link.source.startswith(_ATTACK) else link.source,
            "external_id": link.id,
            "description": f"{link.name}, matched as “{link.alias}”",
        }
        for link in one.links
    ]


def _choice(one: NamedEntity) -> str:
    options = "; ".join(f"{link.name} ({link.kind.value}; {link.source}, {link.id})" for link in one.links)
    return f"It may be: {options}." if options else ""
