"""Opens whole bundles and refuses damaged, foreign and newer ones with a message that says which file."""

import json
import shutil

import pytest

from incidex.encoder.bundle import FORMAT, open_bundle, sha256, shipped_folder
from incidex.errors import BundleError
from incidex.labels import scheme


@pytest.fixture
def folder(tmp_path):
    """A bundle that is right in everything but that its network is no network."""
    count = len(scheme().names)
    (tmp_path / "model.onnx").write_bytes(b"weights")
    (tmp_path / "tokenizer.json").write_text("{}")
    metadata = {
        "format": FORMAT,
        "name": "tiny",
        "version": "9",
        "labels": list(scheme().names),
        "thresholds": [0.5] * count,
        "calibration": {"scale": [1.0] * count, "shift": [0.0] * count},
        "window": 64,
        "decoding": {"trigger": 0.5, "argument": 0.5, "same": 0.0, "apart": 0.5},
        "files": {name: sha256(tmp_path / name) for name in ("model.onnx", "tokenizer.json")},
    }
    (tmp_path / "bundle.json").write_text(json.dumps(metadata))
    return tmp_path


def change(folder, **fields):
    path = folder / "bundle.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def test_opens_what_is_whole(folder):
    bundle = open_bundle(folder)
    assert (bundle.name, bundle.window, bundle.thresholds) == ("tiny-9", 64, (0.5,) * 5)


def test_the_shipped_bundle_is_whole_and_small():
    bundle = open_bundle()
    assert bundle.folder == shipped_folder()
    assert sum(path.stat().st_size for path in bundle.folder.iterdir()) < 40e6


def test_refuses_a_damaged_file(folder):
    (folder / "model.onnx").write_bytes(b"weighty")
    with pytest.raises(BundleError, match=r"model\.onnx is damaged: its SHA-256 is .*\n.*another bundle with --model"):
        open_bundle(folder)


def test_only_the_shipped_bundle_is_worth_reinstalling(folder, monkeypatch):
    (folder / "model.onnx").write_bytes(b"weighty")
    monkeypatch.setattr("incidex.encoder.bundle.shipped_folder", lambda: folder)
    with pytest.raises(BundleError, match=r"model\.onnx is damaged: .*\n.*force-reinstall"):
        open_bundle()


@pytest.mark.parametrize("name", ["bundle.json", "model.onnx", "tokenizer.json"])
def test_names_the_missing_file(folder, name):
    (folder / name).unlink()
    with pytest.raises(BundleError, match=f"{name} cannot be read: No such file"):
        open_bundle(folder)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"format": 99}, "bundle format 99, but this Incidex reads format", id="newer format"),
        pytest.param({"labels": ["A", "B"]}, "made for the labels A, B", id="other labels"),
        pytest.param({"thresholds": [0.5]}, "made for the labels", id="too few thresholds"),
        pytest.param({"thresholds": "high"}, "is damaged: ", id="thresholds are words"),
        pytest.param({"calibration": {}}, r"is damaged: KeyError\('scale'\)", id="no calibration"),
        pytest.param({"labels": 5}, "made for the labels 5, which", id="labels are a number"),
        pytest.param({"labels": [{}, None]}, "made for the labels {}, None, which", id="labels are no words"),
        pytest.param({"files": 1.5}, r"model\.onnx is damaged", id="sums are a number"),
        pytest.param({"window": 0}, "a window of 0 tokens", id="no window"),
        pytest.param({"window": 10**9}, "a window of 1000000000 tokens", id="endless window"),
        pytest.param({"window": float("inf")}, "is damaged: Overflow", id="infinite window"),
        pytest.param({"thresholds": [float("nan")] * 5}, "not finite", id="thresholds that nothing reaches"),
    ],
)
def test_refuses(folder, fields, message):
    change(folder, **fields)
    with pytest.raises(BundleError, match=message):
        open_bundle(folder)


@pytest.mark.parametrize("content", ["", "[]", "{", "\x00", "[" * 100_000])
def test_refuses_metadata_that_is_no_json_object(folder, content):
    (folder / "bundle.json").write_text(content)
    with pytest.raises(BundleError, match="is damaged: it "):
        open_bundle(folder)


def test_a_network_that_is_none_is_named(folder):
    from incidex.encoder.session import Encoder

    shutil.copyfile(shipped_folder() / "tokenizer.json", folder / "tokenizer.json")
    change(folder, files={name: sha256(folder / name) for name in ("model.onnx", "tokenizer.json")})
    with pytest.raises(BundleError, match=r"model\.onnx cannot be loaded"):
        Encoder(open_bundle(folder))
