"""Keeps ARCHITECTURE.md true: it names every package, in the order in which they may import each other."""

import re
import tomllib

import pytest
from paths import ROOT

PAGE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
PACKAGE = ROOT / "src" / "incidex"
ROWS = re.findall(r"^\| (`[^|]+`) \| [^|]+ \| `([^`|]+)` \|$", PAGE, re.MULTILINE)
LAYERS = [frozenset(re.findall(r"`(\w+)`", packages)) for packages, _ in ROWS]


def test_the_layers_are_those_that_are_enforced() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    (contract,) = [one for one in config["contracts"] if one["type"] == "layers"]
    assert [frozenset(re.split(r" [|:] ", layer)) for layer in contract["layers"]] == LAYERS


def test_every_package_and_module_is_in_the_layers() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    modules = {path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")}
    assert frozenset().union(*LAYERS) == folders | modules


def test_every_folder_is_named() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    packages = {path.parent.name for path in (ROOT / "src").glob("*/__init__.py")}
    assert {name for name in folders | packages if f"`{name}`" not in PAGE} == set()


@pytest.mark.parametrize("start", [start for _, start in ROWS])
def test_reading_starts_at_a_file_that_exists(start: str) -> None:
    assert (PACKAGE / start).is_file()


def test_each_step_of_the_flow_exists() -> None:
    (flow,) = re.findall(r"^```\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    steps = re.findall(r"^ +\|  (\w+) {2,}", flow, re.MULTILINE)
    assert len(steps) >= 9
    assert {step for step in steps if step not in frozenset().union(*LAYERS)} == set()
