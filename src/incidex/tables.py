"""Loads the tables that rules rest on: YAML files that lie beside the code that uses them."""

from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(package: str, name: str) -> Any:
    """Return the content of `name`.yaml in `package`. It is loaded once; treat it as read-only."""
    import yaml

    # The loader in C is ten times as fast; where PyYAML was built without it, the other one will do.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(files(package).joinpath(f"{name}.yaml").read_text("utf-8"), Loader=loader)  # noqa: S506 - both are safe
