"""
Writes attacks as STIX incidents, and is the only file that knows the incident extension.

STIX 2.1 itself gives an incident a name and a description. Everything else needs the extension, which has two
versions with the same id; only values that both allow are written. STIX 2.2 moves it into the core.
"""

from collections.abc import Iterable
from typing import Any

from incidex.export.claim_sentences import reported_types
from incidex.export.stix.bundle import Bundle
from incidex.export.stix.objects import add_entity, add_party, references
from incidex.records import Attack, Dossier
from incidex.tables import table

_EXTENSION = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"

_NOT_SAID = "The report does not say that this happened: it is planned, feared, denied, possible, or did not happen."


def add_incident(attack: Attack, dossier: Dossier, bundle: Bundle, *, full: bool) -> str:
    """Add an attack without its relationships, and return its id. With `full`, it has the incident extension."""
    return bundle.add(
        "incident",
        (attack.id,),
        created=bundle.founded,
        name=attack.name,
        description=_description(attack),
        labels=["machine-made", *labels_of(attack.types), *([] if attack.happened else ["not-said-to-have-happened"])],
        external_references=references(dossier.articles),
        extensions={_EXTENSION: _extension(attack)} if full else None,
    )


def add_relations(attack: Attack, incident_id: str, bundle: Bundle) -> dict[str, str]:
    """
    Add who was hit by an attack, who is said to have done it and with what.

    Returns the id of the relationship to each attacker, by name.
    """
    for victim in attack.victims:
        bundle.relate(incident_id, "targets", add_party(victim, bundle))
    for software in attack.software:
        bundle.relate(incident_id, "uses", add_entity(software, bundle))
    return {
        attacker.name: bundle.relate(
            incident_id,
            "attributed-to",
            add_entity(attacker, bundle),
            description="Said in the report; its notes and opinions tell who says so, how surely, and who denies it.",
        )
        for attacker in attack.attackers
    }


def labels_of(event_types: Iterable[str]) -> list[str]:
    """Return the label that reports and incidents get for each event type."""
    return [_event_types()[name]["label"] for name in event_types]


def _description(attack: Attack) -> str:
    sentences = [reported_types(attack)]
    if not attack.happened:
        sentences.append(_NOT_SAID)
    if attack.day:
        sentences.append(f"The day that is said for it is {attack.day}.")
    return " ".join(sentences)


def _extension(attack: Attack) -> dict[str, Any]:
    kinds = [kind for name in attack.types for kind in _event_types()[name]["incident_types"]]
    return {
        "extension_type": "property-extension",
        "determination": "suspected",
        "investigation_status": "new",
        **({"incident_types": kinds} if kinds else {}),
    }


def _event_types() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = table("incidex.export.stix", "event_types")
    return found
