"""Files for those who run Incidex as a service: their commands exist, and the units keep what they promise."""

import shlex
from collections import defaultdict

import click
import pytest
from paths import ROOT

from incidex.cli import app

UNITS = ROOT / "packaging" / "systemd"
CONTAINER = (ROOT / "packaging" / "container" / "Containerfile").read_text("utf-8")


def settings(name: str) -> dict[str, list[str]]:
    """Return the settings of a unit; a name may occur several times."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in (UNITS / name).read_text("utf-8").splitlines():
        key, divider, value = line.partition("=")
        if divider and not line.startswith("#"):
            found[key].append(value)
    return found


def parses(arguments: list[str]) -> bool:
    """Return whether the command line is right, without running it."""
    name, *rest = arguments
    command = app.commands[name]
    options = {option for param in command.params if isinstance(param, click.Option) for option in param.opts}
    return all(word in options for word in rest if word.startswith("-"))


def test_the_service_runs_a_command_that_exists() -> None:
    (line,) = settings("incidex-watch.service")["ExecStart"]
    program, *arguments = shlex.split(line)
    assert program.endswith("/incidex")
    assert parses(arguments)


def test_the_backup_runs_a_command_that_exists() -> None:
    (line,) = settings("incidex-backup.service")["ExecStart"]
    script = shlex.split(line)[2].replace("%%", "%")
    assert parses(shlex.split(script.partition(";")[0])[1:])


def test_the_container_runs_a_command_that_exists() -> None:
    command = next(line for line in CONTAINER.splitlines() if line.startswith("CMD"))
    assert parses([word.strip(' "') for word in command.removeprefix("CMD ").strip("[]").split(",")])
    assert "USER 10001" in CONTAINER


@pytest.mark.parametrize("name", ["incidex-watch.service", "incidex-backup.service"])
def test_units_have_no_privileges(name: str) -> None:
    found = settings(name)
    for key, value in {
        "User": "incidex",
        "NoNewPrivileges": "yes",
        "CapabilityBoundingSet": "",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateDevices": "yes",
        "UMask": "0077",
    }.items():
        assert found[key] == [value]


def test_the_service_is_given_the_time_that_an_end_takes() -> None:
    from incidex.watch.polite import _TOTAL

    (seconds,) = settings("incidex-watch.service")["TimeoutStopSec"]
    assert int(seconds) > 2 * _TOTAL
