"""`incidex model info`, on a bundle that opens although there is no network in it."""

import hashlib
import json
from pathlib import Path

import pytest
import yaml

from incidex.cli import main
from incidex.labels import scheme


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_text(name)
    metadata = {
        "format": 1,
        "name": "tiny",
        "version": "7",
        "labels": list(scheme().names),
        "thresholds": [0.5] * 5,
        "calibration": {"scale": [1.0] * 5, "shift": [0.0] * 5},
        "window": 64,
        "decoding": {"trigger": 0.5, "argument": 0.5, "same": 0.0},
        "base": {"name": "nothing", "licence": "Apache-2.0"},
        "files": {name: hashlib.sha256(name.encode()).hexdigest() for name in ("model.onnx", "tokenizer.json")},
    }
    (tmp_path / "bundle.json").write_text(json.dumps(metadata))
    return tmp_path


def test_says_for_programs_what_the_bundle_says(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "info", "--json", "--model", str(bundle)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said.pop("bytes") == {"model.onnx": 10, "tokenizer.json": 14}
    assert said.pop("folder") == str(bundle)
    assert said == json.loads((bundle / "bundle.json").read_text())


def test_says_the_same_for_people(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "info", "--json", "--model", str(bundle)]) == 0
    for_programs = json.loads(capsys.readouterr().out)
    assert main(["model", "info", "--model", str(bundle)]) == 0
    for_people = capsys.readouterr().out
    assert yaml.safe_load(for_people) == for_programs
    assert "thresholds: [0.5, 0.5, 0.5, 0.5, 0.5]" in for_people.splitlines()


def test_a_damaged_bundle_is_named(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (bundle / "model.onnx").write_text("something else")
    assert main(["model", "info", "--model", str(bundle)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"error: {bundle}/model.onnx is damaged")
