"""Folders are walked in order, once, and nothing is lost without a word."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from incidex.errors import UnreadableSource
from incidex.ingest.expand import expand
from incidex.ingest.load import load


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Text.", "utf-8")


def below(folder: Path, found: Iterator[str]) -> list[str]:
    return [str(Path(path).relative_to(folder)) for path in found]


def test_a_folder_gives_its_files_in_order(tmp_path: Path) -> None:
    make(
        tmp_path,
        "b.txt",
        "a/z.HTML",
        "a/.hidden.txt",
        ".git/x.txt",
        "c.xlsx",
        "d",
        "a/m.md",
        "e.json",
        "f.pdf",
        "g.eml",
    )
    left_out: list[str] = []
    found = below(tmp_path, expand([str(tmp_path)], left_out=left_out.append))
    assert found == [os.path.join("a", "m.md"), os.path.join("a", "z.HTML"), "b.txt", "e.json", "f.pdf", "g.eml"]
    assert below(tmp_path, iter(left_out)) == ["c.xlsx", "d"]


@pytest.mark.parametrize("source", ["-", "https://news.example/a", "missing.txt", "a\0b", "x" * 300])
def test_everything_else_is_handed_on(source: str) -> None:
    assert list(expand([source, source])) == [source, source]


def test_a_file_given_by_name_may_have_any_ending(tmp_path: Path) -> None:
    make(tmp_path, "notes.log")
    assert list(expand([str(tmp_path / "notes.log")])) == [str(tmp_path / "notes.log")]


def test_a_folder_without_files_is_refused_when_its_turn_comes(tmp_path: Path) -> None:
    make(tmp_path, "empty/.hidden", "full/a.txt")
    first, second = expand([str(tmp_path / "empty"), str(tmp_path / "full")])
    with pytest.raises(UnreadableSource, match="without files that Incidex reads"):
        load(first)
    assert load(second).content == b"Text."


def test_links_in_a_circle_are_followed_once(tmp_path: Path) -> None:
    make(tmp_path, "a/one.txt", "a/elsewhere/two.txt")
    (tmp_path / "a" / "back").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "other").symlink_to(tmp_path / "a" / "elsewhere")
    (tmp_path / "a" / "self.txt").symlink_to(tmp_path / "a" / "self.txt")
    found = below(tmp_path / "a", expand([str(tmp_path / "a")]))
    assert found == [os.path.join("elsewhere", "two.txt"), "one.txt", "self.txt"]


def test_links_out_of_the_folder_are_skipped_and_named(tmp_path: Path) -> None:
    make(tmp_path, "a/one.txt", "ab/two.txt", "secret.txt")
    (tmp_path / "a" / "file.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "a" / "folder").symlink_to(tmp_path / "ab")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    outside: list[str] = []
    found = below(tmp_path / "b", expand([str(tmp_path / "b")], outside=outside.append))
    assert (found, below(tmp_path / "b", iter(outside))) == (["one.txt"], ["file.txt", "folder"])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may open every folder")
def test_a_closed_folder_is_named(tmp_path: Path) -> None:
    make(tmp_path, "closed/a.txt", "open.txt")
    (tmp_path / "closed").chmod(0)
    closed, found = expand([str(tmp_path)])
    with pytest.raises(UnreadableSource, match="cannot be opened"):
        load(closed)
    assert found.endswith("open.txt")
    (tmp_path / "closed").chmod(0o700)


def test_a_deep_tree_is_walked(tmp_path: Path) -> None:
    here = tmp_path
    for _ in range(300):
        here = here / "d"
        here.mkdir()
    make(here, "a.txt")
    assert len(list(expand([str(tmp_path)]))) == 1


def test_sources_are_expanded_one_after_the_other(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")

    def sources() -> Iterator[str]:
        yield str(tmp_path)
        raise AssertionError("the second source was asked for too early")

    assert len(list(islice(expand(sources()), 2))) == 2


def test_links_out_of_the_folder_are_followed_if_asked(tmp_path: Path) -> None:
    folder, other = tmp_path / "in", tmp_path / "other"
    for place in (folder, other):
        place.mkdir()
        (place / "a.txt").write_text("x", "utf-8")
    (folder / "b.txt").symlink_to(other / "a.txt")
    (folder / "c").symlink_to(other)
    (folder / "d").symlink_to(folder)
    outside: list[str] = []
    assert list(expand([str(folder)], outside=outside.append)) == [str(folder / "a.txt")]
    assert outside == [str(folder / "b.txt"), str(folder / "c")]
    followed = list(expand([str(folder)], follow_links=True, outside=outside.append))
    assert followed == [str(folder / name) for name in ("a.txt", "b.txt", "c/a.txt")]
    assert len(outside) == 2
