"""`incidex show`: from the store to a briefing, JSON or a page, and what is said about an id that is none."""

import json
from pathlib import Path

import pytest

from incidex.cli import main
from incidex.ingest import from_text
from incidex.pipeline import SentenceScorer, analyse
from incidex.store import open_store

ARTICLE = (
    "Thieves stole passenger lists of Kestrel Ferries\n\n"
    "Kestrel Ferries said on Tuesday that thieves stole the names of 9,000 passengers.\n\n"
    "Jane Roe of Acme Labs said the group Night Ledger was behind it.\n"
)


@pytest.fixture
def store(tmp_path: Path, encoder: SentenceScorer, monkeypatch: pytest.MonkeyPatch) -> str:
    place = tmp_path / "store.sqlite"
    with open_store(str(place)) as kept:
        kept.add(analyse(from_text(ARTICLE), encoder=encoder))
    monkeypatch.setenv("INCIDEX_STORE", str(place))
    return str(place)


@pytest.mark.usefixtures("store")
def test_a_briefing_by_words_of_the_title(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "kestrel"]) == 0
    shown = capsys.readouterr().out
    assert "\nData breach\n" in shown
    assert "\nSources\n" in shown


@pytest.mark.usefixtures("store")
def test_json_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "kestrel", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["types"] == ["AttackDatabreach"]


@pytest.mark.usefixtures("store")
def test_a_page_goes_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "dossier.html"
    assert main(["show", "kestrel", "--format", "html", "--output", str(page)]) == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        pytest.param(["nothing"], 1, "No incident in", id="unknown"),
        pytest.param(
            ["kestrel", "--format", "html", "--output", "no/such/folder/a.html"], 2, "does not exist", id="file"
        ),
        pytest.param(["kestrel", "--json", "--format", "html"], 2, "Choose one", id="two forms"),
        pytest.param([], 2, "Missing argument", id="no id"),
    ],
)
def test_what_cannot_be_shown_is_said(
    arguments: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", *arguments]) == code
    told = capsys.readouterr()
    assert (told.out, message in told.err) == ("", True)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("form", ["markdown", "csl", "bibtex", "graph", "dot"])
def test_forms_for_those_who_publish(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "kestrel", "--format", form]) == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.usefixtures("store")
def test_a_briefing_for_word_from_a_template(tmp_path: Path) -> None:
    template, made = tmp_path / "mine.md", tmp_path / "made.docx"
    template.write_text("# Mine\n\n$status\n", "utf-8")
    arguments = ["--format", "docx", "--template", str(template), "--output", str(made)]
    assert main(["show", "kestrel", *arguments]) == 0
    assert made.read_bytes().startswith(b"PK")


@pytest.mark.usefixtures("store")
def test_what_is_new_since_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "kestrel", "--since", "2030-01-01"]) == 0
    assert "No report since 1 January 2030." in capsys.readouterr().out
    assert main(["show", "kestrel", "--since", "2030-01-01", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("content", "arguments", "code", "message"),
    [
        pytest.param(b"$titel", ["--format", "markdown"], 1, "place $titel, which is unknown", id="unknown place"),
        pytest.param(b"\xff", ["--format", "markdown"], 1, "it is not UTF-8", id="not UTF-8"),
        pytest.param(b"$title", ["--format", "html"], 2, "--template needs --format", id="no template there"),
    ],
)
def test_a_template_that_cannot_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, arguments: list[str], code: int, message: str
) -> None:
    template = tmp_path / "mine.md"
    template.write_bytes(content)
    assert main(["show", "kestrel", *arguments, "--template", str(template)]) == code
    assert message in capsys.readouterr().err
