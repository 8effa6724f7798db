"""Keeps the checkout small, its files and functions short, and the traces of any one machine out of it."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from paths import ROOT

MEGABYTE = 1_000_000

# Put together from pieces, so that this file is not found itself.
_MACHINE = re.compile(
    r"(?<![\w.~/-])/(?:" + "|".join(["work", "farm", "home", "root", "Users"]) + r")/\w|C:\\" + "Users"
)
_REGISTRY = re.compile(
    "|".join([r"pypi\." + "org", "python" + "hosted", "--(?:extra-)?" + "index-url", "PIP_" + "INDEX"])
)


@cache
def files() -> tuple[Path, ...]:
    """Return the files of the checkout that git does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    if listed.returncode:
        pytest.skip("This is no git checkout.")
    return tuple(file for name in listed.stdout.split("\0") if name and (file := ROOT / name).is_file())


def python_files() -> list[Path]:
    return [file for file in files() if file.suffix == ".py"]


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def test_files_are_short() -> None:
    lengths = {_name(file): len(file.read_text("utf-8").splitlines()) for file in python_files()}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_functions_are_short() -> None:
    assert {name: length for name, length in _functions() if length > 50} == {}


def test_functions_are_short_as_a_rule() -> None:
    lengths = [length for name, length in _functions() if name.startswith("src/")]
    assert statistics.median(lengths) <= 10
    assert statistics.quantiles(lengths, n=10)[-1] <= 25


def test_each_file_says_what_it_does() -> None:
    assert [_name(file) for file in python_files() if not ast.get_docstring(parsed(file))] == []


def test_no_file_is_large() -> None:
    assert {_name(file): file.stat().st_size for file in files() if file.stat().st_size > 95 * MEGABYTE} == {}


def test_checkout_is_small() -> None:
    assert sum(file.stat().st_size for file in files()) < 130 * MEGABYTE


@pytest.mark.parametrize(
    "trace", [pytest.param(_MACHINE, id="path of a machine"), pytest.param(_REGISTRY, id="registry")]
)
def test_nothing_names_a(trace: re.Pattern[str]) -> None:
    found = {_name(file): match[0] for file in files() if (match := trace.search(_text(file)))}
    assert found == {}


@pytest.mark.parametrize("line", ["cd /" + "home/jo/incidex", "(/" + "work/main)", "pip install --" + "index-url=x"])
def test_a_trace_is_noticed(line: str) -> None:
    assert _MACHINE.search(line) or _REGISTRY.search(line)


@pytest.mark.parametrize("module", ["incidex", "incidex.cli"])
def test_import_stays_light(module: str) -> None:
    heavy = (
        "alembic httpx lxml msgspec numpy onnxruntime py3langid pypdfium2 sqlalchemy tokenizers torch trafilatura "
        "transformers yaml"
    )
    code = f"import sys, {module}; print(*sorted(set({heavy!r}.split()) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == ""


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _text(file: Path) -> str:
    """Return the file's text; empty for one that is not text."""
    content = file.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


@cache
def _functions() -> tuple[tuple[str, int], ...]:
    """Return the place of each function and its length in lines, without its docstring."""
    return tuple(_lengths())


def _lengths() -> Iterator[tuple[str, int]]:
    for file in python_files():
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                yield (
                    f"{_name(file)}:{node.lineno} {node.name}",
                    node.end_lineno - node.lineno + 1 - _docstring_lines(node),
                )


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if ast.get_docstring(node) is None or first.end_lineno is None:
        return 0
    return first.end_lineno - first.lineno + 1
