"""`incidex watch`, `digest` and `backup` from the command line: output, exit codes, wrong usage, signals."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from incidex.cli import main

FEED = (
    '<rss version="2.0"><channel><title>Wire</title><item><title>Ferry line robbed</title>'
    "<link>https://wire.example/1</link><description>Thieves stole the personal data of 400 passengers of Kestrel "
    "Ferries on Tuesday, the company said.</description></item></channel></rss>"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INCIDEX_STORE", str(tmp_path / "store.sqlite"))
    (tmp_path / "feed.xml").write_text(FEED, "utf-8")
    return tmp_path


def test_one_look_a_digest_and_a_backup(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", "--once", "--no-pages", "feed.xml"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("added          https://wire.example/1  ->  ")
    assert "feed.xml: 1 new" in err
    assert main(["watch", "--once", "--no-pages", "feed.xml", "--log-format", "json"]) == 0
    (record,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (record["event"], record["new"], record["level"]) == ("feed read", 0, "info")
    assert main(["watch", "--log"]) == 0
    assert "added          https://wire.example/1  Ferry line robbed" in capsys.readouterr().out
    assert main(["watch", "--status", "--log-format", "json"]) == 0
    (state,) = json.loads(capsys.readouterr().out)
    assert (state["is_well"], state["items"], state["title"]) == (True, {"added": 1}, "Wire")
    assert main(["digest", "--since", "today"]) == 0
    assert "1 new incident" in capsys.readouterr().out
    assert main(["digest", "--since", "36h", "--format", "json", "-o", "d.json"]) == 0
    assert len(json.loads(Path("d.json").read_text("utf-8"))["entries"]) == 1
    assert main(["backup", "copy.sqlite"]) == 0
    assert "was copied to copy.sqlite" in capsys.readouterr().err
    assert main(["incidents", "--store", "copy.sqlite", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1


def test_a_feed_in_trouble_is_said_and_the_exit_code_is_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.xml").write_text("<rss ><", "utf-8")
    assert main(["watch", "--once", "--no-pages", "bad.xml", "feed.xml"]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert "warning: " in err
    assert "bad.xml is a damaged feed" in err
    assert "it has never been well; next try after" in err
    assert main(["watch", "--status"]) == 0
    out = capsys.readouterr().out
    assert out.index("bad.xml") < out.index("feed.xml")
    assert "FAILS" in out


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["watch"], 2, "There is nothing to watch"),
        (["watch", "--status", "--log"], 2, "exclude each other"),
        (["watch", "--once", "missing.xml"], 1, "does not exist"),
        (["watch", "--once", "--keep-type", "burglary", "feed.xml"], 2, "is not an event type"),
        (["digest", "--since", "whenever"], 2, "is not a time"),
        (["digest"], 1, "There is no store"),
        (["backup", "copy.sqlite"], 1, "There is no store"),
        (["backup", "-"], 2, "cannot write to standard output"),
    ],
)
def test_wrong_usage_is_said(
    arguments: list[str], code: int, reason: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == code
    assert reason in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM for others")
def test_it_stays_and_ends_at_sigterm(folder: Path) -> None:
    (folder / "watch.toml").write_text('sources = ["feed.xml"]\n[keep]\nevents = true\n', "utf-8")
    command = [sys.executable, "-m", "incidex", "watch", "--config", "watch.toml", "--no-pages"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"added ")
        time.sleep(0.5)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert b"Traceback" not in err
