"""Loads a Python file that belongs to no package, such as a benchmark. pytest finds this by `pythonpath`."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from paths import ROOT


def load(path: str) -> ModuleType:
    """Return the file `path`, counted from the root of the checkout, as a new module."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for the names in annotations
    spec.loader.exec_module(module)
    return module
