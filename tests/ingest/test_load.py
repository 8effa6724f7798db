"""The bytes of files and standard input are got, within a limit, and each failure says what to do."""

import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from incidex.errors import FetchError, UnreadableSource
from incidex.ingest import load as module
from incidex.ingest.load import Raw, is_url, load


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "A.HTML").write_bytes(b"<p>")
    raw = load(str(tmp_path / "A.HTML"))
    assert (raw.content, raw.name, raw.ending) == (b"<p>", str(tmp_path / "A.HTML"), ".html")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"Text.")))
    assert load("-") == Raw(b"Text.", "-")
    with pytest.raises(UnreadableSource, match="Standard input is empty"):
        load("-")


def test_standard_input_that_is_closed_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UnreadableSource, match="Standard input is empty"):
        load("-")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("missing.txt", "does not exist", id="missing"),
        pytest.param("empty.txt", "is empty", id="empty"),
        pytest.param("large.txt", "larger than 0 MB", id="too large"),
        pytest.param(".", "is a folder without files", id="folder"),
        pytest.param("a\0b", "cannot be opened", id="no name of a file"),
        pytest.param("x" * 300, "cannot be opened", id="too long a name"),
    ],
)
def test_what_cannot_be_read(name: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 10)
    (tmp_path / "empty.txt").touch()
    (tmp_path / "large.txt").write_text("x" * 11)
    with pytest.raises(UnreadableSource, match=message):
        load(os.path.join(tmp_path, name))


def test_a_source_without_a_name_is_no_folder() -> None:
    with pytest.raises(UnreadableSource, match="name of a source is empty"):
        load("")


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 10)
    (tmp_path / "a.txt").write_text("x" * 10)
    assert len(load(str(tmp_path / "a.txt")).content) == 10


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("http://a.example", True),
        ("HTTPS://a.example/x", True),
        ("a.txt", False),
        ("http.txt", False),
        ("C:\\a.txt", False),
    ],
)
def test_a_url_begins_with_its_scheme(source: str, expected: bool) -> None:
    assert is_url(source) is expected


@pytest.mark.parametrize("source", ["ftp://a.example/x", "file:///etc/hosts", "gopher://a.example"])
def test_other_schemes_are_refused(source: str) -> None:
    with pytest.raises(FetchError, match="only http and https URLs"):
        load(source)


def test_a_named_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(UnreadableSource, match="is not a regular file"):
        load(str(tmp_path / "a.txt"))
