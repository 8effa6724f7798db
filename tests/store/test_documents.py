"""When two sources are spellings of the same place."""

import os

import pytest

from incidex.store.documents import source_key


@pytest.mark.parametrize(
    ("source", "key"),
    [
        pytest.param("HTTPS://News.example/a?b#c", "https://news.example/a?b", id="URL"),
        pytest.param("https://news.example", "https://news.example/", id="URL without a path"),
        pytest.param("https://[", "https://[", id="no URL"),
        pytest.param("a/../b.txt", os.path.abspath("b.txt"), id="path"),
        pytest.param("-", "", id="standard input"),
        pytest.param("", "", id="no source"),
    ],
)
def test_keys(source: str, key: str) -> None:
    assert source_key(source) == key


def test_a_very_long_source_has_a_short_key_of_its_own() -> None:
    one, other = (source_key(f"https://news.example/{'é' * 6000}{end}") for end in "ab")
    assert one != other
    assert one == source_key(f"HTTPS://NEWS.example/{'é' * 6000}a#top")
    assert one.startswith("https://news.example/é")
    assert max(len(one.encode()), len(other.encode())) < 2000
