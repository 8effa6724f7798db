"""Writes the model bundle, and compares its int8 network with the floating-point one."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incidex.encoder.bundle import FILES, FORMAT, sha256
from incidex.encoder.output import Decoding
from incidex.labels import scheme
from incidex_training import base
from incidex_training.config import Settings
from incidex_training.decide import choose_decoding, score_events
from incidex_training.export_onnx import export_eight_bits, export_float
from incidex_training.features import Example
from incidex_training.network import Network
from incidex_training.predict import in_onnx, label_logits, predictions
from incidex_training.score import Decision, choose, decided, score

# Raised with every bundle that is shipped.
VERSION = "0.2.0"


def write_bundle(
    network: Network,
    dev: Sequence[Example],
    newer: Sequence[Example],
    output: Path,
    *,
    provenance: dict[str, Any],
    settings: Settings,
) -> dict[str, Any]:
    """
    Write `network` as a bundle into the folder `output` and return its bundle.json.

    Calibration and thresholds are chosen with the int8 network, which is the one shipped, on `dev` and `newer`
    together.
    """
    output.mkdir(parents=True, exist_ok=True)
    export_eight_bits(network, output / "model.onnx")
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "float.onnx"
        export_float(network, plain)
        exact = label_logits(in_onnx(plain), dev, window=settings.window)
    shutil.copyfile(base.base_folder() / "tokenizer.json", output / "tokenizer.json")
    found = list(predictions(in_onnx(output / "model.onnx"), dev, window=settings.window))
    logits = [prediction.labels for prediction in found]
    found_newer = list(predictions(in_onnx(output / "model.onnx"), newer, window=settings.window))
    others = [prediction.labels for prediction in found_newer]
    decision = choose(
        [*logits, *others],
        [example.labels > 0.5 for example in (*dev, *newer)],
        weights=[1.0] * len(dev) + [settings.newer_weight * _sentences(dev) / max(1, _sentences(newer))] * len(newer),
    )
    decoding = choose_decoding(found, dev, (found_newer, newer), apart=network.apart, weight=settings.newer_weight)
    metadata = _metadata(decision, decoding, provenance, settings)
    metadata["scores"] = {
        "dev": score(logits, dev).as_json(),
        "dev, thresholds as shipped": decided(logits, dev, decision),
        **({"newer, thresholds as shipped": decided(others, newer, decision)} if newer else {}),
        "dev, floating point": score(exact, dev).as_json(),
        "int8 agrees with floating point": agreement(logits, exact, decision),
        "events on dev": score_events(found, dev, decoding),
        **({"events on newer": score_events(found_newer, newer, decoding)} if newer else {}),
    }
    metadata["files"] = {file: sha256(output / file) for file in FILES}
    written = json.dumps(metadata, indent=2, ensure_ascii=False) + "\n"
    (output / "bundle.json").write_text(written, "utf-8")
    as_read: dict[str, Any] = json.loads(written)
    return as_read


def agreement(logits: Sequence[NDArray[np.float32]], exact: Sequence[NDArray[np.float32]], decision: Decision) -> float:
    """Return the share of sentences to which both networks give the same labels."""
    same = decision.labels(np.concatenate(logits)) == decision.labels(np.concatenate(exact))
    return round(float(same.all(axis=1).mean()), 4)


def _sentences(chosen: Sequence[Example]) -> int:
    return sum(len(example.tokens) for example in chosen)


def _metadata(decision: Decision, decoding: Decoding, provenance: dict[str, Any], settings: Settings) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "name": "incidex",
        "version": VERSION,
        "labels": list(scheme().names),
        "thresholds": list(decision.thresholds),
        "calibration": {
            "scale": [round(value, 6) for value in decision.scale],
            "shift": [round(value, 6) for value in decision.shift],
        },
        "decoding": asdict(decoding),
        "window": settings.window,
        "base": {"name": base.NAME, "licence": base.LICENCE, "source": base.SOURCE},
        "corpora": [
            {
                "name": "CASIE",
                "source": "Ebiquity/CASIE on GitHub",
                "licence": "none stated",
                "cite": "Satyapanich, Ferraro, Finin: CASIE: Extracting Cybersecurity Event Information, AAAI 2020",
            },
            {
                "name": "sentence labels of the CASIE articles",
                "source": "stwater20/Event-Extraction-from-Threat-Report-Using-Language-Model on GitHub",
                "licence": "MIT",
                "cite": "Sheng-Shan Chen, 2024",
            },
        ],
        "training": provenance,
    }
