"""Changing over REST: adding reports, decisions of each kind, undo, removal."""

import io
import time
from threading import Event
from typing import Any

import pytest
from desks import FERRY, HOSPITAL
from fastapi.testclient import TestClient

from incidex.service import jobs
from incidex.service.desk import Desk


def _added(client: TestClient, text: str) -> dict[str, Any]:
    job: dict[str, Any] = client.post("/api/documents", params={"wait": 60}, json={"text": text}).json()
    assert job["state"] == "read", job
    return job


def _post(client: TestClient, path: str, **body: Any) -> Any:
    answer = client.post(f"/api/decisions/{path}", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_text_is_added_once(client: TestClient) -> None:
    first = _added(client, FERRY)
    assert (first["status"], len(first["incidents"])) == ("added", 1)
    again = _added(client, FERRY)
    assert (again["status"], again["document"]) == ("known already", first["document"])
    assert client.get("/api/documents").json()["total"] == 1
    assert client.get(f"/api/documents/{first['document']}").json()["text"] == FERRY


def test_a_job_is_told_at_once_and_followed(client: TestClient) -> None:
    answer = client.post("/api/documents", json={"text": FERRY})
    assert answer.status_code in (200, 202)
    job = client.get(answer.headers["location"], params={"wait": 60}).json()
    assert (job["state"], job["source"][:15]) == ("read", "Kestrel Ferries")
    assert [each["id"] for each in client.get("/api/jobs").json()["items"]] == [job["id"]]


def test_files_are_added_and_one_that_fails_stops_no_other(client: TestClient) -> None:
    files = [
        ("files", ("../ferry.txt", io.BytesIO(FERRY.encode()))),
        ("files", ("image.png", io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(100)))),
        ("files", ("empty.txt", io.BytesIO(b""))),
    ]
    answer = client.post("/api/documents/files", params={"wait": 60}, files=files)
    ferry, image, empty = answer.json()["items"]
    assert (ferry["state"], ferry["source"]) == ("read", "ferry.txt")
    assert (image["state"], empty["state"]) == ("failed", "failed")
    assert "image.png" in image["message"]
    assert "is empty" in empty["message"]


def test_two_files_of_one_name_are_two_reports(client: TestClient) -> None:
    for text in (FERRY, HOSPITAL):
        files = [("files", ("report.txt", io.BytesIO(text.encode())))]
        (job,) = client.post("/api/documents/files", params={"wait": 60}, files=files).json()["items"]
        assert job["status"] == "added"
    assert client.get("/api/documents").json()["total"] == 2


def test_a_file_that_is_too_large_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LARGEST", 1000)
    answer = client.post("/api/documents/files", files={"files": ("a.txt", io.BytesIO(b"a" * 1001))})
    assert answer.status_code == 413
    assert answer.json()["title"].startswith("a.txt is larger than")
    assert client.get("/api/jobs").json()["items"] == []


def test_more_than_can_wait_is_refused(client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    released = Event()
    monkeypatch.setattr(jobs, "_MOST_WAITING", 1)
    monkeypatch.setattr(desk, "add", lambda _: released.wait() and 1 / 0)
    answers = [client.post("/api/documents", json={"text": f"Text {number}."}) for number in range(5)]
    released.set()
    assert [answer.status_code for answer in answers[:2]] == [202, 202]
    assert answers[4].status_code == 503
    assert answers[4].headers["retry-after"] == "30"
    assert answers[4].json()["title"] == "Too many reports wait to be read."
    monkeypatch.setattr(jobs, "_MOST_BYTES", 10)
    refused = client.post("/api/documents/files", files={"files": ("a.txt", io.BytesIO(b"a" * 11))})
    assert refused.status_code == 503


@pytest.mark.parametrize(
    ("body", "title"),
    [
        pytest.param({}, "There is nothing to read.", id="nothing"),
        pytest.param({"text": "a", "url": "https://a.example"}, "There is nothing to read.", id="both"),
        pytest.param({"url": "notes.txt"}, "notes.txt is not the address of a page.", id="file"),
        pytest.param({"url": "ftp://a.example/x"}, "Incidex reads only http and https URLs, not ftp.", id="scheme"),
        pytest.param({"txt": "a"}, "txt: extra inputs are not permitted.", id="unknown field"),
    ],
)
def test_what_cannot_be_added_is_refused_at_once(client: TestClient, body: dict[str, str], title: str) -> None:
    answer = client.post("/api/documents", json=body)
    assert answer.status_code in (400, 422)
    assert answer.json()["title"] == title


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://[::1]/", "http://10.0.0.1/a", "http://169.254.169.254/"]
)
def test_a_page_on_a_private_address_is_not_fetched(client: TestClient, url: str) -> None:
    job = client.post("/api/documents", params={"wait": 60}, json={"url": url}).json()
    assert job["state"] == "failed"
    assert "private" in job["message"]


