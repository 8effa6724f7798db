"""Keeps README and docs true: links lead somewhere, commands exist, examples run, versions agree."""

import importlib
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT
from scripts import load

from incidex.cli import app
from incidex.export.annotation.casie import to_casie
from incidex.ingest.casie_events import read_events
from incidex.labels import scheme
from incidex.records import Analysis, Document

_FENCE = re.compile(r"^ *```(?P<language>\w*)[^\n]*\n(?P<code>.*?)^ *```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]\n]*\]\((?P<target>[^)\s]+)\)")
_INLINE = re.compile(r"(?<!`)`(?P<code>incidex [^`\n]+)`(?!`)")
_HEADING = re.compile(r"^#{1,6} +(?P<title>.+?) *$", re.MULTILINE)
_SHELL = {"", "bash", "console", "sh", "shell", "text"}


REFRESH = load("docs/refresh.py")


def _case(page: Path) -> Any:
    return pytest.param(page, id=str(page.relative_to(ROOT)))


PAGES = [_case(page) for page in REFRESH.pages()]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [target for target in _links(page) if not _exists(page, target)]
    assert not broken


@pytest.mark.parametrize("page", PAGES)
def test_shown_commands_exist(page: Path) -> None:
    wrong = {line: problem for line in _commands(page.read_text("utf-8")) if (problem := _problem(line))}
    assert not wrong


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        pytest.param("incidex label a.txt - | head", "", id="right"),
        pytest.param("incidex lable a.txt", "no command 'lable'", id="command misspelt"),
        pytest.param("incidex label --presplitt a.txt", "no option '--presplitt'", id="option misspelt"),
        pytest.param("incidex evaluate labels a.txt", "no command 'labels'", id="sub-command misspelt"),
    ],
)
def test_a_command_that_does_not_exist_is_noticed(line: str, problem: str) -> None:
    assert _problem(line) == problem


def test_each_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in _leaves("incidex", app) if f"`{name}" not in readme] == []


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_python_examples_run(page: Path, tmp_path: Path) -> None:
    code = "\n".join(
        match["code"] for match in _FENCE.finditer(page.read_text("utf-8")) if match["language"] == "python"
    )
    if not code:
        pytest.skip("This page has no Python.")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


