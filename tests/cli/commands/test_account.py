"""`incidex account`: accounts are made, listed, changed and removed, and the log says so."""

import io
import json
import sys
from pathlib import Path

import pytest
from desks import PASSWORD

from incidex.cli import main
from incidex.store import open_store


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a store that commands use."""
    monkeypatch.setenv("INCIDEX_STORE", str(tmp_path / "s.sqlite"))
    return str(tmp_path / "s.sqlite")


def _run(monkeypatch: pytest.MonkeyPatch, *command: str, typed: str = "") -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return main(("account", *command))


def test_an_account_from_its_beginning_to_its_end(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "add", "mora", "--role", "admin", typed=f"{PASSWORD}\n") == 0
    assert capsys.readouterr().err == "made: the account mora (admin)\n"
    assert _run(monkeypatch, "token", "mora", "--label", "import") == 0
    token = capsys.readouterr().out.strip()
    with open_store(place) as store:
        found = store.accounts.holder(token, is_token=True)
        assert found
        assert found.name == "mora"
        assert store.accounts.log_in("mora", PASSWORD)
    assert _run(monkeypatch, "list") == 0
    assert capsys.readouterr().out.endswith(", tokens: import\n")
    assert _run(monkeypatch, "change", "mora", "--password", typed="another horse battery\n") == 0
    assert _run(monkeypatch, "revoke", "mora", "import") == 0
    assert _run(monkeypatch, "remove", "mora") == 0
    assert "There are no accounts any more" in capsys.readouterr().err
    assert _run(monkeypatch, "log", "--json") == 0
    actions = [entry["action"] for entry in json.loads(capsys.readouterr().out)]
    assert actions == ["remove account", "revoke token", "change account", "make token", "make account"]


@pytest.mark.parametrize(
    ("command", "typed", "message"),
    [
        pytest.param(["add", "eve"], PASSWORD, "The first account has to be an admin.", id="first"),
        pytest.param(["add", "eve", "--role", "admin"], "short", "The password has 5 characters.", id="short"),
        pytest.param(["add", "eve", "--role", "admin"], "", "The password has 0 characters.", id="nothing"),
        pytest.param(["remove", "eve"], "", "There is no account 'eve'.", id="remove"),
        pytest.param(["change", "eve", "--role", "reader"], "", "There is no account 'eve'.", id="change"),
        pytest.param(["token", "eve", "--label", "a"], "", "There is no account 'eve'.", id="token"),
        pytest.param(["revoke", "eve", "a"], "", "eve has no token 'a'.", id="revoke"),
    ],
)
def test_a_mistake_is_named(
    place: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
    typed: str,
    message: str,
) -> None:
    open_store(place).close()
    assert _run(monkeypatch, *command, typed=typed) == 1
    assert capsys.readouterr().err.startswith(f"error: {message}")
