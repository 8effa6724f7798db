"""Reading over REST: the same JSON as the command line, lists in parts, ETags, files of every format."""

import csv
import io
import json

import pytest
from fastapi.testclient import TestClient

from incidex.cli import main
from incidex.export.formats import FORMATS, names
from incidex.service.desk import Desk


def _ids(client: TestClient, path: str) -> list[str]:
    return [item["id"] for item in client.get(path).json()["items"]]


def _printed(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    assert main(command) == 0
    return capsys.readouterr().out


def test_a_dossier_is_what_show_prints(reading: TestClient, full: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    for id in _ids(reading, "/api/incidents"):
        answer = reading.get(f"/api/incidents/{id}")
        assert answer.text == _printed(capsys, "show", id, "--json", "--store", full.store.place)
        assert answer.headers["content-type"] == "application/json"


def test_a_comparison_is_what_compare_prints(
    reading: TestClient, full: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = _ids(reading, "/api/incidents")
    answer = reading.get(f"/api/incidents/{one}/compare/{other}")
    assert answer.text == _printed(capsys, "compare", one, other, "--json", "--store", full.store.place)


def test_a_search_finds_what_the_command_finds(
    reading: TestClient, full: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = reading.get("/api/search", params={"words": "ransom*"})
    assert answer.json()["items"] == json.loads(
        _printed(capsys, "search", "ransom*", "--json", "--store", full.store.place)
    )
    assert len(answer.json()["items"]) == 2


def test_an_analysis_is_a_line_of_extract(reading: TestClient) -> None:
    for id in _ids(reading, "/api/documents"):
        found = reading.get(f"/api/documents/{id}/analysis").json()
        assert found == json.loads(reading.get(f"/api/documents/{id}/export?format=jsonl").text)
        assert found["id"] == id


def test_a_list_comes_in_parts_that_together_are_the_whole(reading: TestClient) -> None:
    for path in ("/api/documents", "/api/incidents"):
        whole = _ids(reading, path)
        first = reading.get(path, params={"limit": 1})
        assert first.json()["total"] == len(whole) == 2
        second = reading.get(first.links["next"]["url"])
        assert [*(i["id"] for i in first.json()["items"]), *(i["id"] for i in second.json()["items"])] == whole
        assert second.json()["next"] is None
        assert "next" not in second.links


def test_a_list_as_rows_has_the_same_items(reading: TestClient) -> None:
    for path in ("/api/documents", "/api/incidents", "/api/decisions", "/api/jobs", "/api/ignored"):
        items = reading.get(path).json()["items"]
        lines = reading.get(path, params={"format": "jsonl"}).text.splitlines()
        rows = list(csv.DictReader(io.StringIO(reading.get(path, params={"format": "csv"}).text)))
        assert len(items) == len(lines) == len(rows)
        assert [json.loads(line).get("id") for line in lines] == [item.get("id") for item in items]


def test_incidents_are_chosen_by_what_their_dossiers_show(reading: TestClient) -> None:
    found = reading.get("/api/incidents", params={"victim": "kestrel", "facets": True}).json()
    assert [item["victims"] for item in found["items"]] == [["Kestrel Ferries"]]
    assert {facet["kind"] for facet in found["facets"]} >= {"type", "victim"}


@pytest.mark.parametrize("name", names("document"))
def test_a_report_comes_in_every_format(reading: TestClient, name: str) -> None:
    id = _ids(reading, "/api/documents")[0]
    answer = reading.get(f"/api/documents/{id}/export", params={"format": name})
    assert answer.status_code in (200, 501), answer.text  # 501: the extra is not installed
    if answer.status_code == 200:
        assert answer.content
        assert (
            f"{id}.zip" in answer.headers["content-disposition"]
            or FORMATS[name].ending in answer.headers["content-disposition"]
        )


@pytest.mark.parametrize("name", dict.fromkeys((*names("incident"), *names("dossier"))))
def test_an_incident_comes_in_every_format(reading: TestClient, name: str) -> None:
    id = _ids(reading, "/api/incidents")[0]
    answer = reading.get(f"/api/incidents/{id}/export", params={"format": name})
    assert answer.status_code in (200, 501), answer.text
    assert answer.content


def test_an_answer_that_the_client_has_is_not_sent_again(reading: TestClient) -> None:
    for path in ("/api/documents", f"/api/incidents/{_ids(reading, '/api/incidents')[0]}"):
        tag = reading.get(path).headers["etag"]
        again = reading.get(path, headers={"If-None-Match": f'W/"other", {tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert reading.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        pytest.param("/api/documents/none", 404, "No document in the store has the id none.", id="document"),
        pytest.param("/api/incidents/none", 404, "No incident in the store has the id none.", id="incident"),
        pytest.param("/api/jobs/00ff", 404, "There is no job 00ff, or it is over since long.", id="job"),
        pytest.param("/api/nothing", 404, "There is nothing at this address.", id="path"),
        pytest.param("/api/documents?limit=0", 422, "limit: input should be greater than or equal to 1.", id="limit"),
        pytest.param("/api/documents?cursor=zzz", 400, "'zzz' is no place in this list.", id="cursor"),
        pytest.param("/api/incidents?cursor=zzz", 400, "'zzz' is no place in this list.", id="cursor of incidents"),
        pytest.param("/api/search?words=-", 400, "There is no word to search for in '-'.", id="search"),
        pytest.param("/api/incidents?since=May", 422, "since: string should match pattern", id="date"),
    ],
)
def test_a_mistake_is_a_problem_with_the_words_of_the_command_line(
    reading: TestClient, path: str, status: int, title: str
) -> None:
    answer = reading.get(path)
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["status"]) == (status, answer.status_code)
    assert problem["title"].startswith(title)
    assert problem["type"].startswith("urn:incidex:problem:")


def test_a_format_that_does_not_exist_is_named_with_those_that_do(reading: TestClient) -> None:
    id = _ids(reading, "/api/documents")[0]
    problem = reading.get(f"/api/documents/{id}/export?format=doc").json()
    assert problem["title"] == "There is no format 'doc' for this."
    assert problem["detail"].startswith("Choose one of jsonl, casie, csv")


def test_the_model_says_where_it_comes_from(reading: TestClient) -> None:
    about = reading.get("/api/model").json()
    assert about["name"].startswith("incidex")
    assert about["corpora"]
    assert reading.get("/api/formats").json()["document"] == list(names("document"))
    assert reading.get("/api/schemas/dossier").json()["$schema"].startswith("https://json-schema.org")
    assert reading.get("/api/me").json()["role"] == "admin"
