"""Adds to a MISP event what reports name: actors, software, technical values."""

import re

from incidex.dossiers.entities import GALAXY
from incidex.export.misp.event import Event, Part, machine_tag
from incidex.records import EntityKind, IndicatorKind, Link, NamedEntity, Observable

# `Link.source` begins so for names in ATT&CK; the version follows.
_ATTACK = "MITRE ATT&CK"

_ATTACK_GALAXIES = {
    EntityKind.INTRUSION_SET: "mitre-intrusion-set",
    EntityKind.MALWARE: "mitre-malware",
    EntityKind.TOOL: "mitre-tool",
}
_NETWORK, _FILE, _OTHER = "Network activity", "Payload delivery", "Other"
_TYPES = {
    IndicatorKind.DOMAIN: ("domain", _NETWORK),
    IndicatorKind.URL: ("url", _NETWORK),
    IndicatorKind.IPV4: ("ip-dst", _NETWORK),
    IndicatorKind.IPV6: ("ip-dst", _NETWORK),
    IndicatorKind.EMAIL: ("email", _FILE),
    IndicatorKind.MD5: ("md5", _FILE),
    IndicatorKind.SHA1: ("sha1", _FILE),
    IndicatorKind.SHA256: ("sha256", _FILE),
    IndicatorKind.SHA512: ("sha512", _FILE),
    IndicatorKind.FILE_NAME: ("filename", _FILE),
    IndicatorKind.PATH: ("filename", _FILE),
    IndicatorKind.REGISTRY_KEY: ("regkey", "Persistence mechanism"),
}
_BITCOIN = re.compile(r"(?:[13]|bc1)[a-zA-HJ-NP-Z0-9]{25,62}")


def add_observable(one: Observable, event: Event) -> str:
    """Add a technical value, for detection only if the text says that it is malicious, and return the UUID."""
    kind, category = _type(one)
    # Values that MISP has no type for become text, which detects nothing.
    to_ids = one.malicious and kind != "text"
    comment = one.reason if kind != "text" else ": ".join(filter(None, (one.kind.value, one.reason.strip())))
    return event.attribute(kind, category, one.value, to_ids=to_ids, comment=comment)


def add_entity(one: NamedEntity, event: Event) -> str:
    """Add an actor, malware or tool with its galaxies, and return the UUID."""
    tags = galaxies(one)
    comment = f"May be: {', '.join(sorted({link.name for link in one.links}))}" if one.disputed else ""
    if one.kind is EntityKind.MALWARE:
        aliases = [("alias", alias) for alias in one.aliases]
        values = [("name", one.name), ("is_family", "1"), *aliases]
        return event.object("malware", one.name.casefold(), values, comment=comment, tags=tags)
    if one.kind is EntityKind.TOOL:
        return event.attribute("text", "Payload type", one.name, comment=f"tool. {comment}".strip(), tags=tags)
    return event.attribute("threat-actor", "Attribution", one.name, comment=comment, tags=tags)


def add_unclear(one: NamedEntity, event: Event) -> None:
    """Add a name that may be that of an actor or of software, as text."""
    options = "; ".join(f"{link.name} ({link.kind.value}; {link.source})" for link in one.links)
    event.attribute("text", _OTHER, one.name, comment=f"The text does not tell what it is. It may be: {options}")


def galaxies(one: NamedEntity) -> list[Part]:
    """Return the galaxy tags of a name, none if it is disputed. Imported names have no galaxy."""
    published = [link for link in one.links if link.source.startswith((GALAXY, _ATTACK))]
    found = [] if one.disputed else [machine_tag("misp-galaxy", *_cluster(link)) for link in published]
    return list({part["name"]: part for part in found}.values())


def _cluster(link: Link) -> tuple[str, str]:
    """Return the galaxy and the value of a link."""
    if link.source.startswith(_ATTACK):
        return _ATTACK_GALAXIES[link.kind], f"{link.name} - {link.id}"
    return link.source.removeprefix(GALAXY).rpartition(" ")[0].lower().replace(" ", "-"), link.name


def _type(one: Observable) -> tuple[str, str]:
    if one.kind is IndicatorKind.CRYPTO_ADDRESS and _BITCOIN.fullmatch(one.value):
        return "btc", "Financial fraud"
    return _TYPES.get(one.kind, ("text", _OTHER))
