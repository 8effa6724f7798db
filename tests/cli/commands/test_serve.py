"""`incidex serve` in a process of its own: it answers, stops when told to, and refuses what is not safe."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from desks import PASSWORD

from incidex.cli import main
from incidex.store import open_store
from incidex.store.accounts import Role


@contextmanager
def _served(store: Path, *options: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    command = [sys.executable, "-m", "incidex", "serve", "--store", str(store), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout
        line = process.stdout.readline()
        found = re.match(r"The desk is at (http://\S+) \(store: ", line)
        try:
            assert found, line
            yield found[1], process
        finally:
            process.kill()


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_desk_answers_until_it_is_stopped(tmp_path: Path, how: signal.Signals) -> None:
    with _served(tmp_path / "s.sqlite") as (address, process):
        with urllib.request.urlopen(f"{address}/api/me", timeout=60) as answer:
            assert json.load(answer)["role"] == "admin"
        process.send_signal(how)
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")


def _error(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    assert main(command) == 1
    return capsys.readouterr().err


@pytest.mark.parametrize("where", [["--host", "0.0.0.0"], ["--public-url", "https://desk.example"]])
def test_others_are_not_served_without_accounts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], where: list[str]
) -> None:
    error = _error(capsys, "serve", "--store", str(tmp_path / "s.sqlite"), "--port", "0", *where)
    assert re.match(r"error: The desk is not served at \S+ without accounts: anybody there could read", error)
    assert "incidex account add NAME --role admin" in error


@pytest.mark.slow
def test_others_are_served_with_accounts(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.sqlite") as store:
        store.accounts.add("mora", PASSWORD, Role.ADMIN)
        token = store.accounts.add_token("mora", label="test", days=1)
    with _served(tmp_path / "s.sqlite", "--host", "0.0.0.0") as (address, _):
        asked = urllib.request.Request(f"{address}/api/me", headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            assert json.load(answer) == {"name": "mora", "role": "admin", "has_account": True}
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(f"{address}/api/me", timeout=60)


def test_a_port_that_is_taken_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        error = _error(capsys, "serve", "--store", str(tmp_path / "s.sqlite"), "--port", port)
    assert error.startswith(f"error: The desk cannot listen on 127.0.0.1, port {port}: Address already in use.")
    assert "--port" in error


@pytest.mark.parametrize("url", ["desk.example", "ftp://desk.example", "https://desk.example/desk", "https://[::1"])
def test_a_public_url_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], url: str) -> None:
    error = _error(capsys, "serve", "--store", str(tmp_path / "s.sqlite"), "--public-url", url)
    assert error.startswith(f"error: {url} is not the address of a desk.")


def test_an_address_of_another_machine_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    error = _error(capsys, "serve", "--store", str(tmp_path / "s.sqlite"), "--host", "192.0.2.7")
    assert "192.0.2.7" in error.partition("\n")[0]


def test_a_store_of_a_newer_version_is_not_served(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import sqlite3

    place = tmp_path / "s.sqlite"
    open_store(place).close()
    with sqlite3.connect(place) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert "was written by a newer version of Incidex" in _error(capsys, "serve", "--store", str(place))
    assert os.path.exists(place)
