"""Writes what documents name as STIX objects: parties, actors, software, weaknesses, fixes, values."""

from collections.abc import Iterable

from incidex.export.exchange.facts import Article, Facts, Fix, Named, Party, Sighted
from incidex.export.exchange.naming import ATTACK
from incidex.export.exchange.stamps import EPOCH, stamp
from incidex.export.stix.objects import Object, Objects
from incidex.export.stix.values import observables, pattern
from incidex.records import EntityKind


def references(articles: Iterable[Article]) -> list[Object]:
    """
    Return where the articles stand.

    The hash is that of the text that was read there; a page has much else.
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


def party(one: Party, objects: Objects) -> str:
    """Add who was hit, and return the id."""
    kind = "individual" if one.is_person else "organization"
    return objects.add("identity", (one.name.casefold(), kind), fixed=True, name=one.name, identity_class=kind)


def publisher(name: str, objects: Objects) -> str:
    """Add the publisher of an article, and return the id."""
    return party(Party(name), objects)


def named(one: Named, objects: Objects) -> str:
    """Add an actor, a malware or a tool, and return the id."""
    key = (one.name.casefold(),)
    others: Object = {"aliases": list(one.aliases), "external_references": [] if one.disputed else _links(one)}
    if one.disputed:
        others["description"] = f"Which {one.kind} is meant is open. {_choice(one)}"
    if one.kind is EntityKind.MALWARE:
        return objects.add("malware", key, name=one.name, is_family=True, **others)
    if one.kind is EntityKind.TOOL:
        return objects.add("tool", key, name=one.name, **others)
    kind = "intrusion-set" if one.kind is EntityKind.INTRUSION_SET else "threat-actor"
    return objects.add(kind, key, name=one.name, **others)


def unclear(names: Iterable[Named], facts: Facts, report: str, objects: Objects) -> None:
    """Add a note for each name that may be an actor's or a software's: no object is made of it."""
    for one in names:
        content = f"“{one.name}” is named, and the text does not tell what it is. {_choice(one)}"
        key = (facts.id, "name", one.name.casefold())
        objects.add("note", key, created=objects.founded, content=content, object_refs=[report])


def weakness(cve: str, objects: Objects) -> str:
    """Add a weakness with a number, and return the id."""
    reference = {"source_name": "cve", "external_id": cve}
    return objects.add("vulnerability", (cve,), fixed=True, name=cve, external_references=[reference])


def fix(one: Fix, facts: Facts, objects: Objects) -> None:
    """Add what was released against weaknesses."""
    name = f"{one.words} ({', '.join(one.cves)})"
    action = objects.add(
        "course-of-action", (facts.id, name), created=objects.founded, name=name, labels=["machine-made"]
    )
    for cve in one.cves:
        objects.relate(action, "mitigates", weakness(cve, objects))


def value(one: Sighted, facts: Facts, objects: Objects) -> bool:
    """
    Add the observable of a value, and an indicator if the text says that it is malicious.

    Returns whether STIX has a type for it.
    """
    observed = observables(one)
    for part in observed:
        objects.put(part)
    rule = pattern(one)
    if rule and one.malicious:
        article = facts.articles[0]
        about = facts.happenings[0].name if facts.happenings else article.title
        objects.add(
            "indicator",
            (facts.id, rule),
            created=objects.founded,
            name=one.value,
            description=f"{about}. Taken for malicious because of {one.reason}.",
            indicator_types=["malicious-activity"],
            pattern=rule,
            pattern_type="stix",
            valid_from=stamp(article.published_at) or EPOCH,
            labels=["machine-made", *(name.name for name in facts.names)],
            external_references=references([article]),
        )
    return bool(observed)


def technique(number: str, objects: Objects) -> str:
    """Add a technique of ATT&CK whose number the text has, and return the id."""
    reference = {"source_name": "mitre-attack", "external_id": number}
    return objects.add("attack-pattern", (number,), fixed=True, name=number, external_references=[reference])


def _links(one: Named) -> list[Object]:
    return [
        {
            "source_name": "mitre-attack" if link.source.startswith(ATTACK) else link.source,
            "external_id": link.id,
            "description": f"{link.name}, matched as “{link.alias}”",
        }
        for link in one.links
    ]


def _choice(one: Named) -> str:
    options = "; ".join(f"{link.name} ({link.kind.value}; {link.source}, {link.id})" for link in one.links)
    return f"It may be: {options}." if options else ""
