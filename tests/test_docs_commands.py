"""Runs every command in the blocks of shell code of each page, in a fresh folder with a fresh store."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from paths import ROOT
from scripts import load

from incidex.cli import main

REFRESH = load("docs/refresh.py")

_FENCE = re.compile(r"^```(?P<language>\w*)[^\n]*\n(?P<code>.*?)^```", re.MULTILINE | re.DOTALL)

# What cannot be run here, and why. Everything else in a block with a call of `incidex` is run.
_LEFT_OUT = {
    "make ": "sets up a checkout",
    "pip ": "sets up a checkout",
    "source ": "sets up a checkout",
    "postgresql://": "needs a server",
    "incidex serve": "runs until it is stopped",
    "incidex account": "asks for a password",
    "CORPUS": "needs the research corpora",
    "--address": "needs a cluster",
}
# A page on the web, as a file.
_ADDRESS = re.compile(r"https://news\.example\.com/\S+")
_FEED_ADDRESS = re.compile(r"https://news\.example\.com/feed\S*")
_FEED = (
    '<rss version="2.0"><channel><title>Wire</title><item><title>Ferry line robbed</title>'
    "<description>Thieves stole the names of its passengers on Tuesday, Kestrel Ferries said.</description></item>"
    "</channel></rss>"
)
_PAGE = "examples/observer-ferry-leak.html"

_CLUSTER = {
    "type": "threat-actor",
    "name": "Threat Actor",
    "version": 999,
    "values": [{"uuid": "u1", "value": "Night Ledger", "meta": {"synonyms": ["Zornik"]}}],
}
_ATTACK = {
    "type": "bundle",
    "id": "bundle--1",
    "objects": [
        {
            "type": "x-mitre-collection",
            "id": "x-mitre-collection--1",
            "x_mitre_version": "99",
            "modified": "2030-01-01",
        },
        {
            "type": "intrusion-set",
            "id": "intrusion-set--1",
            "name": "Night Ledger",
            "external_references": [{"source_name": "mitre-attack", "external_id": "G9999"}],
        },
    ],
}


def _commands(page: Path) -> list[str]:
    """Return the lines of the blocks in which `incidex` is called, without what `_LEFT_OUT` names."""
    text = REFRESH._SHOWN.sub("", page.read_text("utf-8"))
    shell = [match["code"] for match in _FENCE.finditer(text) if match["language"] in ("", "bash", "console", "sh")]
    blocks = [code for code in shell if re.search(r"^(\$ )?incidex |INCIDEX_", code, re.MULTILINE)]
    return [line for block in blocks for line in _lines(block)]


def _lines(block: str) -> Iterator[str]:
    for line in block.replace("\\\n", " ").splitlines():
        if line.strip() and not any(words in line for words in _LEFT_OUT):
            line = _FEED_ADDRESS.sub("feed.xml", line)
            yield _ADDRESS.sub(_PAGE, line.strip().removeprefix("$ ")).replace("curl -s ", "cat ")


PAGES = {str(page.relative_to(ROOT)): lines for page in REFRESH.pages() if (lines := _commands(page))}


# A call that needs no shell. It runs in this process, since most of its time would be its start.
_PLAIN = re.compile(r"incidex [^|&;<>$()`*]*")


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_run_in_a_fresh_store(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _prepare(tmp_path / "work")
    if not any("--output-dir gold" in line for line in PAGES[page]):
        shutil.copytree(ROOT / "tests" / "cases" / "events", tmp_path / "work" / "gold")
    for name, value in _environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path / "work")
    for line in PAGES[page]:
        if "others/" in line and not Path("others").exists():
            shutil.copytree("gold", "others")  # another program that agrees
        if exported := re.fullmatch(r"export (\w+)=(\S+)", line):
            monkeypatch.setenv(exported[1], exported[2])
        elif _PLAIN.fullmatch(line):
            assert main(shlex.split(line, comments=True)[1:]) == 0, f"{line}\n{capsys.readouterr().err}"
        else:
            done = subprocess.run(["bash", "-ec", line], capture_output=True, encoding="utf-8")
            assert done.returncode == 0, f"{line}\n{done.stderr}"


def test_pages_with_commands_are_found() -> None:
    assert {"docs/tutorial.md", "docs/how-to/keep-a-store.md", "docs/how-to/look-at-events.md"} <= set(PAGES)
    assert sum(map(len, PAGES.values())) > 25


def _environment(folder: Path) -> dict[str, str]:
    """Return variables with which nothing is read from or written to the home of whoever runs the tests."""
    program = folder / "incidex"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m incidex "$@"\n', "utf-8")
    program.chmod(0o755)
    own = {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"), "INCIDEX_STORE": str(folder / "own.sqlite")}
    return {**own, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def _prepare(folder: Path) -> None:
    """Put the files into `folder` that the pages name: reports, labelled ones, events, a bundle, lists of names."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    for name in ("articles", "reports"):
        (folder / name).mkdir()
        shutil.copy(folder / _PAGE, folder / name)
    shutil.copy(folder / "examples" / "northern-wire-ferry-leak.txt", folder / "article.txt")
    (folder / "sentences.txt").write_text("Hackers stole it. | O\nAll is well. | O\n", "utf-8")
    line = json.dumps({"text": "Hackers stole the passenger list.", "story": "All is well.", "head": "Theft"})
    for name in ("articles.jsonl", "stories.jsonl"):
        (folder / name).write_text(f"{line}\n", "utf-8")
    labelled = "Hackers stole the files. | AttackDatabreach\nAll is well in the harbour. | O\n"
    corpus = folder / "path" / "to" / "corpus" / "sentences" / "dev"
    corpus.mkdir(parents=True)
    (corpus / "1.txt").write_text(labelled, "utf-8")
    (folder / "feed.xml").write_text(_FEED, "utf-8")
    (folder / "runs").mkdir()
    (folder / "runs" / "bundle").symlink_to(ROOT / "src" / "incidex" / "model")
    (folder / "threat-actor.json").write_text(json.dumps(_CLUSTER), "utf-8")
    (folder / "enterprise-attack.json").write_text(json.dumps(_ATTACK), "utf-8")
