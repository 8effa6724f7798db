"""`incidex extract`, with a stand-in for the model: which format goes where, and what is said about what fails."""

import csv
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from incidex.cli.commands.extract import extract_sources
from incidex.cli.commands.label import label_sources
from incidex.cli.support.console import Console
from incidex.cli.support.options import Job
from incidex.errors import IncidexError
from incidex.pipeline import SentenceScorer

ARTICLE = (
    "Ferry line admits that thieves stole passenger lists\n\n"
    "The Alder Sound ferry line said on Tuesday that thieves stole the names of its passengers.\n\n"
    "They ask for a ransom of two million crowns, and the ferry line says that it will not pay them.\n"
)
VIEW = """\
Ferry line admits that thieves stole passenger lists

1  AttackDatabreach  Actual
   Ferry line admits that thieves stole passenger lists
   triggers  “stole”, “stole”
   Attacker  thieves

2  AttackRansom  Actual
   They ask for a ransom of two million crowns, and the ferry line says that it
   will not pay them.
   triggers  “ransom”

Claims
  The Alder Sound ferry line: states “stole”
"""

Run = Callable[..., int]


@pytest.fixture
def run(encoder: SentenceScorer) -> Run:
    def run(*sources: str | Path, **wanted: Any) -> int:
        with Console() as console:
            return extract_sources([str(s) for s in sources], Job(**wanted), console=console, encoder=lambda: encoder)

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "2121.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def test_a_pipe_gets_json_lines(run: Run, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(article, article) == 0
    out, err = capsys.readouterr()
    first, second = map(json.loads, out.splitlines())
    assert err == ""
    assert first == second
    breach, ransom = first["events"]
    assert (breach["event_type"], ransom["event_type"]) == ("AttackDatabreach", "AttackRansom")
    assert [mention["trigger"]["text"] for mention in breach["mentions"]] == ["stole", "stole"]
    assert [argument["role"] for mention in breach["mentions"] for argument in mention["arguments"]] == ["Attacker"] * 2


