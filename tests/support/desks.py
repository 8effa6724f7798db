"""Desks to test with: a store in a folder, reports in it, and a client of the application."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from incidex.encoder.session import open_encoder
from incidex.ingest.plain import from_text
from incidex.pipeline import analyse
from incidex.service.app import create_app
from incidex.service.desk import Desk
from incidex.store import open_store

ADDRESS = "http://127.0.0.1:8000"
PASSWORD = "correct horse battery"

FERRY = (
    "Kestrel Ferries loses customer data\n\n"
    "Hackers stole the data of 40,000 customers of Kestrel Ferries on 4 March 2024, the company said on Thursday.\n"
    "The attackers demanded a ransom of 2 million dollars. Kestrel Ferries refused to pay.\n"
)
HOSPITAL = (
    "Ransomware hits St Brannoc Hospital\n\n"
    "Ransomware encrypted the systems of St Brannoc Hospital on 9 June 2023. The group Night Ledger took credit.\n"
)


@contextmanager
def open_desk(folder: Path, *texts: str) -> Iterator[Desk]:
    """Return a desk on a new store with reports that have these texts."""
    with Desk(open_store(folder / "store.sqlite"), encoder=open_encoder) as desk:
        for text in texts:
            desk.store.add(analyse(from_text(text), encoder=desk.encoder))
        yield desk


@contextmanager
def client_of(desk: Desk, *, token: str = "", **how: Any) -> Iterator[TestClient]:
    """Return a client that reaches the desk as a browser or program on the same machine does."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    app = create_app(desk, **how)
    with TestClient(app, ADDRESS, raise_server_exceptions=False, headers=headers, follow_redirects=False) as client:
        yield client
