"""Who may do what: log-ins, sessions, tokens, roles, and the log of it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from desks import ADDRESS, FERRY, PASSWORD, client_of
from fastapi.testclient import TestClient
from sqlalchemy import text

from incidex.errors import InputError
from incidex.service.desk import Desk
from incidex.service.login import Attempts
from incidex.service.problems import Refusal
from incidex.store.accounts import Role
from incidex.store.database import writing


@pytest.fixture
def team(desk: Desk) -> Desk:
    """Return a desk with an account for each role: ada the admin, ann the analyst, rob the reader."""
    for name, role in (("ada", Role.ADMIN), ("ann", Role.ANALYST), ("rob", Role.READER)):
        desk.store.accounts.add(name, PASSWORD, role)
    return desk


@pytest.fixture
def visitor(team: Desk) -> Iterator[TestClient]:
    """Return a client that is not logged in."""
    with client_of(team) as client:
        yield client


def _log_in(client: TestClient, name: str, password: str = PASSWORD, next: str = "/") -> Any:
    form = {"name": name, "password": password, "next": next, "csrf": _csrf(client)}
    return client.post("/login", data=form, headers={"Origin": ADDRESS})


def _csrf(client: TestClient) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', client.get("/login").text)
    assert found
    return found[1]


@pytest.mark.parametrize("path", ["/api/documents", "/api/incidents", "/api/jobs/events", "/api/model", "/api/me"])
def test_nobody_reads_without_logging_in(visitor: TestClient, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["type"] == "urn:incidex:problem:not-logged-in"


def test_every_route_but_the_log_in_needs_an_account(team: Desk) -> None:
    with client_of(team) as client:
        for path, operations in client.get("/api/openapi.json").json()["paths"].items():
            for method in operations:
                filled = re.sub(r"\{\w+\}", "1", path)
                answer = client.request(method, filled, json={} if method == "post" else None)
                assert answer.status_code in (401, 422), f"{method} {path}: {answer.status_code}"
                if method == "get" and "since" not in path:
                    assert answer.status_code == 401 or "missing" in answer.text or "required" in answer.text


# What a browser needs to show the form to log in, and a description without any data.
_OPEN = {"/login", "/static/{name}", "/api/openapi.json", "/healthz"}


def test_no_page_and_no_address_but_these_is_open(team: Desk) -> None:
    with client_of(team) as client:
        addresses = _addresses(client.app)
        assert len(addresses) > 30
        for path in sorted(addresses):
            answer = client.get(re.sub(r"\{\w+(:\w+)?\}", "1", path))
            if path in _OPEN:
                assert answer.status_code in (200, 404), path
            elif answer.status_code == 303:
                assert answer.headers["location"].startswith("/login?next="), path
            else:  # an address of a program, or one that only takes what is sent to it
                assert answer.status_code in (401, 405, 422), f"{path}: {answer.status_code}"


def _addresses(app: Any) -> set[str]:
    """Return every address that the application answers at, also those that it does not describe."""
    from fastapi.routing import iter_route_contexts

    return {route.path for route in iter_route_contexts(app.routes) if route.path}


def test_a_person_logs_in_and_out(visitor: TestClient) -> None:
    answer = _log_in(visitor, "ann", next="/incidents?type=ransom")
    assert (answer.status_code, answer.headers["location"]) == (303, "/incidents?type=ransom")
    assert visitor.get("/api/me").json() == {"name": "ann", "role": "analyst", "has_account": True}
    token = {"X-CSRF-Token": _csrf(visitor), "Origin": ADDRESS}
    added = visitor.post("/api/decisions/ignore", json={"value": "Acme News"}, headers=token)
    assert (added.status_code, added.json()["author"]) == (201, "ann")
    session = dict(visitor.cookies)
    assert visitor.post("/logout", headers=token).headers["location"] == "/login"
    assert not visitor.cookies
    visitor.cookies.update(session)
    assert visitor.get("/api/me").status_code == 401


def test_the_session_is_a_new_one_after_logging_in(visitor: TestClient) -> None:
    visitor.get("/login")
    before = dict(visitor.cookies)
    cookie = _log_in(visitor, "ann").headers["set-cookie"]
    assert dict(visitor.cookies) != before
    assert re.fullmatch(r"incidex-80(00)?=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200", cookie), cookie


def test_the_cookie_is_for_tls_alone_behind_tls(team: Desk) -> None:
    with client_of(team, public_url="https://desk.example") as client:
        cookie = client.get("/login", headers={"Host": "desk.example"}).headers["set-cookie"]
    assert cookie.startswith("__Host-incidex=")
    assert "; HttpOnly; SameSite=Lax" in cookie
    assert cookie.endswith("; Secure")


@pytest.mark.parametrize(
    "next", ["https://evil.example/", "//evil.example", "/\\evil.example", "\\/evil.example", "javascript:alert(1)", ""]
)
def test_nobody_is_led_elsewhere_after_logging_in(visitor: TestClient, next: str) -> None:
    assert _log_in(visitor, "ann", next=next).headers["location"] == "/"


@pytest.mark.parametrize("name", ["ann", "nobody"])
def test_a_wrong_password_and_a_wrong_name_are_told_alike(visitor: TestClient, name: str) -> None:
    answer = _log_in(visitor, name, "wrong horse battery")
    assert answer.status_code == 401
    assert "The name or the password is wrong." in answer.text
    assert visitor.get("/api/me").status_code == 401


def test_guessing_is_slowed_down(visitor: TestClient) -> None:
    for _ in range(10):
        assert _log_in(visitor, "ann", "wrong horse battery").status_code == 401
    answer = _log_in(visitor, "ann")
    assert answer.status_code == 429
    assert 800 < int(answer.headers["retry-after"]) <= 901
    assert _log_in(visitor, "rob").status_code == 303


def test_attempts_from_one_address_are_counted_over_all_names_and_forgotten_in_time() -> None:
    now = 0.0
    attempts = Attempts(clock=lambda: now)
    for number in range(30):
        attempts.begin(f"name {number}", "192.0.2.7")
    with pytest.raises(Refusal, match="too many attempts"):
        attempts.begin("another", "192.0.2.7")
    attempts.begin("another", "192.0.2.8")
    now = 901.0
    attempts.begin("another", "192.0.2.7")


def test_a_session_ends_after_a_shift_or_when_nobody_uses_it(team: Desk) -> None:
    accounts = team.store.accounts
    for column, hours in (("ends_at", 0), ("used_at", 3)):
        session = accounts.log_in("ann", PASSWORD)
        assert session
        assert accounts.holder(session[0], is_token=False)
        ago = (datetime.now(UTC) - timedelta(hours=hours)).isoformat(timespec="milliseconds")
        with writing(accounts._engine) as connection:
            connection.execute(text(f"UPDATE credentials SET {column} = :ago"), {"ago": ago})
        assert accounts.holder(session[0], is_token=False) is None


def test_a_program_sends_a_token(team: Desk) -> None:
    token = team.store.accounts.add_token("ann", label="import", days=7)
    with client_of(team, token=token) as client:
        assert client.get("/api/me").json()["name"] == "ann"
        assert client.post("/api/decisions/ignore", json={"value": "Acme News"}).json()["author"] == "ann"
        team.store.accounts.revoke_token("ann", "import")
        assert client.get("/api/me").status_code == 401


def test_only_hashes_of_secrets_are_kept(team: Desk) -> None:
    token = team.store.accounts.add_token("ann", label="import", days=7)
    session = team.store.accounts.log_in("ann", PASSWORD)
    assert session
    team.store.close()
    with open(team.store.place, "rb") as file:
        kept = file.read()
    assert b"$argon2id$" in kept
    for secret in (token, session[0], PASSWORD):
        assert secret.encode() not in kept


def test_a_token_is_no_session_and_a_session_no_token(team: Desk) -> None:
    accounts = team.store.accounts
    token = accounts.add_token("ann", label="import", days=7)
    session = accounts.log_in("ann", PASSWORD)
    assert session
    assert accounts.holder(token, is_token=False) is None
    assert accounts.holder(session[0], is_token=True) is None


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer", "Basic YW5uOmNvcnJlY3Q=", "bearer  ", "Bearer \udcff"])
def test_a_wrong_token_is_refused_even_where_nobody_has_to_log_in(client: TestClient, header: str) -> None:
    assert client.get("/api/me", headers={b"Authorization": header.encode("utf-8", "replace")}).status_code == 401


def test_a_reader_decides_nothing_and_an_analyst_administers_nothing(team: Desk) -> None:
    accounts = team.store.accounts
    status = {}
    for name in ("rob", "ann", "ada"):
        with client_of(team, token=accounts.add_token(name, label="t", days=1)) as client:
            status[name] = (
                client.get("/api/incidents").status_code,
                client.post("/api/documents", json={"text": FERRY}, params={"wait": 60}).status_code,
                client.post("/api/decisions/ignore", json={"value": "Acme"}).status_code,
                client.delete("/api/documents/none").status_code,
                client.get("/api/audit").status_code,
                client.get("/api/accounts").status_code,
            )
    assert status == {
        "rob": (200, 403, 403, 403, 403, 403),
        "ann": (200, 200, 201, 404, 403, 403),
        "ada": (200, 200, 201, 404, 200, 200),
    }


def test_a_refusal_says_what_is_needed(team: Desk) -> None:
    with client_of(team, token=team.store.accounts.add_token("rob", label="t", days=1)) as client:
        problem = client.post("/api/decisions/ignore", json={"value": "Acme"}).json()
    assert problem["title"] == "rob is a reader, and this needs an analyst."
    assert problem["detail"].endswith("incidex account change rob --role analyst")


def test_the_log_says_who_did_what(team: Desk, visitor: TestClient) -> None:
    _log_in(visitor, "ann", "wrong horse battery")
    _log_in(visitor, "ann")
    token = {"X-CSRF-Token": _csrf(visitor), "Origin": ADDRESS}
    visitor.post("/api/decisions/ignore", json={"value": "Acme News"}, headers=token)
    visitor.get("/api/audit")
    entries = [(one.who, one.action, one.detail) for one in reversed(team.store.accounts.entries())]
    assert entries[:3] == [
        ("command line", "make account", "ada (admin)"),
        ("command line", "make account", "ann (analyst)"),
        ("command line", "make account", "rob (reader)"),
    ]
    assert entries[3:] == [
        ("ann", "log in", "failed"),
        ("ann", "log in", "done"),
        ("ann", "POST", "/api/decisions/ignore: 201"),
        ("ann", "GET", "/api/audit: 403"),
    ]
    assert PASSWORD not in str(entries)


def test_what_is_refused_is_noted(team: Desk) -> None:
    with client_of(team, token=team.store.accounts.add_token("rob", label="t", days=1)) as client:
        assert client.get("/api/audit").status_code == 403
    latest = team.store.accounts.entries(limit=1)[0]
    assert (latest.who, latest.action, latest.detail) == ("rob", "GET", "/api/audit: 403")


def test_browsers_keep_nothing_of_what_they_saw_after_logging_in(visitor: TestClient) -> None:
    _log_in(visitor, "ann")
    assert visitor.get("/api/documents").headers["cache-control"] == "no-store"


def test_the_log_cannot_be_changed(team: Desk) -> None:
    for statement in ("UPDATE audit SET who = 'x'", "DELETE FROM audit"):
        with pytest.raises(Exception, match="appended to, never changed"), writing(team.store._engine) as connection:
            connection.execute(text(statement))


def test_an_account_that_is_removed_is_out_at_once(team: Desk) -> None:
    accounts = team.store.accounts
    token = accounts.add_token("ann", label="import", days=7)
    session = accounts.log_in("ann", PASSWORD)
    assert session
    accounts.remove("ann")
    assert accounts.holder(token, is_token=True) is None
    assert accounts.holder(session[0], is_token=False) is None
    assert accounts.log_in("ann", PASSWORD) is None


def test_a_new_password_ends_all_sessions(team: Desk) -> None:
    accounts = team.store.accounts
    session = accounts.log_in("ann", PASSWORD)
    accounts.change("ann", password="another horse battery")
    assert session
    assert accounts.holder(session[0], is_token=False) is None
    assert accounts.log_in("ann", PASSWORD) is None
    assert accounts.log_in("ann", "another horse battery")


def test_people_change_their_own_password(visitor: TestClient) -> None:
    _log_in(visitor, "rob")
    headers = {"X-CSRF-Token": _csrf(visitor), "Origin": ADDRESS}

    def change(current: str, new: str) -> Any:
        return visitor.post("/api/me/password", json={"current": current, "new": new}, headers=headers)

    assert change("wrong horse battery", "another horse battery").json()["title"] == "The present password is wrong."
    assert change(PASSWORD, "short").json()["title"] == "The password has 5 characters."
    assert visitor.get("/api/me").status_code == 200
    assert change(PASSWORD, "another horse battery").status_code == 200
    assert visitor.get("/api/me").status_code == 401
    assert _log_in(visitor, "rob", "another horse battery").status_code == 303


def test_the_last_admin_stays(team: Desk) -> None:
    accounts = team.store.accounts
    with pytest.raises(InputError, match="ada is the only admin"):
        accounts.remove("ada")
    with pytest.raises(InputError, match="ada is the only admin"):
        accounts.change("ada", role=Role.READER)
    for name in ("ann", "rob", "ada"):
        accounts.remove(name)
    assert not accounts.any()


@pytest.mark.parametrize(
    ("name", "password", "message"),
    [
        pytest.param("ann", PASSWORD, "There is an account 'ann' already", id="taken"),
        pytest.param("a b", PASSWORD, "cannot be the name", id="space"),
        pytest.param("", PASSWORD, "cannot be the name", id="no name"),
        pytest.param("a\u202eb", PASSWORD, "cannot be the name", id="reversed"),
        pytest.param("eve", "short", "The password has 5 characters", id="short"),
        pytest.param("eve", "a" * 257, "The password has 257 characters", id="long"),
        pytest.param("eve", "abababababababab", "easily guessed", id="few characters"),
        pytest.param("evelyn", "my name is Evelyn", "easily guessed", id="name"),
        pytest.param("eve", "Incidex is great", "easily guessed", id="program"),
    ],
)
def test_an_account_needs_a_good_name_and_password(team: Desk, name: str, password: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        team.store.accounts.add(name, password, Role.READER)


def test_where_accounts_are_needed_nobody_comes_in_without(desk: Desk) -> None:
    with client_of(desk, needs_accounts=True) as client:
        assert client.get("/api/me").status_code == 401
