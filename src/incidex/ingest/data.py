"""Loads the tables of this package (zones, languages, file kinds), which are YAML files beside the code."""

from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> Any:
    """Return the content of `name`.yaml. It is loaded once; treat it as read-only."""
    import yaml

    # The loader in C is ten times as fast; where PyYAML was built without it, the other one will do.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(files("incidex.ingest").joinpath(f"{name}.yaml").read_text("utf-8"), Loader=loader)
