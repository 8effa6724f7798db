"""The table of formats: what each can be written from, and what it gives."""

import json
from dataclasses import dataclass, replace
from typing import get_args

import pytest

from incidex.errors import MissingExtra
from incidex.export import formats
from incidex.export.formats import (
    FORMATS,
    Options,
    Source,
    demand,
    names,
    write_document,
    write_dossier,
    write_incident,
    write_sentences,
)
from incidex.matching.merge import merge
from incidex.matching.profiles import profiles
from incidex.records import Analysis, Article, Dossier, Incident, Profile


@dataclass(frozen=True)
class Members:
    incident: Incident
    analyses: tuple[Analysis, ...]
    profiles: tuple[Profile, ...]
    founded_on: str | None = None
    changed_at: str = ""


@pytest.fixture
def members(told: Analysis) -> Members:
    (incident,) = merge([told])
    return Members(incident, (told,), profiles(told), "2026-03-04", "2026-03-05T00:00:00")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("sentences", "labelled jsonl"),
        (
            "document",
            "jsonl casie csv html parquet stix misp navigator veris brat label-studio docbin",
        ),
        (
            "incident",
            "jsonl csv html markdown docx csl bibtex graph dot parquet stix misp navigator veris label-studio",
        ),
        ("dossier", "text json html markdown docx csl bibtex graph dot"),
    ],
)
def test_what_can_be_written_from_what(source: Source, expected: str) -> None:
    assert names(source) == tuple(expected.split())


def test_each_format_is_written_from_something_and_has_an_ending() -> None:
    for name, form in FORMATS.items():
        assert name == form.name
        assert form.ending.startswith(".")
        assert any(name in names(source) for source in get_args(Source))


@pytest.mark.parametrize("name", names("document"))
def test_a_document_in_each_format(told: Analysis, name: str) -> None:
    for package in filter(None, [FORMATS[name].package]):
        pytest.importorskip(package)
    content = write_document(name, told, Options()).content
    assert content
    assert isinstance(content, dict) == FORMATS[name].several_files


@pytest.mark.parametrize("name", names("incident"))
def test_an_incident_in_each_format(members: Members, name: str) -> None:
    for package in filter(None, [FORMATS[name].package]):
        pytest.importorskip(package)
    assert write_incident(name, members, Options()).content


def test_an_incident_is_modified_when_it_changed_last(members: Members) -> None:
    content = write_incident("stix", members, Options()).content
    assert isinstance(content, str)
    (incident,) = (one for one in json.loads(content)["objects"] if one["type"] == "incident")
    assert (incident["created"], incident["modified"]) == ("2026-03-04T00:00:00.000Z", "2026-03-05T00:00:00.000Z")


@pytest.mark.parametrize("name", names("dossier"))
def test_a_dossier_in_each_format(made: Dossier, name: str) -> None:
    cited = replace(made, articles=(Article("a", "Acme hit", "0" * 64),))
    content = write_dossier(name, cited, Options())
    assert isinstance(content, bytes) == (name == "docx")
    if isinstance(content, str):
        assert ("Acme hit" if name in ("csl", "bibtex") else made.title) in content


@pytest.mark.parametrize("name", names("sentences"))
def test_sentences_in_each_format(told: Analysis, name: str) -> None:
    assert "Grey Heron denies that it did it." in write_sentences(name, told, Options())


def test_what_is_empty_has_a_note(analysis: Analysis, told: Analysis) -> None:
    assert write_document("navigator", told, Options()).note.startswith("It names no technique")
    assert write_document("veris", told, Options()).note == ""


def test_a_missing_package_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda package: None)
    demand("jsonl")
    with pytest.raises(MissingExtra, match=r"incidex\[spacy\]"):
        demand("docbin")