def test_label_writes_the_same_json_lines(
    run: Run, encoder: SentenceScorer, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(article, format="jsonl")
    extracted = capsys.readouterr().out
    with Console() as console:
        label_sources([str(article)], Job(format="jsonl"), console=console, encoder=lambda: encoder)
    assert capsys.readouterr().out == extracted


def test_a_terminal_gets_a_view(
    run: Run, article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Console, "is_terminal", True)
    assert run(article, color="never") == 0
    assert capsys.readouterr() == (VIEW, "")
    assert run(article, article, color="never") == 0
    assert capsys.readouterr().out == f"{VIEW}\n{VIEW}"


def test_colours_are_only_paint(run: Run, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(article, color="always") == 0
    painted = capsys.readouterr().out
    assert painted != VIEW
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == VIEW


@pytest.mark.parametrize("form", ["jsonl", "casie", "csv", "html"])
def test_a_format_that_is_named_is_written_on_a_terminal_too(
    form: str, run: Run, article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(article, format=form)
    piped = capsys.readouterr().out
    monkeypatch.setattr(Console, "is_terminal", True)
    run(article, format=form, color="always")
    assert capsys.readouterr().out == piped


def test_prints_casie(run: Run, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(article, format="casie") == 0
    content = json.loads(capsys.readouterr().out)
    assert content["content"] == ARTICLE
    breach, ransom = content["cyberevent"]["hopper"]
    assert [mention["nugget"]["text"] for mention in breach["events"]] == ["stole", "stole"]
    assert ransom["events"][0]["subtype"] == "Ransom"


def test_what_it_writes_as_casie_reads_back(run: Run, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(article, format="casie", output_dir=article.parent) == 0
    assert run(article) == 0
    first = json.loads(capsys.readouterr().out)
    assert run(article.with_suffix(".json")) == 0
    again = json.loads(capsys.readouterr().out)
    assert again["text"] == first["text"]
    assert again["events"] == first["events"]


def test_prints_one_page(run: Run, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(article, format="html") == 0
    page = capsys.readouterr().out
    assert page.startswith("<!doctype html>\n")
    assert page.endswith("</html>\n")


def test_prints_one_table(run: Run, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_text("")
    assert run(tmp_path / "empty.txt", article, article, format="csv") == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert rows[: len(rows) // 2] == rows[len(rows) // 2 :]
    assert [row["words"] for row in rows if row["finding"] == "event"] == ["stole", "stole", "ransom"] * 2
    assert {row["source"] for row in rows} == {str(article)}


def test_a_table_in_a_file_begins_with_the_mark_that_spreadsheets_know_utf_8_by(
    run: Run, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(article, format="csv")
    printed = capsys.readouterr().out
    assert printed.startswith("source,")
    run(article, format="csv", output_dir=tmp_path / "out")
    assert (tmp_path / "out" / "2121.csv").read_bytes() == b"\xef\xbb\xbf" + printed.encode()


def test_several_pages_need_a_folder(run: Run, article: Path, tmp_path: Path) -> None:
    with pytest.raises(click.UsageError, match="Name a folder with --output-dir"):
        run(article, article, format="html")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.txt").write_text(ARTICLE, "utf-8")
    with pytest.raises(click.UsageError, match="There are 2 sources"):
        run(tmp_path, format="html")


@pytest.mark.parametrize(
    ("form", "name"),
    [(None, "2121.jsonl"), ("jsonl", "2121.jsonl"), ("casie", "2121.json"), ("html", "2121.html")],
)
def test_writes_a_file_for_each_source(
    form: str | None, name: str, run: Run, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(article, format=form or "jsonl")
    printed = capsys.readouterr().out
    other = tmp_path / "other.txt"
    other.write_text(ARTICLE, "utf-8")
    assert run(article, other, format=form, output_dir=tmp_path / "out", color="always") == 0
    assert capsys.readouterr() == ("", "")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [name, name.replace("2121", "other")]
    assert (tmp_path / "out" / name).read_text("utf-8") == printed


def test_does_not_overwrite_what_it_read(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "2121.json"
    source.write_text(json.dumps({"content": ARTICLE, "info": {}}))
    assert run(source, format="casie", output_dir=tmp_path) == 1
    assert "would overwrite the source" in capsys.readouterr().err
    assert run(source, format="casie", output_dir=tmp_path / "out") == 0
    assert (tmp_path / "out" / "2121.json").exists()


def test_one_that_fails_does_not_stop_the_others(
    run: Run, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").write_text("")
    assert run(tmp_path / "empty.txt", tmp_path / "none.txt", article) == 1
    out, err = capsys.readouterr()
    assert len(json.loads(out)["events"]) == 2
    assert err.splitlines()[-1] == "summary: 2 of 3 sources could not be used; all others are done."


def test_reads_standard_input(run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert run("-") == 0
    assert json.loads(capsys.readouterr().out)["source"] == "-"


def test_takes_lines_that_are_sentences(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "split.txt"
    path.write_text("They  stole names. They ran. | O\nNothing else. | AttackRansom\n")
    assert run(path, presplit=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert [sentence["text"] for sentence in found["sentences"]] == ["They  stole names. They ran.", "Nothing else."]
    assert [event["mentions"][0]["trigger"]["start"] for event in found["events"]] == [6]


def test_shows_what_stands_around_the_article_when_asked(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.txt"
    path.write_text(f"{ARTICLE}\nSign up for our newsletter\n")
    kinds = []
    for everything in (False, True):
        run(path, everything=everything)
        kinds.append({sentence["kind"] for sentence in json.loads(capsys.readouterr().out)["sentences"]})
    assert kinds == [{"title", "body"}, {"title", "body", "boilerplate"}]


@pytest.mark.parametrize(("form", "ending"), [("stix", ".stix.json"), ("misp", ".misp.json")])
def test_files_for_exchange(run: Run, article: Path, tmp_path: Path, form: str, ending: str) -> None:
    assert run(article, format=form, output_dir=tmp_path / "out", tlp="green") == 0
    (file,) = (tmp_path / "out").iterdir()
    assert file.name == f"2121{ending}"
    assert "tlp:green" in json.dumps(json.loads(file.read_text("utf-8"))).lower()
    with pytest.raises(click.UsageError, match="each gets a file of its own"):
        run(article, article, format=form)


def test_a_table_for_programs_is_no_text(
    run: Run, article: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(article, format="parquet") == 0
    assert capfdbinary.readouterr().out[:4] == b"PAR1"
    monkeypatch.setattr(Console, "is_terminal", True)
    with pytest.raises(IncidexError, match="--output FILE"):
        run(article, format="parquet")
    assert capfdbinary.readouterr().out == b""


def test_the_profile_of_stix_can_be_chosen(run: Run, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(article, format="stix", profile="full") == 0
    assert '"property-extension",\n          "determination"' in capsys.readouterr().out
