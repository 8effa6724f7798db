"""
Writes attacks in the terms of VERIS 1.4.1, the Vocabulary for Event Recording and Incident Sharing.

docs/reference/formats/veris.md says what becomes what. What no report says is "Unknown", as VERIS wants it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from incidex.export.exchange import facts_of
from incidex.export.exchange.attacks import said_types
from incidex.export.exchange.facts import Article, Facts, Happening, Named, Said
from incidex.export.exchange.said import sentence
from incidex.export.exchange.stamps import stamp
from incidex.export.jsonl.json_text import json_text
from incidex.records import Analysis, EntityKind

VERSION = "1.4.1"

_UNKNOWN = ["Unknown"]
_NOT_SAID = "No report says that it happened: it is planned, feared, denied, possible, or did not happen."


def to_veris(analysis: Analysis) -> str:
    """Return the attacks of one document as a JSON list of VERIS records, with a line end."""
    return written(records_of(facts_of(analysis)))


def written(records: Sequence[Mapping[str, Any]]) -> str:
    """Return VERIS records as a JSON list with a line end."""
    return json_text(records, indent=2)


def records_of(facts: Facts) -> list[dict[str, Any]]:
    """Return a VERIS record for each attack, as Python values; none for a mere weakness."""
    return [_record(happening, facts) for happening in facts.happenings]


def _record(happening: Happening, facts: Facts) -> dict[str, Any]:
    claims = [one for one in facts.said if one.happening == happening.id]
    confirmed = _is_confirmed(happening, claims)
    links = [article.url for article in facts.articles if article.url]
    return {
        "schema_version": VERSION,
        "incident_id": happening.id,
        "source_id": "incidex",
        "security_incident": "Confirmed" if confirmed else "Suspected",
        "summary": " ".join(_summary(happening)),
        **({"reference": "; ".join(links)} if links else {}),
        "victim": _victim(happening),
        "actor": _actor(happening),
        "action": _action(happening),
        "asset": {"assets": [{"variety": "Unknown"}]},
        "attribute": _attribute(happening, confirmed=confirmed),
        "timeline": _timeline(happening, facts.articles),
        "discovery_method": {"unknown": True},
        "notes": "\n".join(_notes(happening, claims, facts.articles)),
    }


def _is_confirmed(happening: Happening, claims: Sequence[Said]) -> bool:
    """Return whether somebody confirms the attack and nobody denies it."""
    # Who denies to be the attacker does not deny the attack.
    of_attack = [one for one in claims if one.accused is None]
    confirmed = any(one.kind == "confirms" for one in of_attack)
    return happening.happened and confirmed and not any(one.denies for one in of_attack)


def _summary(happening: Happening) -> Iterator[str]:
    yield f"{happening.name}. {said_types(happening)}"
    if not happening.happened:
        yield _NOT_SAID


def _victim(happening: Happening) -> dict[str, Any]:
    """Return who was hit; VERIS records one organisation, and others beside it."""
    names = [party.name for party in happening.victims if not party.is_person]
    return {
        "victim_id": names[0] if names else "Unknown",
        "country": _UNKNOWN,
        "employee_count": "Unknown",
        "industry": "000000",
        **({"secondary": {"victim_id": names[1:]}} if len(names) > 1 else {}),
    }


def _actor(happening: Happening) -> dict[str, Any]:
    """Return who is said to have done it. Only a known group is surely no insider."""
    groups = [one.name for one in happening.attackers if _is_group(one)]
    if not groups:
        return {"unknown": {}}
    return {"external": {"variety": _UNKNOWN, "motive": _UNKNOWN, "country": _UNKNOWN, "name": groups}}


def _action(happening: Happening) -> dict[str, Any]:
    malware = [one.name for one in happening.software if one.kind is EntityKind.MALWARE]
    social = ["Phishing"] if "AttackPhishing" in happening.types else []
    if "AttackRansom" in happening.types and not happening.is_ransomware:
        social.append("Extortion")
    found: dict[str, Any] = {}
    if malware or happening.is_ransomware:
        variety = ["Ransomware"] if happening.is_ransomware else _UNKNOWN
        found["malware"] = {"variety": variety, "vector": _UNKNOWN, **_named(malware)}
    if social:
        found["social"] = {"variety": social, "vector": _UNKNOWN, "target": _UNKNOWN}
    return found or {"unknown": {}}


def _named(malware: Sequence[str]) -> dict[str, str]:
    return {"name": "; ".join(malware)} if malware else {}


def _attribute(happening: Happening, *, confirmed: bool) -> dict[str, Any]:
    if "AttackDatabreach" not in happening.types:
        return {}
    disclosed = "Yes" if confirmed else "Potentially"
    return {"confidentiality": {"data_disclosure": disclosed, "data": [{"variety": "Unknown"}]}}


def _timeline(happening: Happening, articles: Sequence[Article]) -> dict[str, Any]:
    """Return the day that is said for the attack, or the year of the first report; nothing where neither is known."""
    if happening.day:
        year, month, day = map(int, happening.day.split("-"))
        return {"incident": {"year": year, "month": month, "day": day}}
    published = min((when for article in articles if (when := stamp(article.published_at))), default=None)
    return {"incident": {"year": int(published[:4])}} if published else {}


def _notes(happening: Happening, claims: Sequence[Said], articles: Sequence[Article]) -> Iterator[str]:
    yield "Written by a machine from the reports: check before use."
    if not happening.day:
        year = " The year is that of the first report." if any(stamp(one.published_at) for one in articles) else ""
        yield f"No report says the day.{year}"
    persons = [party.name for party in happening.victims if party.is_person]
    if persons:
        yield f"Persons said to have been hit: {', '.join(persons)}."
    others = [one.name for one in happening.attackers if not _is_group(one)]
    if others:
        yield f"Said to have done it, no known group: {', '.join(others)}."
    by_id = {article.id: article for article in articles}
    yield from (sentence(one, by_id[one.article]) for one in claims)


def _is_group(one: Named) -> bool:
    return one.kind is EntityKind.INTRUSION_SET
