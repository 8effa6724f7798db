"""The TAXII server, as taxii2-client and other programs poll it."""

import base64
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import pytest
from desks import FERRY, HOSPITAL, PASSWORD, client_of
from fastapi.testclient import TestClient
from taxii2client.v21 import Server, as_pages

from incidex.ingest.plain import from_text
from incidex.pipeline import analyse
from incidex.service.app import create_app
from incidex.service.desk import Desk
from incidex.store.accounts import Role
from incidex.store.shared import Wanted

TYPE = "application/taxii+json;version=2.1"
ALL = "/taxii2/api/collections/dossiers"


@contextmanager
def running(desk: Desk) -> Iterator[str]:
    """Serve a desk on a port of its own; return its address."""
    import uvicorn

    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(desk), port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def objects_of(client: TestClient, query: str = "", path: str = ALL) -> list[dict[str, Any]]:
    """Return all objects of a collection, part by part."""
    found: list[dict[str, Any]] = []
    answer = client.get(f"{path}/objects/?{query}")
    while True:
        assert answer.status_code == 200, answer.text
        found += answer.json().get("objects", [])
        if not answer.json().get("more"):
            return found
        answer = client.get(f"{path}/objects/", params={"next": answer.json()["next"], "limit": 7})


def added(desk: Desk, text: str) -> str:
    """Add a report; return the id of its document."""
    return desk.store.add(analyse(from_text(text), encoder=desk.encoder)).document


def test_taxii2_client_finds_and_reads_everything(full: Desk) -> None:
    with running(full) as address:
        server = Server(f"{address}/taxii2/")
        assert server.default is not None
        collections = {one.title: one for one in server.default.collections}
        assert set(collections) == {"Dossiers", "Indicators"}
        pages = list(as_pages(collections["Dossiers"].get_objects, per_request=5))
        found = [one for page in pages for one in page["objects"]]
        assert len(pages) > 2
        assert {one["type"] for one in found} >= {"identity", "incident", "report", "marking-definition"}
        assert len({one["id"] for one in found}) == len(found)
        manifest = collections["Dossiers"].get_manifest()["objects"]
        assert [one["id"] for one in manifest] == [one["id"] for one in found]
        one = collections["Dossiers"].get_object(found[-1]["id"])["objects"]
        assert one == [found[-1]]


def test_what_is_shared_is_valid_stix(reading: TestClient) -> None:
    from stix2 import parse

    for one in objects_of(reading):
        parse(one, allow_custom=True)


def test_dates_of_addition_rise_and_added_after_is_exclusive(reading: TestClient) -> None:
    dates = [one["date_added"] for one in reading.get(f"{ALL}/manifest/?limit=1000").json()["objects"]]
    assert dates == sorted(set(dates))
    answer = reading.get(f"{ALL}/manifest/", params={"added_after": dates[2]})
    assert [one["date_added"] for one in answer.json()["objects"]] == dates[3:]
    assert answer.headers["X-TAXII-Date-Added-First"] == dates[3]
    assert answer.headers["X-TAXII-Date-Added-Last"] == dates[-1]
    last = reading.get(f"{ALL}/objects/", params={"added_after": dates[-1]})
    assert (last.status_code, last.json()) == (200, {})


def test_next_carries_the_filters(reading: TestClient) -> None:
    first = reading.get(f"{ALL}/objects/?match[type]=identity,report&limit=1").json()
    for params in (
        {"next": first["next"]},
        {"next": first["next"], "match[type]": "malware", "added_after": "2999-01-01"},
    ):
        following = reading.get(f"{ALL}/objects/", params=params).json()
        assert {one["type"] for one in following["objects"]} <= {"identity", "report"}
        assert first["objects"][0] not in following["objects"]


def test_filters(reading: TestClient) -> None:
    whole = objects_of(reading)
    ids = [one["id"] for one in whole[:3]]
    assert [one["id"] for one in objects_of(reading, f"match[id]={','.join(ids)}")] == ids
    assert {one["type"] for one in objects_of(reading, "match[type]=incident")} == {"incident"}
    assert objects_of(reading, "match[spec_version]=2.0") == []
    assert objects_of(reading, "match[spec_version]=2.1") == whole
    assert objects_of(reading, "match[version]=first") == whole
    assert objects_of(reading, "match[version]=2000-01-01T00:00:00Z") == []
    assert {one["type"] for one in objects_of(reading, path="/taxii2/api/collections/indicators")} <= {
        "identity",
        "indicator",
        "marking-definition",
    }


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        (TYPE, 200),
        ("application/taxii+json; version=2.1", 200),
        ("application/taxii+json", 200),
        ("application/json", 200),
        ("application/vnd.oasis.stix+json", 200),
        ("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", 200),
        ("application/taxii+json;version=2.0", 406),
        ("image/png", 406),
    ],
)
def test_what_clients_accept(reading: TestClient, accept: str, status: int) -> None:
    answer = reading.get("/taxii2/", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (status, TYPE)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{ALL}/objects/?limit=0", 400),
        (f"{ALL}/objects/?limit=many", 400),
        (f"{ALL}/objects/?added_after=yesterday", 400),
        (f"{ALL}/objects/?added_after=0001-01-01T00:00:00%2B14:00", 400),
        (f"{ALL}/objects/?next=%00", 400),
        (f"{ALL}/objects/?next=e30=", 400),
        (f"{ALL}/objects/?match[id]=a%00b", 400),
        (f"{ALL}/objects/?match[version]=new", 400),
        (f"{ALL}/objects/nothing--1/", 404),
        (f"{ALL}/objects/nothing--1/versions/", 404),
        ("/taxii2/api/collections/none/", 404),
        ("/taxii2/api/collections/none/objects/", 404),
        ("/taxii2/api/status/2d086da7-4bdc-4f91-900e-d77486753710/", 404),
    ],
)
def test_what_is_wrong_is_said_as_taxii_has_it(reading: TestClient, path: str, status: int) -> None:
    answer = reading.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, TYPE)
    assert answer.json()["title"]
    assert answer.json()["http_status"] == str(status)


