"""The options that commands share: where results go, how much is said, and what a wrong value leads to."""

import json
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from incidex.cli import app, main
from incidex.cli.support.console import Console
from incidex.ingest import from_text
from incidex.pipeline import SentenceScorer, analyse
from incidex.store import open_store

ARTICLE = "Thieves stole passenger lists of Kestrel Ferries\n\nThieves stole the names of its passengers on Tuesday.\n"


@pytest.fixture
def store(tmp_path: Path, encoder: SentenceScorer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a store with one incident, which the commands use."""
    place = tmp_path / "store.sqlite"
    with open_store(str(place)) as opened:
        opened.add(analyse(from_text(ARTICLE), encoder=encoder))
    monkeypatch.setenv("INCIDEX_STORE", str(place))
    return place


@pytest.fixture
def article(tmp_path: Path, encoder: SentenceScorer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file, and let the commands on files use the stand-in for the model."""
    for name in ("label", "extract", "add"):
        monkeypatch.setattr(sys.modules[f"incidex.cli.commands.{name}"], "open_model", lambda _: encoder)
    path = tmp_path / "ferry.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def commands(group: Any = app, *names: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, *names, name)
        else:
            yield (*names, name), command


def test_each_command_has_quiet_verbose_and_output() -> None:
    lacking = {
        names: missing
        for names, command in commands()
        if (missing := {"-q", "-v", "-o"} - {short for option in command.params for short in option.opts})
    }
    # These have no results: what they do is told in messages.
    without = {
        ("knowledge", "forget"),
        ("backup",),
        ("batch",),
        ("mcp",),
        ("serve",),
        *(("account", name) for name in ("add", "change", "remove", "revoke")),
    }
    assert lacking == dict.fromkeys(without, {"-o"})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["incidents", "--type", "theft"], "AttackRansom, DiscoverVulnerability", id="type"),
        pytest.param(["incidents", "--since", "May"], "Give it as 2024-03-14, 2024-03 or 2024.", id="since"),
        pytest.param(["incidents", "--until", "2024-02-30"], "'2024-02-30' is not a date", id="until"),
        pytest.param(["extract", "--format", "xml", "a"], "'casie'", id="format of extract"),
        pytest.param(["label", "--format", "xml", "a"], "'labelled', 'jsonl'", id="format of label"),
        pytest.param(["export", "--format", "xml", "a"], "'misp'", id="format of export"),
        pytest.param(["show", "--format", "xml", "a"], "'text', 'json', 'html'", id="format of show"),
        pytest.param(["extract", "--profile", "thin", "a"], "'compat', 'full'", id="profile"),
        pytest.param(["extract", "--tlp", "black", "a"], "'amber+strict'", id="tlp"),
        pytest.param(["label", "--color", "green", "a"], "'auto', 'always', 'never'", id="colour"),
        pytest.param(["label", "--model", "no-such-folder", "a"], "'no-such-folder' does not exist", id="model"),
        pytest.param(["model", "info", "--model", "no-such-folder"], "does not exist", id="model of info"),
        pytest.param(["search", "--limit", "-1", "a"], "1<=x<=1000", id="limit"),
        pytest.param(["search", "--limit", "ten", "a"], "'ten' is not a valid integer", id="no number"),
        pytest.param(["correct", "a", "b", "--label", "Theft"], "PatchVulnerability, O.", id="label"),
        pytest.param(["correct", "a", "b", "--event", "O"], "AttackDatabreach, AttackPhishing", id="event"),
        pytest.param(["correct", "a", "b", "--realis", "maybe"], "Actual, Generic, Other", id="realis"),
        pytest.param(["correct", "a", "b", "--at", "-1", "--no-event"], "x>=0", id="offset"),
        pytest.param(["correct", "a", "b", "--no-event", "--label", "O"], "Give either --label", id="two corrections"),
        pytest.param(["correct", "a", "b"], "Give either --label", id="no correction"),
        pytest.param(["undo", "0"], "x>=1", id="number of a decision"),
        pytest.param(["decisions", "--store", "mysql://host/a"], "postgresql://user@host/database", id="store"),
        pytest.param(["decisions", "--store", "."], ". is a folder. Give the path of a file.", id="store in a folder"),
        pytest.param(["evaluate", "sentences", "--predicted", "gone", "a"], "'gone' does not exist", id="predicted"),
        pytest.param(["evaluate", "events", "--predicted", "gone", "a"], "does not exist", id="predicted events"),
        pytest.param(["evaluate", "incidents", "--articles", "gone", "a"], "gone does not exist", id="articles"),
        pytest.param(["evaluate", "sentences", "--worst", "-1", "a"], "x>=0", id="worst"),
        pytest.param(["knowledge", "update", "--date", "2024-05", "a"], "Give it as 2024-03-14.", id="day"),
        pytest.param(["knowledge", "update", "-o", "-", "a"], "cannot write to standard output", id="no output"),
        pytest.param(["train", ".", "--epochs", "0"], "x>=1", id="epochs"),
        pytest.param(["train", ".", "--device", "tpu"], "'auto', 'cpu', 'cuda'", id="device"),
        pytest.param(["schema", "stix"], "'document', 'dossier'", id="schema"),
        pytest.param(["schema", "-o", "."], ". is a folder. Name a file.", id="output is a folder"),
        pytest.param(["schema", "-o", "gone/a.json"], "The folder gone does not exist.", id="output in no folder"),
        pytest.param(["schema", "-q", "-v"], "--quiet and --verbose exclude each other", id="quiet and verbose"),
        pytest.param(["label", "a", "-o", "b", "--output-dir", "c"], "exclude each other", id="two outputs"),
    ],
)
def test_a_wrong_value_is_wrong_usage_and_the_right_ones_are_named(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert (out, message in err) == ("", True)
    assert err.startswith("error: ")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_for_results_that_is_a_file(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in (article, article / "deeper"):
        assert main(["label", str(article), "--output-dir", str(folder)]) == 2
        assert f"{article} is not a folder. Name another one." in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="Everything may be written here.")
def test_a_folder_that_may_not_be_written_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(0o500)
    assert main(["schema", "-o", str(closed / "a.json")]) == 2
    assert main(["label", "a", "--output-dir", str(closed / "deeper")]) == 2
    assert capsys.readouterr().err.count("Permission denied") == 2


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["label", "ARTICLE"], id="label"),
        pytest.param(["extract", "ARTICLE", "--format", "stix"], id="extract"),
        pytest.param(["incidents"], id="incidents"),
        pytest.param(["incidents", "--json"], id="incidents as JSON"),
        pytest.param(["show", "kestrel"], id="show"),
        pytest.param(["show", "kestrel", "--format", "html"], id="show a page"),
        pytest.param(["search", "passengers"], id="search"),
        pytest.param(["export", "kestrel", "--format", "misp"], id="export"),
        pytest.param(["decisions", "--json"], id="decisions"),
        pytest.param(["schema", "dossier"], id="schema"),
        pytest.param(["knowledge", "info"], id="knowledge"),
    ],
)
@pytest.mark.usefixtures("store")
def test_a_file_gets_what_standard_output_would_get(
    arguments: list[str], article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [str(article) if argument == "ARTICLE" else argument for argument in arguments]
    assert main(given) == 0
    printed = capsys.readouterr().out
    assert main([*given, "-o", "-"]) == 0
    assert capsys.readouterr().out == printed
    assert main([*given, "--output", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "out").read_bytes().decode() == printed


def test_bytes_go_to_a_file_even_from_a_terminal(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["extract", str(article), "--format", "parquet"]) == 1
    assert "Binary output cannot be shown in a terminal.\n  Write it to a file" in capsys.readouterr().err
    assert main(["extract", str(article), "--format", "parquet", "-o", str(tmp_path / "a.parquet")]) == 0
    assert (tmp_path / "a.parquet").read_bytes()[:4] == b"PAR1"


def test_a_table_in_a_file_begins_with_the_mark_of_utf_8(article: Path, tmp_path: Path) -> None:
    assert main(["extract", str(article), str(article), "--format", "csv", "-o", str(tmp_path / "a.csv")]) == 0
    table = (tmp_path / "a.csv").read_bytes()
    assert table.startswith("\ufeffsource,".encode())
    assert (table.count("\ufeff".encode()), table.count(b"source,")) == (1, 1)


def test_nothing_that_is_read_is_overwritten(
    article: Path, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.link(article, tmp_path / "same.txt")
    before = store.read_bytes()
    for arguments in (
        ["label", str(article), "-o", str(article)],
        ["label", str(tmp_path), "-o", str(tmp_path / "same.txt")],
        ["add", str(article), "--output", str(article)],
        ["incidents", "-o", str(store)],
        ["import", str(article), "-o", str(article)],
        ["evaluate", "sentences", str(article), "-o", str(article)],
        ["knowledge", "update", str(article), "-o", str(article)],
    ):
        assert main(arguments) == 2
        assert "is read by this command. Name another file with --output." in capsys.readouterr().err
    assert (article.read_text("utf-8"), store.read_bytes()) == (ARTICLE, before)


def test_a_command_that_fails_leaves_the_file_alone(store: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("An older one.")
    assert main(["show", "nothing", "--output", str(tmp_path / "page.html")]) == 1
    assert (tmp_path / "page.html").read_text() == "An older one."
    assert main(["search", "zeppelin", "-o", str(tmp_path / "page.html")]) == 0
    assert (tmp_path / "page.html").read_text() == ""


def test_without_any_result_no_file_is_made(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    assert main(["label", str(tmp_path / "empty.txt"), "-o", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="File names are text here.")
def test_file_names_and_words_that_are_not_utf_8(
    article: Path, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(odd).write_text(f"{ARTICLE}It was a busy day.\n", "utf-8")
    for arguments in (["label", odd], ["extract", odd, "-o", f"{odd}.jsonl"], ["add", odd], ["add", odd, "--json"]):
        assert main(arguments) == 0
    assert "known already" in capsys.readouterr().out
    for arguments in (["search", "caf\udce9"], ["ignore", "caf\udce9"], ["show", "caf\udce9"]):
        assert main(arguments) == 2
        assert "is not text in UTF-8" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="This system has no /dev/full.")
def test_a_full_disk_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "-o", "/dev/full"]) == 1
    assert capsys.readouterr().err.startswith("error: /dev/full cannot be written: No space left on device.\n")


def test_quiet_leaves_results_and_errors(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.xyz").write_text("Not an article.")
    (tmp_path / "empty.txt").write_text("")
    assert main(["label", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert [line.partition(":")[0] for line in err.splitlines() if line[0] != " "] == ["note", "error", "summary"]
    assert main(["label", "--quiet", str(tmp_path)]) == 1
    quiet = capsys.readouterr()
    assert quiet.out == out
    assert [line.partition(":")[0] for line in quiet.err.splitlines() if line[0] != " "] == ["error"]


def test_verbose_says_what_is_read_when_and_what_libraries_warn_of(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def warn(*arguments: Any, **wanted: Any) -> Any:
        logging.getLogger("a.library").warning("Something is %s.", "odd")
        return analyse(*arguments, **wanted)

    monkeypatch.setattr("incidex.pipeline.analyse", warn)
    assert main(["label", str(article)]) == 0
    assert capsys.readouterr().err == ""
    assert main(["label", "-v", str(article)]) == 0
    said = [line.split(" s: ", 1) for line in capsys.readouterr().err.splitlines()]
    assert [line[1] for line in said] == [
        f"reading {article}",
        "a.library: Something is odd.",
        "finished 1 source",
    ]
    assert all(line[0].startswith("info: 0.") for line in said)


def test_two_tables_can_follow_one_another(
    store: Path, encoder: SentenceScorer, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(str(store)) as opened:
        opened.add(analyse(from_text("Marrow Bank said that a flaw let somebody read letters."), encoder=encoder))
    assert main(["export", "--all", "--format", "csv"]) == 0
    out = capsys.readouterr().out
    assert (out.count("source,"), "Marrow Bank" in out, "Kestrel" in out) == (1, True, True)
    assert main(["export", "--all", "--format", "jsonl"]) == 0
    assert len([json.loads(line) for line in capsys.readouterr().out.splitlines()]) == 2


def test_quiet_shows_no_progress() -> None:
    class Screen:
        def isatty(self) -> bool:
            raise AssertionError("It was asked for.")

    with Console(messages=Screen(), quiet=True, patience=0.0):  # type: ignore[arg-type]
        pass
