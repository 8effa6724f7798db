"""The pages as a browser without scripts sees them: everything is text, a form or a link."""

import re
from collections.abc import Iterator

import pytest
from desks import FERRY, HOSPITAL, client_of, open_desk
from fastapi.testclient import TestClient

from incidex.records import Span
from incidex.service.desk import Desk
from incidex.service.pages.addresses import own_path
from incidex.service.pages.article import to_article
from incidex.service.pages.findings import findings_of

HOSTILE = (
    "<script>alert(1)</script> & \"quotes\" 'too'\n\n"
    "Hackers stole <img src=x onerror=alert(2)> files of Kestrel Ferries, said exe.\u202egpj\u202c on 4 March 2024.\n"
    "# Not a heading [link](javascript:alert(3))\n"
)


def csrf(client: TestClient, path: str) -> str:
    """Return the token that a page gives to its forms."""
    (token,) = re.findall(r'<meta name="csrf" content="([^"]+)">', client.get(path).text)
    return str(token)


def post(client: TestClient, path: str, page: str, **fields: object) -> int:
    """Send a form as the page at `page` would, and return the status."""
    return client.post(path, data={"csrf": csrf(client, page), **fields}).status_code


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a client of a desk with an article that tries everything."""
    with open_desk(tmp_path_factory.mktemp("hostile"), HOSTILE) as desk, client_of(desk) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/review", "/incidents", "/search?q=ferries", "/decisions", "/compare"])
def test_every_page_answers(reading: TestClient, path: str) -> None:
    answer = reading.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert 'id="main"' in answer.text
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", answer.text)


def test_a_report_lists_what_was_found_beside_its_text(full: Desk, reading: TestClient) -> None:
    (id, _) = full.store.document_ids()
    page = reading.get(f"/reports/{id}").text
    assert 'id="events-head"' in page
    found = re.findall(r'id="f-(event-\d+-\d+-\w+)"', page)
    assert found
    assert all(f"{key}" in " ".join(re.findall(r'data-f="([^"]*)"', page)) for key in found)


def test_the_text_of_the_page_is_that_of_the_report(full: Desk) -> None:
    for id in full.store.document_ids():
        analysis = full.store.analysis(id)
        page = to_article(analysis, findings_of(analysis))
        shown = re.sub(r'<small class="labels">.*?</small>|<summary>.*?</summary>', "", page)
        plain = re.sub(r"<[^>]+>", "", shown).replace("&#x27;", "'").replace("&quot;", '"')
        assert plain.split() == analysis.document.text.split()


@pytest.mark.parametrize("path", ["/", "/incidents", "/search?q=ferries", "/review"])
def test_an_article_is_text_on_every_page(hostile: TestClient, path: str) -> None:
    page = hostile.get(path).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert "javascript:" not in re.findall(r'href="([^"]*)"', page)


def test_a_hostile_report_is_text(hostile: TestClient) -> None:
    (id,) = set(re.findall(r'href="/reports/([\w-]+)"', hostile.get("/").text))
    page = hostile.get(f"/reports/{id}").text
    assert "&lt;script&gt;" in page
    assert "<script>" not in page
    assert "<img" not in page
    assert "\u202e" not in page


def test_a_label_is_corrected_undone_and_redone_with_forms(desk: Desk, client: TestClient) -> None:
    id = added(desk, FERRY)
    path, sentence = f"/reports/{id}", desk.store.analysis(id).sentences[1]
    place = f"{sentence.span.start}:{sentence.span.end}"
    fields = {"thing": "sentence", "span": place, "labels": "AttackPhishing", "expected": "0"}
    assert post(client, f"{path}/edit", path, **fields) == 303
    assert desk.store.analysis(id).sentences[1].labels == ("AttackPhishing",)
    assert 'class="decided"' in client.get(f"{path}?item=sentence-{place.replace(':', '-')}").text
    assert post(client, "/decisions/undo", path, document=id, back=path) == 303
    assert desk.store.analysis(id).sentences[1].labels == sentence.labels
    assert post(client, "/decisions/redo", path, document=id, back=path) == 303
    assert desk.store.analysis(id).sentences[1].labels == ("AttackPhishing",)
    assert post(client, f"{path}/edit", path, **(fields | {"labels": "O"})) == 409


def test_marked_words_become_a_trigger_and_get_an_argument(desk: Desk, client: TestClient) -> None:
    id = added(desk, FERRY)
    path, text = f"/reports/{id}", desk.store.document(id).text
    start = text.index("said on")
    trigger = f"{start}:{start + 7}"
    assert "Trigger of" in client.get(f"{path}/panel?span={trigger}").text
    assert post(client, f"{path}/edit", path, thing="event", span=trigger, event_type="AttackRansom") == 303
    victim = text.rindex("Kestrel Ferries")
    place = f"{victim}:{victim + 15}"
    assert post(client, f"{path}/edit", path, thing="argument", span=place, trigger=trigger, role="Victim") == 303
    mentions = [one for event in desk.store.analysis(id).events for one in event.mentions]
    (made,) = [one for one in mentions if one.trigger == Span(start, start + 7)]
    assert [(one.role, one.span.of(text)) for one in made.arguments] == [("Victim", "Kestrel Ferries")]


def test_two_incidents_are_joined_and_the_reports_split_again(desk: Desk, client: TestClient) -> None:
    added(desk, FERRY)
    id = added(desk, HOSPITAL)
    one, other = (incident.id for incident in desk.store.incidents())
    page = f"/compare?id={one}&id={other}"
    assert "Only the first" in client.get(page).text
    assert post(client, "/compare", page, left=one, right=other, verdict="join", expected=0) == 303
    (joined,) = desk.store.incidents()
    assert post(client, f"/incidents/{joined.id}/split", f"/incidents/{joined.id}", document=id) == 303
    assert len(desk.store.incidents()) == 2


def test_a_value_is_left_out_of_one_dossier(desk: Desk, client: TestClient) -> None:
    added(desk, FERRY)
    (incident,) = desk.store.incidents()
    path = f"/incidents/{incident.id}"
    assert "Kestrel Ferries" in [one.text for one in desk.store.dossier(incident.id).victims]
    assert post(client, f"{path}/ignore", path, value="Kestrel Ferries", reason="It only sold tickets.") == 303
    assert "Kestrel Ferries" not in [one.text for one in desk.store.dossier(incident.id).victims]
    assert post(client, f"{path}/ignore", path, value="--") == 400


def test_several_items_get_one_verdict(desk: Desk, client: TestClient) -> None:
    added(desk, FERRY)
    items = re.findall(r'name="item" value="([^"]+)"', client.get("/review").text)[:3]
    assert items
    assert post(client, "/review", "/review", item=items, verdict="accepted") == 303
    assert len(desk.store.decisions()) == len(items)
    assert post(client, "/review", "/review", verdict="accepted") == 400


def test_an_incident_is_exported(full: Desk, reading: TestClient) -> None:
    id = full.store.incidents()[0].id
    answer = reading.get(f"/incidents/{id}/export/stix")
    assert answer.json()["type"] == "bundle"
    assert "attachment" in answer.headers["content-disposition"]
    assert reading.get(f"/incidents/{id}/export/nonsense").status_code == 400


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/reports/nonsense", 404),
        ("/incidents/nonsense", 404),
        ("/static/../rendering.py", 404),
        ("/static/nothing.css", 404),
        ("/incidents?after=nonsense", 400),
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(reading: TestClient, path: str, status: int) -> None:
    answer = reading.get(path)
    assert answer.status_code == status
    assert "<h1>" in answer.text


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a\nb"])
def test_no_form_leads_elsewhere(path: str) -> None:
    assert own_path(path) == "/"


def added(desk: Desk, text: str) -> str:
    """Add a report with this text, and return its id."""
    return desk.add(lambda: desk.read_text(text))[0].document