def test_incidents_are_joined_split_and_put_back(client: TestClient) -> None:
    ferry, hospital = _added(client, FERRY), _added(client, HOSPITAL)
    one, other = ferry["incidents"][0], hospital["incidents"][0]
    joined = _post(client, "join", incidents=[one, other], reason="The same gang.")
    assert len(joined["incidents"][0]["documents"]) == 2
    assert client.get(f"/api/incidents/{one}").json()["id"] == client.get(f"/api/incidents/{other}").json()["id"]
    parts = _post(client, "split", incident=one, documents=[hospital["document"]])["incidents"]
    assert sorted(len(part["documents"]) for part in parts) == [1, 1]
    undone = _post(client, f"{joined['number']}/undo", reason="No.")
    assert (undone["kind"], undone["reason"]) == ("undo", "No.")
    log = client.get("/api/decisions").json()
    assert [each["kind"] for each in log["items"]] == ["undo", "split", "join"]
    assert log["items"][2]["holds"] is False


def test_a_correction_shows_in_the_analysis_until_it_is_undone(client: TestClient) -> None:
    id = _added(client, FERRY)["document"]
    before = client.get(f"/api/documents/{id}/analysis").json()
    _post(client, "correct", document=id, words="The attackers demanded a ransom", labels=["PatchVulnerability"])
    (changed,) = [s for s in client.get(f"/api/documents/{id}/analysis").json()["sentences"] if "demanded" in s["text"]]
    assert changed["labels"] == ["PatchVulnerability"]
    _post(client, "undo")
    assert client.get(f"/api/documents/{id}/analysis").json() == before
    _post(client, "redo")
    assert client.get(f"/api/documents/{id}/analysis").json() != before


def test_an_edit_that_somebody_else_made_meanwhile_is_a_conflict(client: TestClient) -> None:
    id = _added(client, FERRY)["document"]
    (sentence,) = [
        each for each in client.get(f"/api/documents/{id}/analysis").json()["sentences"] if "demanded" in each["text"]
    ]
    span = {"start": sentence["start"], "end": sentence["end"]}
    edit = {"document": id, "target": {"thing": "sentence", "span": span}, "expected": 0}
    made = _post(client, "edit", **edit, change={"labels": ["AttackRansom", "AttackDatabreach"]})
    answer = client.post("/api/decisions/edit", json={**edit, "change": {"labels": []}})
    assert answer.status_code == 409
    assert answer.json()["decision"]["number"] == made["number"]
    assert made["author"] in answer.json()["title"]
    assert _post(client, "edit", **{**edit, "expected": made["number"]}, change={"labels": []})["kind"] == "edit"


def test_an_ignored_value_is_listed(client: TestClient) -> None:
    _post(client, "ignore", value="Acme News", reason="The newspaper.")
    assert client.get("/api/ignored").json()["items"][0]["value"] == "Acme News"


def test_a_removed_report_is_gone_and_the_decision_stays(client: TestClient) -> None:
    job = _added(client, FERRY)
    answer = client.delete(f"/api/documents/{job['document']}", params={"reason": "Personal data."})
    assert (answer.status_code, answer.json()["kind"]) == (200, "remove")
    assert client.get(f"/api/documents/{job['document']}").status_code == 404
    assert client.get(f"/api/incidents/{job['incidents'][0]}").status_code == 404
    assert client.get("/api/decisions").json()["items"][0]["reason"] == "Personal data."


def test_what_is_undone_twice_says_so(client: TestClient) -> None:
    number = _post(client, "ignore", value="Acme News")["number"]
    _post(client, f"{number}/undo")
    answer = client.post(f"/api/decisions/{number}/undo", json={})
    assert answer.status_code == 400
    assert answer.json()["title"] == f"Decision {number} has already been undone."
    assert client.post("/api/decisions/99/undo", json={}).status_code == 404


def test_a_text_is_labelled_and_not_kept(client: TestClient) -> None:
    labelled = client.post("/api/label", json={"text": FERRY})
    assert "The attackers demanded a ransom of 2 million dollars. | AttackRansom" in labelled.text
    assert '"events"' in client.post("/api/extract", json={"text": FERRY}).text
    assert client.get("/api/documents").json()["total"] == 0


def test_events_tell_of_jobs_as_they_change(desk: Desk) -> None:
    import asyncio

    async def follow() -> list[str]:
        states: list[str] = []
        job = desk.jobs.add(text=FERRY, author="mora")
        async for event in desk.jobs.events(0):
            if event and event[1].id == job.id:
                states.append(event[1].state)
            if states[-1:] == ["read"]:
                break
        return states

    assert asyncio.run(asyncio.wait_for(follow(), 60))[-1] == "read"


def test_a_desk_that_is_closed_forgets_nothing_that_was_read(desk: Desk) -> None:
    job = desk.jobs.add(text=FERRY, author="mora")
    started = time.monotonic()
    assert desk.jobs.wait(job.id, 60).state == "read"
    desk.jobs.close()
    assert time.monotonic() - started < 60
    assert len(desk.store.document_ids()) == 1
