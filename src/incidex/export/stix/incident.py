"""
Writes happenings as STIX incidents, and is the only file that knows the incident extension.

STIX 2.1 itself gives an incident a name and a description. All else takes the extension, of which there are two
versions with the same id; only values that are in both are written. STIX 2.2 takes it into the core.
"""

from typing import Any

from incidex.export.exchange.attacks import event_types, said_types
from incidex.export.exchange.facts import Facts, Happening
from incidex.export.stix.objects import Objects
from incidex.export.stix.things import named, party, references

_EXTENSION = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"

_NOT_SAID = "The report does not say that this happened: it is planned, feared, denied, possible, or did not happen."


def incident(happening: Happening, facts: Facts, objects: Objects, *, full: bool) -> str:
    """Add a happening without its relationships, and return its id. With `full`, it has the incident extension."""
    labels = [event_types()[kind]["label"] for kind in happening.types]
    return objects.add(
        "incident",
        (happening.id,),
        created=objects.founded,
        name=happening.name,
        description=_description(happening),
        labels=["machine-made", *labels, *([] if happening.happened else ["not-said-to-have-happened"])],
        external_references=references(facts.articles),
        extensions={_EXTENSION: _extension(happening)} if full else None,
    )


def relations(happening: Happening, incident_id: str, objects: Objects) -> dict[str, str]:
    """
    Add who was hit by a happening, who is said to have done it and with what.

    Returns for each attacker's name the id of the relationship that says so.
    """
    for victim in happening.victims:
        objects.relate(incident_id, "targets", party(victim, objects))
    for software in happening.software:
        objects.relate(incident_id, "uses", named(software, objects))
    return {
        attacker.name: objects.relate(
            incident_id,
            "attributed-to",
            named(attacker, objects),
            description="Said in the report; its notes and opinions tell who says so, how surely, and who denies it.",
        )
        for attacker in happening.attackers
    }


def _description(happening: Happening) -> str:
    told = [said_types(happening)]
    if not happening.happened:
        told.append(_NOT_SAID)
    if happening.day:
        told.append(f"The day that is said for it is {happening.day}.")
    return " ".join(told)


def _extension(happening: Happening) -> dict[str, Any]:
    kinds = [kind for name in happening.types for kind in event_types()[name]["incident_types"]]
    return {
        "extension_type": "property-extension",
        "determination": "suspected",
        "investigation_status": "new",
        **({"incident_types": kinds} if kinds else {}),
    }
