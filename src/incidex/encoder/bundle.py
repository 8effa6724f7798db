"""
The model bundle: a folder with bundle.json, model.onnx and tokenizer.json, opened by one function that checks all
of it.
"""

import hashlib
import json
from dataclasses import astuple, dataclass
from importlib.resources import files
from math import isfinite
from pathlib import Path
from typing import Any

from incidex.encoder.output import Decoding
from incidex.errors import BundleError
from incidex.labels import scheme

FORMAT = 1
FILES = ("model.onnx", "tokenizer.json")
# In tokens. Windows need room for special tokens and a sentence; attention over longer ones would fill the memory.
LEAST_WINDOW, MOST_WINDOW = 8, 8192
_REINSTALL = "Reinstall the package (pip install --force-reinstall incidex), or choose another bundle with --model."
_CHOOSE = "Name the folder of another bundle with --model, or leave it out to use the one that ships with Incidex."


@dataclass(frozen=True, slots=True)
class Bundle:
    """
    An opened bundle, checked but not loaded.

    Attributes:
        folder: Its location.
        name: Name and version, such as "incidex-0.1.0".
        thresholds: For each event type the calibrated probability from which on it counts as a label.
        scale: For each event type the factor of its logit before the sigmoid.
        shift: For each event type the term added to that.
        window: The maximum number of tokens in a window.
        decoding: How token probabilities become events.
        metadata: The content of bundle.json.
    """

    folder: Path
    name: str
    thresholds: tuple[float, ...]
    scale: tuple[float, ...]
    shift: tuple[float, ...]
    window: int
    decoding: Decoding
    metadata: dict[str, Any]


def shipped_folder() -> Path:
    """Return the folder of the bundle shipped with the package."""
    return Path(str(files("incidex"))) / "model"


def open_bundle(folder: Path | None = None) -> Bundle:
    """
    Check the bundle in `folder` (default: the shipped one) and return it.

    Raises:
        BundleError: A file is missing or damaged, the format is another than this package reads, or the labels are not
            those of the scheme.
    """
    folder = folder or shipped_folder()
    metadata = _metadata(folder)
    if metadata.get("format") != FORMAT:
        raise BundleError(
            f"{folder} has bundle format {metadata.get('format')}, but this Incidex reads format {FORMAT}.\n"
            "Use a bundle made for this version of the package."
        )
    sums = metadata.get("files")
    for file in FILES:
        _check(folder / file, str(sums.get(file)) if isinstance(sums, dict) else "missing")
    bundle = _bundle(folder, metadata)
    _check_labels(bundle)
    _check_numbers(bundle)
    return bundle


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _metadata(folder: Path) -> dict[str, Any]:
    path = folder / "bundle.json"
    try:
        metadata = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BundleError(f"{path} cannot be read: {error.strerror or error}.\n{_advice(folder)}") from error
    except (ValueError, RecursionError) as error:
        raise BundleError(f"{path} is damaged: it is not JSON ({error}).\n{_advice(folder)}") from error
    if not isinstance(metadata, dict):
        raise BundleError(f"{path} is damaged: it is not a JSON object.\n{_advice(folder)}")
    return metadata


def _check(path: Path, expected: str) -> None:
    try:
        found = sha256(path)
    except OSError as error:
        raise BundleError(f"{path} cannot be read: {error.strerror or error}.\n{_advice(path.parent)}") from error
    if found != expected:
        raise BundleError(
            f"{path} is damaged: its SHA-256 is {found[:12]}…, bundle.json says {expected[:12]}….\n"
            f"{_advice(path.parent)}"
        )


def _bundle(folder: Path, metadata: dict[str, Any]) -> Bundle:
    try:
        return Bundle(
            folder=folder,
            name=f"{metadata['name']}-{metadata['version']}",
            thresholds=tuple(float(value) for value in metadata["thresholds"]),
            scale=tuple(float(value) for value in metadata["calibration"]["scale"]),
            shift=tuple(float(value) for value in metadata["calibration"]["shift"]),
            window=int(metadata["window"]),
            decoding=Decoding(**{name: float(value) for name, value in metadata["decoding"].items()}),
            metadata=metadata,
        )
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise BundleError(f"{folder / 'bundle.json'} is damaged: {error!r}.\n{_advice(folder)}") from error


def _check_labels(bundle: Bundle) -> None:
    labels, wanted = bundle.metadata.get("labels"), scheme().names
    numbers = {len(bundle.thresholds), len(bundle.scale), len(bundle.shift)}
    if labels != list(wanted) or numbers != {len(wanted)}:
        found = ", ".join(map(str, labels)) if isinstance(labels, list) else labels
        raise BundleError(
            f"{bundle.folder} was made for the labels {found}, which are not those of this Incidex.\n"
            f"{_advice(bundle.folder)}"
        )


def _check_numbers(bundle: Bundle) -> None:
    """Refuse numbers that no training gives: a NaN compares as false with every score, and the labels go in silence."""
    numbers = (*bundle.thresholds, *bundle.scale, *bundle.shift, *astuple(bundle.decoding))
    file, advice = bundle.folder / "bundle.json", _advice(bundle.folder)
    if not all(map(isfinite, numbers)):
        raise BundleError(f"{file} is damaged: a number in it is not finite.\n{advice}")
    if not LEAST_WINDOW <= bundle.window <= MOST_WINDOW:
        raise BundleError(
            f"{file} is damaged: a window of {bundle.window} tokens is not between "
            f"{LEAST_WINDOW} and {MOST_WINDOW}.\n{advice}"
        )


def _advice(folder: Path) -> str:
    """Return what to do about a bundle that cannot be used: reinstalling helps only the one that ships."""
    return _REINSTALL if folder == shipped_folder() else _CHOOSE
