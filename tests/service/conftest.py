"""A desk with two reports for all tests of a file that only read it, and an empty one for those that do not."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import argon2
import pytest
from desks import FERRY, HOSPITAL, client_of, open_desk
from fastapi.testclient import TestClient

from incidex.service.desk import Desk


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let hashes of passwords take next to no time and memory."""
    monkeypatch.setattr(argon2, "PasswordHasher", partial(argon2.PasswordHasher, 1, 8, 1))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk with two reports of two incidents. Do not change it."""
    with open_desk(tmp_path_factory.mktemp("full"), FERRY, HOSPITAL) as desk:
        yield desk


@pytest.fixture(scope="module")
def reading(full: Desk) -> Iterator[TestClient]:
    """Return a client of `full`."""
    with client_of(full) as client:
        yield client


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a desk on an empty store."""
    with open_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    """Return a client of `desk`."""
    with client_of(desk) as client:
        yield client
