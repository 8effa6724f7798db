"""`incidex schema` prints what ships."""

import json

import pytest

from incidex.cli import main
from incidex.export.schema import SCHEMAS, schema


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", name]) == 0
    assert capsys.readouterr().out == schema(name)


def test_that_of_json_lines_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$id"] == "urn:incidex:jsonl:1"


def test_there_are_no_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "stix"]) == 2
    assert "document" in capsys.readouterr().err
