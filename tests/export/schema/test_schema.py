"""The schemas: sound, as the records are, and true of what is written of all bundled articles."""

import json
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from paths import ROOT

from incidex import merge, records
from incidex.dossiers.build import dossier
from incidex.export.jsonl.analysis import SCHEMA_VERSION, to_jsonl
from incidex.export.jsonl.incidents import DOSSIER_VERSION, to_json_dossier, to_json_incidents
from incidex.export.schema import SCHEMAS, schema
from incidex.export.veris import to_veris
from incidex.ingest import read
from incidex.labels import scheme
from incidex.matching.profiles import profiles
from incidex.pipeline import analyse
from incidex.records import Analysis, ClaimKind, Dossier, Status

ARTICLES = [*sorted((ROOT / "examples").iterdir()), *sorted((ROOT / "tests/cases/events").glob("*.json"))]
RECORDS = (
    *("Evidence", "Support", "Value", "Measure", "Moment", "Statement", "Actor", "Source", "Span", "Article", "Party"),
    *("NamedEntity", "Attack", "ReportedClaim", "Observable", "Fix", "Technique", "Link"),
)


@cache
def loaded(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schema(name))
    return found


def check(name: str, text: str) -> None:
    jsonschema.Draft202012Validator(loaded(name), format_checker=jsonschema.FormatChecker()).validate(json.loads(text))


@pytest.fixture(scope="module")
def analyses() -> list[Analysis]:
    return [analyse(read(str(path))) for path in ARTICLES]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_sound_and_has_its_version(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(loaded(name))
    expected = "jsonl" if name == "document" else name
    assert loaded(name)["$id"] == f"urn:incidex:{expected}:1"


def test_what_is_written_says_its_version(made: Dossier) -> None:
    assert loaded("document")["properties"]["schema_version"] == {"const": SCHEMA_VERSION}
    assert loaded("dossier")["properties"]["schema_version"] == {"const": DOSSIER_VERSION}
    assert json.loads(to_json_dossier(made))["schema_version"] == DOSSIER_VERSION


@pytest.mark.parametrize("name", RECORDS)
def test_the_schema_of_dossiers_has_all_fields_of(name: str) -> None:
    known = loaded("dossier")["$defs"][name.lower()]
    expected = [field.name for field in fields(getattr(records, name))]
    assert known["required"] == list(known["properties"]) == expected


def test_the_schema_of_dossiers_knows_their_words() -> None:
    top, records = loaded("dossier"), loaded("dossier")["$defs"]
    assert top["required"] == list(top["properties"]) == ["schema_version", *(one.name for one in fields(Dossier))]
    assert top["properties"]["status"]["enum"] == [*Status]
    assert top["properties"]["types"]["items"]["enum"] == list(scheme().names)
    assert records["statement"]["properties"]["kind"]["enum"] == [*ClaimKind]
    assert records["evidence"]["properties"]["kind"]["enum"] == [*ClaimKind, None]


def test_a_dossier_with_something_in_each_field_is_valid(made: Dossier) -> None:
    text = json.loads(to_json_dossier(made))
    jsonschema.Draft202012Validator(loaded("dossier")).validate(text)


@pytest.mark.parametrize(
    "damage", [{"schema_version": 2}, {"status": "guilty"}, {"victims": ["Acme"]}, {"first_seen": "in March"}]
)
def test_the_schema_refuses(damage: dict[str, Any], made: Dossier) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(loaded("dossier")).validate(json.loads(to_json_dossier(made)) | damage)


def test_all_bundled_articles_are_valid(analyses: list[Analysis]) -> None:
    for analysis in analyses:
        check("document", to_jsonl(analysis, everything=True))
        check("veris", to_veris(analysis))


def test_the_incidents_and_dossiers_of_all_bundled_articles_are_valid(analyses: list[Analysis]) -> None:
    incidents = merge(analyses)
    check("incidents", to_json_incidents(incidents, {one.document.id: one.document for one in analyses}))
    for incident in incidents:
        own = [one for one in analyses if one.document.id in incident.documents]
        told = [profile for one in own for profile in profiles(one) if profile.id in incident.profiles]
        check("dossier", to_json_dossier(dossier(incident, own, told)))


@pytest.mark.corpus
def test_articles_of_the_corpus_are_valid(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "casie").rglob("*.json"))[::40]:
        analysis = analyse(read(str(path)))
        check("document", to_jsonl(analysis, everything=True))
        check("veris", to_veris(analysis))
