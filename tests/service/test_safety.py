"""What every request passes and every answer carries, whoever asks for what."""

import io

import pytest
from desks import ADDRESS, FERRY, client_of
from fastapi.testclient import TestClient

from incidex.service import safety
from incidex.service.desk import Desk


@pytest.mark.parametrize(
    ("host", "status"),
    [
        pytest.param("127.0.0.1:8000", 200, id="address"),
        pytest.param("localhost:8000", 200, id="name of the machine itself"),
        pytest.param("[::1]:8000", 200, id="address of version 6"),
        pytest.param("192.0.2.7", 200, id="another address, which no name server can point elsewhere"),
        pytest.param("rebound.example:8000", 421, id="DNS rebinding"),
        pytest.param("localhost.rebound.example", 421, id="a name that begins like ours"),
        pytest.param("127.0.0.1.rebound.example", 421, id="a name that begins like an address"),
        pytest.param("", 421, id="no name"),
    ],
)
def test_the_desk_answers_under_its_own_names_only(reading: TestClient, host: str, status: int) -> None:
    assert reading.get("/api/me", headers={"Host": host}).status_code == status


def test_the_public_name_is_one_of_its_own(full: Desk) -> None:
    with client_of(full, public_url="https://desk.example") as client:
        assert client.get("/api/me", headers={"Host": "desk.example"}).status_code == 200


@pytest.mark.parametrize("path", ["/api/me", "/api/nothing", "/nothing", "/api/openapi.json", "/api/documents?limit=0"])
def test_every_answer_has_safe_headers(reading: TestClient, path: str) -> None:
    headers = reading.get(path).headers
    assert headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "private, no-cache"
    assert "server" not in headers
    assert "access-control-allow-origin" not in headers
    assert "strict-transport-security" not in headers


def test_behind_tls_browsers_are_told_to_stay_there(full: Desk) -> None:
    with client_of(full, public_url="https://desk.example") as client:
        assert client.get("/api/me").headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


_FOREIGN = [
    pytest.param({"Origin": "https://evil.example"}, id="another site"),
    pytest.param({"Origin": "null"}, id="a sandbox"),
    pytest.param({"Origin": "http://127.0.0.1:9000"}, id="another program on this machine"),
    pytest.param({"Origin": "http://[::1"}, id="no origin at all"),
    pytest.param({"Sec-Fetch-Site": "cross-site"}, id="cross-site"),
    pytest.param({"Sec-Fetch-Site": "same-site"}, id="same-site"),
    pytest.param({"Origin": ADDRESS}, id="our own, without a token"),
    pytest.param({"Origin": ADDRESS, "X-CSRF-Token": "a" * 64}, id="our own, with a wrong token"),
    pytest.param({"Cookie": "incidex-8000=abc"}, id="a session, without a token"),
]


@pytest.mark.parametrize("headers", _FOREIGN)
@pytest.mark.parametrize("path", ["/api/documents", "/api/decisions/ignore", "/login", "/logout"])
def test_a_page_of_somebody_else_changes_nothing(client: TestClient, path: str, headers: dict[str, str]) -> None:
    answer = client.post(path, json={"text": FERRY}, headers=headers)
    assert answer.status_code == 403
    assert "does not come from a page of the desk" in answer.text


def test_a_program_on_the_same_machine_needs_no_token(client: TestClient) -> None:
    assert client.post("/api/decisions/ignore", json={"value": "Acme News"}).status_code == 201


def test_a_body_that_is_too_large_is_not_read(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "LARGEST_BODY", 1000)
    told = client.post("/api/documents", json={"text": "a" * 2000})
    untold = client.post("/api/documents", content=(b"a" * 100 for _ in range(20)))
    in_pieces = client.post("/api/documents/files", files={"files": ("a.txt", io.BytesIO(b"a" * 2000))})
    for answer in (told, untold, in_pieces):
        assert answer.status_code == 413, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == "urn:incidex:problem:too-large"


@pytest.mark.parametrize("length", ["-1", "1e3", "٣", "9" * 30])
def test_a_length_that_is_none_is_refused(client: TestClient, length: str) -> None:
    assert client.post("/api/documents", headers={b"Content-Length": length.encode()}).status_code in (400, 413)


def test_an_error_within_tells_a_visitor_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(desk.store), "decisions", lambda _: 1 / 0)
    with client_of(desk) as client:
        answer = client.get("/api/decisions")
    assert answer.status_code == 500
    assert answer.json()["title"] == "An internal error, which is a defect of Incidex."
    assert "ZeroDivision" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["content-security-policy"]
