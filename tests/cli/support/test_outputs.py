"""Where results go: each source gets a file of its own, no source is ever overwritten, and people get colours."""

import os
from pathlib import Path

import pytest

from incidex.cli.support.console import Console
from incidex.cli.support.options import Job
from incidex.cli.support.outputs import OutputFolder, SingleOutput, for_people, wants_colour
from incidex.errors import InputError


def put_all(folder: Path, sources: list[str], ending: str = ".txt") -> list[str]:
    output = OutputFolder(folder, ending, sources, Console())
    for source in sources:
        output.put(source, f"{source}\n")
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("in/2121.json", "2121.txt", id="own ending goes"),
        pytest.param("in/a.b.html", "a.b.txt", id="only the last one"),
        pytest.param("in/README", "README.txt", id="no ending"),
        pytest.param("-", "stdin.txt", id="standard input"),
        pytest.param("https://news.example/2026/ferry-leak.html", "news.example-2026-ferry-leak.txt", id="page"),
        pytest.param("https://news.example/?id=7&x=../..", "news.example-id-7-x.txt", id="query"),
        pytest.param("https://news.example", "news.example.txt", id="host"),
    ],
)
def test_file_name(source: str, expected: str, tmp_path: Path) -> None:
    (name,) = put_all(tmp_path / "out", [source])
    assert name == expected


def test_the_text_is_written_as_utf_8_with_plain_line_ends(tmp_path: Path) -> None:
    OutputFolder(tmp_path / "deep" / "out", ".txt", [], Console()).put("a.html", "Zoë | O\n")
    assert (tmp_path / "deep" / "out" / "a.txt").read_bytes() == "Zoë | O\n".encode()


def test_same_names_do_not_overwrite_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources = [
        f"{tmp_path}/one/a.txt",
        f"{tmp_path}/two/A.html",
        f"{tmp_path}/two/a.pdf",
        "https://news.example/a",
        "-",
    ]
    assert put_all(tmp_path / "out", sources) == ["a-2.txt", "a.txt", "news.example-a.txt", "stdin.txt", "two-A.txt"]
    assert capsys.readouterr().err.splitlines() == [
        f"note: {tmp_path}/two/A.html goes to two-A.txt, because another source went to A.txt.",
        f"note: {tmp_path}/two/a.pdf goes to a-2.txt, because another source went to a.txt.",
    ]


def test_a_second_run_replaces_the_first(tmp_path: Path) -> None:
    for _ in range(2):
        assert put_all(tmp_path / "out", ["a.html"]) == ["a.txt"]


@pytest.mark.parametrize("linked", [False, True], ids=["itself", "through a link"])
def test_a_source_is_never_overwritten(linked: bool, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("Precious.")
    folder = tmp_path
    if linked:
        folder = tmp_path / "out"
        folder.mkdir()
        os.link(source, folder / "a.txt")
    output = OutputFolder(folder, ".txt", [str(source)], Console())
    with pytest.raises(InputError, match="would overwrite the source"):
        output.put(str(source), "Labels.")
    assert source.read_text() == "Precious."


def test_another_source_is_not_overwritten_either(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Precious.")
    output = OutputFolder(tmp_path, ".txt", [str(tmp_path / "a.html"), str(tmp_path / "a.txt")], Console())
    with pytest.raises(InputError, match="would overwrite the source"):
        output.put(str(tmp_path / "a.html"), "Labels.")
    assert (tmp_path / "a.txt").read_text() == "Precious."


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"file cannot be made: File exists\.\nName another folder"):
        OutputFolder(tmp_path / "file", ".txt", [], Console())


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(InputError, match=r"a\.txt cannot be written: Is a directory"):
        OutputFolder(tmp_path, ".txt", [], Console()).put("a.html", "")


def test_standard_output_keeps_documents_apart(capsys: pytest.CaptureFixture[str]) -> None:
    output = SingleOutput(Console(), between="\n")
    for text in ("One. | O\n", "", "Two. | O\n"):
        output.put("a.txt", text)
    assert capsys.readouterr().out == "One. | O\n\nTwo. | O\n"


def test_what_stands_above_the_results_is_printed_once(capsys: pytest.CaptureFixture[str]) -> None:
    output = SingleOutput(Console(), head="name\n")
    for text in ("", "a\n", "b\n"):
        output.put("x", text)
    assert capsys.readouterr().out == "name\na\nb\n"


def test_each_file_has_what_stands_above_the_results(tmp_path: Path) -> None:
    output = OutputFolder(tmp_path, ".csv", [], Console(), head="name\r\n")
    for source, text in (("a.txt", "a\r\n"), ("b.txt", "")):
        output.put(source, text)
    assert [(tmp_path / f"{name}.csv").read_bytes() for name in "ab"] == [b"name\r\na\r\n", b"name\r\n"]


@pytest.mark.parametrize(
    ("job", "is_terminal", "expected"),
    [
        pytest.param(Job(), True, True, id="terminal"),
        pytest.param(Job(), False, False, id="pipe"),
        pytest.param(Job(color="always"), False, True, id="pipe that wants colours, such as less -R"),
        pytest.param(Job(color="never"), True, True, id="terminal without colours"),
        pytest.param(Job(output_dir=Path("out"), color="always"), True, False, id="files"),
    ],
)
def test_results_are_for_people(job: Job, is_terminal: bool, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Console, "is_terminal", is_terminal)
    assert for_people(job, Console()) is expected


@pytest.mark.parametrize(
    ("color", "environment", "expected"),
    [
        pytest.param("auto", {"TERM": "xterm"}, True, id="by default"),
        pytest.param("auto", {"NO_COLOR": "1"}, False, id="no-color.org"),
        pytest.param("auto", {"NO_COLOR": "", "TERM": "xterm"}, True, id="empty is not set"),
        pytest.param("auto", {"TERM": "dumb"}, False, id="a terminal that has none"),
        pytest.param("always", {"NO_COLOR": "1"}, True, id="an option is stronger"),
        pytest.param("never", {"TERM": "xterm"}, False, id="never"),
    ],
)
def test_colours(color: str, environment: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wants_colour(color) is expected


def test_a_link_in_the_folder_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    precious = tmp_path / "precious.txt"
    precious.write_text("as it was", "utf-8")
    (tmp_path / "out" / "a.txt").symlink_to(precious)
    (tmp_path / "out" / "b.txt").symlink_to(tmp_path / "new.txt")
    assert put_all(tmp_path / "out", ["a.html", "b.html"]) == ["a.txt", "b.txt"]
    assert (precious.read_text("utf-8"), (tmp_path / "new.txt").exists()) == ("as it was", False)
    assert not (tmp_path / "out" / "a.txt").is_symlink()


def test_a_failed_write_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "out" / "a.txt").mkdir(parents=True)
    with pytest.raises(InputError, match="cannot be written"):
        put_all(tmp_path / "out", ["a.html"])
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions.")
def test_results_have_the_permissions_that_the_user_gives_to_new_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        put_all(tmp_path / "out", ["a.html"])
    finally:
        os.umask(before)
    assert (tmp_path / "out" / "a.txt").stat().st_mode & 0o777 == 0o640