def test_nothing_can_be_written(reading: TestClient) -> None:
    assert reading.post(f"{ALL}/objects/", json={"objects": []}).status_code == 403
    assert reading.delete(f"{ALL}/objects/incident--1/").status_code == 403
    described = reading.get(f"{ALL}/").json()
    assert (described["can_read"], described["can_write"]) == (True, False)
    assert reading.get(f"/taxii2/api/collections/{described['id']}/").json() == described


def test_what_does_not_change_keeps_its_version(desk: Desk, client: TestClient) -> None:
    added(desk, FERRY)
    before = objects_of(client)
    added(desk, HOSPITAL)
    after = {one["id"]: one for one in objects_of(client)}
    assert all(after[one["id"]] == one for one in before)
    assert len(after) > len(before)


def test_a_correction_makes_a_newer_version(desk: Desk, client: TestClient) -> None:
    document = added(desk, FERRY)
    before = {one["id"]: one for one in objects_of(client)}
    last = client.get(f"{ALL}/manifest/?limit=1000").json()["objects"][-1]["date_added"]
    desk.store.correct(document, "stole", no_event=True, author="ada")
    changed = objects_of(client, f"added_after={last}")
    assert changed
    for one in changed:
        if one["id"] in before and "modified" in one:
            assert one["modified"] > before[one["id"]]["modified"]
            versions = client.get(f"{ALL}/objects/{one['id']}/versions/").json()["versions"]
            assert versions == (
                [one["modified"]] if one.get("revoked") else [one["modified"], before[one["id"]]["modified"]]
            )


def test_what_is_removed_is_revoked_and_says_nothing_more(desk: Desk, client: TestClient) -> None:
    document = added(desk, FERRY)
    added(desk, HOSPITAL)
    before = objects_of(client)
    desk.store.remove([document], author="ada")
    hidden = desk.store.shared.part(Wanted(versions=("all",)), limit=1000)[0]
    assert "Kestrel" not in str(hidden)
    after = {one["id"]: one for one in objects_of(client, "match[version]=all")}
    assert "Kestrel" not in str(after)
    assert "St Brannoc" in str(after)
    gone = [one for one in before if "Kestrel" in str(one) and "modified" in one]
    assert gone
    assert all(after[one["id"]]["revoked"] and after[one["id"]]["modified"] > one["modified"] for one in gone)
    from stix2 import parse

    for one in after.values():
        parse(one, allow_custom=True)


def test_objects_that_are_added_meanwhile_are_neither_missed_nor_repeated(desk: Desk, client: TestClient) -> None:
    shared = desk.store.shared
    template = {"type": "note", "spec_version": "2.1", "created": "2026-01-01T00:00:00.000Z", "content": "x"}
    template |= {"modified": "2026-01-01T00:00:00.000Z"}
    added(desk, FERRY)
    objects_of(client)

    def put(first: int, last: int) -> None:
        shared.put(1, "9999", [{**template, "id": f"note--{n}"} for n in range(first, last)])

    put(0, 3000)
    seen: list[str] = []
    answer, rounds = client.get(f"{ALL}/objects/?match[type]=note&limit=250").json(), 0
    while True:
        seen += [one["id"] for one in answer["objects"] if not one.get("revoked")]
        rounds += 1
        if rounds == 3:
            put(0, 3500)
        if not answer["more"]:
            break
        answer = client.get(f"{ALL}/objects/", params={"next": answer["next"], "limit": 250}).json()
    assert seen == [f"note--{n}" for n in range(3500)]


def test_a_token_is_the_password(desk: Desk) -> None:
    desk.store.accounts.add("opencti", PASSWORD, Role.READER)
    token = desk.store.accounts.add_token("opencti", label="polling", days=30)
    with client_of(desk) as client:
        refused = client.get("/taxii2/")
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, 'Basic realm="incidex"')
        assert refused.headers["content-type"] == TYPE
        assert client.get("/taxii2/", auth=("anybody", token)).status_code == 200
        assert client.get("/taxii2/", headers={"Authorization": f"Bearer {token}"}).status_code == 200
        assert client.get("/taxii2/", auth=("opencti", PASSWORD)).status_code == 401
        for wrong in ("Basic", "Basic %%%", f"Basic {base64.b64encode(bytes([255, 58, 255])).decode()}"):
            assert client.get("/taxii2/", headers={"Authorization": wrong}).status_code == 401
        assert client.get("/api/documents", auth=("opencti", token)).status_code == 401


def test_filters_of_a_request_stay_small(reading: TestClient) -> None:
    many = ",".join(f"note--{n}" for n in range(201))
    assert reading.get(f"{ALL}/objects/", params={"match[id]": many}).status_code == 400


def test_a_wanted_of_nothing_gives_nothing(full: Desk) -> None:
    assert full.store.shared.part(replace(Wanted(), ids=("none",)), limit=5) == ((), False)
