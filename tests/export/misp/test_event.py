"""The parts of an event: the templates are those that PyMISP brings, and ids depend on nothing but what parts are."""

import json
from pathlib import Path
from typing import Any

import pymisp
import pytest

from incidex.export.misp.event import Event, identifier, machine_tag
from incidex.tables import table

TEMPLATES: dict[str, Any] = table("incidex.export.misp", "templates")


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_are_those_of_misp(name: str) -> None:
    path = Path(pymisp.__file__).parent / "data" / "misp-objects" / "objects" / name / "definition.json"
    theirs, ours = json.loads(path.read_text("utf-8")), TEMPLATES[name]
    assert (ours["template_uuid"], ours["template_version"]) == (theirs["uuid"], str(theirs["version"]))
    assert ours["meta-category"] == theirs["meta-category"]
    known = {relation: theirs["attributes"][relation]["misp-attribute"] for relation in ours["attributes"]}
    assert {relation: kind for relation, (kind, _) in ours["attributes"].items()} == known
    needed = theirs.get("required", []) + theirs.get("requiredOneOf", [])
    assert set(needed) & set(ours["attributes"]) or not needed


def test_categories_take_the_types() -> None:
    categories = pymisp.MISPEvent().describe_types["category_type_mappings"]
    wrong = {
        (name, relation)
        for name, template in TEMPLATES.items()
        for relation, (kind, category) in template["attributes"].items()
        if kind not in categories[category]
    }
    assert wrong == set()


def test_the_same_part_is_there_once() -> None:
    event = Event("key", 0)
    assert event.attribute("domain", "Network activity", "a.example") == event.attribute(
        "domain", "Network activity", "a.example"
    )
    written = event.written(info="i", date="2026-01-01", tags=[], report="")
    assert [one["value"] for one in written["Attribute"]] == ["a.example"]
    assert identifier("a b") != identifier("a", "b")


def test_a_tag_has_no_quotation_marks_inside() -> None:
    assert machine_tag("misp-galaxy", "tool", 'a"b') == {"name": 'misp-galaxy:tool="a\'b"'}
