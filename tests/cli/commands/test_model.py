"""`incidex model info`, on a bundle that opens although there is no network in it."""

import hashlib
import json
from pathlib import Path

import pytest

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


def test_says_for_people_what_they_ask_for(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "info", "--model", str(bundle)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Model tiny 7: 0.0 MB, reads 64 tokens at a time"
    assert lines[1] == "Made from nothing (Apache-2.0)"
    assert "AttackRansom                 0.50" in lines
    assert len(lines) == 9


def test_the_shipped_model_is_a_short_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "info"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) < 25
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("macro, event labels") for line in lines)


def test_a_folder_that_is_no_bundle_does_not_advise_to_reinstall(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["model", "info", "--model", str(tmp_path)]) == 1
    error = capsys.readouterr().err
    assert "bundle.json cannot be read: No such file" in error
    assert "Name the folder of another bundle with --model" in error
    assert "Reinstall" not in error


def test_a_folder_that_does_not_exist_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["label", "a.txt", "--model", "no/such/bundle"]) == 2
    assert "no/such/bundle" in capsys.readouterr().err


def test_a_damaged_bundle_is_named(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (bundle / "model.onnx").write_text("something else")
    assert main(["model", "info", "--model", str(bundle)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"error: {bundle}/model.onnx is damaged")
