"""Health and figures, for programs that look after others."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import client_of
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from word_encoder import WordEncoder

from incidex.ingest.plain import from_text
from incidex.pipeline import analyse
from incidex.service.desk import Desk
from incidex.store import Store, open_store
from incidex.store.feeds import FeedState, SeenItem
from incidex.watch.timing import stamp


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store.sqlite")) as store:
        yield store


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    with client_of(Desk(store, encoder=lambda: WordEncoder())) as client:
        yield client


def test_health(client: TestClient, store: Store) -> None:
    from datetime import UTC, datetime

    now = stamp(datetime.now(UTC))
    store.feeds.put_state(FeedState("https://w.example/a", checked_at=now, well_at=now))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    store.feeds.put_state(FeedState("https://w.example/b", checked_at=now, error="no", failures=3))
    store.feeds.put_state(FeedState("https://w.example/c", checked_at="2020-01-01T00:00:00.000+00:00"))
    content = client.get("/healthz").json()
    assert content["status"] == "degraded"
    assert content["feeds"] == {"watched": 3, "failing": 1, "stale": 1}
    assert "w.example" not in str(content)


def test_a_store_that_cannot_be_read_is_no_health(client: TestClient, store: Store, tmp_path: Path) -> None:
    store.close()
    (tmp_path / "store.sqlite").write_bytes(b"no database " * 1000)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "failed")


def test_figures_are_read_by_prometheus(client: TestClient, store: Store) -> None:
    store.add(analyse(from_text("Hackers stole the files of Acme on Tuesday, it said."), encoder=WordEncoder()))
    store.add(analyse(from_text("The weather was fine on Tuesday in Port Alder, it said."), encoder=WordEncoder()))
    address = 'https://w.example/"a"\n'
    store.feeds.put_state(FeedState(address, checked_at="2026-01-01T00:00:00.000+00:00", failures=2))
    for n, outcome in enumerate(["added", "added", "failed"]):
        store.feeds.put_item(SeenItem(address, str(n), "2026-01-01", outcome))
    text = client.get("/metrics").text
    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert found[("incidex_documents",)] == 2
    assert found[("incidex_incidents",)] == len(store.incidents()) == 1
    assert found[("incidex_feed_failures", address)] == 2
    assert found[("incidex_feed_items_total", address, "added")] == 2
    assert ("incidex_feed_last_success_timestamp_seconds", address) not in found
