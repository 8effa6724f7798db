"""A store that is locked or may only be read: the desk says so, and goes on reading."""

import logging
import os
import sqlite3
from pathlib import Path

import pytest
from desks import FERRY, client_of, open_desk

from incidex.store import database


def test_a_store_that_somebody_else_writes_to_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(database, "_TIMEOUT_S", 0.2)
    with open_desk(tmp_path, FERRY) as desk, client_of(desk) as client:
        other = sqlite3.connect(desk.store.place, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert client.get("/api/documents").json()["total"] == 1
        answer = client.post("/api/decisions/ignore", json={"value": "Acme News"})
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
        assert "another program has been writing to the store" in answer.json()["title"]
        assert answer.json()["detail"] == "Try again later."
        assert "another program has been writing" in caplog.text
        job = client.post("/api/documents", json={"text": "All is well."}, params={"wait": 30}).json()
        assert (job["state"], "another program has been writing" in job["message"]) == ("failed", True)
        other.execute("ROLLBACK")
        other.close()
        assert client.post("/api/decisions/ignore", json={"value": "Acme News"}).status_code == 201
        again = client.post("/api/documents", json={"text": "All is well."}, params={"wait": 30}).json()
        assert again["status"] == "added"


def test_a_store_that_may_only_be_read_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with open_desk(tmp_path, FERRY):
        pass
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and real(path, mode))
    with open_desk(tmp_path) as desk, client_of(desk) as client, caplog.at_level(logging.ERROR):
        (incident,) = client.get("/api/incidents").json()["items"]
        assert client.get(f"/api/incidents/{incident['id']}").status_code == 200
        answer = client.post("/api/decisions/ignore", json={"value": "Acme News"})
        assert answer.status_code == 503
        assert answer.json()["title"].endswith("can be read, but not changed.")
        assert answer.json()["detail"].startswith("Get permission to write")
        job = client.post("/api/documents", json={"text": "All is well."}, params={"wait": 30}).json()
        assert "can be read, but not changed" in job["message"]
    assert "can be read, but not changed" in caplog.text