def test_the_readme_on_the_package_index_has_no_relative_links() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    text = (ROOT / "README.md").read_text("utf-8")
    for one in config["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]["substitutions"]:
        text = re.sub(one["pattern"], one["replacement"], text)
    targets = [match["target"] for match in _LINK.finditer(_FENCE.sub("", text))]
    assert len(targets) > 5
    assert [target for target in targets if not target.startswith(("https://", "#"))] == []
    assert "<!-- output" not in text


def test_each_page_is_in_the_website() -> None:
    nav = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")[2]
    listed = re.findall(r"([\w/-]+\.md)$", nav, re.MULTILINE)
    docs = ROOT / "docs"
    assert sorted(listed) == sorted(page.relative_to(docs).as_posix() for page in docs.rglob("*.md"))


def test_each_page_is_in_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    linked = {(index.parent / target.partition("#")[0]).resolve() for target in _links(index)} | {index}
    assert sorted(page for page in index.parent.rglob("*.md") if page not in linked) == []


def test_listed_functions_exist() -> None:
    rows = re.findall(
        r"^\| (`.+`) \|.*\| `([\w.]+)` \|$", (ROOT / "docs/reference/python.md").read_text("utf-8"), re.MULTILINE
    )
    listed = [(module, name) for names, module in rows for name in re.findall(r"`(\w+)\(", names)]
    assert listed
    assert [entry for entry in listed if not hasattr(importlib.import_module(entry[0]), entry[1])] == []


def test_the_event_scheme_is_documented() -> None:
    page = (ROOT / "docs/reference/events.md").read_text("utf-8")
    sections = dict(re.findall(r"^### (\S[^\n]*)\n(.*?)(?=^##)", page, re.MULTILINE | re.DOTALL))
    rows = {title: re.findall(r"^\| `(\S+)` \| (.+) \|$", body, re.MULTILINE) for title, body in sections.items()}
    for event_type in scheme().event_types:
        kind, subtype = event_type.casie
        assert f"In CASIE: `{kind}`, `{subtype}`. It reports: {event_type.reports}." in sections[event_type.name]
        documented = {role: tuple(re.findall(r"`(\w+)`", entity_types)) for role, entity_types in rows[event_type.name]}
        assert documented == dict(event_type.roles)
    assert tuple(name for name, _ in rows["Entity types"]) == scheme().entity_types
    assert tuple(name for name, _ in rows["Realis"]) == scheme().realis


def test_the_example_in_casie_form_is_what_is_read_and_written() -> None:
    (example,) = re.findall(r"^```json\n(.*?)^```", (ROOT / "docs/reference/events.md").read_text("utf-8"), re.M | re.S)
    shown = json.loads(example)
    events, warnings = read_events(shown, shown["content"], name="the example")
    about = {"source": shown["sourcefile"], "title": shown["info"]["title"], "published_at": "2026-03-04"}
    assert json.loads(to_casie(Analysis(Document(shown["content"], **about), (), "", events))) == shown
    assert warnings == ()


def test_changelog_and_package_have_the_same_version() -> None:
    newest = re.search(r"^## \[?(\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert newest is not None
    assert newest[1] == project["version"]


@pytest.mark.slow
@pytest.mark.parametrize("page", [_case(page) for page in REFRESH.pages_with_output()])
def test_shown_output_is_what_the_commands_print(page: Path) -> None:
    shown = page.read_text("utf-8")
    assert REFRESH.refreshed(shown) == shown


def test_pages_out_of_date_are_named_and_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- output: echo new -->\nold\n<!-- end -->\n", "utf-8")
    monkeypatch.setattr(REFRESH, "pages", lambda: [page])
    monkeypatch.setattr(REFRESH, "ROOT", tmp_path)
    assert REFRESH.main(["--check"]) == 1
    assert capsys.readouterr().err == "page.md is out of date: run docs/refresh.py\n"
    assert REFRESH.main([]) == 0
    assert page.read_text("utf-8") == "<!-- output: echo new -->\n```text\n$ echo new\nnew\n```\n<!-- end -->\n"
    assert REFRESH.main(["--check"]) == 0


@pytest.mark.parametrize("page", PAGES)
def test_no_number_is_left_to_fill_in(page: Path) -> None:
    assert "{{number}}" not in page.read_text("utf-8")


def _links(page: Path) -> Iterator[str]:
    for match in _LINK.finditer(_FENCE.sub("", page.read_text("utf-8"))):
        if not re.match(r"[a-z]+:", match["target"]):
            yield match["target"]


def _exists(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = page.parent / path if path else page
    if not file.exists():
        return False
    return not anchor or anchor in {_slug(match["title"]) for match in _HEADING.finditer(file.read_text("utf-8"))}


def _slug(title: str) -> str:
    """Return the anchor that code hosts give a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _commands(page: str) -> Iterator[str]:
    """Yield each line of shell code and each inline piece of code that begins with `incidex`."""
    for match in _FENCE.finditer(page):
        if match["language"] in _SHELL:
            lines = (line.strip().removeprefix("$ ") for line in match["code"].replace("\\\n", " ").splitlines())
            yield from (line for line in lines if line.startswith("incidex "))
    yield from (match["code"] for match in _INLINE.finditer(_FENCE.sub("", page)))


def _problem(line: str) -> str:
    """Return what is wrong with a call of `incidex`; empty if its commands and options exist."""
    command: Any = app
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|<>;&")
    lexer.commenters = "#"
    for word in list(lexer)[1:]:
        if set(word) <= set("|<>;&"):
            return ""
        if word.startswith("-") and word != "-":
            option = word.partition("=")[0]
            known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)} | {
                "--help"
            }
            if option not in known:
                return f"no option '{option}'"
        elif hasattr(command, "commands"):
            if word not in command.commands:
                return f"no command '{word}'"
            command = command.commands[word]
    return ""


def _leaves(name: str, command: Any) -> Iterator[str]:
    """Yield the full name of each command that is no mere group."""
    if not hasattr(command, "commands"):
        yield name
    for word, part in getattr(command, "commands", {}).items():
        yield from _leaves(f"{name} {word}", part)
