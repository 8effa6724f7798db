"""`incidex incidents`: the list, what chooses from it, and an empty store."""

import json
from pathlib import Path

import pytest

from incidex.cli import main
from incidex.ingest import from_text
from incidex.pipeline import SentenceScorer, analyse
from incidex.store import open_store

ARTICLE = "Thieves stole passenger lists of Kestrel Ferries\n\nThieves stole the names of its passengers on Tuesday.\n"


@pytest.fixture
def store(tmp_path: Path, encoder: SentenceScorer) -> str:
    place = str(tmp_path / "store.sqlite")
    with open_store(place) as kept:
        kept.add(analyse(from_text(ARTICLE), encoder=encoder))
    return place


def test_the_list_in_lines_and_as_json(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["incidents", "--store", store]) == 0
    assert "Thieves stole passenger lists of Kestrel Ferries" in capsys.readouterr().out
    assert main(["incidents", "--store", store, "--json"]) == 0
    (shown,) = json.loads(capsys.readouterr().out)
    assert set(shown) >= {"id", "title", "types", "first_seen", "last_seen", "documents"}
    assert len(shown["documents"]) == 1


@pytest.mark.parametrize(
    ("arguments", "number"),
    [(["--type", "breach"], 1), (["--type", "ransom"], 0), (["--victim", "nobody"], 0), (["--actor", "x"], 0)],
)
def test_options_choose(store: str, arguments: list[str], number: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["incidents", "--store", store, "--json", *arguments]) == 0
    assert len(json.loads(capsys.readouterr().out)) == number


def test_an_empty_list_is_no_silence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_store(str(tmp_path / "new.sqlite")).close()
    assert main(["incidents", "--store", str(tmp_path / "new.sqlite")]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "There are no incidents in the store yet" in told.err


@pytest.mark.parametrize("day", ["yesterday", "2024-13", "2023-02-29", "2024-3"])
def test_a_date_that_is_none_is_wrong_usage(store: str, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["incidents", "--store", store, "--since", day]) == 2
    assert f"'{day}' is not a date" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["2024", "2024-03", "2024-02-29"])
def test_where_none_fits_all_of_them_are_named(store: str, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["incidents", "--store", store, "--since", day, "--type", "ransom"]) == 0
    assert "List all with 'incidex incidents'" in capsys.readouterr().err
