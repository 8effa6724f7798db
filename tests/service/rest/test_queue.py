"""The review queue over REST."""

import pytest
from desks import FERRY
from fastapi.testclient import TestClient

from incidex.service.desk import Desk


def test_all_parts_together_are_the_queue(reading: TestClient) -> None:
    whole = reading.get("/api/queue?limit=500").json()
    assert whole["items"]
    assert whole["waiting"] == 0
    assert sum(whole["counts"].values()) == len(whole["items"])
    assert all(0 <= one["score"] < 0.8 or one["kind"] == "merge" for one in whole["items"])
    found, answer = [], reading.get("/api/queue?limit=2").json()
    while True:
        found += answer["items"]
        if not answer["next"]:
            break
        answer = reading.get("/api/queue", params={"limit": 2, "cursor": answer["next"]}).json()
    key = str
    assert sorted(found, key=key) == sorted(whole["items"], key=key)


def test_a_decision_takes_an_item_out(desk: Desk, client: TestClient) -> None:
    desk.store.add(desk.analyse(desk.read_text(FERRY)))
    first = client.get("/api/queue").json()["items"][0]
    decided = {"document": first["document"], "target": first["target"], "change": {"verdict": "accepted"}}
    assert client.post("/api/decisions/edit", json=decided).is_success
    assert first not in client.get("/api/queue?limit=500").json()["items"]


@pytest.mark.parametrize(
    "query", ["kind=mood", "cursor=W10", "cursor=x", "cursor=eyJldmVudCI6WzFdfQ", "limit=0", "document=ffffffff"]
)
def test_what_is_wrong_is_said(reading: TestClient, query: str) -> None:
    answer = reading.get(f"/api/queue?{query}")
    assert answer.status_code in (400, 404, 422)
    assert answer.headers["content-type"] == "application/problem+json"
