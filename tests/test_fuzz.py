"""Each target of `make fuzz` runs on what it begins with, and on what was found before; atheris is not needed."""

import json
from pathlib import Path

import pytest
from scripts import load

RUN = load("fuzz/run.py")  # puts the folder of the targets on the path
TARGETS = load("fuzz/targets.py").TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_takes_what_it_begins_with(name: str) -> None:
    inputs = TARGETS[name].inputs()
    assert inputs or name == "exporters"
    for content in [b"", *inputs]:
        RUN.attempt(TARGETS[name].run, content)


def test_a_finding_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        RUN.attempt(lambda content: 1 // len(content), b"")


def test_values_of_json_are_changed_not_bytes() -> None:
    mutated = load("fuzz/mutate.py").mutated
    content = (Path(RUN.ROOT) / "tests" / "cases" / "import" / "kestrel.stix.json").read_bytes()
    changed = [mutated(content, most=20_000, seed=seed) for seed in range(50)]
    found = {one for one in changed if one is not None}
    assert len(found) > 40
    assert all(json.loads(one) != json.loads(content) for one in list(found)[:20] if len(one) != len(content))
    assert mutated(b"no JSON", most=100, seed=1) is None
    assert mutated(content, most=10, seed=1) is None
