"""
Writes attacks as records of VERIS 1.4.1, the Vocabulary for Event Recording and Incident Sharing.

docs/reference/formats/veris.md says what becomes what. What no report says is "Unknown", as VERIS wants it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from incidex.dossiers.build import document_dossier
from incidex.dossiers.stamps import stamp
from incidex.export.claim_sentences import reported_types, sentence
from incidex.export.jsonl.values import json_text
from incidex.records import Analysis, Article, Attack, Dossier, EntityKind, NamedEntity, ReportedClaim

VERSION = "1.4.1"

_UNKNOWN = ["Unknown"]
_NOT_SAID = "No report says that it happened: it is planned, feared, denied, possible, or did not happen."


def to_veris(analysis: Analysis) -> str:
    """Return the attacks of one document as a JSON list of VERIS records, with a line end."""
    return to_veris_dossier(document_dossier(analysis))


def to_veris_dossier(dossier: Dossier) -> str:
    """Return the attacks of a dossier as a JSON list of VERIS records, with a line end; vulnerabilities get none."""
    return json_text([_record(attack, dossier) for attack in dossier.attacks], indent=2)


def _record(attack: Attack, dossier: Dossier) -> dict[str, Any]:
    claims = [one for one in dossier.claims if one.attack == attack.id]
    confirmed = _is_confirmed(attack, claims)
    links = [article.url for article in dossier.articles if article.url]
    return {
        "schema_version": VERSION,
        "incident_id": attack.id,
        "source_id": "incidex",
        "security_incident": "Confirmed" if confirmed else "Suspected",
        "summary": " ".join(_summary(attack)),
        **({"reference": "; ".join(links)} if links else {}),
        "victim": _victim(attack),
        "actor": _actor(attack),
        "action": _action(attack),
        "asset": {"assets": [{"variety": "Unknown"}]},
        "attribute": _attribute(attack, confirmed=confirmed),
        "timeline": _timeline(attack, dossier.articles),
        "discovery_method": {"unknown": True},
        "notes": "\n".join(_notes(attack, claims, dossier.articles)),
    }


def _is_confirmed(attack: Attack, claims: Sequence[ReportedClaim]) -> bool:
    """Return whether somebody confirms the attack and nobody denies it."""
    # Somebody who denies being the attacker does not deny the attack.
    of_attack = [one for one in claims if one.accused is None]
    confirmed = any(one.kind == "confirms" for one in of_attack)
    return attack.happened and confirmed and not any(one.denies for one in of_attack)


def _summary(attack: Attack) -> Iterator[str]:
    yield f"{attack.name}. {reported_types(attack)}"
    if not attack.happened:
        yield _NOT_SAID


def _victim(attack: Attack) -> dict[str, Any]:
    """Return who was hit: VERIS has one organisation, and a list of secondary ones."""
    names = [party.name for party in attack.victims if not party.is_person]
    return {
        "victim_id": names[0] if names else "Unknown",
        "country": _UNKNOWN,
        "employee_count": "Unknown",
        "industry": "000000",
        **({"secondary": {"victim_id": names[1:]}} if len(names) > 1 else {}),
    }


def _actor(attack: Attack) -> dict[str, Any]:
    """Return who is said to have done it. Only of a known group is it certain that it is external."""
    groups = [one.name for one in attack.attackers if _is_group(one)]
    if not groups:
        return {"unknown": {}}
    return {"external": {"variety": _UNKNOWN, "motive": _UNKNOWN, "country": _UNKNOWN, "name": groups}}


def _action(attack: Attack) -> dict[str, Any]:
    malware = [one.name for one in attack.software if one.kind is EntityKind.MALWARE]
    social = ["Phishing"] if "AttackPhishing" in attack.types else []
    if "AttackRansom" in attack.types and not attack.is_ransomware:
        social.append("Extortion")
    found: dict[str, Any] = {}
    if malware or attack.is_ransomware:
        variety = ["Ransomware"] if attack.is_ransomware else _UNKNOWN
        found["malware"] = {"variety": variety, "vector": _UNKNOWN, **_named(malware)}
    if social:
        found["social"] = {"variety": social, "vector": _UNKNOWN, "target": _UNKNOWN}
    return found or {"unknown": {}}


def _named(malware: Sequence[str]) -> dict[str, str]:
    return {"name": "; ".join(malware)} if malware else {}


def _attribute(attack: Attack, *, confirmed: bool) -> dict[str, Any]:
    if "AttackDatabreach" not in attack.types:
        return {}
    disclosed = "Yes" if confirmed else "Potentially"
    return {"confidentiality": {"data_disclosure": disclosed, "data": [{"variety": "Unknown"}]}}


def _timeline(attack: Attack, articles: Sequence[Article]) -> dict[str, Any]:
    """Return the day of the attack, or the year of the first report; nothing if neither is known."""
    if attack.day:
        year, month, day = map(int, attack.day.split("-"))
        return {"incident": {"year": year, "month": month, "day": day}}
    published = min((when for article in articles if (when := stamp(article.published_at))), default=None)
    return {"incident": {"year": int(published[:4])}} if published else {}


def _notes(attack: Attack, claims: Sequence[ReportedClaim], articles: Sequence[Article]) -> Iterator[str]:
    yield "Written by a machine from the reports: check before use."
    if not attack.day:
        year = " The year is that of the first report." if any(stamp(one.published_at) for one in articles) else ""
        yield f"No report says the day.{year}"
    persons = [party.name for party in attack.victims if party.is_person]
    if persons:
        yield f"Persons said to have been hit: {', '.join(persons)}."
    others = [one.name for one in attack.attackers if not _is_group(one)]
    if others:
        yield f"Said to have done it, no known group: {', '.join(others)}."
    by_id = {article.id: article for article in articles}
    yield from (sentence(one, by_id[one.article]) for one in claims)


def _is_group(one: NamedEntity) -> bool:
    return one.kind is EntityKind.INTRUSION_SET
